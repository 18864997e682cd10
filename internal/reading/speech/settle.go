package speech

import (
	"cmp"
	"slices"

	"readout/timeline"
)

// settle infers the parties of those who are named together in one sentence: "A
// met B" brings two sides together, and so do "President A and Prime Minister B".
func (c *cast) settle(sc scene) {
	first, met := sc.company()
	if len(met) == 0 || len(c.parties) != 2 {
		return
	}
	if c.settleDelegations(first, met, sc.mates) {
		return
	}
	together := met[0]
	sameSide := sc.coordinated && len(met) > 1 && !(first.high() && together.high())
	if sc.coordinated && len(met) == 1 && !sc.opposed(first, together) {
		return
	}
	if first.party == "" {
		switch {
		case !sameSide:
			first.party = c.other(together.party)
		default:
			first.party = c.other(met[len(met)-1].party)
		}
	}
	if first.party == "" {
		first.party = c.home
	}
	for i, p := range met {
		if p.party == "" && first.party != "" && !(sameSide && i == 0) {
			p.party = c.other(first.party)
		}
	}
}

// settleDelegations settles "A, B, and C met with D, E, and F": three and more on
// one side of the verb are a delegation. It reports whether there is one.
func (c *cast) settleDelegations(first *person, met []*person, mates int) bool {
	if mates < 2 || mates == len(met) {
		return false
	}
	home, away := append([]*person{first}, met[:mates]...), met[mates:]
	var side timeline.Party
	for _, p := range home {
		side = cmp.Or(side, p.party)
	}
	for _, p := range away {
		side = cmp.Or(side, c.other(p.party))
	}
	for _, p := range home {
		p.party = cmp.Or(p.party, side)
	}
	for _, p := range away {
		p.party = cmp.Or(p.party, c.other(side))
	}
	return true
}

// opposed reports whether two persons named as "A and B" are of two sides: they
// hold offices of one rank, or they met.
func (sc *scene) opposed(a, b *person) bool {
	if a.high() && b.high() || slices.Equal(a.heads, b.heads) {
		return true
	}
	for i, p := range sc.people {
		if p == b {
			f := sc.r.lex.forms[sc.r.low(sc.ns[i].end)]
			return f.past && slices.ContainsFunc(sc.r.lex.verbs[f.lemma], func(v pattern) bool { return v.act == actMeet })
		}
	}
	return false
}

// scene is a sentence in which persons are named together.
type scene struct {
	r           *reader
	ns          []naming
	people      []*person // of ns, nil where a naming is no person
	coordinated bool      // the first two stand as "A and B"
	mates       int       // how many of those who met stand beside the first, before the verb
}

// company returns the first person of the sentence and those who meet them:
// named after "with" or a verb of meeting, or joined to one so named. Others are
// only talked about.
func (sc *scene) company() (first *person, met []*person) {
	contact := false
	for i, p := range sc.people {
		n := sc.ns[i]
		if p == nil || p == first || slices.Contains(met, p) || n.former || sc.r.genitive(n.end) {
			continue
		}
		if first == nil {
			first = p
			continue
		}
		prev := sc.r.low(n.first - 1)
		joined := i > 0 && sc.ns[i-1].end >= n.first-2 && (prev == "and" || prev == ",") && (len(met) > 0 || sc.people[i-1] == first)
		f := sc.r.lex.forms[prev]
		switch {
		case joined && len(met) == 0:
			sc.coordinated = true
			sc.mates = 1
			met = append(met, p)
		case joined:
			met = append(met, p)
			if sc.coordinated && !contact {
				sc.mates++
			}
		case !contact && (prev == "with" || prev == "to" && sc.r.low(n.first-2) == "spoke" || f.past):
			contact = true
			met = append(met, p)
		default:
			return first, met
		}
	}
	return first, met
}

// pair reports whether the sentence names just two persons side by side, both in
// offices of which a state has one: then they are of two sides.
func (sc scene) pair() bool {
	first, met := sc.company()
	return len(met) == 1 && first.high() && met[0].high()
}

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
		if r.low(j) != "to" || !slices.ContainsFunc(r.toks[:max(0, j)], isVisit) {
			continue
		}
		host := c.choose(p.parties)
		c.host = host
		for _, n := range r.namings() {
			if q := c.findNamed(n); q != nil && q.party == "" && c.other(host) != "" {
				q.party = c.other(host)
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

// settleRest gives those still without a party the side that is left over: the
// side for which nobody has been named, or else the publisher's own.
func (c *cast) settleRest() {
	if c.home == "" && len(c.parties) == 2 {
		// Who is named first, without a country, is of the ministry that writes.
		for _, p := range c.people {
			if p.party != "" && p.taking && slices.Contains(c.parties, p.party) {
				if q := c.people[0]; q.party == "" {
					c.home = c.other(p.party)
				}
				break
			}
		}
	}
	for _, p := range c.people {
		if p.party == "" {
			p.party = c.opposite(p)
		}
		if p.party == "" {
			p.party = c.home
		}
	}
}

// opposite returns the other side of someone in the same high office as p, or
// "": a state has one foreign minister. Those whom a visitor calls on are hosts.
func (c *cast) opposite(p *person) timeline.Party {
	if !p.high() || p.former {
		return ""
	}
	if c.host != "" && slices.Contains(c.parties, c.host) {
		return c.host
	}
	for _, q := range c.people {
		if q != p && q.high() && !q.former && q.party != "" && q.office() == p.office() {
			return c.other(q.party)
		}
	}
	return ""
}

func isVisit(t token) bool {
	switch t.low {
	case "visit", "visits", "trip", "travel", "travels", "tour":
		return true
	}
	return false
}

// other returns the other one of two parties, "" where there are not two.
func (c *cast) other(p timeline.Party) timeline.Party {
	if len(c.parties) != 2 || !slices.Contains(c.parties, p) {
		return ""
	}
	if c.parties[0] == p {
		return c.parties[1]
	}
	return c.parties[0]
}
