package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v2"

	"readout/diff"
	"readout/internal/ask"
	"readout/timeline"
)

func (a *app) substitutionsCommand() *cli.Command {
	return &cli.Command{
		Name:  "substitutions",
		Usage: "find wordings that gave way to others, in one direction",
		Flags: append([]cli.Flag{seriesFlag(),
			&cli.IntFlag{Name: "least", Value: diff.LeastInstances, Usage: "only what `N` releases or more have"},
		}, sinceUntilFlags()...),
		Description: `What is counted are replacements of a few words in three releases or more (--least) that hardly
ever went the other way: between a text and the comparable text before it, and between
two versions of one text. Numbers, days and names do not count.

  readout substitutions --since 2031-01-01
  readout substitutions --series US`,
		Action: func(c *cli.Context) error {
			v := a.values(c)
			series, days := v.optionalSeries("series"), timeline.Filter{Since: v.since("since"), Until: v.until("until")}
			least := c.Int("least")
			if least < 1 {
				v.fail("least", fmt.Errorf("%d is none", least), "readout substitutions --least 1")
			}
			if v.err != nil {
				return v.err
			}
			if _, err := operands(c); err != nil {
				return err
			}
			return a.substitutions(c.Context, series, days, least)
		},
	}
}

func (a *app) substitutions(ctx context.Context, series *timeline.SeriesID, days timeline.Filter, least int) error {
	arch, err := a.open()
	if err != nil {
		return err
	}
	ids := []timeline.SeriesID{}
	if series != nil {
		ids = append(ids, *series)
	} else if ids, err = seriesIDs(ctx, arch); err != nil {
		return err
	}
	var reports []*diff.Report
	for _, id := range ids {
		more, err := arch.Reports(ctx, id, days)
		if err != nil {
			return seriesError(id, err)
		}
		reports = append(reports, more...)
	}
	found := diff.Substitutions(reports, least, a.diffOptions())
	a.nothing(len(found), fmt.Sprintf("no wording gave way to another in %d releases or more", least))
	return a.answer(ask.NewSubstitutions(found, days.Since))
}
