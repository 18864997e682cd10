package timeline

import (
	"slices"
	"strings"
)

// hits finds the expressions of the table that say what unit u is about: those in
// its words, but for the names of occasions, and the relationship of a pair of
// governments.
func (c *corpus) hits(u *unit, finder *issueFinder) []hit {
	found := finder.find(u.singular)
	if inside := c.occasions(u); inside != nil {
		found = slices.DeleteFunc(found, func(h hit) bool { return inside[h.at] })
	}
	for i := range u.tokens {
		if !pair(u.statement.Text, u.tokens, i, found) || !capital(u.statement.Text[u.tokens[i+1].start:]) {
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

// occasions marks the words of u that name an occasion or a building: "on the
// margins of the APEC summit" says where, not what about. The name ends where a
// verb or another function word can no longer belong to it. Nil for none.
func (c *corpus) occasions(u *unit) []bool {
	var inside []bool
	for i := 0; i+1 < len(u.tokens); i++ {
		if !c.lists.occasions[u.tokens[i].folded] || u.tokens[i+1].folded != "of" {
			continue
		}
		if inside == nil {
			inside = make([]bool, len(u.tokens))
		}
		for j := i + 2; j < len(u.tokens); j++ {
			t := u.tokens[j]
			if t.folded == "to" || t.folded == "where" || t.folded == "and" || strings.ContainsAny(u.gap(j), ",.;:(") {
				break
			}
			inside[j] = true
		}
	}
	return inside
}

// gap is what stands between word j of the unit and the one before it.
func (u *unit) gap(j int) string {
	return u.statement.Text[u.tokens[j-1].end:u.tokens[j].start]
}

// pair reports whether words i and i+1 of a text are two names joined by a hyphen:
// "U.S.-Mexico". Found are the expressions of the table there: a third country is
// one, and then the pair is not that of the series.
func pair(text string, ts []token, i int, found []hit) bool {
	if i+2 >= len(ts) {
		return false
	}
	switch strings.TrimPrefix(strings.TrimSpace(text[ts[i].end:ts[i+1].start]), ".") { // the last stop of "U.S."
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
