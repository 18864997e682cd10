package main

import (
	"errors"
	"slices"

	"github.com/urfave/cli/v2"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/timeline"
)

func (a *app) phrasesCommand() *cli.Command {
	return &cli.Command{
		Name:  "phrases",
		Usage: "find the stock phrases that came, went and came back",
		Flags: append(append(append([]cli.Flag{seriesFlag()}, sinceUntilFlags()...), formFlags()...),
			&cli.IntFlag{
				Name:        "uses",
				Usage:       "only phrases that `N` releases have",
				DefaultText: "3, or 2 where the releases repeat each other",
			},
			lastFlag(), asKnownAtFlag()),
		Description: `A stock phrase is a run of words that the releases of a series use again and again.
For every meeting those are named that appeared, that came back, and that were
missing for the first time. Nothing has to be asked for: to look a phrase up, see
readout phrase.

  readout phrases --series JP-RU
  readout phrases --series JP-RU --last 5
  readout phrases --series JP-RU --since 2031-01-01 --format json`,
		Action: func(c *cli.Context) error {
			v := a.values(c)
			named := v.series("series")
			cut, last := v.cut(), v.last()
			known := archive.SeriesOptions{AsKnownAt: v.knownAt("as-known-at")}
			if c.IsSet("uses") && c.Int("uses") < 2 {
				v.fail("uses", errors.New("a phrase that fewer than 2 releases have is no stock phrase"), "--uses 2")
			}
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
			id, err := a.theSeries(c.Context, arch, named, "readout phrases")
			if err != nil {
				return err
			}
			releases, err := arch.Releases(c.Context, id, known)
			if err != nil {
				return seriesError(id, err)
			}
			releases = slices.DeleteFunc(releases, func(r *timeline.Release) bool {
				return !timeline.Filter{Kinds: cut.Kinds, Levels: cut.Levels}.Admits(r)
			})
			turns := timeline.Stock(releases, timeline.StockOptions{Uses: c.Int("uses"), Words: a.rules.WordLists()})
			return a.answer(ask.NewPhrases(id, turns, func(r *timeline.Release) bool { return cut.Covers(r.Day()) }).Last(last))
		},
	}
}
