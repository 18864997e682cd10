package attribution

import (
	"slices"
	"strings"

	"readout/internal/gazetteer"
	"readout/timeline"
)

// person is someone whom the release names.
type person struct {
	name   []string // folded
	full   string
	title  string   // as printed first
	heads  []string // words of all titles seen, lower case
	party  timeline.Party
	gender byte
	former bool
	taking bool // takes part: is named in the title or at the beginning, or speaks
}

// cast is who and what a release speaks of, as far as that says who speaks.
type cast struct {
	lex     *Lexicon
	gaz     *gazetteer.Gazetteer
	parties []timeline.Party
	home    timeline.Party // whose ministry writes, or ""
	people  []*person
	words   map[string]bool // every folded word of a name
	readers []*reader       // of the statements
}

// preamble is the number of statements before which a person named is taken to
// have been present rather than talked about.
const preamble = 3

// newCast reads the people off the title and the statements of rel.
func newCast(rel *timeline.Release, g *gazetteer.Gazetteer, lex *Lexicon) *cast {
	c := &cast{lex: lex, gaz: g, parties: timeline.SortParties(rel.Parties), words: map[string]bool{}}
	c.home = c.homeOf(rel)
	texts := []string{rel.Title}
	for _, s := range rel.Statements {
		texts = append(texts, s.Text)
	}
	var scenes []scene
	for i, text := range texts {
		r := c.read(text)
		if i > 0 {
			c.readers = append(c.readers, r)
		}
		sc := scene{r: r, ns: r.namings()}
		sc.people = c.introduce(r, sc.ns, i <= preamble)
		if i > 0 && (i <= preamble || sc.pair()) {
			scenes = append(scenes, sc)
		}
	}
	c.settleVisit(rel.Title)
	for _, sc := range scenes {
		c.settle(sc)
	}
	c.settleRest()
	return c
}

func (c *cast) read(text string) *reader {
	return newReader(text, c.gaz, c.lex, func(word string) bool { return c.words[word] })
}

// homeOf returns the party that publishes the release: the known issuer, or the
// one that a title in the style of most ministries names first ("Iceland-Chile
// Foreign Ministers' Meeting").
func (c *cast) homeOf(rel *timeline.Release) timeline.Party {
	if slices.Contains(c.parties, rel.Issuer) {
		return rel.Issuer
	}
	if len(c.parties) == 1 {
		return c.parties[0]
	}
	return ""
}

// introduce adds the persons named to the cast and returns them in order of
// their naming, nil where the naming is no person.
func (c *cast) introduce(r *reader, ns []naming, early bool) []*person {
	var out []*person
	for i, n := range ns {
		if i > 0 && n.country == nil && ns[i-1].name == nil && joinsTitles(r, ns[i-1], n) {
			n.country = ns[i-1].country
		}
		if n.name == nil {
			ns[i] = n
			out = append(out, nil)
			continue
		}
		p := c.find(n)
		if p == nil {
			p = &person{name: n.name, full: n.full, former: n.former}
			c.people = append(c.people, p)
			for _, w := range n.name {
				c.words[w] = true
			}
		}
		p.learn(n, c.choose(n.country))
		p.taking = p.taking || early && !n.former && !r.genitive(n.end)
		out = append(out, p)
	}
	return out
}

// joinsTitles reports whether b goes on with the titles of a: "Peruvian Senator,
// Chair of the Board and Director NAME".
func joinsTitles(r *reader, a, b naming) bool {
	i := a.end
	if r.low(i) == "," {
		i++
	}
	if r.low(i) == "and" {
		i++
	}
	return i > a.end && i == b.first && !b.definite && !a.definite
}

// learn adds what a further naming tells of the person.
func (p *person) learn(n naming, party timeline.Party) {
	if len(n.name) > len(p.name) && !n.former {
		p.name, p.full = n.name, n.full
	}
	if p.title == "" {
		p.title = n.title
	}
	for _, h := range n.heads {
		if !slices.Contains(p.heads, h) {
			p.heads = append(p.heads, h)
		}
	}
	if p.party == "" {
		p.party = party
	}
	if p.gender == 0 {
		p.gender = n.gender
	}
}

// choose picks, of the parties that one word may mean ("Korean"), the one that
// takes part.
func (c *cast) choose(candidates []timeline.Party) timeline.Party {
	for _, p := range candidates {
		if slices.Contains(c.parties, p) {
			return p
		}
	}
	if len(candidates) > 0 {
		return candidates[0]
	}
	return ""
}

// find returns the person of the cast whom n names, or nil: all the words of the
// shorter name stand in the longer one. A name spelt in another way is accepted
// where the title is the same.
func (c *cast) find(n naming) *person {
	party := c.choose(n.country)
	agrees := func(p *person) bool { return party == "" || p.party == "" || p.party == party }
	for _, p := range c.people {
		if agrees(p) && sharesName(p.name, n.name) {
			return p
		}
	}
	for _, p := range c.people {
		if (party == "" || p.party == party) && !p.former && sharesTitle(p.heads, n.heads) &&
			(soundsAlike(p.name, n.name) || shortened(p.name, n.name)) {
			return p
		}
	}
	return nil
}

