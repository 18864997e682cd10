package speech

import (
	"slices"

	"readout/internal/reading/speech/en"
	"readout/timeline"
)

// person is someone whom the release names.
type person struct {
	lex    *Lexicon // by which titles are judged
	place  int      // in the cast
	name   []string // folded
	full   string
	title  string   // as printed first
	heads  []string // words of all titles seen, lower case
	party  timeline.Party
	proof  timeline.Evidence // of the party
	gender byte
	former bool
	// against are those whom a text sets beside the person as heads of two states: they are
	// not of one party.
	against []*person
	taking  bool // takes part: is named in the title or at the beginning, or speaks
	opens   bool // named in the title, in the first sentence, in one of a meeting, or by the whole name
	leads   bool // a sentence or title begins with the person, or says what the person does
	met     bool // a sentence names the person as one whom others meet
}

// prove gives a person whose party is not known yet the party that some words prove.
// What was proved first stands. An empty party proves nothing.
func (p *person) prove(party timeline.Party, how timeline.Proof, text string) {
	if p.party == "" && party != "" {
		p.party, p.proof = party, timeline.Evidence{How: how, Text: text}
	}
}

// learn adds what a further naming, printed as text, tells of the person.
func (p *person) learn(n naming, party timeline.Party, text string) {
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
	p.prove(party, timeline.ProofOffice, text)
	if p.gender == 0 {
		p.gender = n.gender
	}
}

// unlike reports whether the person stands against someone of a party: then the person is
// not of it.
func (p *person) unlike(party timeline.Party) bool {
	return slices.ContainsFunc(p.against, func(q *person) bool { return q.party == party })
}

// evidence returns why the person is of the party, nil where none is known.
func (p *person) evidence() *timeline.Evidence {
	if p.party == "" {
		return nil
	}
	e := p.proof
	return &e
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

// titleScore says how well the words of a bare title fit one who bears the words of has: 0
// where they do not.
func (lex *Lexicon) titleScore(has, want []string) int {
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
	for _, rank := range lex.List(en.Rank) {
		if slices.Contains(has, rank) && !slices.Contains(want, rank) {
			if lex.Has(en.Vice, rank) || lex.Has(en.President, want[0]) {
				return 0
			}
			score--
		}
	}
	return score
}

// office returns which high office the person holds, "" where it is that of a foreign
// minister.
func (p *person) office() string {
	for _, w := range p.lex.List(en.Leader) {
		if slices.Contains(p.heads, w) {
			return w
		}
	}
	return ""
}

// high reports whether the person leads a state or its foreign ministry.
func (p *person) high() bool {
	has := func(c en.Class) bool {
		return slices.ContainsFunc(p.heads, func(w string) bool { return p.lex.Has(c, w) })
	}
	switch {
	case has(en.Deputy) || has(en.Former):
		return false
	case has(en.Head):
		return true
	}
	return has(en.Minister) && (has(en.Prime) || has(en.Foreign))
}
