package attribution

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

// group reads "the two leaders", "both sides", "the Icelandic side", "senior
// officials from both countries", "our governments", "the two".
func (c *cast) group(r *reader, i int) (actor, bool) {
	a := actor{first: i, kind: groupActor}
	j := i
	determined, all := false, false
	our := false
	for ; j < len(r.toks) && j-i < 8; j++ {
		w := r.low(j)
		if p, ok := r.at[j]; ok && (p.demonym || p.end < len(r.toks) && r.toks[p.end].word && r.low(p.end) != "'s") {
			if !c.nounAhead(r, p.end) {
				break
			}
			a.parties = append(a.parties, c.pick(p.parties)...)
			j = p.end - 1
			determined = true
			continue
		}
		switch {
		case w == "the" || w == "these" || w == "their" || w == "this":
			determined = true
			continue
		case w == "both" || w == "two" || w == "three" || w == "four" || w == "five" || w == "all" || w == "each" || w == "of":
			if w == "of" && !all {
				return a, false
			}
			determined, all = true, true
			continue
		case w == "our":
			determined, our, all = true, true, true
			continue
		case isGroupAdjective(w) && j+1 < len(r.toks):
			continue
		case our && r.toks[j].word && !r.toks[j].upper && j-i < 4 && c.ownNoun(r, j+1):
			continue
		}
		break
	}
	w := r.low(j)
	switch {
	case r.low(i) == "each" && j == i+1 && (r.lex.is("side", w) || r.lex.is("group", w+"s") || w == "party" || w == "country"):
		a.plural, a.end = true, j+1
		return a, true
	case r.lex.is("group", w) && j == i && w[len(w)-1] == 's' && (i == 0 || !r.toks[i-1].word) && c.acts(r, j+1):
		a.plural, a.end = true, j+1
		return a, true
	case r.lex.is("group", w) && w[len(w)-1] == 's' && r.capital(j) && isGroupAdjective(r.low(j-1)),
		r.lex.is("group", w) && (determined && !(j > i && r.capital(j) && w[len(w)-1] != 's') || isGroupAdjective(r.low(j-1))):
		a.plural = w != "group" || all
		a.end = j + 1
		if a.parties != nil {
			// "Israeli participants" are one side.
			a.kind = namedActor
		}
		if r.low(a.end) == "from" || r.low(a.end) == "of" {
			if end := c.bothCountries(r, a.end+1); end > 0 {
				a.end = end
			} else if ps, end := c.countries(r, a.end+1); len(ps) > 1 {
				a.end, a.parties, a.kind = end, ps, namedActor
			}
		}
		return a, true
	case a.parties != nil && (r.lex.is("side", w) || r.lex.is("body", w)):
		a.kind, a.end = namedActor, j+1
		return a, true
	case r.low(i) == "the" && all && j == i+2 && (isFinite(r, j) || r.low(j) == "also" || r.low(j) == "then" || r.low(j) == "then"):
		a.end, a.plural = j, true // "The two discussed"
		return a, true
	case (our || j == i+1 && determined) && isOwnNoun(w):
		a.end = j + 1
		return a, true
	}
	return a, false
}

// acts reports whether a finite verb of the lexicon in the past stands at token
// i, adverbs aside.
func (c *cast) acts(r *reader, i int) bool {
	for isAdverb(r.low(i)) {
		i++
	}
	f := r.lex.forms[r.low(i)]
	return f.past || r.low(i) == "will"
}

// isOwnNoun reports whether "our" and the noun stand for the parties together.
func isOwnNoun(w string) bool {
	return w == "partnership" || w == "alliance" || w == "peoples" || w == "cooperation"
}

func (c *cast) ownNoun(r *reader, i int) bool {
	return isOwnNoun(r.low(i)) || c.lex.is("group", r.low(i))
}

// countries reads a list of countries at token i: "France, Germany, and the
// United States".
func (c *cast) countries(r *reader, i int) (ps []timeline.Party, end int) {
	for {
		if r.low(i) == "the" {
			i++
		}
		p, ok := r.at[i]
		if !ok || p.demonym {
			return ps, end
		}
		ps, end = append(ps, c.pick(p.parties)...), p.end
		i = p.end
		if r.low(i) == "," {
			i++
		}
		if r.low(i) == "and" {
			i++
		}
	}
}

