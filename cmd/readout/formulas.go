package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/urfave/cli/v2"

	"readout/diff"
	"readout/diff/formula"
	"readout/internal/archive"
	"readout/internal/ask"
	"readout/timeline"
)

func (a *app) formulasCommand() *cli.Command {
	return &cli.Command{
		Name:  "formulas",
		Usage: "find the clauses that recur, how they changed and where they are missing",
		Flags: append(append([]cli.Flag{seriesFlag(),
			&cli.StringFlag{Name: "topic", Aliases: []string{"t"}, Usage: "only those of the `TOPIC`"},
			&cli.StringFlag{Name: "lane", Usage: "only those of the `LANE` (\"joint-statement summit\")"},
			&cli.IntFlag{Name: "limit", Value: 20, Usage: "only the `N` weightiest; 0 for all"},
		}, sinceUntilFlags()...), asKnownAtFlag()),
		Description: `A formula is a clause that three or more comparable texts use, varied or not, such as
"peace and stability across the Taiwan Strait". For each the uses are listed: where
its words stayed the same, where they were reworded, and where the formula was
softened, firmed, narrowed or widened, with what that is read from and both
sentences. Where a text lacks a formula that was to be expected in it, the sentence
that is nearest is shown as the proof. With --since and --until the formulas of that
time are weighed by what they did in it.

  readout formulas --series JP-US
  readout formulas --series JP-US --topic taiwan-strait --limit 0
  readout formulas --series US --since 2014-01-01 --until 2014-12-31`,
		Action: func(c *cli.Context) error {
			v := a.values(c)
			o := formulasOptions{
				series: v.series("series"),
				topic:  c.String("topic"),
				lane:   c.String("lane"),
				limit:  c.Int("limit"),
				days:   timeline.Filter{Since: v.since("since"), Until: v.until("until")},
				known:  archive.SeriesOptions{AsKnownAt: v.knownAt("as-known-at")},
			}
			if o.limit < 0 {
				v.fail("limit", fmt.Errorf("%d is less than nothing", o.limit), "")
			}
			if v.err != nil {
				return v.err
			}
			if _, err := operands(c); err != nil {
				return err
			}
			return a.formulas(c.Context, o)
		},
	}
}

type formulasOptions struct {
	series      timeline.SeriesID
	topic, lane string
	limit       int
	days        timeline.Filter
	known       archive.SeriesOptions
}

func (a *app) formulas(ctx context.Context, o formulasOptions) error {
	arch, err := a.open()
	if err != nil {
		return err
	}
	id, err := a.theSeries(ctx, arch, o.series, "readout formulas")
	if err != nil {
		return err
	}
	find := a.formulaOptions(id)
	find.Since, find.Until = o.days.Since, o.days.Until
	s, err := arch.Series(ctx, id, o.known)
	if err != nil {
		return seriesError(id, err)
	}
	if o.topic != "" {
		f, err := a.follow(ctx, arch, o.topic, id, o.known)
		if err != nil {
			return err
		}
		s, find.Topic = f.series, f.topic.ID
	}
	var found []formula.Formula
	if find.Topic == "" && o.days.IsZero() {
		found = a.standing(ctx, arch, s)
	} else {
		found = formula.Find(s.Releases, find)
	}
	if o.lane != "" {
		found = slices.DeleteFunc(found, func(f formula.Formula) bool { return f.Lane != o.lane })
	}
	a.nothing(len(found), "no clause recurs in three comparable texts")
	return a.answer(ask.NewFormulas(id, found, o.limit))
}

// standing returns the formulas of a series, which are kept once they were found.
func (a *app) standing(ctx context.Context, arch *archive.Archive, s *archive.Series) []formula.Formula {
	return arch.Formulas(ctx, s, func(m diff.Memory) []formula.Formula {
		o := a.formulaOptions(s.ID)
		o.Memory = m
		return formula.Find(s.Releases, o)
	})
}

// formulaOptions looks for the formulas of a series with the words of the rules in force.
func (a *app) formulaOptions(id timeline.SeriesID) formula.Options {
	return formula.Options{Diff: a.diffOptions(), Qualifiers: a.rules.Qualifiers(), Names: a.namesOf(id.Parties())}
}

// namesOf returns the names of parties, and the words for what is theirs.
func (a *app) namesOf(parties []timeline.Party) []string {
	var out []string
	for _, p := range parties {
		out = append(out, a.partyName(p), a.rules.Extract().Gazetteer.Demonym(p))
	}
	return out
}
