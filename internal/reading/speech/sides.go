package speech

import (
	"readout/internal/reading/speech/en"
	"readout/timeline"
)

// settleSides gives those whom a sentence lists as of one side the party of that side: "the
// participants on the Chilean side included A and B".
func (c *cast) settleSides(sc scene) {
	var side timeline.Party
	var from int
	next := 0
	for i := range sc.r.toks {
		if party, ok := c.sideAt(sc.r, i); ok {
			side, from = party, i
		}
		if next < len(sc.ns) && sc.ns[next].first == i {
			if p := sc.people[next]; p != nil && side != "" && sc.ns[next].country == nil {
				p.prove(side, timeline.ProofSide, sc.r.print(from, sc.ns[next].end))
			}
			next++
		}
	}
}

// sideAt returns the party of a side whose members are listed from token i on: "on the Chilean
// side", "the Chilean delegation included", "Chilean side:".
func (c *cast) sideAt(r *reader, i int) (timeline.Party, bool) {
	p, ok := r.at[i]
	if !ok {
		return "", false
	}
	at := p.end
	if isSide := r.is(at, en.Side) || r.is(at, en.Members); !isSide && p.demonym && r.toks[min(at, len(r.toks)-1)].word {
		at++ // "the Chilean interagency delegation"
	}
	if !r.is(at, en.Side) && !r.is(at, en.Members) {
		return "", false
	}
	before := i - 1
	if r.is(before, en.The) {
		before--
	}
	listed := r.is(before, en.OnBehalf) || r.low(at+1) == ":" || r.is(at+1, en.Listing) ||
		r.is(at+1, en.Be) && r.is(at+2, en.Listing)
	return c.choose(p.parties), listed
}
