package main

import (
	"context"
	"io"

	"github.com/urfave/cli/v2"

	"readout/diff"
	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/show/publish"
	"readout/timeline"
)

func (a *app) timelineCommand() *cli.Command {
	return &cli.Command{
		Name:      "timeline",
		Usage:     "follow one issue from meeting to meeting",
		ArgsUsage: "TOPIC",
		Flags: append(append(append([]cli.Flag{seriesFlag()}, sinceUntilFlags()...), append(formFlags(), againstFlag())...),
			&cli.StringFlag{Name: "topic", Aliases: []string{"t"}, Usage: "the same as the operand `TOPIC`, as diff takes it"},
			&cli.StringFlag{Name: "speaker", Usage: "only statements of `PARTIES`"},
			&cli.StringFlag{Name: "act", Usage: "only statements of these `ACTS` (agree,share_view,…)"},
			&cli.BoolFlag{Name: "changes-only", Usage: "leave out what did not change"},
			&cli.BoolFlag{Name: "full", Usage: "every statement with its changes, not one line a meeting"},
			&cli.BoolFlag{Name: "newest-first", Usage: "people are shown the latest meeting first"},
			lastFlag(),
			asKnownAtFlag(),
		),
		Description: `TOPIC is the id of a topic, any of its names, or free words. It fits on
one screen: the formula in which the issue is held, who says it, since when, what
moved last and where it is missing; then a line a meeting with the signs of matrix,
which readout matrix --help explains, and the strongest of what was said.

With --full every statement is shown with the earlier one that it continues, in
whatever text of the series. What is missing is judged against the last comparable
text alone: a call by a call. Meetings of the series that did not raise it are named:
silence is a finding. So are times from which no release was captured, which is
another thing.

A statement that may be softer or firmer than before, or is no longer said by both
sides, is marked with », and the sentence before is quoted: it is an indication.
What is unusual for the topic, and a place on the agenda that moved, is said too.

Beside text, json and jsonl, --format takes html (one page that prints), markdown,
csv, timelinejs (for a page with TimelineJS) and ics (the meetings as a calendar).

  readout timeline "Northern Territories issue" --series JP-RU
  readout timeline fisheries --since 2031-01-01 --changes-only --format json
  readout timeline fisheries --last 5 --full
  readout timeline fisheries --format html > fisheries.html`,
		Action: func(c *cli.Context) error {
			v := a.values(c)
			o := timelineOptions{
				series:  v.series("series"),
				filter:  v.cut(),
				against: v.against(),
				knownAt: archive.SeriesOptions{AsKnownAt: v.knownAt("as-known-at")},
				view:    ask.TimelineView{ChangesOnly: c.Bool("changes-only"), Screen: !c.Bool("full"), NewestFirst: c.Bool("newest-first")},
				last:    v.last(),
			}
			o.filter.Speakers, o.filter.Acts = v.parties("speaker"), v.acts("act")
			if v.err != nil {
				return v.err
			}
			query, err := topicAsked(c)
			if err != nil {
				return err
			}
			return a.timeline(c, query, o)
		},
	}
}

// topicAsked returns the topic, which is an operand or stands after --topic.
func topicAsked(c *cli.Context) (string, error) {
	if topic := c.String("topic"); topic != "" {
		_, err := operands(c)
		return topic, err
	}
	return words(c, "TOPIC")
}

type timelineOptions struct {
	series  timeline.SeriesID
	filter  timeline.Filter
	knownAt archive.SeriesOptions
	view    ask.TimelineView
	last    int // entries shown, 0 for all
	against diff.Basis
}

func (a *app) timeline(c *cli.Context, query string, o timelineOptions) error {
	arch, err := a.open()
	if err != nil {
		return err
	}
	t, err := a.timelineAnswer(c.Context, arch, query, o)
	if err != nil {
		return err
	}
	return a.write(t, map[format]func(io.Writer) error{
		formatHTML:     func(w io.Writer) error { return publish.TimelineHTML(w, t) },
		formatMarkdown: func(w io.Writer) error { return publish.TimelineMarkdown(w, t) },
		formatCSV:      func(w io.Writer) error { return publish.TimelineCSV(w, t) },
		formatSlides:   func(w io.Writer) error { return publish.TimelineJS(w, t) },
		formatICS:      func(w io.Writer) error { return publish.TimelineICS(w, t) },
	})
}

// timelineAnswer returns the timeline that is asked for. One that is kept needs no release.
func (a *app) timelineAnswer(ctx context.Context, arch *archive.Archive, query string, o timelineOptions) (*ask.Timeline, error) {
	whole := o.knownAt.AsKnownAt.IsZero() && o.against != diff.ByNeighbour && !o.view.ChangesOnly
	if whole && o.series != "" {
		if t := arch.KeptTimeline(ctx, o.series, query, o.filter, o.last); t != nil {
			return o.shown(t), nil
		}
	}
	f, err := a.follow(ctx, arch, query, o.series, o.knownAt)
	if err != nil {
		return nil, err
	}
	opts := a.diffOptions()
	opts.Against = o.against
	o.view.Lulls = timeline.Lulls(f.series.Releases)
	o.view.Formulas = archive.OnTopic(a.standing(ctx, arch, f.series), f.topic.ID)
	opts.Past = diff.NewPast(f.series.Releases, opts)
	filtered := !o.filter.IsZero()
	if whole && (!filtered || len(f.series.Releases) >= archive.LongTimeline) {
		th := ask.Follow(f.series.Topics, f.topic.ID, timeline.Filter{}, opts)
		t := ask.NewTimeline(th, o.view)
		arch.KeepTimeline(ctx, f.series, th, t)
		if !filtered {
			return o.shown(t.Last(o.last)), nil
		}
	}
	return o.shown(ask.NewTimeline(ask.Follow(f.series.Topics, f.topic.ID, o.filter, opts), o.view).Last(o.last)), nil
}

// shown is a timeline as it is shown.
func (o timelineOptions) shown(t *ask.Timeline) *ask.Timeline {
	t.Screen, t.NewestFirst = o.view.Screen, o.view.NewestFirst
	if o.last > 0 {
		t.Rows = o.last
	}
	return t
}
