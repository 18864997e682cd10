package main

import (
	"github.com/urfave/cli/v2"

	"readout/diff"
	"readout/internal/archive"
	"readout/internal/render"
	"readout/timeline"
)

func (a *app) timelineCommand() *cli.Command {
	return &cli.Command{
		Name:      "timeline",
		Usage:     "follow one issue from meeting to meeting",
		ArgsUsage: "TOPIC",
		Flags: append(append([]cli.Flag{seriesFlag()}, sinceUntilFlags()...),
			&cli.StringFlag{Name: "speaker", Usage: "only statements of `PARTIES`"},
			&cli.StringFlag{Name: "act", Usage: "only statements of these `ACTS` (agree,share_view,…)"},
			&cli.BoolFlag{Name: "changes-only", Usage: "leave out what did not change"},
			asKnownAtFlag(),
		),
		Description: `TOPIC is the id of a topic, any of its names, or free words. Every statement is
shown with what became of the wording of the last meeting that raised the topic.
Meetings of the series that did not raise it are named: silence is a finding.

  readout timeline "Northern Territories issue" --series JP-RU
  readout timeline fisheries --since 2031-01-01 --changes-only --format json`,
		Action: func(c *cli.Context) error {
			v := a.values(c)
			o := timelineOptions{
				series:      v.series("series"),
				filter:      timeline.Filter{Since: v.date("since"), Until: v.date("until"), Speakers: v.parties("speaker"), Acts: v.acts("act")},
				knownAt:     archive.SeriesOptions{AsKnownAt: v.knownAt("as-known-at")},
				changesOnly: c.Bool("changes-only"),
			}
			if v.err != nil {
				return v.err
			}
			query, err := words(c, "TOPIC")
			if err != nil {
				return err
			}
			return a.timeline(c, query, o)
		},
	}
}

type timelineOptions struct {
	series      timeline.SeriesID
	filter      timeline.Filter
	knownAt     archive.SeriesOptions
	changesOnly bool
}

func (a *app) timeline(c *cli.Context, query string, o timelineOptions) error {
	arch, err := a.open()
	if err != nil {
		return err
	}
	f, err := a.follow(c.Context, arch, query, o.series, o.knownAt)
	if err != nil {
		return err
	}
	t := timeline.Build(f.series.Releases, f.topic, o.filter)
	return a.answer(render.NewTimeline(t, diff.Chain(t, diff.Options{Lexicon: a.rules.Lexicon}), o.changesOnly))
}
