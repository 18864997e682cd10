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
		if c.pair(u, i, found) {
			found = append(found, c.relationship(u, i, finder)...)
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

// pair reports whether words i and i+1 are two names of governments joined by a
// hyphen, neither of which is a third country: "U.S.-Mexico".
func (c *corpus) pair(u *unit, i int, found []hit) bool {
	if i+2 >= len(u.tokens) || !strings.Contains("-–‑ – ", u.gap(i+1)) || u.gap(i+1) == " " {
		return false
	}
	text := u.statement.Text
	return capital(text[u.tokens[i].start:]) && capital(text[u.tokens[i+1].start:]) &&
		!slices.ContainsFunc(found, func(h hit) bool { return h.at <= i+1 && i < h.at+len(h.words) })
}

// relationship reads a pair as "bilateral", so that "the U.S.-Mexico relationship"
// is the bilateral relationship.
func (c *corpus) relationship(u *unit, i int, finder *issueFinder) []hit {
	words := append([]string{"bilateral"}, u.singular[i+2:min(i+5, len(u.singular))]...)
	var out []hit
	for _, h := range finder.find(words) {
		if h.at > 0 {
			break
		}
		text := slices.Clone(u.singular[i : i+1+len(h.words)])
		key := strings.Join(text, " ")
		if c.pairs[key] == nil {
			c.pairs[key] = &expression{words: text, issues: h.issues}
		}
		out = append(out, hit{c.pairs[key], i})
	}
	return out
}
