package speech

import (
	"slices"

	"readout/timeline"
)

// actor is a span of tokens that may be the subject of a reporting verb.
type actor struct {
	first, end int
	kind       actorKind
	who        *person          // of a named person or an office that is known
	parties    []timeline.Party // of what is named outright
	pronoun    string           // "he", "they", "former" …
	plural     bool
	person     bool    // a person or an office
	members    []actor // of a coordination
	closed     bool    // of a coordination: its last member came after "and"
	// institution marks a government, a ministry or another body.
	institution bool
}

type actorKind int

const (
	namedActor   actorKind = iota // persons, offices, sides and countries
	groupActor                    // "the two leaders", "both sides"
	pronounActor                  // "he", "they", "the latter"
	countryActor                  // "Japan"
	eventActor                    // "the conversation"
)

// actors returns everything in the statement that can act, in order, with
// coordinations ("President A and Prime Minister B") joined.
func (c *cast) actors(r *reader) []actor {
	var out []actor
	groups := c.lex.words["group"]
	for i := 0; i < len(r.toks); {
		if !r.mayAct(i, groups) {
			i++
			continue
		}
		a, ok := c.actor(r, i)
		if !ok {
			i++
			continue
		}
		out = append(out, a)
		i = a.end
	}
	return c.coordinate(r, out)
}

// mayAct reports whether an actor may begin at token i, given the lexicon's words for
// groups. None does at nearly all: they are small words that open no name, no group
// and no reference.
func (r *reader) mayAct(i int, groups map[string]string) bool {
	if r.mayName(i) {
		return true
	}
	if _, ok := r.seats[i]; ok {
		return true
	}
	switch w := r.low(i); w {
	case "he", "she", "it", "i", "they", "we", "both", "this", "these", "that", "our", "two", "three", "four", "five", "all", "each", "of":
		return true
	default:
		_, group := groups[w]
		return group || isGroupAdjective(w)
	}
}

// actor reads an actor that begins at token i.
func (c *cast) actor(r *reader, i int) (actor, bool) {
	if a, ok := c.pronoun(r, i); ok {
		return a, true
	}
	if a, ok := c.group(r, i); ok {
		return a, true
	}
	if n, ok := r.naming(i); ok {
		return c.named(r, n), true
	}
	if a, ok := c.body(r, i); ok {
		return a, true
	}
	if a, ok := c.event(r, i); ok {
		return a, true
	}
	k := i
	if r.low(k) == "the" {
		k++
	}
	if p, ok := r.at[k]; ok && !p.demonym {
		return actor{first: i, end: p.end, kind: countryActor, parties: c.pick(p.parties)}, true
	}
	if p, ok := r.seats[i]; ok {
		ps := c.pick(p.parties)
		return actor{first: i, end: p.end, kind: countryActor, parties: ps}, len(ps) > 0 && slices.Contains(c.parties, ps[0])
	}
	return actor{}, false
}

func (c *cast) pick(candidates []timeline.Party) []timeline.Party {
	if p := c.choose(candidates); p != "" {
		return []timeline.Party{p}
	}
	return nil
}

// named makes an actor of a person or an office.
func (c *cast) named(r *reader, n naming) actor {
	a := actor{first: n.first, end: n.end, kind: namedActor, person: true}
	if n.name != nil {
		a.who = c.find(n)
	} else {
		a.who = c.office(n)
		if a.who == nil {
			a.parties = c.pick(n.country)
			if a.parties == nil && c.home != "" {
				a.parties = []timeline.Party{c.home}
			}
		}
		last := n.heads[len(n.heads)-1]
		a.plural = len(last) > 1 && last[len(last)-1] == 's'
		if a.plural && n.country == nil {
			a.kind, a.who, a.parties = groupActor, nil, nil
		}
	}
	return a
}

