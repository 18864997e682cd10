package speech

import (
	"slices"

	"readout/internal/reading/names"
	"readout/internal/reading/speech/en"
	"readout/timeline"
)

// cast is those whom a release speaks of, where they help to tell who speaks.
type cast struct {
	lex     *Lexicon
	gaz     *names.Gazetteer
	parties []timeline.Party
	home    timeline.Party // whose ministry writes, or ""
	host    timeline.Party // who is visited, or ""
	people  []*person
	sounds  map[string][]int // where in people the bearers of a name stand, by what it sounds like
	words   map[string]bool  // every folded word of a name
	readers []*reader        // of the statements, without the labels of their turns
	turns   []*turn          // that the statements open, nil where they open none
	heads   []*turn          // that the headings open
	cut     names.Words      // of the text that is read
}

// preamble is the number of statements before which a person named is taken to
// have been present rather than talked about.
const preamble = 3

// newCast reads the people off the title and the statements of rel.
func newCast(rel *timeline.Release, g *names.Gazetteer, lex *Lexicon) *cast {
	c := &cast{lex: lex, gaz: g, parties: timeline.SortParties(rel.Parties), sounds: map[string][]int{}, words: map[string]bool{}}
	c.home = c.homeOf(rel)
	var scenes []scene
	inTitle := map[string]bool{}
	for i := range len(rel.Statements) + 1 {
		text := rel.Title
		if i > 0 {
			var label string
			label, text = c.cutLabel(inTitle, rel.Statements[i-1].Text)
			c.turns = append(c.turns, c.turnOf(label))
		}
		r := c.read(text)
		if i > 0 {
			c.readers = append(c.readers, r)
		} else {
			for _, w := range r.folded() {
				inTitle[w] = true
			}
		}
		sc := scene{r: r, ns: r.namings()}
		sc.people = c.introduce(r, sc.ns, i <= preamble)
		sc.open(i <= 1)
		sc.oppose()
		sc.place(i == 0)
		scenes = append(scenes, sc)
	}
	c.heads = c.headings(rel)
	c.settleVisit(rel.Title)
	for _, sc := range scenes {
		c.settleSides(sc)
		c.settleGuests(sc)
	}
	for i, sc := range scenes {
		if i > 0 && (i <= preamble || sc.pair()) {
			c.settle(sc)
		}
	}
	for _, sc := range scenes {
		c.settleOwn(sc)
	}
	for i, sc := range scenes { // what was proved just now tells of those whom they met
		if i > 0 && (i <= preamble || sc.pair()) {
			c.settle(sc)
		}
	}
	c.settleTurns(rel)
	c.settleRest()
	return c
}

// homeOf returns the party that publishes the release: the known issuer, or the
// only party; "" where neither is known, or the issuer is in doubt.
func (c *cast) homeOf(rel *timeline.Release) timeline.Party {
	if slices.Contains(c.parties, rel.Issuer) && !(len(c.parties) > 1 && rel.Doubted("issuer")) {
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
			c.add(p)
		}
		known := len(p.name)
		p.learn(n, c.choose(n.country), r.print(n.first, n.end))
		if len(p.name) > known {
			c.index(p)
		}
		p.taking = p.taking || early && !n.former && !r.genitive(n.end) && !r.toldOf(n.first)
		out = append(out, p)
	}
	return out
}

// mostPeople is how many persons the cast of a release has at most. Those who are named after them are
// known where they are named and nowhere else: each name of a text is looked for in the cast.
const mostPeople = 500

// add makes a person one of the cast.
func (c *cast) add(p *person) {
	p.lex = c.lex
	if len(c.people) >= mostPeople {
		return
	}
	p.place = len(c.people)
	c.people = append(c.people, p)
	c.index(p)
	for _, w := range p.name {
		c.words[w] = true
	}
}

// index notes the words of the name of a person of the cast.
func (c *cast) index(p *person) {
	for _, w := range p.name {
		c.sounds[skeleton(w)] = append(c.sounds[skeleton(w)], p.place)
	}
}

// alike returns those of the cast of whose name a word is one of these words, or sounds like it, in order.
func (c *cast) alike(name []string) []*person {
	var places []int
	for _, w := range name {
		places = append(places, c.sounds[skeleton(w)]...)
	}
	slices.Sort(places)
	var out []*person
	for _, i := range slices.Compact(places) {
		out = append(out, c.people[i])
	}
	return out
}

// joinsTitles reports whether b goes on with the titles of a: "Peruvian Senator,
// Chair of the Board and Director NAME", "Peruvian Senator, Mr. NAME,".
func joinsTitles(r *reader, a, b naming) bool {
	i := a.end
	if r.low(i) == "," {
		i++
	}
	if r.is(i, en.And) {
		i++
	}
	return i > a.end && i == b.first && (b.title != "" || r.low(b.end) == ",") && !b.definite && !a.definite
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
	people := c.alike(n.name)
	for _, p := range people {
		if agrees(p) && sharesName(p.name, n.name) {
			return p
		}
	}
	for _, p := range people {
		if (party == "" || p.party == party) && !p.former && sharesTitle(p.heads, n.heads) &&
			(soundsAlike(p.name, n.name) || shortened(p.name, n.name)) {
			return p
		}
	}
	return nil
}

// participants returns those who take part, in the order in which they are named.
func (c *cast) participants() []timeline.Participant {
	var out []timeline.Participant
	for _, p := range c.people {
		if p.taking && !p.former && (p.party == "" || slices.Contains(c.parties, p.party)) {
			out = append(out, timeline.Participant{Name: p.full, Title: p.title, Party: p.party, Evidence: p.evidence()})
		}
	}
	return out
}

// toldOf reports whether who is named at token i is only spoken of: the name stands in what
// somebody said or agreed, or after a verb in the future tense.
func (r *reader) toldOf(i int) bool {
	verb := false
	for k := range i {
		f := r.form(k)
		switch {
		case verb && r.is(k, en.Untold), r.is(k, en.Foretelling):
			return true
		case f.past || f.third:
			verb = true
		}
	}
	return false
}

// office returns the person meant by a bare title such as "the President", or
// nil. Where several bear it, the publisher's own is meant.
func (c *cast) office(n naming) *person {
	want := slices.DeleteFunc(slices.Clone(n.heads), func(h string) bool { return h == "" })
	party := c.choose(n.country)
	var best *person
	bestScore := 0
	for _, p := range c.people {
		if p.former || party != "" && p.party != party {
			continue
		}
		score := c.lex.titleScore(p.heads, want)
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
