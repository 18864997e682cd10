package main

import (
	"fmt"
	"io"
	"slices"

	"readout/internal/ask"
	"readout/internal/show"
)

// format is how an answer is written.
type format string

// The formats. Every command writes the first three, documentFormats says which of
// the others.
const (
	formatText  format = "text"
	formatJSON  format = "json"
	formatLines format = "jsonl"

	formatHTML     format = "html"
	formatDOCX     format = "docx"
	formatMarkdown format = "markdown"
	formatCritic   format = "criticmarkup"
	formatUnified  format = "unified"
	formatCSV      format = "csv"
	formatColumns  format = "side-by-side"
	formatAtom     format = "atom"
	formatMail     format = "rfc822"
	formatSVG      format = "svg"
	formatPNG      format = "png"
	formatICS      format = "ics"
	formatSlides   format = "timelinejs"
	formatGraphML  format = "graphml"
	formatCSL      format = "csl"
	formatRIS      format = "ris"
	formatBibTeX   format = "bibtex"
	formatSQLite   format = "sqlite"
	formatParquet  format = "parquet"
	formatVault    format = "vault"
	formatWARC     format = "warc"
	formatWACZ     format = "wacz"
)

// documentFormats are the formats that a command writes beside text, json and
// jsonl: documents to pass on.
var documentFormats = map[string][]format{
	"diff":    {formatHTML, formatDOCX, formatMarkdown, formatCritic, formatUnified, formatCSV, formatColumns},
	"changes": {formatMarkdown, formatHTML, formatAtom, formatMail},

	"timeline": {formatHTML, formatMarkdown, formatCSV, formatSlides, formatICS},
	"matrix":   {formatHTML, formatSVG, formatPNG, formatCSV},
	"brief":    {formatHTML, formatMarkdown},
	"spread":   {formatSVG, formatPNG, formatCSV, formatGraphML},
	"show":     {formatCSL, formatRIS, formatBibTeX},
	"cite":     {formatCSL, formatRIS, formatBibTeX},
	"export":   {formatCSV, formatSQLite, formatParquet, formatVault, formatWARC, formatWACZ},
}

// formatsOf returns every format of a command.
func formatsOf(command string) []format {
	return append([]format{formatText, formatJSON, formatLines}, documentFormats[command]...)
}

// isFormat reports whether some command writes the format.
func isFormat(f format) bool {
	for _, fs := range documentFormats {
		if slices.Contains(fs, f) {
			return true
		}
	}
	return slices.Contains(formatsOf(""), f)
}

// isDocument reports whether the format is a document to pass on.
func (f format) isDocument() bool { return !slices.Contains(formatsOf(""), f) }

// checkFormat reports a format that the command does not write, before the command
// does anything.
func checkFormat(f format, command string) error {
	known := formatsOf(command)
	switch {
	case slices.Contains(known, f):
		return nil
	case isFormat(f):
		return &usageError{
			msg:  fmt.Sprintf("%s does not write --format %s; it writes %s", command, f, joined(known)),
			hint: "readout " + command + " --help",
		}
	}
	return &usageError{msg: fmt.Sprintf("--format: %q is none of %s", f, joined(known)), hint: "readout " + command + " --help"}
}

// colorMode is when text is coloured.
type colorMode string

const (
	colorAuto   colorMode = "auto"
	colorAlways colorMode = "always"
	colorNever  colorMode = "never"
)

// write writes the answer of a command as one of the documents given, where the user
// asked for one, or else as [app.answer] does.
func (a *app) write(x ask.Answer, documents map[format]func(io.Writer) error) error {
	if document, ok := documents[a.format]; ok {
		return document(a.stdout)
	}
	return a.answer(x)
}

// answer writes the answer of a command in one of the three formats that all have.
func (a *app) answer(x ask.Answer) error {
	if a.take != nil {
		a.take(x)
		return nil
	}
	switch a.format {
	case formatJSON:
		return show.JSON(a.stdout, x)
	case formatLines:
		return show.JSONLines(a.stdout, x.Lines())
	}
	return a.paged(func(w io.Writer) error { return show.Text(w, a.style, x) })
}
