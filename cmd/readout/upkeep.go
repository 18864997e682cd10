package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/urfave/cli/v2"

	"readout/internal/archive"
	"readout/internal/ask"
)

func (a *app) checkCommand() *cli.Command {
	return &cli.Command{
		Name:        "check",
		Usage:       "prove that the store is whole",
		Description: "Every invariant of the store is checked, every hash computed anew.\n\nExit codes: 0 where all is well, 1 with a list of what is broken.",
		Action: a.onArchive(func(c *cli.Context, arch *archive.Archive) error {
			found, err := arch.Check(c.Context)
			if err != nil {
				return err
			}
			warnings, err := arch.Warnings(c.Context)
			if err != nil {
				return err
			}
			for _, w := range warnings {
				a.note("%s", w)
			}
			if err := a.answer(ask.NewCheck(found)); err != nil {
				return err
			}
			if len(found) > 0 {
				return errItems
			}
			return nil
		}),
	}
}

func (a *app) backupCommand() *cli.Command {
	return &cli.Command{
		Name: "backup", Usage: "copy the store to a file while it stays in use", ArgsUsage: "FILE",
		Action: a.onOperands("FILE", func(c *cli.Context, arch *archive.Archive, ops []string) error {
			if _, err := os.Stat(ops[0]); err == nil {
				return &usageError{msg: fmt.Sprintf("%s is there already", ops[0]), hint: "readout backup " + ops[0] + ".new"}
			}
			if err := arch.Backup(c.Context, ops[0]); err != nil {
				return err
			}
			a.note("backed up to %s", ops[0])
			return nil
		}),
	}
}

func (a *app) compactCommand() *cli.Command {
	return &cli.Command{
		Name: "compact", Usage: "give back the disk space that the store no longer needs",
		Action: a.onArchive(func(c *cli.Context, arch *archive.Archive) error {
			before, after, err := arch.Compact(c.Context)
			if err != nil {
				return err
			}
			return a.answer(&ask.Compact{Schema: "readout.compact/1", Before: before, After: after})
		}),
	}
}

func (a *app) reindexCommand() *cli.Command {
	return &cli.Command{
		Name: "reindex", Usage: "read every captured document again by the present rules",
		Description: `What comes out differently is a technical change: our rules changed, not the world.
Captured bytes, versions and decisions about topics stay.`,
		Action: a.onArchive(func(c *cli.Context, arch *archive.Archive) error {
			report, err := arch.Reindex(c.Context)
			if err != nil {
				return err
			}
			if err := a.answer(&ask.Reindex{
				Schema:   "readout.reindex/1",
				Readings: report.Readings,
				Changed:  report.Changed,
				Failed:   report.Failed,
			}); err != nil {
				return err
			}
			if len(report.Failed) > 0 {
				return errItems
			}
			return nil
		}),
	}
}

func (a *app) statsCommand() *cli.Command {
	return &cli.Command{
		Name: "stats", Usage: "count what the store keeps",
		Action: a.onArchive(func(c *cli.Context, arch *archive.Archive) error {
			s, err := arch.Stats(c.Context)
			if err != nil {
				return err
			}
			out := &ask.Stats{
				Schema:     "readout.stats/1",
				Store:      a.dbName(),
				Releases:   s.Releases,
				Versions:   s.Versions,
				Captures:   s.Captures,
				Statements: s.Statements,
				Series:     s.Series,
				First:      s.First,
				Last:       s.Last,
			}
			if size, err := arch.Size(c.Context); err == nil {
				out.Bytes = size
			}
			return a.answer(out)
		}),
	}
}

func (a *app) exportCommand() *cli.Command {
	return &cli.Command{
		Name:      "export",
		Usage:     "write everything as JSON Lines, captured bytes included, or as tables or notes",
		ArgsUsage: "\n--format csv|parquet|vault DIR\n--format sqlite FILE",
		Flags: []cli.Flag{&cli.BoolFlag{Name: "salvage",
			Usage: "of a damaged store: leave out what cannot be read any more, and the answers"}, timestampFlag()},
		Description: `The lines are enough to make the same store again with readout import; the answers
(releases, topics) stand among them for other programs to read. They do not depend
on the order in which things were ingested.

With --format sqlite, parquet or csv the answers are written as tables: release,
version, statement, speaker, statement_topic, topic, meeting, formula and change. The
columns are in docs/recipes.md. A database is one file; of the others the folder DIR
gets one a table. With --format vault DIR gets a linked Markdown note for every topic
and meeting, as Obsidian keeps them. Files of those names are written anew.

With --format warc or wacz the captures are written as a web archive, for ReplayWeb, pywb
and other programs; readout ingest takes them in from there. What was corrected by hand
and the withdrawals are in the lines alone.

The head of the log of captures is said on standard error: keep it (readout verify). With
--timestamp an authority says when it saw that head.

  readout export > store.jsonl
  readout export --format wacz captures.wacz
  readout export --format sqlite readout.sqlite
  readout export --format vault notes/`,
		Action: func(c *cli.Context) error {
			write, operand := a.exporter()
			if write == nil {
				if c.NArg() > 0 && (a.format == formatText || a.format == formatLines) {
					return &usageError{msg: "export: the lines go to standard output", hint: "readout export > " + c.Args().First()}
				}
				return a.exportLines()(c)
			}
			if c.Bool("salvage") {
				return &usageError{msg: fmt.Sprintf("--salvage goes without --format %s", a.format), hint: "readout export --salvage"}
			}
			if c.IsSet("timestamp") && a.format != formatWARC && a.format != formatWACZ {
				return &usageError{msg: fmt.Sprintf("--timestamp goes without --format %s", a.format),
					hint: "readout export --timestamp " + c.String("timestamp")}
			}
			if c.NArg() == 0 {
				return &usageError{msg: fmt.Sprintf("export: %s is missing", operand),
					hint: fmt.Sprintf("readout export --format %s %s", a.format, operand)}
			}
			return a.onOperands(operand, write)(c)
		},
	}
}

// exportLines is the export that import takes.
func (a *app) exportLines() cli.ActionFunc {
	return func(c *cli.Context) error {
		if a.format != formatText && a.format != formatLines {
			return &usageError{msg: "an export is written as jsonl", hint: "readout export"}
		}
		if !c.Bool("salvage") {
			return a.onArchive(func(c *cli.Context, arch *archive.Archive) error {
				return errors.Join(arch.Export(c.Context, a.stdout), a.noteHead(c.Context, arch, c.String("timestamp")))
			})(c)
		}
		return onOperandsOf("", a.openHurt, func(c *cli.Context, arch *archive.Archive, _ []string) error {
			damage, err := arch.ExportSalvaged(a.stdout)
			a.warnLost(damage)
			return err
		})(c)
	}
}

func (a *app) importCommand() *cli.Command {
	return &cli.Command{
		Name: "import", Usage: "add what an export holds", ArgsUsage: "FILE|-",
		Action: onOperandsOf("FILE", a.openOrMake, func(c *cli.Context, arch *archive.Archive, ops []string) (err error) {
			in := a.stdin
			if ops[0] != "-" {
				f, err := os.Open(ops[0])
				if err != nil {
					return err
				}
				defer func() { err = errors.Join(err, f.Close()) }()
				in = f
			}
			n, err := arch.Import(c.Context, in)
			if n > 0 || err == nil {
				a.note("%d captures imported", n)
			}
			return err
		}),
	}
}
