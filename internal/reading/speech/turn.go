package speech

import (
	"slices"

	"readout/timeline"
)

// turn takes in the heading under which the next statements stand. In a transcript it is
// the name of who speaks ("Foreign Minister Rusu", "Ana Ruiz, Minister of Moldova"): what
// follows is said for that person's party. Any other heading gives the word back to the
// authors of the whole text.
func (d *discourse) turn(rel *timeline.Release, section int) {
	if rel.Kind != timeline.KindStatement || section < 0 || section >= len(rel.Sections) {
		return
	}
	d.authors = d.whole
	h := rel.Sections[section]
	if h.Number != "" {
		return
	}
	if p := d.cast.heading(h.Heading); p != "" {
		d.authors, d.side = []timeline.Party{p}, []timeline.Party{p}
	}
}

// heading returns the party of the person whose name or office is all that a heading says,
// "" where it says anything else or the party is not one of the release. Who is named so
// is of the cast from then on: later turns may give the name alone.
func (c *cast) heading(s string) timeline.Party {
	r := c.read(s)
	for _, n := range r.namings() {
		if n.first > 0 || n.name == nil {
			break
		}
		p := c.choose(n.country)
		if q := c.find(n); p == "" && q != nil {
			p = q.party
		}
		if slices.Contains(c.parties, p) && (n.end >= len(r.toks) || r.low(n.end) == "," || r.low(n.end) == "(") {
			if c.find(n) == nil {
				c.people = append(c.people, &person{name: n.name, full: n.full, party: p})
			}
			return p
		}
	}
	for _, q := range c.people { // a name without an office
		if len(q.name) > 1 && len(r.toks) == len(q.name) && slices.Contains(c.parties, q.party) && r.spells(q.name) {
			return q.party
		}
	}
	return ""
}

// spells reports whether the tokens are the words of a name.
func (r *reader) spells(name []string) bool {
	for i := range r.toks {
		if !slices.Contains(name, fold(r.low(i))) {
			return false
		}
	}
	return true
}
