package speech

import (
	"cmp"
	"slices"

	"readout/internal/reading/speech/en"
	"readout/timeline"
)

// settle infers the parties of those who are named together in one sentence: "A
// met B" brings two sides together, and so do "President A and Prime Minister B".
func (c *cast) settle(sc scene) {
	first, met := sc.company()
	if len(met) == 0 || len(c.parties) != 2 || sc.role(slices.Index(sc.people, first), false) == faced {
		return // "He met A and B": neither of them met the other
	}
	if c.settleDelegations(&sc, first, met) {
		return
	}
	together := met[0]
	sameSide := sc.coordinated && len(met) > 1 && !(first.high() && together.high())
	if sc.coordinated && len(met) == 1 && !sc.opposed(first, together) {
		return
	}
	opposite := together
	if sameSide {
		opposite = met[len(met)-1]
	}
	first.prove(c.other(opposite.party), timeline.ProofMeeting, sc.between(first, opposite))
	first.prove(c.home, timeline.ProofPublisher, "")
	first.prove(c.inOrder(sc.r, sc.first(first)), timeline.ProofOrder, sc.between(first, opposite))
	for i, p := range met {
		side := c.other(first.party)
		if sameSide && i == 0 {
			side = first.party
		}
		p.prove(side, timeline.ProofMeeting, sc.between(first, p))
	}
}

// inOrder returns the party named first in "a Norway-Chile meeting between A and B", ""
// where the words before token i, at which A is named, do not name the parties so.
func (c *cast) inOrder(r *reader, i int) timeline.Party {
	if !r.is(i-1, en.Between) && !r.is(i-1, en.Of) {
		return ""
	}
	for k := range i {
		p, ok := r.at[k]
		if !ok || !isDash(r.low(p.end)) {
			continue
		}
		if q, ok := r.at[p.end+1]; ok && c.other(c.choose(p.parties)) == c.choose(q.parties) {
			return c.choose(p.parties)
		}
	}
	return ""
}

func isDash(w string) bool { return w == "-" || w == "–" || w == "—" || w == "‑" }

// first returns the token at which the sentence first names a person, -1 where it does not.
func (sc *scene) first(p *person) int {
	if i := slices.Index(sc.people, p); i >= 0 {
		return sc.ns[i].first
	}
	return -1
}

// between returns the words of the sentence from the naming of one of two persons to that
// of the other.
func (sc *scene) between(a, b *person) string {
	i, j := slices.Index(sc.people, a), slices.Index(sc.people, b)
	if i < 0 || j < 0 {
		return ""
	}
	return sc.r.print(min(sc.ns[i].first, sc.ns[j].first), max(sc.ns[i].end, sc.ns[j].end))
}

// settleDelegations settles "A, B, and C met with D, E, and F": three and more on
// one side of the verb are a delegation. It reports whether there is one.
func (c *cast) settleDelegations(sc *scene, first *person, met []*person) bool {
	mates := sc.mates
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
		p.prove(side, timeline.ProofMeeting, sc.between(first, p))
	}
	for _, p := range away {
		p.prove(c.other(side), timeline.ProofMeeting, sc.between(first, p))
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
			f := sc.r.form(sc.ns[i].end)
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
		if p == nil || p == first || slices.Contains(met, p) || n.former || sc.owns(i) {
			continue
		}
		if first == nil {
			first = p
			continue
		}
		prev := n.first - 1
		with := sc.r.is(prev, en.With)
		joined := i > 0 && (sc.ns[i-1].end >= n.first-2 || sc.asideEnds(i)) &&
			(sc.r.is(prev, en.And) || sc.r.low(prev) == ",") && (len(met) > 0 || sc.people[i-1] == first)
		f := sc.r.form(prev)
		switch {
		case with && sc.r.is(prev-1, en.Along): // goes along
		case joined && len(met) == 0:
			sc.coordinated = true
			sc.mates = 1
			met = append(met, p)
		case joined, contact && sc.listed(i):
			met = append(met, p)
			if sc.coordinated && !contact {
				sc.mates++
			}
		case !contact && (with || sc.r.spokeTo(prev) || f.past):
			contact = true
			met = append(met, p)
		default:
			return first, met
		}
	}
	return first, met
}

// owns reports whether naming i only says whose something is: "President A's visit", and
// "President A and President B's visit" of both.
func (sc *scene) owns(i int) bool {
	end := sc.ns[i].end
	if sc.r.genitive(end) {
		return true
	}
	return sc.r.is(end, en.And) && i+1 < len(sc.ns) && sc.ns[i+1].first == end+1 && sc.r.genitive(sc.ns[i+1].end)
}

// asideEnds reports whether an aside alone stands between naming i and the one before it:
// "between A, in Lima for the jubilee, and B".
func (sc *scene) asideEnds(i int) bool {
	from, to := sc.ns[i-1], sc.ns[i].first
	aside := sc.r.is(from.first-1, en.Between) || sc.r.is(from.end+1, en.Aside)
	return aside && sc.r.low(from.end) == "," && sc.r.low(to-2) == "," && sc.r.is(to-1, en.And)
}

// oppose notes that the two persons of a pair are not of one party.
func (sc *scene) oppose() {
	if !sc.pair() {
		return
	}
	first, met := sc.company()
	first.against, met[0].against = append(first.against, met[0]), append(met[0].against, first)
}

// pair reports whether the sentence names just two persons side by side, both in
// offices of which a state has one: then they are of two sides.
func (sc *scene) pair() bool {
	first, met := sc.company()
	return len(met) == 1 && first.high() && met[0].high()
}

// settleRest gives those still without a party the side that is left over: whoever holds the
// same high office as somebody of one party is of the other, a leader who acts in the account
// of somebody's visit is the host, and who else leads a sentence without a country is of the
// ministry that writes. Whom a text only mentions, and whom its people meet, may be anybody's.
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
		if q := c.peer(p); q != nil {
			p.prove(c.other(q.party), timeline.ProofMeeting, q.title+" "+q.full)
		}
		if (p.leads || p.met) && p.high() && !p.former && slices.Contains(c.parties, c.host) {
			p.prove(c.host, timeline.ProofVisit, "")
		}
		if p.leads && !p.met && !p.unlike(c.home) && (!c.represented(c.home) || p.opens && c.facing()) {
			p.prove(c.home, timeline.ProofPublisher, "")
		}
	}
}

// open notes of the persons whom a sentence introduces that it does. "Minister Mendoza welcomed it" in
// a sentence further down introduces nobody: who that is was said before, or is said nowhere.
func (sc *scene) open(early bool) {
	_, met := sc.company()
	for i, p := range sc.people {
		if p != nil && (early || len(met) > 0 || len(sc.ns[i].name) > 1) {
			p.opens = true
		}
	}
}

// facing reports whether somebody is known to act for another party than the one that writes: else one who
// stands without a country may be of either. "Chaired by Ambassador A of Chile and Ms. B".
func (c *cast) facing() bool {
	return c.other(c.home) == "" || c.represented(c.other(c.home))
}

// represented reports whether somebody is known to act for a party.
func (c *cast) represented(party timeline.Party) bool {
	return slices.ContainsFunc(c.people, func(p *person) bool { return p.party == party && p.taking })
}

// peer returns who holds the same high office as p for the other party, or nil: a state
// has one foreign minister.
func (c *cast) peer(p *person) *person {
	if !p.high() || p.former || c.host != "" {
		return nil
	}
	for _, q := range c.people {
		if q != p && q.high() && !q.former && q.party != "" && q.office() == p.office() {
			return q
		}
	}
	return nil
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
