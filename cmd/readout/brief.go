package main

import (
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/show"
	"readout/internal/show/publish"
	"readout/timeline"
)

// briefTopics is how many topics fit on a page.
const briefTopics = 8

func (a *app) briefCommand() *cli.Command {
	return &cli.Command{
		Name:  "brief",
		Usage: "prepare for the next meeting: where every topic stands",
		Flags: []cli.Flag{seriesFlag(),
			&cli.StringFlag{Name: "before", Usage: "with what was said before `DATE` (2031-04-17)"},
			&cli.IntFlag{Name: "topics", Usage: "at most `N` topics and N silences; 0 for all", Value: briefTopics},
			formFlags()[0], formFlags()[1], againstFlag(), asKnownAtFlag()},
		Description: `For each topic that the next meeting is likely to raise: the latest wording, since
when it stands, what shifted at the last three meetings that raised it, and what is
no longer said. Below it, topics that used to be raised and fell silent. It keeps to
one page and counts what is left out; --topics 0 shows all of it.

Beside text, json and jsonl, --format takes html (one page that prints) and markdown.

  readout brief --series JP-RU
  readout brief --series JP-RU --before 2032-02-03 --format html > brief.html`,
		Action: func(c *cli.Context) error {
			v := a.values(c)
			before := v.since("before")
			o := overviewOptions{series: v.series("series"), days: timeline.Filter{Until: before.AddDays(-1), Kinds: closedSet(&v, "kind", timeline.Kinds()), Levels: closedSet(&v, "level", timeline.Levels())}, against: v.against(), known: archive.SeriesOptions{AsKnownAt: v.knownAt("as-known-at")}}
			if c.Int("topics") < 0 {
				v.fail("topics", fmt.Errorf("%d is less than nothing", c.Int("topics")), "")
			}
			if v.err != nil {
				return v.err
			}
			if _, err := operands(c); err != nil {
				return err
			}
			view := ask.BriefOptions{Before: before, Topics: c.Int("topics")}
			if !c.IsSet("topics") {
				view.Room = show.BriefRoom
			}
			return a.brief(c, o, view)
		},
	}
}

func (a *app) brief(c *cli.Context, o overviewOptions, view ask.BriefOptions) error {
	s, threads, err := a.threads(c, o)
	if err != nil {
		return err
	}
	var heard []*timeline.Release
	for _, r := range s.Releases {
		if o.days.Admits(r) {
			heard = append(heard, r)
		}
	}
	view.Lulls = timeline.Lulls(heard)
	b := ask.NewBrief(threads, view)
	b.Series = s.ID
	return a.write(b, map[format]func(io.Writer) error{
		formatHTML:     func(w io.Writer) error { return publish.BriefHTML(w, b) },
		formatMarkdown: func(w io.Writer) error { return publish.BriefMarkdown(w, b) },
	})
}
