package timeline

import (
	"cmp"
	"maps"
	"slices"
)

// distinctNames returns the names that differ from name and from each other, in
// their order, never nil.
func distinctNames(name string, names []string) []string {
	out := []string{}
	seen := map[string]bool{foldName(name): true}
	for _, n := range names {
		if f := foldName(n); f != "" && !seen[f] {
			seen[f] = true
			out = append(out, n)
		}
	}
	return out
}

// sayings gives, for every issue of the table, the phrases by which the texts speak
// of it most: names in capitals, of several words, and in several releases. What is
// merely said of an issue ("including nuclear") is no name of it. Which these are can change
// with a new meeting, so they are further names and never the first.
func (l *linker) sayings() [][]string {
	type saying struct {
		text     string
		releases int
		last     int
	}
	by := make([]map[*expression]*saying, len(l.cands))
	for i := range l.units {
		u := &l.units[i]
		for _, h := range u.hits {
			r := h.issues[0]
			t := l.root(l.byIssue[r.issue])
			if r.vague || len(h.words) < 2 || !allNames(u.statement.Text, u.tokens[h.at:h.at+len(h.words)]) ||
				!slices.ContainsFunc(l.labels[i], func(x label) bool { return x.topic == t }) {
				continue
			}
			if by[t] == nil {
				by[t] = map[*expression]*saying{}
			}
			s := by[t][h.expression]
			if s == nil {
				s = &saying{text: u.statement.Text[u.tokens[h.at].Start:u.tokens[h.at+len(h.words)-1].End], last: -1}
				by[t][h.expression] = s
			}
			if s.last != u.release {
				s.last = u.release
				s.releases++
			}
		}
	}
	out := make([][]string, len(l.cands))
	for t, m := range by {
		list := slices.SortedFunc(maps.Values(m), func(a, b *saying) int {
			return cmp.Or(cmp.Compare(b.releases, a.releases), cmp.Compare(a.text, b.text))
		})
		for _, s := range list[:min(maxSayings, len(list))] {
			if s.releases >= 2 {
				out[t] = append(out[t], s.text)
			}
		}
	}
	return out
}

// title is the name the texts themselves give: the first heading that names the
// issue, by itself rather than among others, in English before another language; else
// what the table or the recurring phrase calls it. What names one occasion only names the
// issue where nothing else does. It stays when newer meetings arrive.
func (l *linker) title(c *candidate) string {
	uses := slices.DeleteFunc(slices.Clone(c.uses), func(u nameUse) bool { return u.slogan || c.issue >= 0 && l.oneOff(u.name) })
	if len(uses) == 0 || c.issue >= 0 && c.issue == l.relationsIssue() {
		return c.name
	}
	no := func(b bool) int {
		if b {
			return 0
		}
		return 1
	}
	return slices.MinFunc(uses, func(a, b nameUse) int {
		return cmp.Or(cmp.Compare(no(!l.oneOff(a.name)), no(!l.oneOff(b.name))), cmp.Compare(no(l.english(a)), no(l.english(b))),
			cmp.Compare(a.release, b.release), cmp.Compare(no(a.alone), no(b.alone)))
	}).name
}

// english reports whether a heading stands in a release in English, or in one whose
// language is not known.
func (l *linker) english(u nameUse) bool {
	lang := languageOf(l.releases[u.release])
	return lang == "" || lang == "en"
}

// names returns every name of the candidate: what the headings call it, and the table.
// What names one occasion only ("President A's visit", "the 150th anniversary") is no name
// for others.
func (l *linker) names(c *candidate) []string {
	var out []string
	for _, u := range c.uses {
		if !u.slogan && !l.oneOff(u.name) {
			out = append(out, u.name)
		}
	}
	if c.issue < 0 || len(c.uses) > 0 {
		out = append(out, c.name)
	}
	return append(out, c.also...)
}

// oneOff reports whether a heading names one occasion rather than an issue: it has the
// name of a person in it, or a year or another number.
func (l *linker) oneOff(name string) bool {
	return slices.ContainsFunc(tokens(name), func(t token) bool {
		return l.people[t.Folded] || t.Folded[0] >= '1' && t.Folded[0] <= '9' && len(t.Folded) > 1
	})
}
