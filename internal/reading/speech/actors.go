package speech

import (
	"slices"

	"readout/internal/reading/speech/en"
	"readout/timeline"
)

// actor is a span of tokens that may be the subject of a reporting verb.
type actor struct {
	first, end int
	kind       actorKind
	who        *person          // of a named person or an office that is known
	parties    []timeline.Party // of what is named outright
	pronoun    en.Class         // he, they, the former …
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
	for i := 0; i < len(r.toks); {
		if !r.mayAct(i) {
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

// mayAct reports whether an actor may begin at token i. None does at nearly all: they are
// small words that open no name, no group and no reference.
func (r *reader) mayAct(i int) bool {
	if r.mayName(i) {
		return true
	}
	if _, ok := r.seats[i]; ok {
		return true
	}
	return r.is(i, en.ActorOpener) || r.is(i, en.Group) || r.is(i, en.Adjective)
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
	if r.is(k, en.The) {
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

// pronoun reads he, she, it, they, we, both; "the former" and "the latter".
func (c *cast) pronoun(r *reader, i int) (actor, bool) {
	a := actor{first: i, end: i + 1, kind: pronounActor}
	if r.is(i, en.The) {
		a.end, a.pronoun = i+2, r.which(i+1, en.TheFormer, en.TheLatter)
		return a, a.pronoun != en.None && !r.isTitleWord(i+2)
	}
	a.pronoun = r.which(i, en.He, en.She, en.It, en.I, en.They, en.We, en.Both)
	switch a.pronoun {
	case en.None:
		return a, false
	case en.I:
		a.plural = true // its verbs have the form of the plural
		return a, r.capital(i) && r.low(i+1) != "."
	case en.They, en.We, en.Both:
		a.plural = true
		_, group := c.group(r, i)
		return a, !group
	}
	return a, true
}

// which returns the one of some classes that the word at token i is of, or none.
func (r *reader) which(i int, classes ...en.Class) en.Class {
	for _, c := range classes {
		if r.is(i, c) {
			return c
		}
	}
	return en.None
}

// coordinate joins actors that stand side by side: "A and B", "A, B, and C".
func (c *cast) coordinate(r *reader, in []actor) []actor {
	var out []actor
	goOn := listsGoOn(r, in)
	for i, a := range in {
		if len(out) > 0 && joined(r, out[len(out)-1], a) && (r.low(a.first-1) != "," || leadsOn(r, out[len(out)-1]) && goOn[i]) {
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

// leadsOn reports whether the comma after a may lead on in a list. After "A and B" it does not, nor
// after a role: "As allies, A …".
func leadsOn(r *reader, a actor) bool { return !a.closed && !r.roleAt(a.first) }

// roleAt reports whether token i stands in a role that opens the sentence: "As
// leading democracies and NATO allies, …".
func (r *reader) roleAt(i int) bool {
	if i == 0 || !r.is(0, en.As) {
		return false
	}
	for k := 1; k < i; k++ {
		if f := r.form(k); !r.toks[k].word || r.auxiliary(k) || f.past && !f.part || f.third {
			return false
		}
	}
	return true
}

// listsGoOn reports of each actor whether it and those that follow are, after a comma, a list that
// "and" ends: in "On Iran, President A said" they are not.
func listsGoOn(r *reader, in []actor) []bool {
	out := make([]bool, len(in))
	for i := len(in) - 2; i >= 0; i-- {
		a, b := in[i], in[i+1]
		out[i] = a.kind == b.kind && joined(r, a, b) && (r.low(b.first-1) != "," || out[i+1])
	}
	return out
}

// joined reports whether only a conjunction stands between two actors.
func joined(r *reader, a, b actor) bool {
	if a.kind == pronounActor && !a.heOrShe() || b.kind == pronounActor ||
		a.kind == eventActor || b.kind == eventActor {
		return false
	}
	if r.low(b.first-1) == "," && a.kind != b.kind ||
		a.kind == countryActor && b.person || b.kind == countryActor && a.person {
		return false
	}
	before := a.first - 1
	if a.person && !b.person && (r.is(before, en.Of) || r.is(before, en.As) || r.is(before, en.Be)) {
		return false // "… will be Envoy of the President and the Chilean side decided"
	}
	i := a.end
	if r.low(i) == "," {
		i++
	}
	i = r.past(i, en.Joins)
	return i == b.first && i > a.end && !r.is(i, en.Apart)
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

// heOrShe reports whether the actor is one person for whom a pronoun stands.
func (a *actor) heOrShe() bool { return a.pronoun == en.He || a.pronoun == en.She }

// isFinite reports whether the token can be a finite verb of the lexicon.
func isFinite(r *reader, i int) bool {
	f := r.form(i)
	return f.past || f.base || f.third || r.auxiliary(i)
}