func sharesName(a, b []string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	for _, w := range b {
		if !slices.Contains(a, w) {
			return false
		}
	}
	return len(b) > 0
}

func soundsAlike(a, b []string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	for _, w := range b {
		if !slices.ContainsFunc(a, func(v string) bool { return sameSound(v, w) }) {
			return false
		}
	}
	return len(b) > 0
}

// shortened reports whether two names agree in a word and otherwise in initials:
// "Joe" and "Joseph" with one family name.
func shortened(a, b []string) bool {
	shared, initials := 0, 0
	for _, w := range b {
		switch {
		case slices.Contains(a, w):
			shared++
		case slices.ContainsFunc(a, func(v string) bool { return v[:1] == w[:1] && !slices.Contains(b, v) }):
			initials++
		}
	}
	return shared > 0 && shared+initials == len(b)
}

func sharesTitle(a, b []string) bool {
	return slices.ContainsFunc(a, func(h string) bool { return h != "" && slices.Contains(b, h) })
}

// settle infers the parties of those who are named together in one sentence: "A
// met B" brings two sides together, and so do "President A and Prime Minister B".
func (c *cast) settle(sc scene) {
	first, met := sc.company()
	if len(met) == 0 || len(c.parties) != 2 {
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
			met = append(met, p)
		case joined:
			met = append(met, p)
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

// high reports whether the person leads a state or its foreign ministry.
func (p *person) high() bool {
	has := func(w string) bool { return slices.Contains(p.heads, w) }
	switch {
	case has("vice") || has("deputy") || has("assistant") || has("former"):
		return false
	case has("president"), has("prime") && has("minister"), has("premier"), has("chancellor"), has("king"), has("taoiseach"):
		return true
	}
	return has("minister") && (has("foreign") || has("external"))
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
		if r.low(j) != "to" || !strings.HasPrefix(r.low(j-1), "visit") && !strings.HasPrefix(r.low(j-1), "trip") {
			continue
		}
		host := c.choose(p.parties)
		for _, n := range r.namings() {
			if q := c.findNamed(n); q != nil && q.party == "" && c.other(host) != "" {
				q.party = c.other(host)
				if c.home == "" {
					c.home = q.party // a ministry writes of its own visitor
				}
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
// "": a state has one foreign minister.
func (c *cast) opposite(p *person) timeline.Party {
	if !p.high() || p.former {
		return ""
	}
	for _, q := range c.people {
		if q != p && q.high() && !q.former && q.party != "" && q.office() == p.office() {
			return c.other(q.party)
		}
	}
	return ""
}

// office returns which high office the person holds.
func (p *person) office() string {
	for _, w := range []string{"president", "prime", "premier", "chancellor", "king", "taoiseach"} {
		if slices.Contains(p.heads, w) {
			return w
		}
	}
	return "foreign minister"
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

// participants returns those who take part, in the order in which they are named.
func (c *cast) participants() []timeline.Participant {
	var out []timeline.Participant
	for _, p := range c.people {
		if p.taking && !p.former && (p.party == "" || slices.Contains(c.parties, p.party)) {
			out = append(out, timeline.Participant{Name: p.full, Title: p.title, Party: p.party})
		}
	}
	return out
}

// genitive reports whether a possessive ending stands at token i.
func (r *reader) genitive(i int) bool { return r.low(i) == "'s" }

// office returns the person meant by a bare title such as "the President", or
// nil. Where several bear it, the publisher's own is meant.
func (c *cast) office(n naming) *person {
	want := n.heads
	party := c.choose(n.country)
	var best *person
	bestScore := 0
	for _, p := range c.people {
		if p.former || party != "" && p.party != party {
			continue
		}
		score := titleScore(p.heads, want)
		if score == 0 {
			continue
		}
		if p.taking {
			score += 2
		}
		if p.party == c.home && p.party != "" {
			score++
		}
		if score > bestScore {
			best, bestScore = p, score
		}
	}
	return best
}

// titleScore says how well a bare title fits one who bears the words of has: 0
// where it does not.
func titleScore(has, want []string) int {
	want = slices.DeleteFunc(slices.Clone(want), func(h string) bool { return h == "" })
	if len(want) == 0 {
		return 0
	}
	for _, w := range want {
		if !slices.Contains(has, w) {
			return 0
		}
	}
	score := 4
	// "The President" is no vice president, "the Minister" rather no prime
	// minister.
	for _, rank := range []string{"vice", "prime", "deputy", "assistant"} {
		if slices.Contains(has, rank) && !slices.Contains(want, rank) {
			if rank == "vice" || want[0] == "president" {
				return 0
			}
			score--
		}
	}
	return score
}
