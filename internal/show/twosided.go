package show

import (
	"cmp"
	"io"
	"strings"

	"readout/diff"
	"readout/internal/ask"
	"readout/internal/letters"
	"readout/timeline"
)

// writeTwoSided writes what each side says alone, then what both say and how their words differ.
func writeTwoSided(w io.Writer, s Style, t *ask.TwoSided) error {
	var b strings.Builder
	b.WriteString(text(bold, "two accounts: "+t.Verdict).block(s, "", "", s.prose()))
	for _, x := range []ask.TwoSidedAccount{t.A, t.B} {
		p := text(cyan, Join(" ", x.Held.String(), x.Name))
		p.raw(plain, "  ")
		p.add(plain, x.Title)
		b.WriteString(p.block(s, "", "  ", s.prose()))
		b.WriteString("  " + s.paint(dim, letters.Clean(x.Release)) + "\n")
	}
	writeAccount(&b, s, "Only "+t.A.Name+" says", t.OnlyA)
	writeAccount(&b, s, "Only "+t.B.Name+" says", t.OnlyB)
	for _, x := range t.Beside {
		writeAccount(&b, s, cmp.Or(x.HeadingA, "Above the first heading"), x.A)
		writeAccount(&b, s, cmp.Or(x.HeadingB, "Above the first heading"), x.B)
	}
	if len(t.Both) > 0 {
		b.WriteString("\n" + s.paint(boldCyan, "Both say") +
			s.paint(dim, "  ([-"+letters.Clean(t.A.Name)+"-] {+"+letters.Clean(t.B.Name)+"+})") + "\n")
	}
	for _, p := range t.Both {
		kind := diff.Reworded
		sign := "~"
		if p.Same {
			kind, sign = diff.Unchanged, "="
		}
		said := &paragraph{}
		if p.Uncertain {
			said.raw(yellow, doubt(true))
			said.raw(plain, "  ")
		}
		writeWording(&b, s, said, wording(kind, p.Edits, "", joinTexts(p.B), s), mark{sign, markOf(kind).ink})
		writeShifts(&b, s, p.Shifts)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeAccount writes statements under a heading, and nothing where there are none.
func writeAccount(b *strings.Builder, s Style, heading string, list []ask.DiffStatement) {
	if len(list) == 0 {
		return
	}
	b.WriteString("\n" + s.paint(boldCyan, letters.Clean(heading)) + "\n")
	for _, x := range list {
		p := &paragraph{}
		if who := attribution(timeline.Statement{Speakers: x.Speakers, Act: x.Act}); who != "" {
			p.add(dim, who)
			p.raw(plain, "  ")
		}
		p.add(plain, x.Text)
		b.WriteString(p.block(s, "  ", "  ", s.prose()))
	}
}

func joinTexts(ss []ask.DiffStatement) string {
	parts := make([]string, len(ss))
	for i, x := range ss {
		parts[i] = x.Text
	}
	return strings.Join(parts, " ")
}
