package timeline

import (
	"slices"
	"strings"
)

// hits finds the expressions of the table that say what unit u is about: those in
// its words, but for the names of occasions and offices, and the relationship of a pair of
// governments.
func (c *corpus) hits(u *unit, finder *issueFinder) []hit {
	found := finder.findIn(languageOf(c.releases[u.release]), u.singular, u.capital)
	if inside := c.aside(u); inside != nil {
		found = slices.DeleteFunc(found, func(h hit) bool { return inside[h.at] })
	}
	for i := range u.tokens {
		if !pair(u.statement.Text, u.tokens, i, found) || !u.capital(i+1) {
			continue
		}
		for _, h := range finder.relationship(u.singular, i) {
			key := strings.Join(h.words, " ")
			if c.pairs[key] == nil {
				c.pairs[key] = h.expression
			}
			found = append(found, hit{c.pairs[key], i})
		}
	}
	slices.SortStableFunc(found, func(a, b hit) int { return a.at - b.at })
	return found
}

// aside marks the words of u that name an occasion, a building, the country of a
// city or an office: "on the margins of the APEC summit" and "in Lima, Peru" say
// where, "Assistant Secretary of State for Energy Resources" who, and none of them
// what about. Nil for none.
func (c *corpus) aside(u *unit) []bool {
	var inside []bool
	mark := func(i, end int) {
		if inside == nil {
			inside = make([]bool, len(u.tokens))
		}
		for ; i < end; i++ {
			inside[i] = true
		}
	}
	for i := 0; i+2 < len(u.tokens); i++ {
		if !u.words[i].aside {
			continue
		}
		switch next := u.tokens[i+1].Folded; {
		case c.lists.occasions[u.tokens[i].Folded] && next == "of":
			mark(i+2, u.occasionEnd(i+2))
		case c.lists.offices[u.tokens[i].Folded] && (next == "of" || next == "for") && u.capital(i):
			mark(i+2, c.officeEnd(u, i+2))
		case c.lists.places[u.tokens[i].Folded]:
			mark(u.placeIn(i + 1))
		}
	}
	return inside
}

// occasionEnd is the end of an occasion's name: punctuation, or a word that leads
// on to what was done there.
func (u *unit) occasionEnd(i int) int {
	for ; i < len(u.tokens); i++ {
		switch w := u.tokens[i].Folded; {
		case w == "to", w == "where", w == "and", strings.ContainsAny(u.gap(i), ",.;:("):
			return i
		}
	}
	return i
}

// officeEnd is the end of an office's name: capital words and the function words
// between them.
func (c *corpus) officeEnd(u *unit, i int) int {
	for ; i < len(u.tokens) && !strings.ContainsAny(u.gap(i), ",.;:("); i++ {
		if !u.capital(i) && !(c.lists.common[u.tokens[i].Folded] && i+1 < len(u.tokens) && u.capital(i+1)) {
			break
		}
	}
	return i
}

// placeIn returns the words that say in which country the place named at word i
// lies: "Peru" of "in Lima, Peru".
func (u *unit) placeIn(i int) (from, to int) {
	start := i
	for i < len(u.tokens) && u.capital(i) && (i == start || strings.TrimSpace(u.gap(i)) == "") {
		i++
	}
	if i == start || i == len(u.tokens) || strings.TrimSpace(u.gap(i)) != "," {
		return i, i
	}
	from = i
	for i < len(u.tokens) && u.capital(i) && (i == from || strings.TrimSpace(u.gap(i)) == "") {
		i++
	}
	return from, i
}

// gap is what stands between word j of the unit and the one before it.
func (u *unit) gap(j int) string {
	return u.statement.Text[u.tokens[j-1].End:u.tokens[j].Start]
}

// capital reports whether word j has a capital initial.
func (u *unit) capital(j int) bool { return capital(u.statement.Text[u.tokens[j].Start:]) }

// pair reports whether words i and i+1 of a text are two names joined by a hyphen:
// "U.S.-Mexico". Found are the expressions of the table there: a third country is
// one, and then the pair is not that of the series.
func pair(text string, ts []token, i int, found []hit) bool {
	if i+2 >= len(ts) {
		return false
	}
	switch strings.TrimPrefix(strings.TrimSpace(text[ts[i].End:ts[i+1].Start]), ".") { // the last stop of "U.S."
	case "-", "‑", "–":
	default:
		return false
	}
	return !slices.ContainsFunc(found, func(h hit) bool { return h.at <= i+1 && i < h.at+len(h.words) })
}

// relationship reads the pair before words i+2 and following as "bilateral", so
// that "the U.S.-Mexico relationship" is the bilateral relationship. The hits are
// as long as what they stand for.
func (f *issueFinder) relationship(singular []string, i int) []hit {
	var out []hit
	for _, h := range f.find(append([]string{"bilateral"}, singular[i+2:min(i+5, len(singular))]...)) {
		if h.at == 0 {
			out = append(out, hit{&expression{words: slices.Clone(singular[i : i+1+len(h.words)]), issues: h.issues}, i})
		}
	}
	return out
}
