package reading

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/reading/names"
	"readout/timeline"
)

// parties finds who took part. The title leads: the parties it joins by a hyphen,
// those beside an office ("Prime Minister of Chile", "Chilean officials"), those
// that were visited. What it names as a subject ("on", "regarding") and the
// occasion are no parties. The host of the document adds its own side. Where that
// leaves fewer than two, the first sentences say who met, then headings, and at
// last the text as a whole: but a text whose title names no other state's office
// is taken to be about home affairs. Dated are the lines of the document, among
// which one may give the seat of government beside the day.
func (r *Rules) parties(title string, k timeline.Kind, l layout, issuer timeline.Party, dated []string) *partySet {
	clause, _ := r.mainClause(title)
	found := r.newPartySet(issuer)
	if _, bank := r.banks[issuer]; bank && k != timeline.KindJointStatement {
		return found
	}
	if r.foreign {
		return r.foreignParties(clause, k, l, found, dated)
	}
	found.add(r.partakers(clause, true)...)
	opening := openingOf(l)
	if !found.enough() {
		found.add(r.addressees(opening)...)
	}
	if found.others() == 0 && firstWord(r.words["attendance"], clause) == nil {
		for _, s := range opening[:min(2, len(opening))] {
			s = r.withoutOccasion(s)
			if k == timeline.KindJointStatement || firstWord(r.words["met"], s) != nil {
				found.add(r.partakers(s, false)...)
			}
			if found.enough() && !r.words["plural"].MatchString(clause) {
				break
			}
		}
	}
	for _, s := range append([]string{clause}, opening[:min(1, len(opening))]...) {
		if found.others() == 0 {
			found.add(r.visited(s)...)
		}
	}
	if found.others() == 0 && k == timeline.KindStatement && issuer != "" {
		found.add(r.toldOf(clause)...)
	}
	for _, s := range l.sections {
		if found.enough() {
			break
		}
		found.add(r.pairs(withoutAsides(s.Heading))...)
	}
	if !found.enough() && (issuer == "" || firstWord(r.words["attendance"], clause) == nil && r.foreignOffice(clause, opening)) {
		want := 2
		least := 1.0
		if k == timeline.KindStatement { // one speaks, of whatever country it may be
			least = mentionedTwice / 2
			if firstWord(r.words["jointly"], clause) == nil {
				want, least = 1, mentionedTwice
			}
		}
		found.addBest(r.weigh(title, l), want, least)
	}
	return found
}

// addressees returns the parties to whose government, by the first sentences, another one
// turned: "summoned the Ambassador of Norway".
func (r *Rules) addressees(opening []string) []timeline.Party {
	for _, s := range opening[:min(2, len(opening))] {
		if firstWord(r.words["addressed"], s) != nil {
			return r.partakers(s, false)
		}
	}
	return nil
}

// toldOf returns the one party that the title of a government's own statement is about:
// "Statement on the unrest in Norway", "Norway: Minister regrets the strike". It is empty
// where the title names several.
func (r *Rules) toldOf(title string) []timeline.Party {
	ms := r.Gazetteer.Find(title)
	if len(ms) == 0 || slices.ContainsFunc(ms, func(m names.Mention) bool { return m.Party != ms[0].Party }) {
		return nil
	}
	if m := ms[0]; m.Demonym || r.isEvent(title, m) || firstWord(r.words["for whom"], lastWords(title[:m.Start], 2)) != nil {
		return nil
	}
	return []timeline.Party{ms[0].Party}
}

// isEvent reports whether a mention of a body only gives its name to an event: "the G20
// Lisbon Summit", "the General Assembly of the United Nations".
func (r *Rules) isEvent(s string, m names.Mention) bool {
	if state := r.Gazetteer.Demonym(m.Party) != r.Gazetteer.Name(m.Party); state && len(m.Party) == 2 {
		return false
	}
	rest := lastWords(s[:m.Start], eventOf)
	for at := firstWord(r.words["event of"], rest); at != nil; at = firstWord(r.words["event of"], rest) {
		if rest = rest[at[1]:]; len(strings.Fields(rest)) <= 2 && !strings.ContainsAny(rest, ".,;:،") {
			return true
		}
	}
	after := headOf(s[m.End:], eventReach)
	at := firstWord(r.words["event"], after)
	return at != nil && wordsIn(after[:at[0]]) <= 3
}

// eventOf is how many words the name of an event and those that join it to a body have at most.
const eventOf = 5

// eventReach is how many bytes the name of an event has at most behind a party's.
const eventReach = 128

// mentionedTwice is the weight of a party that more than one sentence names: one that is
// named in passing does not speak.
const mentionedTwice = 4

