package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"readout/diff"
	"readout/internal/document"
	"readout/internal/extract"
	"readout/internal/redline"
	"readout/internal/render"
	"readout/timeline"
)

func (a *app) diffCommand() *cli.Command {
	return &cli.Command{
		Name:      "diff",
		Usage:     "compare two texts, statement by statement and word by word",
		ArgsUsage: "OLD NEW\n--topic TOPIC [--series SERIES] [--all]",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "topic", Aliases: []string{"t"}, Usage: "only statements of `TOPIC`; alone: the last two meetings that raised it"},
			&cli.StringFlag{Name: "series", Aliases: []string{"s"}, Usage: "look in `SERIES`"},
			&cli.BoolFlag{Name: "all", Usage: "with --topic alone: every step from meeting to meeting"},
			&cli.BoolFlag{Name: "exit-code", Usage: "exit with 3 where the texts differ"},
			&cli.IntFlag{Name: "context", Aliases: []string{"C"}, Usage: "show `N` unchanged statements around a change", DefaultText: "0"},
			&cli.BoolFlag{Name: "changes-only", Usage: "leave out how many statements did not change"},
			&cli.BoolFlag{Name: "explain", Usage: "say which statements were compared and how alike they are"},
		}, redlineFlags()...),
		Description: `OLD and NEW are a release id (or a prefix that only it has), a version of one
(ID@v1), a release as it stood on a day (ID@2031-04-17), the day of a meeting
(2031-04-17), or a file on disk. Two files need no store.

Two releases give a position change, two versions of one release a record change.

Beside text, json and jsonl, --format takes html (a page to mail), docx (tracked
changes), markdown, criticmarkup, unified (a patch), csv and side-by-side.

Exit codes: 0; 3 with --exit-code where the texts differ; 1 and 2 on errors.

  readout diff 2031-04-17 2032-02-03
  readout diff 2031-04-17-vo-os@v1 2031-04-17-vo-os@v2
  readout diff old.html new.html
  readout diff 2031-04-17 2032-02-03 --format docx > changes.docx
  readout diff --topic "fisheries" --series OS-VO --all`,
		Action: func(c *cli.Context) error {
			v := values{c: c}
			o := diffOptions{
				topic: c.String("topic"), series: v.series("series"), all: c.Bool("all"), exitCode: c.Bool("exit-code"),
				view: render.DiffView{Context: c.Int("context"), ChangesOnly: c.Bool("changes-only"), Explain: c.Bool("explain")},
			}
			if o.view.Context < 0 {
				v.fail("context", fmt.Errorf("%d is less than nothing", o.view.Context), "")
			}
			o.redline = redlineOptions(&v)
			if v.err != nil {
				return v.err
			}
			if c.Bool("side-by-side") {
				a.format = formatColumns
			}
			if o.topic != "" && c.NArg() == 0 {
				return a.diffTopic(c.Context, o)
			}
			if o.all {
				return &usageError{msg: "--all goes with --topic and without OLD and NEW", hint: "readout diff --topic TOPIC --all"}
			}
			ops, err := operands(c, "OLD", "NEW")
			if err != nil {
				return err
			}
			return a.diff(c.Context, ops[0], ops[1], o)
		},
	}
}

type diffOptions struct {
	topic    string
	series   timeline.SeriesID
	all      bool
	exitCode bool
	view     render.DiffView
	redline  redline.Options
}

// diff compares two texts that the user names.
func (a *app) diff(ctx context.Context, oldName, newName string, o diffOptions) error {
	before, err := a.side(ctx, oldName, o)
	if err != nil {
		return err
	}
	after, err := a.side(ctx, newName, o)
	if err != nil {
		return err
	}
	return a.showDiff(before, after, diff.Options{}, o)
}

// showDiff compares two releases and writes the answer.
func (a *app) showDiff(before, after *timeline.Release, opts diff.Options, o diffOptions) error {
	if before.ID == after.ID && before.Version > 0 {
		before.NameStatements(fmt.Sprintf("%s@v%d", before.ID, before.Version))
		after.NameStatements(fmt.Sprintf("%s@v%d", after.ID, after.Version))
	}
	if before.Version == 0 && after.Version == 0 {
		opts.Cause = causeOfFiles(before, after)
	}
	report := diff.Compare(before, after, opts)
	d := render.NewDiff(report)
	if a.format.isDocument() {
		if err := a.writeDocument([]*diff.Report{report}, o.redline); err != nil {
			return err
		}
	} else if err := a.writeDiffs([]*render.Diff{d}, o); err != nil {
		return err
	}
	if o.exitCode && d.Differs() {
		return errDifferent
	}
	return nil
}

// causeOfFiles says why two files differ: they are two versions of one text
// where they report the same meeting, or carry the same address.
func causeOfFiles(before, after *timeline.Release) diff.Cause {
	if before.Source != "" && after.Source != "" {
		if before.Source == after.Source {
			return diff.Record
		}
		return diff.Position
	}
	if before.Day() == after.Day() && before.Title == after.Title {
		return diff.Record
	}
	return diff.Position
}

// writeDiffs writes one diff, or a chain of them.
func (a *app) writeDiffs(ds []*render.Diff, o diffOptions) error {
	if a.format != formatText {
		return a.answer(ds[0])
	}
	return ds[0].Show(a.stdout, a.style, o.view)
}

// isFile reports whether the user means a file on disk.
func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && !info.IsDir()
}

// fileRelease reads a release out of a file; its id is the name as given.
func fileRelease(name string) (*timeline.Release, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	doc, err := document.Parse(filepath.Base(name), data, document.Options{})
	if err != nil {
		return nil, err
	}
	rel := extract.Release(doc, extract.Default(), extract.Overrides{})
	rel.Name(strings.ReplaceAll(name, "#", "_"))
	return rel, nil
}

// side returns the release that the user calls name.
func (a *app) side(ctx context.Context, name string, o diffOptions) (*timeline.Release, error) {
	return fileRelease(name)
}

func (a *app) diffTopic(ctx context.Context, o diffOptions) error { return nil }