// nounAhead reports whether a noun for a side or group follows within a few
// words of a country's name.
func (c *cast) nounAhead(r *reader, i int) bool {
	for j := i; j < len(r.toks) && j < i+3; j++ {
		if w := r.low(j); c.lex.is("group", w) || c.lex.is("side", w) || c.lex.is("body", w) {
			return true
		}
		if !isGroupAdjective(r.low(j)) && !r.isTitleWord(j) {
			return false
		}
	}
	return false
}

func isGroupAdjective(w string) bool {
	switch w {
	case "foreign", "prime", "defense", "defence", "senior", "national", "security", "respective", "other", "relevant",
		"high-level", "trade", "finance", "economic", "vice", "deputy", "political", "military", "working-level":
		return true
	}
	return false
}

// bothCountries reads "both countries" or "the two sides" at token i and returns
// its end, or 0.
func (c *cast) bothCountries(r *reader, i int) int {
	if r.low(i) == "the" {
		i++
	}
	if (r.low(i) == "both" || r.low(i) == "two") && c.lex.is("group", r.low(i+1)) {
		return i + 2
	}
	return 0
}

// body reads "the Committee", "the Biden-Harris Administration", "the Government
// of Japan", "the Chilean customs service".
func (c *cast) body(r *reader, i int) (actor, bool) {
	a := actor{first: i, kind: namedActor}
	j := i
	if r.low(j) != "the" {
		return a, false
	}
	j++
	for ; j < len(r.toks) && j-i < 7; j++ {
		if p, ok := r.at[j]; ok {
			a.parties = c.pick(p.parties)
			j = p.end - 1
			continue
		}
		if !r.capital(j) && !(j == i+1 && r.low(j) == "delegation") {
			break
		}
		if !c.lex.is("body", r.low(j)) && r.low(j) != "delegation" {
			continue
		}
		a.end = j + 1
		if r.low(a.end) == "of" {
			var n naming
			if end := r.countryAfter(a.end, &n); end > a.end {
				a.end, a.parties = end, c.pick(n.country)
			} else if r.capital(a.end + 1) {
				a.end += 2 // "Board of Governors"
			}
		}
		if a.parties == nil && c.home != "" {
			a.parties = []timeline.Party{c.home}
		}
		return a, true
	}
	return a, false
}

// event reads "the conversation", "this phone call", "Discussions".
func (c *cast) event(r *reader, i int) (actor, bool) {
	a := actor{first: i, kind: eventActor}
	j := i
	switch r.low(j) {
	case "the", "this", "these", "their", "that", "our":
		j++
	default:
		if !r.capital(j) || !r.lex.is("event", r.low(j)) {
			return a, false
		}
	}
	for k := j; k < j+4 && k < len(r.toks); k++ {
		if r.lex.is("event", r.low(k)) && !r.lex.is("event", r.low(k+1)) {
			a.end = k + 1
			a.plural = r.low(k) != "this" && r.toks[k].low[len(r.toks[k].low)-1] == 's'
			return a, true
		}
		if isPreposition(r.low(k)) || isAuxiliary(r.low(k)) || !r.toks[k].word {
			break
		}
	}
	return a, false
}

// coordinate joins actors that stand side by side: "A and B", "A, B, and C".
func (c *cast) coordinate(r *reader, in []actor) []actor {
	var out []actor
	for i, a := range in {
		if len(out) > 0 && joined(r, out[len(out)-1], a) && (r.low(a.first-1) != "," || listGoesOn(r, in[i:])) {
			last := &out[len(out)-1]
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

// speakers returns the parties of a named actor, sorted.
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

// contains reports whether the actor, or one of its members, is person p.
func (a actor) contains(p *person) bool {
	return a.who == p || slices.ContainsFunc(a.members, func(m actor) bool { return m.contains(p) })
}
