package main

import (
	"github.com/urfave/cli/v2"

	"readout/diff"
	"readout/internal/archive"
	"readout/internal/render"
	"readout/timeline"
)

func (a *app) blameCommand() *cli.Command {
	return &cli.Command{
		Name:      "blame",
		Usage:     "say in which meeting each piece of a release's wording first appeared",
		ArgsUsage: "ID[@vN|@DAY]",
		Description: `The wording of every statement is followed back along its topic, from meeting to
meeting, as long as the statement was taken up again.`,
		Action: func(c *cli.Context) error {
			ops, err := operands(c, "ID")
			if err != nil {
				return err
			}
			ref, err := parseRef(ops[0])
			if err != nil {
				return err
			}
			arch, err := a.open()
			if err != nil {
				return err
			}
			rel, err := arch.Release(c.Context, ref)
			if err != nil {
				return err
			}
			var chains [][]diff.Step
			if rel.Series != "" {
				s, err := arch.Series(c.Context, rel.Series, archive.SeriesOptions{})
				if err != nil {
					return err
				}
				chains = chainsOf(rel, s, diff.Options{Lexicon: a.rules.Lexicon})
			}
			return a.answer(render.NewBlame(rel, diff.Blame(rel, chains)))
		},
	}
}

// chainsOf compares, for every topic of the release, the meetings that raised it,
// with the release in the version that was asked for.
func chainsOf(rel *timeline.Release, s *archive.Series, o diff.Options) [][]diff.Step {
	for i, r := range s.Releases {
		if r.ID == rel.ID {
			s.Releases[i] = rel
		}
	}
	raised := map[string]bool{}
	for _, st := range rel.Statements {
		for _, t := range st.Topics {
			raised[t] = true
		}
	}
	var chains [][]diff.Step
	for _, t := range s.Topics.Topics {
		if raised[t.ID] {
			chains = append(chains, diff.Chain(timeline.Build(s.Releases, t, timeline.Filter{Until: rel.Day()}), o))
		}
	}
	return chains
}
