package main

import (
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"readout/diff/formula"
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
		Name:      "brief",
		ArgsUsage: "[SERIES]",
		Usage:     "prepare for the next meeting: where every topic stands",
		Flags: []cli.Flag{seriesFlag(),
			&cli.StringFlag{Name: "before", Usage: "with what was said before `DATE` (2031-04-17)"},
			&cli.StringFlag{
				Name:      "check",
				TakesFile: true,
				Usage:     "derive every claim of the brief in `FILE` again (text, markdown or json) and name what no longer holds",
			},
			&cli.IntFlag{Name: "topics", Usage: "at most `N` topics and N silences; 0 for all", Value: briefTopics},
			formFlags()[0], formFlags()[1], againstFlag(), asKnownAtFlag()},
		Description: `For each topic that the next meeting is likely to raise: the strongest position, since
when it stands, what shifted at the last three meetings that raised it, and what is
no longer said. Below it, topics that used to be raised and fell silent. It keeps to
one page and counts what is left out; --topics 0 shows all of it. Every claim is quoted,
with the statement that it stands on.

--check reads a brief that was saved, and derives each of its claims again from what the
store has now: quotations, days, counts. It exits with 1 where one no longer holds. The
series and the day stand in the file; other flags must be those of the brief.

Beside text, json and jsonl, --format takes html (one page that prints) and markdown.

  readout brief JP-RU
  readout brief --series JP-RU --before 2032-02-03 --format html > brief.html
  readout brief --series JP-RU > brief.txt
  readout brief --check brief.txt`,
		Action: func(c *cli.Context) error {
			if err := seriesOperand(c); err != nil {
				return err
			}
			v := a.values(c)
			before := v.since("before")
			o := overviewOptions{
				series: v.series("series"),
				days: timeline.Filter{Until: before.AddDays(-1), Kinds: closedSet(&v, "kind", timeline.Kinds()),
					Levels: closedSet(&v, "level", timeline.Levels())},
				against: v.against(),
				known:   archive.SeriesOptions{AsKnownAt: v.knownAt("as-known-at")},
			}
			if c.Int("topics") < 0 {
				v.fail("topics", fmt.Errorf("%d is less than nothing", c.Int("topics")), "")
			}
			if v.err != nil {
				return v.err
			}
			if file := c.String("check"); file != "" {
				return a.checkBrief(c, o, file)
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
	b, err := a.makeBrief(c, o, view)
	if err != nil {
		return err
	}
	return a.write(b, map[format]func(io.Writer) error{
		formatHTML:     func(w io.Writer) error { return publish.BriefHTML(w, b) },
		formatMarkdown: func(w io.Writer) error { return publish.BriefMarkdown(w, b) },
	})
}

// makeBrief draws up a brief.
func (a *app) makeBrief(c *cli.Context, o overviewOptions, view ask.BriefOptions) (*ask.Brief, error) {
	arch, s, threads, err := a.threads(c, o)
	if err != nil {
		return nil, err
	}
	var heard []*timeline.Release
	for _, r := range s.Releases {
		if o.days.Admits(r) {
			heard = append(heard, r)
		}
	}
	if view.Lulls = timeline.Lulls(heard); len(heard) == len(s.Releases) && o.known.AsKnownAt.IsZero() {
		view.Formulas = a.standing(c.Context, arch, s)
	} else {
		view.Formulas = formula.Find(heard, a.formulaOptions(s.ID))
	}
	b := ask.NewBrief(threads, view)
	b.Series = s.ID
	return b, nil
}

// checkBrief derives the claims of a saved brief again.
func (a *app) checkBrief(c *cli.Context, o overviewOptions, file string) error {
	data, err := a.read(c.Context, file)
	if err != nil {
		return fmt.Errorf("read %q: %w", file, err)
	}
	saved, err := show.ReadBrief(data)
	if err != nil {
		return fmt.Errorf("read brief %q: %w", file, err)
	}
	if o.series == "" {
		o.series = saved.Series
	}
	if !saved.Before.IsZero() {
		o.days.Until = saved.Before.AddDays(-1)
	}
	now, err := a.makeBrief(c, o, ask.BriefOptions{Before: saved.Before})
	if err != nil {
		return err
	}
	answer := saved.Check(now)
	if err := a.answer(answer); err != nil {
		return err
	}
	if n := len(answer.Failed); n > 0 {
		return fmt.Errorf("%d of %d claims no longer hold", n, answer.Claims)
	}
	return nil
}
