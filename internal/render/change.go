package render

import (
	"fmt"
	"math"
	"strings"

	"readout/diff"
	"readout/timeline"
)

// mark is how a kind of change is shown in the margin.
type mark struct {
	sign string
	ink  ink
}

func markOf(k diff.Kind) mark {
	switch k {
	case diff.New:
		return mark{"+", green}
	case diff.Dropped:
		return mark{"-", red}
	case diff.Reworded:
		return mark{"~", yellow}
	}
	return mark{"=", dim}
}

// write writes one change of a diff: a line that says what happened to whose
// statement, then its text with the edits marked.
func (c *DiffChange) write(b *strings.Builder, s Style, v DiffView) {
	m := markOf(c.Kind)
	p := &paragraph{}
	p.raw(m.ink, string(c.Kind))
	for _, flag := range []struct {
		on   bool
		name string
	}{{c.Moved, "moved"}, {c.Split, "split"}, {c.Merged, "merged"}, {c.Uncertain, "uncertain"}} {
		if flag.on {
			p.raw(m.ink, ", "+flag.name)
		}
	}
	if why := c.Silence.Words(); why != "" {
		p.raw(m.ink, ", "+why)
	}
	if place := changed(places(c.Old), places(c.New)); place != "" {
		p.raw(plain, "  ")
		p.add(plain, place)
	}
	if who := changed(whose(c.Old), whose(c.New)); who != "" {
		p.raw(plain, "  ")
		p.add(plain, who)
	}
	if len(c.Topics) > 0 {
		p.raw(plain, "  ")
		p.whole(dim, strings.Join(c.Topics, ", "))
	}
	b.WriteString(p.block(s, s.paint(m.ink, m.sign)+" ", "  ", s.prose()))
	b.WriteString(edited(c.Kind, c.Edits, c.OldText, c.NewText, s).block(s, "  ", "  ", s.prose()))
	if len(c.Marks) > 0 {
		b.WriteString(text(yellow, pointed(c.Marks)).block(s, "  ", "  ", s.prose()))
	}
	writeShifts(b, s, c.Shifts)
	if v.Explain {
		b.WriteString(text(dim, c.explanation()).block(s, "  ", "  ", s.prose()))
	}
}

func (c *DiffChange) explanation() string {
	ids := func(ss []DiffStatement) string {
		parts := make([]string, len(ss))
		for i, st := range ss {
			parts[i] = st.ID
		}
		return strings.Join(parts, " ")
	}
	out := joinNonEmpty(" → ", ids(c.Old), ids(c.New))
	if len(c.Old) == 0 || len(c.New) == 0 {
		return out
	}
	return out + fmt.Sprintf("; wordings %.2f alike; paired with %.2f", c.Similarity, c.Score) + grounds(c.Reasons)
}

// grounds writes what the score is made of: " = words 0.26 + letters 0.21 − narration 0.15".
func grounds(reasons []diff.Reason) string {
	out := ""
	for i, r := range reasons {
		if r.Name == "equal" {
			return ", the texts are the same"
		}
		sign := " + "
		switch {
		case r.Weight < 0:
			sign = " − "
		case i == 0:
			sign = " = "
		}
		out += sign + fmt.Sprintf("%s %.2f", r.Name, math.Abs(r.Value*r.Weight))
	}
	return out
}

// pointed writes the small edits that are often the news: "modal: will → may".
func pointed(marks []diff.Mark) string {
	parts := make([]string, len(marks))
	for i, m := range marks {
		switch {
		case m.Old == "":
			parts[i] = fmt.Sprintf("%s: %s came in", m.Kind, m.New)
		case m.New == "":
			parts[i] = fmt.Sprintf("%s: %s went", m.Kind, m.Old)
		default:
			parts[i] = fmt.Sprintf("%s: %s → %s", m.Kind, m.Old, m.New)
		}
	}
	return strings.Join(parts, "; ")
}

// edited returns the text of a change with its edits marked: in red and green,
// or where there is no colour as [-deleted-] and {+inserted+}.
func edited(kind diff.Kind, edits []diff.Edit, oldText, newText string, s Style) *paragraph {
	switch {
	case kind == diff.Dropped:
		return text(plain, oldText)
	case kind != diff.Reworded || len(edits) == 0:
		return text(plain, newText)
	}
	p := &paragraph{}
	for i, e := range edits {
		if e.Op == diff.Equal {
			p.add(plain, e.Text)
			continue
		}
		look, open, shut := deleted, "[-", "-]"
		if e.Op == diff.Insert {
			look, open, shut = inserted, "{+", "+}"
		}
		body := strings.TrimSpace(Clean(e.Text))
		if body == "" {
			p.add(plain, e.Text)
			continue
		}
		if s.Color {
			open, shut = "", ""
		}
		if isSpace(e.Text[0]) && !p.endsInSpace() {
			p.raw(plain, " ")
		}
		if open != "" {
			p.raw(look, open)
			p.glue()
		}
		p.raw(look, body)
		if shut != "" {
			p.glue()
			p.raw(look, shut)
		}
		// A word struck out and the word put in for it stand apart, also where
		// the space between them is common to both.
		swap := i+1 < len(edits) && e.Op == diff.Delete && edits[i+1].Op == diff.Insert
		if isSpace(e.Text[len(e.Text)-1]) || swap && spaced(body, edits[i+1].Text) {
			p.raw(plain, " ")
		}
	}
	return p
}

// spaced reports whether a struck-out word and its replacement are words, which
// a space keeps apart; a lone change of punctuation stays tight.
func spaced(a, b string) bool { return len(a) > 1 && len(strings.TrimSpace(b)) > 1 }

func (p *paragraph) endsInSpace() bool {
	if len(p.spans) == 0 {
		return true
	}
	last := p.spans[len(p.spans)-1].text
	return last[len(last)-1] == ' '
}

// places returns the printed labels of the statements, "2 (1)".
func places(ss []DiffStatement) string {
	var out []string
	for _, st := range ss {
		label := strings.Join(st.Path, " ")
		if label != "" && (len(out) == 0 || out[len(out)-1] != label) {
			out = append(out, label)
		}
	}
	return strings.Join(out, " + ")
}

// whose returns speakers and act of the statements.
func whose(ss []DiffStatement) string {
	var out []string
	for _, st := range ss {
		a := attribution(timeline.Statement{Speakers: st.Speakers, Act: st.Act})
		if a != "" && (len(out) == 0 || out[len(out)-1] != a) {
			out = append(out, a)
		}
	}
	return strings.Join(out, " + ")
}

// changed returns "old → new", or the one where both are the same or the other
// is empty. Of "JP RU · agree" and "JP RU · confirm" the speakers are said once.
func changed(a, b string) string {
	if a == b {
		return a
	}
	who, _, ok := strings.Cut(a, " · ")
	if rest, same := strings.CutPrefix(b, who+" · "); ok && same && !strings.Contains(a+b, " + ") {
		b = rest
	}
	return joinNonEmpty(" → ", a, b)
}