// namedEarly is the weight of a mention in the first sentences.
const namedEarly = 3

// addBest adds from the governments of at least that weight until there are so many. A body that is
// only named ("a programme with the IMF") is none of those who met.
func (s *partySet) addBest(weights map[timeline.Party]float64, want int, least float64) {
	var order []timeline.Party
	for p, w := range weights {
		_, bank := s.rules.banks[p]
		state := s.rules.Gazetteer.Demonym(p) != s.rules.Gazetteer.Name(p) // a body has no people
		if w >= least && (bank || state) {
			order = append(order, p)
		}
	}
	slices.SortFunc(order, func(a, b timeline.Party) int {
		return cmp.Or(cmp.Compare(weights[b], weights[a]), cmp.Compare(a, b))
	})
	for _, p := range order {
		if len(s.list) >= want {
			return
		}
		if s.add(p); weights[p] < namedEarly {
			s.thin = p
		}
	}
}

// doubt is why the parties of a release of that kind are not sure, "" where they are.
func (s *partySet) doubt(k timeline.Kind) string {
	switch {
	case s.thin != "":
		return "nothing says that " + s.rules.Gazetteer.Name(s.thin) + " took part; the text only names it, or is written there"
	case s.issuer == "" && len(s.list) == 1 && k != timeline.KindStatement:
		return "only one of those who met is known"
	}
	return ""
}

// foreignOffice reports whether the title or the first sentences name an office
// that only another state has.
func (r *Rules) foreignOffice(title string, opening []string) bool {
	if firstWord(r.words["foreign office"], title) != nil {
		return true
	}
	return len(opening) > 0 && firstWord(r.words["foreign office"], opening[0]) != nil
}

// weigh gives each party a weight by how and how often the text names it otherwise than in
// passing, more where it acts, and a little for a city in which something happens.
func (r *Rules) weigh(title string, l layout) map[timeline.Party]float64 {
	out := make(map[timeline.Party]float64)
	var words names.Words
	count := func(s string, each, side, seat float64) {
		words.Reset(s)
		ms := r.Gazetteer.FindIn(words)
		var passing func(names.Mention) bool
		if len(ms) > 0 { // many sentences of a long text name no party
			passing = r.passing(s)
		}
		acting := r.acting(s, ms)
		for i, m := range ms {
			switch {
			case passing(m) && !r.ofOffice(s, ms, i), strings.HasPrefix(s[m.End:], "$"):
				continue
			case m.Demonym && strings.HasPrefix(s[m.End:], " side"), !m.Demonym && acting[i]:
				out[m.Party] += side
			}
			out[m.Party] += each
		}
		for _, m := range r.Gazetteer.Places(words) {
			if r.isScene(s, m) {
				out[m.Party] += seat
			}
		}
	}
	count(title, 8, 0, 2)
	for _, s := range l.sections {
		count(s.Heading, 4, 0, 1)
	}
	for i, s := range l.statements {
		each, seat := 1.0, 0.5
		if i < openingSentences {
			each = namedEarly
		}
		if i == 0 {
			seat = 1.5
		}
		count(s.Text, each, 3, seat)
	}
	return out
}

// ofOffice reports whether an office stands beside mention i.
func (r *Rules) ofOffice(s string, ms []names.Mention, i int) bool {
	if r.foreign {
		return r.nearOffice(s, ms[i], officeReach)
	}
	return r.besideOffice(s, ms, i)
}

// acting reports of each mention whether it is what its sentence begins with, or in English joined to that.
func (r *Rules) acting(s string, ms []names.Mention) []bool {
	if !r.foreign {
		return r.actingThemselves(s, ms)
	}
	out := make([]bool, len(ms))
	for i, m := range ms {
		if out[i] = m.Start <= longestHead && wordsIn(s[:m.Start]) <= 1; !out[i] {
			break // the further ones have as many words before them
		}
	}
	return out
}

// locativeReach is how many bytes a preposition of place has at most, with the words before it that
// belong to it.
const locativeReach = 64

// isScene reports whether a city is where something happens, and not a part of another name:
// "Schengen/Dublin". In English a preposition of place stands before it.
func (r *Rules) isScene(s string, m names.Mention) bool {
	before, after := s[:m.Start], s[m.End:]
	if strings.HasSuffix(before, "/") || strings.HasSuffix(before, "-") || strings.HasPrefix(after, "/") || strings.HasPrefix(after, "-") {
		return false
	}
	if !r.foreign {
		return r.words["locative"].MatchString(tail(before, locativeReach))
	}
	first, _ := utf8.DecodeRuneInString(lastWords(before, 1))
	return !strings.HasSuffix(before, " ") || !unicode.IsUpper(first) // no surname: "Marta Lagos"
}
