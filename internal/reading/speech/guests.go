package speech

import (
	"readout/internal/reading/speech/en"
	"readout/timeline"
)

// Who is a guest in a country is not of it, and who welcomes a guest there is.

// settleVisit uses the title of a visit: who visits a country is not of it.
func (c *cast) settleVisit(title string) {
	if len(c.parties) != 2 {
		return
	}
	r := c.read(title)
	for i := range r.toks {
		p, ok := r.at[i]
		if !ok || p.demonym {
			continue
		}
		j := i - 1
		if r.is(j, en.The) {
			j--
		}
		if !r.is(j, en.To) || !r.among(0, j, en.Visit) {
			continue
		}
		host := c.choose(p.parties)
		c.host = host
		for _, n := range r.namings() {
			if q := c.findNamed(n); q != nil && q.party == "" && c.other(host) != "" {
				q.prove(c.other(host), timeline.ProofVisit, title)
				// Only a visitor's own ministry names him without his country.
				c.home = q.party
			}
		}
	}
}

func (c *cast) findNamed(n naming) *person {
	if n.name == nil {
		return nil
	}
	return c.find(n)
}

// settleGuests uses what a sentence says of host and guest: "A welcomes B to LAND", "A, in
// LAND for the jubilee", "the visit of A to LAND".
func (c *cast) settleGuests(sc scene) {
	for i, p := range sc.people {
		if p == nil {
			continue
		}
		n := sc.ns[i]
		if i+1 < len(sc.people) && sc.people[i+1] != nil {
			c.welcome(&sc, i)
		}
		if land, end := c.visits(sc.r, n); land != "" {
			p.prove(c.other(land), timeline.ProofVisit, sc.r.print(n.first, end))
		}
	}
}

// settleOwn uses what a text calls a party's own: who reaffirms "Norway's commitment" is of
// Norway, and so is who is thanked for "Norway's support".
func (c *cast) settleOwn(sc scene) {
	r := sc.r
	for i, p := range sc.people {
		if p == nil || i+1 < len(sc.ns) && sc.people[i+1] == nil {
			continue
		}
		at := sc.ns[i].end
		for r.adverb(at) {
			at++
		}
		f := r.form(at)
		owner, from := p, at+1
		switch {
		case !f.past && !f.third && !f.base:
			continue
		case r.lex.Has(en.Thanking, f.lemma) && i+1 < len(sc.people) && sc.ns[i+1].first == at+1:
			owner, from = sc.people[i+1], sc.ns[i+1].end+1
		case !r.lex.Has(en.Upholding, f.lemma):
			continue
		}
		if land, end := c.owned(r, from); land != "" {
			owner.prove(land, timeline.ProofCommitment, r.print(sc.ns[i].first, end))
		}
	}
}

// owned returns the party of "Norway's unwavering commitment" at token i, and the token after
// it; "" where nothing is called a party's own there.
func (c *cast) owned(r *reader, i int) (timeline.Party, int) {
	if r.is(i, en.The) {
		i++
	}
	p, ok := r.at[i]
	if !ok || !p.demonym && !r.genitive(p.end) {
		return "", i
	}
	for k := p.end; k < p.end+5 && k < len(r.toks); k++ {
		if r.is(k, en.Own) {
			return c.choose(p.parties), k + 1
		}
	}
	return "", i
}

// welcome settles naming i and the next one where the first welcomes the second to a
// country or to its capital.
func (c *cast) welcome(sc *scene, i int) {
	host, guest := sc.people[i], sc.people[i+1]
	at := sc.ns[i].end
	for sc.r.adverb(at) {
		at++
	}
	f := sc.r.form(at)
	if !sc.r.lex.Has(en.Hosting, f.lemma) || sc.ns[i+1].first != at+1 || sc.owns(i+1) {
		return // to welcome somebody's initiative is not to welcome the person
	}
	for k := sc.ns[i+1].end; k < min(sc.ns[i+1].end+reach, len(sc.r.toks)); k++ {
		if !sc.r.is(k, en.Into) {
			continue
		}
		land, end := c.land(sc.r, k+1)
		if c.other(land) == "" {
			continue
		}
		text := sc.r.print(sc.ns[i].first, end)
		host.prove(land, timeline.ProofHost, text)
		guest.prove(c.other(land), timeline.ProofHost, text)
		return
	}
}

// reach is how many tokens may stand between a guest's name and the country.
const reach = 12

// land returns the party whose country or capital is named at token i, and the token after
// the name; "" where none is.
func (c *cast) land(r *reader, i int) (timeline.Party, int) {
	if r.is(i, en.The) {
		i++
	}
	if p, ok := r.at[i]; ok && !p.demonym {
		return c.choose(p.parties), p.end
	}
	if p, ok := r.seats[i]; ok {
		return c.choose(p.parties), p.end
	}
	return "", i
}

// visits returns the country that the words around a naming say its bearer is a guest in,
// and the token after it; "" where they do not.
func (c *cast) visits(r *reader, n naming) (timeline.Party, int) {
	i := n.end
	switch comma := r.low(i) == ","; {
	case comma && r.is(i+1, en.Guest):
		return c.afterVisit(r, i+2)
	case comma && r.is(i+1, en.In): // "A, in LAND for", but no "A, in LAND, said"
		if land, end := c.land(r, i+2); land != "" && r.is(end, en.Purpose) {
			return land, end
		}
	case r.genitive(i):
		return c.afterVisit(r, i+1)
	case r.is(i, en.To) && (r.is(n.first-1, en.Of) || r.is(n.first-1, en.By)) && r.is(n.first-2, en.Visit):
		return c.land(r, i+1)
	case r.is(i, en.To) && r.is(i+1, en.Visit):
		return c.land(r, i+2)
	case !r.toks[min(i, len(r.toks)-1)].upper:
		return c.afterVisit(r, i)
	}
	return "", i
}

// afterVisit returns the country of "(is on an official) visit to LAND", "visited LAND" and
// "(was) visiting LAND" from token i on, where only small words stand before the visit.
func (c *cast) afterVisit(r *reader, i int) (timeline.Party, int) {
	for k := i; k < min(i+7, len(r.toks)); k++ {
		switch noun := r.is(k, en.Visit); {
		case r.is(k, en.Visiting) && !(noun && r.is(k-1, en.VisitKind)):
			return c.land(r, k+1)
		case noun && r.is(k+1, en.Into):
			return c.land(r, k+2)
		case noun || !(r.auxiliary(k) || r.adverb(k) || r.is(k, en.VisitKind) || r.is(k, en.VisitSmall)):
			return "", i
		}
	}
	return "", i
}
