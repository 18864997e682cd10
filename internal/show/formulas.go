package show

import (
	"fmt"
	"io"
	"strings"

	"readout/diff"
	"readout/diff/formula"
	"readout/internal/ask"
)

// writeFormulas writes each formula with its uses: runs in which its words stayed the same
// on one line, and every turn with what it stands on.
func writeFormulas(w io.Writer, s Style, a *ask.Formulas) error {
	var b strings.Builder
	head := text(bold, string(a.Series))
	head.raw(plain, " · "+count(len(a.Formulas)+a.Left, "formula", "formulas"))
	if a.Left > 0 {
		head.raw(dim, fmt.Sprintf(", the %d weightiest", len(a.Formulas)))
	}
	b.WriteString(head.block(s, "", "", s.prose()))
	for i := range a.Formulas {
		writeFormula(&b, s, &a.Formulas[i])
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Where the lines below a formula's first begin.
const (
	underFormula = "  "
	underUse     = "              "
)

func writeFormula(b *strings.Builder, s Style, f *ask.Formula) {
	b.WriteByte('\n')
	head := text(bold, "“"+f.Text+"”")
	head.raw(plain, "  ")
	head.add(dim, Join(" · ", f.Topic, spell(f.Lane), count(len(f.Uses), "use", "uses")))
	b.WriteString(head.block(s, "", underFormula, s.prose()))
	for i := 0; i < len(f.Uses); {
		next := i + 1
		for next < len(f.Uses) && f.Uses[next].Change == formula.Same {
			next++
		}
		writeFormulaRun(b, s, f.Uses, i, next)
		i = next
	}
	for _, m := range f.Missing {
		p := text(red, "missing")
		if m.Nearest != nil {
			p.add(dim, fmt.Sprintf("; nearest, %.2f: %s", m.Nearest.Similarity, m.Nearest.Text))
		}
		b.WriteString(p.block(s, underFormula+s.paint(cyan, m.Day.String())+"  ", underUse, s.prose()))
	}
}

// writeFormulaRun writes the uses from one place to another, which have the same words.
func writeFormulaRun(b *strings.Builder, s Style, uses []ask.FormulaUse, from, to int) {
	u := &uses[from]
	p := &paragraph{}
	if u.Change != "" {
		p.add(changeInk(u.Change), string(u.Change))
		if u.Because != "" {
			p.add(plain, " ("+u.Because+")")
		}
		p.add(plain, ": ")
	}
	p.add(plain, "“"+u.Text+"”")
	p.add(dim, Join(", ", " "+speakers(u.Speakers), sameUntil(uses[from:to])))
	b.WriteString(p.block(s, underFormula+s.paint(cyan, u.Day.String())+"  ", underUse, s.prose()))
	if from > 0 && directed(u.Change) {
		writeBeforeAndNow(b, s, underUse, diff.Quote{
			ID:   uses[from-1].Statement,
			Text: uses[from-1].Sentence,
		}, diff.Quote{ID: u.Statement, Text: u.Sentence})
	}
}

// sameUntil says for how long the words stayed the same, "" for one use.
func sameUntil(uses []ask.FormulaUse) string {
	if len(uses) == 1 {
		return ""
	}
	return fmt.Sprintf("the same in %s until %s", count(len(uses), "text", "texts"), uses[len(uses)-1].Day)
}

// directed reports whether a change says which way a position moved.
func directed(c formula.Change) bool { return c != "" && c != formula.Same && c != formula.Reworded }

// writeBeforeAndNow writes two sentences whole, one below the other.
func writeBeforeAndNow(b *strings.Builder, s Style, indent string, old, new diff.Quote) {
	b.WriteString(text(dim, "before: "+old.Text).block(s, indent, indent, s.prose()))
	b.WriteString(text(plain, "now:    "+new.Text).block(s, indent, indent, s.prose()))
}

func changeInk(c formula.Change) ink {
	switch c {
	case formula.Softened, formula.Narrowed:
		return yellow
	case formula.Firmed, formula.Widened:
		return green
	}
	return plain
}

// writeSpread writes who said a phrase, in the order in which they took it up.
func writeSpread(w io.Writer, s Style, a *ask.Spread) error {
	var b strings.Builder
	head := text(bold, "“"+a.Phrase+"”")
	head.raw(plain, " · said by "+count(len(a.Parties), "party", "parties"))
	b.WriteString(head.block(s, "", "", s.prose()))
	for _, p := range a.Parties {
		b.WriteByte('\n')
		line := text(bold, string(p.Party))
		line.add(plain, fmt.Sprintf("  in %s", count(p.Uses, "release", "releases")))
		line.add(plain, fmt.Sprintf(", first %s, last %s", p.First.Day, p.Last.Day))
		if p.Since > 0 {
			line.add(dim, fmt.Sprintf(", without it in %s since", count(p.Since, "release", "releases")))
		}
		b.WriteString(line.block(s, "", underFormula, s.prose()))
		writeSpreadUse(&b, s, p.First)
		if p.Last.Statement != p.First.Statement {
			writeSpreadUse(&b, s, p.Last)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeSpreadUse(b *strings.Builder, s Style, u ask.SpreadUse) {
	p := text(plain, u.Text)
	p.raw(plain, "  ")
	p.whole(dim, u.Statement)
	b.WriteString(p.block(s, underFormula+s.paint(cyan, u.Day.String())+"  ", underUse, s.prose()))
}

// instancesShown is how many places of a substitution a terminal is shown.
const instancesShown = 3

// writeSubstitutions writes the wordings that gave way to others, with places where they did.
func writeSubstitutions(w io.Writer, s Style, a *ask.Substitutions) error {
	var b strings.Builder
	for i, x := range a.Substitutions {
		if i > 0 {
			b.WriteByte('\n')
		}
		p := text(deleted, x.From)
		p.add(plain, " → ")
		p.add(inserted, x.To)
		p.add(dim, fmt.Sprintf("  in %s, back in %d", count(x.Releases, "release", "releases"), x.Back))
		b.WriteString(p.block(s, "", underFormula, s.prose()))
		for k, place := range x.Instances {
			if k == instancesShown {
				b.WriteString(underFormula + s.paint(dim, fmt.Sprintf("and %d more", len(x.Instances)-k)) + "\n")
				break
			}
			b.WriteString(whole(dim, string(place.Change)+" change, "+place.Release).block(s,
				underFormula+s.paint(cyan, pad(place.Day.String(), 10, false))+"  ", underUse, s.prose()))
			writeBeforeAndNow(&b, s, underUse, place.Old, place.New)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
