package timeline

import (
	"maps"
	"slices"
	"strings"
)

// longestInstrument is how many words before "Declaration" belong to its name at most.
const longestInstrument = 3

// instruments returns the declarations, treaties and their likes that a unit cites by a
// name of their own: "Tokyo Declaration", but not "Joint Statement" or, between Japan and
// Russia, "Japan-Russia Action Plan".
func (c *corpus) instruments(u *unit) []string {
	var out []string
	for i, t := range u.tokens {
		if !c.lists.instruments[singular(t.Folded)] || !u.capital(i) {
			continue
		}
		from := i
		for from > 0 && i-from < longestInstrument && u.capital(from-1) && strings.TrimSpace(strings.Trim(u.gap(from), "-‑–")) == "" {
			from--
		}
		own := func(t token) bool {
			return c.lists.content(t.Folded) && !c.persons[t.Folded] && !c.lists.instruments[t.Folded]
		}
		if slices.ContainsFunc(u.tokens[from:i], own) {
			out = append(out, joinFolded(u.tokens[from:i+1]))
		}
	}
	return out
}

// joinInstruments joins two topics that alone, of all that have headings, cite one
// instrument: a declaration belongs to the issue that it is about.
func (l *linker) joinInstruments() {
	cited := map[string][]int{} // instrument -> topics
	for i, h := range l.heads {
		if len(l.parts[i]) != 1 || len(h.parts) != 1 {
			continue
		}
		t := l.root(l.parts[i][0])
		for _, k := range h.units {
			for _, name := range l.instruments(&l.units[k]) {
				if !slices.Contains(cited[name], t) {
					cited[name] = append(cited[name], t)
				}
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(cited)) {
		if ts := cited[name]; len(ts) == 2 {
			l.joinTwo(l.root(ts[0]), l.root(ts[1]))
		}
	}
}

// joinTwo joins two topics that something outside their names ties together, unless both
// are issues of the table, or some release takes them for two.
func (l *linker) joinTwo(a, b int) {
	if a == b || l.cands[a].issue >= 0 && l.cands[b].issue >= 0 || l.apart(a, b) || l.paired(a, b) {
		return
	}
	if l.cands[a].issue < 0 && l.cands[b].issue >= 0 {
		a, b = b, a
	}
	l.take(a, b)
}

// joinTongues joins what the texts of one meeting in two languages say under headings of
// the same number, where both have the same numbers.
func (l *linker) joinTongues() {
	at := map[string]map[string]int{} // release -> number of a heading -> heading
	for i, h := range l.heads {
		id := l.releases[h.release].ID
		if at[id] == nil {
			at[id] = map[string]int{}
		}
		if h.number != "" && h.depth == 1 {
			at[id][h.number] = i
		}
	}
	for _, m := range Meetings(l.releases) {
		for k, b := range m.Releases {
			for _, a := range m.Releases[:k] {
				if languageOf(a) != languageOf(b) && a.Issuer == b.Issuer {
					l.joinNumbered(at[a.ID], at[b.ID])
				}
			}
		}
	}
}

// joinNumbered joins the topics of two texts' headings by their numbers.
func (l *linker) joinNumbered(a, b map[string]int) {
	numbers := slices.Sorted(maps.Keys(a))
	if !slices.Equal(numbers, slices.Sorted(maps.Keys(b))) {
		return
	}
	for _, n := range numbers {
		if x, y := l.parts[a[n]], l.parts[b[n]]; len(x) == 1 && len(y) == 1 {
			l.joinTwo(l.root(x[0]), l.root(y[0]))
		}
	}
}
