package show

import (
	"fmt"
	"math"
	"strings"

	"readout/diff"
	"readout/internal/ask"
	"readout/internal/letters"
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

// writeChange writes one change of a diff: a line that says what happened to whose
// statement, then its text with the edits marked.
func writeChange(b *strings.Builder, s Style, c *ask.DiffChange, v DiffView) {
	kind, edits := c.Told()
	m := markOf(kind)
	p := &paragraph{}
	p.raw(m.ink, string(kind))
	for _, flag := range []struct {
		on   bool
		name string
	}{{c.Moved, "moved"}, {c.Split, "split"}, {c.Merged, "merged"}} {
		if flag.on {
			p.raw(m.ink, ", "+flag.name)
		}
	}
	if why := c.Absence.Words(); why != "" {
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
	for _, p := range wording(kind, v.edits(kind, edits, c.OldText, c.NewText), c.OldText, c.NewText, s) {
		b.WriteString(p.block(s, "  ", "  ", s.prose()))
	}
	if c.Uncertain {
		b.WriteString(text(dim, "see also before: "+c.OldText).block(s, "    ", "    ", s.prose()))
	}
	if len(c.Marks) > 0 && v.Hidden == "" && !c.Uncertain {
		b.WriteString(text(yellow, pointed(c.Marks)).block(s, "  ", "  ", s.prose()))
	}
	writeShifts(b, s, c.Shifts)
	if v.Explain {
		writeGrounds(b, s, c)
	}
}

// said lists what is said of a change before its text: that a statement was dropped,
// where that may be no finding, what became of it beside, and where a person should look.
func said(c *ask.DiffChange) []string {
	var out []string
	if c.Kind == diff.Dropped {
		out = append(out, Join(", ", string(c.Kind), c.Absence.Words()))
	}
	for _, flag := range []struct {
		on   bool
		name string
	}{{c.Split, "split"}, {c.Merged, "merged"}, {c.Uncertain, doubt(c.Uncertain)}} {
		if flag.on {
			out = append(out, flag.name)
		}
	}
	return out
}

// doubt says that a pairing is uncertain, "" where it is not.
func doubt(uncertain bool) string { return diff.Evidence{Uncertain: uncertain}.Doubt() }

// pointed writes the small edits that are often the news, each kind once: "modal: will
// → may; name: Biden, Prime Minister went".
func pointed(marks []diff.Mark) string {
	var kinds []diff.MarkKind
	of := map[diff.MarkKind][]diff.Mark{}
	for _, m := range marks {
		if of[m.Kind] == nil {
			kinds = append(kinds, m.Kind)
		}
		of[m.Kind] = append(of[m.Kind], m)
	}
	parts := make([]string, len(kinds))
	for i, k := range kinds {
		var swapped, went, came []string
		for _, m := range of[k] {
			switch {
			case m.Old == "":
				came = append(came, m.New)
			case m.New == "":
				went = append(went, m.Old)
			default:
				swapped = append(swapped, m.Old+" → "+m.New)
			}
		}
		parts[i] = string(k) + ": " + Join("; ", strings.Join(swapped, ", "), followed(went, " went"), followed(came, " came in"))
	}
	return strings.Join(parts, "; ")
}

// followed writes words in a row and what is said of them, "" for no words.
func followed(words []string, what string) string {
	if len(words) == 0 {
		return ""
	}
	return strings.Join(words, ", ") + what
}

// wording returns the text of a change with its edits marked, as one paragraph; where
// one whole text took the place of another, as one each.
func wording(kind diff.Kind, edits []diff.Edit, oldText, newText string, s Style) []*paragraph {
	if kind != diff.Reworded || !diff.Apart(edits) {
		return []*paragraph{edited(kind, edits, oldText, newText, s)}
	}
	return []*paragraph{edited(kind, edits[:1], "", "", s), edited(kind, edits[1:], "", "", s)}
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
	edits = diff.Legible(edits)
	for i, e := range edits {
		if e.Op == diff.Equal {
			p.add(plain, e.Text)
			continue
		}
		look, open, shut := deleted, "[-", "-]"
		if e.Op == diff.Insert {
			look, open, shut = inserted, "{+", "+}"
		}
		body := strings.TrimSpace(letters.Clean(e.Text))
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
func places(ss []ask.DiffStatement) string {
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
func whose(ss []ask.DiffStatement) string {
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
	return Join(" → ", a, b)
}

// writeGrounds writes why the statements of a change were paired: the ids, how alike the
// wordings are, and what the score is made of.
func writeGrounds(b *strings.Builder, s Style, c *ask.DiffChange) {
	p := whole(dim, Join(" → ", joinIDs(c.Old), joinIDs(c.New)))
	b.WriteString(p.block(s, "  ", "    ", s.prose()))
	if len(c.Old) == 0 || len(c.New) == 0 {
		return
	}
	b.WriteString(text(dim, grounds(c)).block(s, "  ", "    ", s.prose()))
}

func joinIDs(ss []ask.DiffStatement) string {
	parts := make([]string, len(ss))
	for i, st := range ss {
		parts[i] = st.ID
	}
	return strings.Join(parts, " ")
}

// grounds says what the score of a pairing is made of: "paired by 0.45 of 1: rare words
// in common 0.26 (shoal, patrol), letters in common 0.21, less 0.02 as the author
// narrates; the wordings are 0.31 alike".
func grounds(c *ask.DiffChange) string {
	out := fmt.Sprintf("paired by %.2f of 1", c.Score)
	if len(c.Old)+len(c.New) > 2 {
		out += ", the best pair of them"
	}
	sum, printed := 0.0, 0.0
	for i, r := range c.Reasons {
		if r.Name == "equal" {
			return "paired as the same text"
		}
		// Rounded so that what is printed adds up to the score that is printed.
		sum += r.Value * r.Weight
		part := math.Round(100*sum)/100 - printed
		printed += part
		lead := ", "
		if i == 0 {
			lead = ": "
		}
		out += lead + ground(c, r, part)
	}
	return out + fmt.Sprintf("; the wordings are %.2f alike", c.Similarity)
}

// ground says one reason and what it comes to.
func ground(c *ask.DiffChange, r diff.Reason, part float64) string {
	what, known := reasonText[r.Name]
	if !known {
		what = r.Name
	}
	if r.Weight < 0 {
		return fmt.Sprintf("less %.2f as %s", math.Abs(part), what)
	}
	out := fmt.Sprintf("%s %.2f", what, math.Abs(part))
	if r.Name == "words" && len(c.Shared) > 0 {
		out += " (" + strings.Join(c.Shared, ", ") + ")"
	}
	return out
}

// reasonText says the reasons of a pairing to people.
var reasonText = map[string]string{
	"words":     "rare words in common",
	"letters":   "runs of letters in common",
	"topic":     "a topic or heading in common",
	"place":     "about the same place",
	"wording":   "words and letters in common",
	"narration": "one of them narrates",
	"no topic":  "one of them makes no point on a topic",
}

// writeShifts writes the shifts of a statement under it. The sentence before is
// quoted whole, since edits show it in pieces: the reader is to judge.
func writeShifts(b *strings.Builder, s Style, shifts []diff.Shift) {
	const indent = "      "
	quoted := ""
	for _, x := range shifts {
		b.WriteString(text(boldCyan, ShiftText(x)).block(s, "    "+s.paint(boldCyan, "»")+" ", indent, s.prose()))
		if x.Old.ID != quoted {
			b.WriteString(text(dim, "before: "+x.Old.Text).block(s, indent, indent, s.prose()))
			quoted = x.Old.ID
		}
	}
}
