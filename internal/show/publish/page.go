package publish

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"readout/diff"
	"readout/internal/ask"
	"readout/internal/letters"
	"readout/internal/show"
	"readout/timeline"
)

//go:embed *.tmpl
var templates embed.FS

// writePage runs a template into memory first: a page is written whole or not at all.
func writePage(w io.Writer, name string, data any) error {
	t, err := template.New(name).Funcs(template.FuncMap{
		"clean": letters.Clean,
		"words": func(code any) string {
			return strings.NewReplacer("_", " ", "-", " ").Replace(fmt.Sprint(code))
		},
		"join":     func(sep string, parties []timeline.Party) string { return joined(sep, parties) },
		"shift":    show.ShiftText,
		"returned": func(st ask.TimelineStatement) string { return show.Returned(&st) },
		"seeAlso":  func(st ask.TimelineStatement) string { return show.SeeAlso(&st) },
		"dropped":  func() string { return show.Dropped },
		"lull":     show.LullText,
		"edits":    edits,
		"apart":    diff.Apart,
		"sign":     func(m ask.Mark) string { return show.MarkSign(m) },
		"legend":   show.Signs,
	}).ParseFS(templates, "*.tmpl")
	if err != nil {
		return fmt.Errorf("parse page templates: %w", err)
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, name, data); err != nil {
		return fmt.Errorf("lay out page: %w", err)
	}
	_, err = b.WriteTo(w)
	return err
}

// joined joins the values of a slice of any string type.
func joined[T ~string](sep string, values []T) string {
	parts := make([]string, len(values))
	for i, v := range values {
		parts[i] = letters.Clean(string(v))
	}
	return strings.Join(parts, sep)
}

// edits are the pieces in which a statement is shown: with what went and came marked
// where it was reworded, else its text as it is.
func edits(st ask.TimelineStatement) []diff.Edit {
	if st.Told() != diff.Reworded || len(st.Edits) == 0 {
		return []diff.Edit{{Op: diff.Equal, Text: letters.Clean(st.Text)}}
	}
	legible := diff.Legible(st.Edits)
	out := make([]diff.Edit, len(legible))
	for i, e := range legible {
		out[i] = diff.Edit{Op: e.Op, Text: letters.CleanLines(e.Text)}
	}
	return out
}
