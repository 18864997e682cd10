package main

import (
	"errors"
	"io"

	"github.com/urfave/cli/v2"

	"readout/diff"
	"readout/internal/show/redline"
	"readout/timeline"
)

// redlineFlags are the flags of documents to pass on.
func redlineFlags() []cli.Flag {
	return []cli.Flag{
		&cli.BoolFlag{Name: "side-by-side", Aliases: []string{"y"}, Usage: "write both texts beside each other"},
		&cli.BoolFlag{Name: "additions-only", Usage: "show only what came"},
		&cli.BoolFlag{Name: "deletions-only", Usage: "show only what went"},
		&cli.StringFlag{Name: "granularity", Usage: "mark each changed `word` or sentence", DefaultText: "word"},
		&cli.StringFlag{Name: "author", Usage: "sign tracked changes (docx) as `NAME`", DefaultText: "readout"},
	}
}

// redlineOptions reads them.
func redlineOptions(v *flagReader) redline.Options {
	c := v.c
	o := redline.Options{
		ChangesOnly: c.Bool("changes-only"),
		Context:     c.Int("context"),
		Author:      c.String("author"),
		Names:       func(p timeline.Party) string { return v.names().Name(p) },
	}
	if o.Context == 0 && c.IsSet("context") {
		o.Context = redline.NoContext
	}
	switch added, deleted := c.Bool("additions-only"), c.Bool("deletions-only"); {
	case added && deleted:
		v.fail("additions-only", errors.New("cannot go with --deletions-only"), "")
	case added:
		o.Side = redline.Additions
	case deleted:
		o.Side = redline.Deletions
	}
	type granularity string
	if oneOf(v, "granularity", "word", []granularity{"word", "sentence"}) == "sentence" {
		o.Granularity = redline.Sentence
	}
	return o
}

// hiddenOf returns what is not shown of the edits where only one side is.
func hiddenOf(s redline.Side) diff.Op {
	switch s {
	case redline.Additions:
		return diff.Delete
	case redline.Deletions:
		return diff.Insert
	}
	return ""
}

// writeDocument writes reports in one of the formats that only a diff has.
func (a *app) writeDocument(reports []*diff.Report, o redline.Options) error {
	write := map[format]func(io.Writer, []*diff.Report, redline.Options) error{
		formatHTML:     redline.HTML,
		formatDOCX:     redline.DOCX,
		formatMarkdown: redline.Markdown,
		formatCritic:   redline.CriticMarkup,
		formatUnified:  redline.Unified,
		formatCSV:      redline.CSV,
		formatColumns: func(w io.Writer, rs []*diff.Report, o redline.Options) error {
			return redline.SideBySide(w, rs, redline.SideBySideOptions{Options: o, Width: a.style.Width, Color: a.style.Color})
		},
	}[a.format]
	if a.format == formatDOCX && a.screen.is() {
		return &usageError{msg: "a docx file is not for a terminal", hint: "readout diff OLD NEW --format docx > changes.docx"}
	}
	return write(a.stdout, reports, o)
}
