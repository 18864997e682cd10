package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/reading"
)

func (a *app) doubtsCommand() *cli.Command {
	return &cli.Command{
		Name:  "doubts",
		Usage: "list what could not be decided, with the command that settles it",
		Flags: []cli.Flag{
			&cli.StringFlag{
				Name:  "field",
				Usage: "only doubts about these `FIELDS`: held, published, parties, issuer, title, language, text",
			},
		},
		Description: `A doubt is a field of a release that rests on weak evidence, or that stayed empty: a
day without its year, parties that nothing names, a language that is not read, bytes
that are no text. Nothing that rests on it is said as if it were certain.

  readout doubts
  readout settle 2031-04-17-no-uy-meeting --held 2031-04-17`,
		Action: a.onArchive(func(c *cli.Context, arch *archive.Archive) error {
			v := a.values(c)
			fields := v.list("field")
			found, err := arch.Doubts(c.Context)
			if err != nil {
				return err
			}
			var doubts []ask.Doubt
			for _, d := range found {
				if len(fields) == 0 || slices.Contains(fields, d.Field) {
					doubts = append(doubts, ask.Doubt{Release: d.Release, Field: d.Field, Why: d.Why})
				}
			}
			a.nothing(len(doubts), "nothing is in doubt in "+a.dbName())
			return a.answer(ask.NewDoubts(doubts))
		}),
	}
}

func (a *app) settleCommand() *cli.Command {
	return &cli.Command{
		Name:      "settle",
		Usage:     "say what a release does not: its day, parties, issuer or title",
		ArgsUsage: "ID",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "title", Usage: "the release's `TITLE`"},
			&cli.StringFlag{Name: "held", Usage: "the `DAY` of the meeting"},
			&cli.StringFlag{Name: "published", Usage: "the `DAY` the text is dated"},
			&cli.StringFlag{Name: "parties", Usage: "the `PARTIES`, by code or name, separated by commas (JP,RU)"},
			&cli.StringFlag{Name: "issuer", Usage: "the `PARTY` that published it"},
			&cli.StringFlag{Name: "undo", Usage: "take back what was said of `FIELDS`, separated by commas (held,issuer)"},
		},
		Description: `What you say goes over what is read, for every capture of the release, and is kept
when the rules of reading change. The captured bytes stay as they are. The release may
be called otherwise afterwards: its id is made of its day and parties. With --undo a
field is read from the document again.`,
		Action: a.onRelease(func(c *cli.Context, arch *archive.Archive, ref archive.Ref) error {
			v := a.values(c)
			over := reading.Overrides{
				Title:     c.String("title"),
				Held:      v.date("held"),
				Published: v.date("published"),
				Parties:   v.parties("parties"),
			}
			if issuer := v.parties("issuer"); len(issuer) == 1 {
				over.Issuer = issuer[0]
			}
			undo := closedSet(&v, "undo", archive.Settled())
			if v.err != nil {
				return v.err
			}
			if len(undo) > 0 {
				if !over.Empty() {
					return &usageError{
						msg:  "settle: --undo goes alone",
						hint: fmt.Sprintf("readout settle %s --undo %s", ref.ID, strings.Join(undo, ",")),
					}
				}
				report, err := arch.Unsettle(c.Context, ref, undo...)
				if err != nil {
					return err
				}
				return a.answer(ingestAnswer(report, nil, false))
			}
			if over.Empty() {
				return &usageError{msg: "settle: nothing is said of the release", hint: "readout settle " + ref.ID + " --held DAY"}
			}
			report, err := arch.Settle(c.Context, ref, over)
			if err != nil {
				return err
			}
			return a.answer(ingestAnswer(report, nil, false))
		}),
	}
}
