package main

import (
	"github.com/urfave/cli/v2"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/show"
	"readout/timeline"
)

func (a *app) listCommand() *cli.Command {
	return &cli.Command{
		Name:  "list",
		Usage: "list the releases",
		Flags: append(append([]cli.Flag{seriesFlag()}, sinceUntilFlags()...),
			&cli.StringFlag{Name: "kind", Usage: "only `KIND`: meeting, call, video, visit, joint-statement or statement"},
			&cli.IntFlag{Name: "limit", Usage: "only the newest `N`, 0 for all"},
			asKnownAtFlag(),
		),
		Description: `In the order of a timeline: by day held, then published, then id; those without a
day come last.

  readout list --series JP-RU --since 2031-01-01`,
		Action: func(c *cli.Context) error {
			v := a.values(c)
			f := archive.ListFilter{
				Series:    v.optionalSeries("series"),
				Since:     v.since("since"),
				Until:     v.until("until"),
				AsKnownAt: v.knownAt("as-known-at"),
				Limit:     v.limit(false),
			}
			f.Kind = oneOf(&v, "kind", timeline.Kind(""), timeline.Kinds())
			if v.err != nil {
				return v.err
			}
			if _, err := operands(c); err != nil {
				return err
			}
			arch, err := a.open()
			if err != nil {
				return err
			}
			releases, err := arch.List(c.Context, f)
			if err != nil {
				return err
			}
			none := "no such release in " + a.dbName()
			if f == (archive.ListFilter{}) {
				none = a.empty("release")
			}
			a.nothing(len(releases), none)
			return a.answer(ask.NewList(releases))
		},
	}
}

func (a *app) seriesCommand() *cli.Command {
	return &cli.Command{
		Name:  "series",
		Usage: "list the series of meetings between the same parties",
		Action: a.onArchive(func(c *cli.Context, arch *archive.Archive) error {
			infos, err := arch.SeriesList(c.Context)
			if err != nil {
				return err
			}
			a.nothing(len(infos), a.empty("series"))
			return a.answer(a.seriesAnswer(infos))
		}),
	}
}

func (a *app) seriesAnswer(items []ask.SeriesItem) *ask.SeriesList {
	for i, x := range items {
		items[i].Name = show.SeriesName(x.Parties, a.partyName)
	}
	return ask.NewSeriesList(items)
}
