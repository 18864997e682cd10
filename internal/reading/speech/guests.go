package speech

import (
	"slices"

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
		if r.low(j) == "the" {
			j--
		}
		if r.low(j) != "to" || !slices.ContainsFunc(r.toks[:max(0, j)], func(t token) bool { return isVisit(t.low) }) {
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

func isVisit(w string) bool {
	switch w {
	case "visit", "visits", "trip", "travel", "travels", "tour":
		return true
	}
	return false
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
		for isAdverb(r.low(at)) {
			at++
		}
		f := r.lex.forms[r.low(at)]
		owner, from := p, at+1
		switch {
		case !f.past && !f.third && !f.base:
			continue
		case f.lemma == "thank" && i+1 < len(sc.people) && sc.ns[i+1].first == at+1:
			owner, from = sc.people[i+1], sc.ns[i+1].end+1
		case !r.lex.is("upholding", f.lemma):
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
	if r.low(i) == "the" {
		i++
	}
	p, ok := r.at[i]
	if !ok || !p.demonym && r.low(p.end) != "'s" {
		return "", i
	}
	for k := p.end; k < p.end+5 && k < len(r.toks); k++ {
		if r.lex.is("own", r.low(k)) {
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
	for isAdverb(sc.r.low(at)) {
		at++
	}
	f := sc.r.lex.forms[sc.r.low(at)]
	if !sc.r.lex.is("hosting", f.lemma) || sc.ns[i+1].first != at+1 || sc.owns(i+1) {
		return // to welcome somebody's initiative is not to welcome the person
	}
	for k := sc.ns[i+1].end; k < min(sc.ns[i+1].end+reach, len(sc.r.toks)); k++ {
		if w := sc.r.low(k); w != "to" && w != "in" {
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
	if r.low(i) == "the" {
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
	switch w := r.low(i); {
	case w == "," && (r.low(i+1) == "who" || r.low(i+1) == "currently"):
		return c.afterVisit(r, i+2)
	case w == "," && r.low(i+1) == "in": // "A, in LAND for", but no "A, in LAND, said"
		if land, end := c.land(r, i+2); land != "" && (r.low(end) == "for" || r.low(end) == "on" || r.low(end) == "to") {
			return land, end
		}
	case w == "'s":
		return c.afterVisit(r, i+1)
	case w == "to" && (r.low(n.first-1) == "of" || r.low(n.first-1) == "by") && isVisit(r.low(n.first-2)):
		return c.land(r, i+1)
	case w == "to" && isVisit(r.low(i+1)):
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
		w := r.low(k)
		switch {
		case w == "visited" || w == "visiting" || w == "visits" && !isAdjectival(r.low(k-1)):
			return c.land(r, k+1)
		case isVisit(w):
			if r.low(k+1) == "to" || r.low(k+1) == "in" {
				return c.land(r, k+2)
			}
			return "", i
		case !(isAuxiliary(w) || isAdverb(w) || isAdjectival(w) || w == "on" || w == "a" || w == "an" || w == "paid" || w == "made" || w == "making" || w == "pay"):
			return "", i
		}
	}
	return "", i
}

// isAdjectival reports whether a word may describe a visit: "official", "three-day".
func isAdjectival(w string) bool {
	switch w {
	case "official", "state", "working", "private", "first", "recent", "upcoming", "forthcoming", "three-day", "two-day":
		return true
	}
	return false
}
