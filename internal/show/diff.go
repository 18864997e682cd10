package show

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"readout/diff"
	"readout/internal/ask"
	"readout/internal/letters"
)

// DiffView says how much of a diff people want to see. The zero value folds
// unchanged statements to their number.
type DiffView struct {
	Context     int     // unchanged statements shown around a change
	ChangesOnly bool    // not even the number of unchanged statements
	Explain     bool    // ids, similarity and reasons of every change
	Hidden      diff.Op // what is not shown: Delete for additions only, Insert for deletions only, "" for neither
	Sentences   bool    // a rewording is shown as the whole sentence before and after
}

// shows reports whether anything of a change is left to be seen.
func (v DiffView) shows(kind diff.Kind, edits []diff.Edit) bool {
	if v.Hidden == "" || kind == diff.Unchanged {
		return true
	}
	return slices.ContainsFunc(edits, func(e diff.Edit) bool { return e.Op != diff.Equal && e.Op != v.Hidden })
}

// edits returns what is shown of the words of a change.
func (v DiffView) edits(kind diff.Kind, edits []diff.Edit, oldText, newText string) []diff.Edit {
	if v.Sentences && kind == diff.Reworded {
		edits = []diff.Edit{{Op: diff.Delete, Text: oldText}, {Op: diff.Insert, Text: newText}}
	}
	if v.Hidden == "" || kind != diff.Reworded {
		return edits
	}
	return slices.DeleteFunc(slices.Clone(edits), func(e diff.Edit) bool { return e.Op == v.Hidden })
}

// Diffs writes comparisons one after the other: the summary, the names of the two
// texts and the changes, unchanged statements folded.
func Diffs(w io.Writer, s Style, v DiffView, diffs ...*ask.Diff) error {
	for i, d := range diffs {
		if i > 0 {
			if _, err := io.WriteString(w, "\n\n"); err != nil {
				return err
			}
		}
		if err := writeDiff(w, s, v, d); err != nil {
			return err
		}
	}
	return nil
}

func writeDiff(w io.Writer, s Style, v DiffView, d *ask.Diff) error {
	var b strings.Builder
	b.WriteString(diffHead(d).block(s, "", "", s.prose()))
	writeSide(&b, s, d, "old", d.Old)
	writeSide(&b, s, d, "new", d.New)
	folded := 0
	flush := func() {
		if folded > 0 && !v.ChangesOnly {
			b.WriteString("\n" + s.paint(dim, fmt.Sprintf("= %d unchanged", folded)) + "\n")
		}
		folded = 0
	}
	near := near(d, v.Context)
	for i, c := range d.Changes {
		if c.Kind == diff.Unchanged && !c.Moved && !near[i] {
			folded++
			continue
		}
		if !v.shows(c.Kind, c.Edits) {
			continue
		}
		flush()
		b.WriteByte('\n')
		writeChange(&b, s, &c, v)
	}
	flush()
	for _, c := range d.Asides {
		if !v.shows(c.Kind, c.Edits) {
			continue
		}
		m := markOf(c.Kind)
		p := &paragraph{}
		p.add(bold, c.Place)
		p.raw(plain, ", ")
		p.raw(m.ink, string(c.Kind))
		p.raw(plain, ": ")
		p.join(edited(c.Kind, v.edits(c.Kind, c.Edits, c.OldText, c.NewText), c.OldText, c.NewText, s))
		b.WriteString("\n" + p.block(s, s.paint(m.ink, m.sign)+" ", "  ", s.prose()))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// near reports for every change whether it stands within context of one that is
// not unchanged.
func near(d *ask.Diff, context int) []bool {
	out := make([]bool, len(d.Changes))
	for i, c := range d.Changes {
		if c.Kind == diff.Unchanged && !c.Moved {
			continue
		}
		for j := max(0, i-context); j <= min(len(out)-1, i+context); j++ {
			out[j] = true
		}
	}
	return out
}

// causes say in words what kind of change a diff reports.
var causeText = map[diff.Cause]string{
	diff.Position: "position change (a later text says something else)",
	diff.Record:   "record change (a published text was altered)",
}

func diffHead(d *ask.Diff) *paragraph {
	cause := causeText[d.Change]
	if d.TakenBack {
		cause = "record change (a published text was taken back to an earlier one)"
	}
	if d.Claimed {
		cause += ", as claimed: the moments are not those at which readout saw the texts"
	}
	p := text(bold, cause)
	p.raw(plain, ": "+d.Summary.Words())
	return p
}

func writeSide(b *strings.Builder, s Style, d *ask.Diff, name string, x ask.DiffSide) {
	day := x.Held
	if day.IsZero() {
		day = x.Published
	}
	when := day.String()
	if d.Change == diff.Record && !x.CapturedAt.IsZero() {
		when = "seen " + x.CapturedAt.String()
	}
	id := x.Release
	if d.Change == diff.Record && x.Version > 0 {
		id = fmt.Sprintf("%s@v%d", id, x.Version)
	}
	p := &paragraph{}
	if when != "" {
		p.add(cyan, when)
		p.raw(plain, "  ")
	}
	p.add(bold, x.Title)
	lead := s.paint(dim, name) + "  "
	b.WriteString(p.block(s, lead, "     ", s.prose()))
	if id != x.Title {
		if when == "" && x.Title == "" {
			b.WriteString(lead + letters.Clean(id) + "\n")
			return
		}
		b.WriteString("     " + s.paint(dim, letters.Clean(id)) + "\n")
	}
}
