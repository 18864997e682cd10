package speech

import (
	"slices"
	"strings"

	"readout/timeline"
)

// claim is a word or name that may be the subject.
type claim struct {
	at      [2]int
	parties []timeline.Party
	weak    bool // a country, which may be anything in the sentence
}

// claims returns all that may act in s, in order.
func (f *foreign) claims(s string) []claim {
	var out []claim
	taken := func(at [2]int) bool {
		return slices.ContainsFunc(out, func(c claim) bool { return at[0] < c.at[1] && c.at[0] < at[1] })
	}
	add := func(kind string, ps func() []timeline.Party) {
		for _, m := range f.all(kind, s) {
			if p := ps(); !taken(m) && len(p) > 0 {
				out = append(out, claim{at: m, parties: p})
			}
		}
	}
	add("both", func() []timeline.Party { return f.parties })
	add("ours", func() []timeline.Party { return only(f.home) })
	add("theirs", func() []timeline.Party { return only(f.other(f.home)) })
	add("same", func() []timeline.Party { return f.single })
	for _, n := range f.namings(s) {
		if !taken(n.at) { // one whose side is not known acts all the same
			out = append(out, claim{at: n.at, parties: only(f.meant(n))})
		}
	}
	words := capitalsOf(s)
	for _, p := range f.people {
		for _, at := range f.placesOf(p, s, words) {
			if !taken(at) && p.party != "" {
				out = append(out, claim{at: at, parties: only(p.party)})
			}
		}
	}
	for first, p := range f.firsts {
		for at := 0; ; {
			i := strings.Index(s[at:], first+sideOfOne)
			if i < 0 {
				break
			}
			m := [2]int{at + i, at + i + len(first) + len(sideOfOne)}
			if at = m[1]; !taken(m) {
				out = append(out, claim{at: m, parties: only(p)})
			}
		}
	}
	for _, m := range f.gaz.Find(s) {
		at := [2]int{m.Start, f.side(s, m.End)}
		if taken(at) || !slices.Contains(f.parties, m.Party) {
			continue
		}
		out = append(out, claim{at: at, parties: only(m.Party), weak: at[1] == m.End})
	}
	slices.SortFunc(out, func(a, b claim) int { return a.at[0] - b.at[0] })
	return out
}
