package main

import (
	"github.com/urfave/cli/v2"

	"readout/diff"
	"readout/internal/archive"
	"readout/internal/ask"
	"readout/timeline"
)

func (a *app) blameCommand() *cli.Command {
	return &cli.Command{
		Name:      "blame",
		Usage:     "say in which meeting each piece of a release's wording first appeared",
		ArgsUsage: "ID[@vN|@DAY]",
		Description: `Every statement is cut into the longest runs of words, three at least, that a statement
of an earlier meeting of the series has as well; each is put down to the first that has
it.`,
		Action: a.onRelease(func(c *cli.Context, arch *archive.Archive, ref archive.Ref) error {
			rel, err := arch.Release(c.Context, ref)
			if err != nil {
				return err
			}
			var series []*timeline.Release
			if rel.Series != "" {
				s, err := arch.Series(c.Context, rel.Series, archive.SeriesOptions{})
				if err != nil {
					return err
				}
				series = s.Releases
			}
			return a.answer(ask.NewBlame(rel, diff.Blame(rel, series, a.rules.Lexicon())))
		}),
	}
}
