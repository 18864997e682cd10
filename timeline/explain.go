package timeline

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// reasons says why unit i is in place p: the evidence and its share in the score.
func (d *draft) reasons(i int, p place, id string) []Reason {
	if p.label == nil {
		return []Reason{{Topic: id, Kind: "curation", Detail: p.decided, Weight: 1}}
	}
	x, u := p.label, &d.units[i]
	var out []Reason
	add := func(kind, detail string, w float64) {
		if share := math.Round(100*w/x.score) / 100; share > 0 {
			out = append(out, Reason{Topic: id, Kind: kind, Detail: detail, Weight: share})
		}
	}
	add("expression", d.expressions(u, x.topic), x.expr)
	if u.head >= 0 {
		add("heading", d.heads[u.head].text, weightHeading*x.heading)
	}
	add("words", d.telling(i, x.topic), weightProfile*x.profile)
	add("context", "the statement before", weightContext*x.context)
	slices.SortStableFunc(out, func(a, b Reason) int { return cmp.Compare(b.Weight, a.Weight) })
	return out
}

// expressions quotes what in the unit names topic t.
func (d *draft) expressions(u *unit, t int) string {
	var out []string
	for _, h := range u.hits {
		if slices.ContainsFunc(h.issues, func(r issueRef) bool { return d.root(d.byIssue[r.issue]) == t }) {
			q := u.statement.Text[u.tokens[h.at].Start:u.tokens[h.at+len(h.words)-1].End]
			if !slices.Contains(out, q) {
				out = append(out, q)
			}
		}
	}
	for k, tok := range u.tokens {
		if f, ok := d.ids[stem(tok.Folded)]; ok && d.cands[t].stems[f] && slices.Contains(u.features, f) {
			if q := u.statement.Text[tok.Start:u.tokens[k].End]; !slices.Contains(out, q) {
				out = append(out, q)
			}
		}
	}
	return strings.Join(out, ", ")
}

// telling names the words of unit i that tie it to the other statements of t most.
func (d *draft) telling(i, t int) string {
	u := &d.units[i]
	type word struct {
		text  string
		value float64
	}
	var ws []word
	for _, tok := range u.tokens {
		f, ok := d.ids[stem(tok.Folded)]
		if !ok || !slices.Contains(u.features, f) {
			continue
		}
		text := u.statement.Text[tok.Start:tok.End]
		if v := d.weight(f) * float64(d.weightOf(f, t)-1); v > 0 && !slices.ContainsFunc(ws, func(w word) bool { return w.text == text }) {
			ws = append(ws, word{text, v})
		}
	}
	slices.SortStableFunc(ws, func(a, b word) int { return cmp.Compare(b.value, a.value) })
	var out []string
	for _, w := range ws[:min(4, len(ws))] {
		out = append(out, w.text)
	}
	return strings.Join(out, ", ")
}