// pronoun reads he, she, it, they, we, both, each; "the former" and "the latter".
func (c *cast) pronoun(r *reader, i int) (actor, bool) {
	a := actor{first: i, end: i + 1, kind: pronounActor, pronoun: r.low(i)}
	switch r.low(i) {
	case "he", "she", "it":
		return a, true
	case "i":
		a.plural = true // its verbs have the form of the plural
		return a, r.word(i) == "I" && r.low(i+1) != "."
	case "they", "we", "both":
		a.plural = true
		if _, ok := c.group(r, i); ok {
			return a, false
		}
		return a, true
	case "the":
		if w := r.low(i + 1); w == "former" || w == "latter" {
			if r.isTitleWord(i + 2) {
				return a, false
			}
			a.end, a.pronoun = i+2, w
			return a, true
		}
	}
	return a, false
}

// coordinate joins actors that stand side by side: "A and B", "A, B, and C".
func (c *cast) coordinate(r *reader, in []actor) []actor {
	var out []actor
	for i, a := range in {
		if len(out) > 0 && joined(r, out[len(out)-1], a) && (r.low(a.first-1) != "," || goesOn(r, out[len(out)-1], in[i:])) {
			last := &out[len(out)-1]
			last.closed = r.low(a.first-1) != ","
			if last.members == nil {
				last.members = []actor{*last}
			}
			last.members = append(last.members, a)
			last.end, last.plural, last.kind = a.end, true, namedActor
			continue
		}
		out = append(out, a)
	}
	return out
}

// goesOn reports whether the comma after a leads on in a list, of which rest are the
// further actors. After "A and B" it does not, nor after a role: "As allies, A …".
func goesOn(r *reader, a actor, rest []actor) bool {
	return !a.closed && !r.roleAt(a.first) && listGoesOn(r, rest)
}

// roleAt reports whether token i stands in a role that opens the sentence: "As
// leading democracies and NATO allies, …".
func (r *reader) roleAt(i int) bool {
	if i == 0 || r.low(0) != "as" {
		return false
	}
	for k := 1; k < i; k++ {
		if f := r.lex.forms[r.low(k)]; !r.toks[k].word || isAuxiliary(r.low(k)) || f.past && !f.part || f.third {
			return false
		}
	}
	return true
}

// listGoesOn reports whether the actors that follow a comma are ended by "and":
// in "On Iran, President A said" they are not.
func listGoesOn(r *reader, rest []actor) bool {
	for i := range rest[:len(rest)-1] {
		a, b := rest[i], rest[i+1]
		if a.kind != b.kind || !joined(r, a, b) {
			return false
		}
		if r.low(b.first-1) != "," {
			return true
		}
	}
	return false
}

// joined reports whether only a conjunction stands between two actors.
func joined(r *reader, a, b actor) bool {
	if a.kind == pronounActor && a.pronoun != "he" && a.pronoun != "she" || b.kind == pronounActor ||
		a.kind == eventActor || b.kind == eventActor {
		return false
	}
	if r.low(b.first-1) == "," && a.kind != b.kind ||
		a.kind == countryActor && b.person || b.kind == countryActor && a.person {
		return false
	}
	if w := r.low(a.first - 1); a.person && !b.person && (w == "of" || w == "as" || isBe(w)) {
		return false // "… will be Envoy of the President and the Chilean side decided"
	}
	i := a.end
	if r.low(i) == "," {
		i++
	}
	switch r.low(i) {
	case "and", "&":
		i++
	case "as":
		if r.low(i+1) == "well" && r.low(i+2) == "as" {
			i += 3
		}
	}
	if r.low(i) == "separately" || r.low(i) == "then" {
		return false
	}
	return i == b.first && i > a.end || i == b.first && r.low(i-1) == ","
}

// named returns the parties that the actor names outright, sorted.
func (a actor) named() []timeline.Party {
	var out []timeline.Party
	if a.members != nil {
		for _, m := range a.members {
			out = append(out, m.named()...)
		}
		return timeline.SortParties(out)
	}
	if a.who != nil && a.who.party != "" {
		out = append(out, a.who.party)
	}
	return timeline.SortParties(append(out, a.parties...))
}

// isFinite reports whether the token can be a finite verb of the lexicon.
func isFinite(r *reader, i int) bool {
	f, ok := r.lex.forms[r.low(i)]
	return ok && (f.past || f.base || f.third) || isAuxiliary(r.low(i))
}
