package timeline

import (
	"slices"
	"strings"
	"unicode"
)

// longestRun is the longest run of words that is counted by itself; longer phrases are
// put together from runs that the same releases have.
const longestRun = 8

// miner counts runs of words in the releases of a series.
type miner struct {
	sorted    []*Release
	formulaic bool
	apart     []bool
	rank      []int           // of a release among those not apart; -1 for one that is
	index     []int           // the other way
	persons   map[string]bool // words of the names of who took part
	lists     *WordLists
}

// mined is a phrase with the releases that have it, as indexes.
type mined struct {
	StockPhrase
	uses []int
}

// gram is a run of words.
type gram struct {
	uses  []int // releases, in order, each once
	inner bool  // a longer run has the same uses
}

func newMiner(sorted []*Release, lists *WordLists) *miner {
	m := &miner{sorted: sorted, persons: map[string]bool{}, lists: lists, rank: make([]int, len(sorted))}
	threes := make([]map[string]bool, len(sorted))
	for i, r := range sorted {
		for _, p := range r.Participants {
			for _, w := range words(p.Name) {
				m.persons[w] = true
			}
		}
		threes[i] = map[string]bool{}
		for _, s := range r.Statements {
			ws := words(s.Text)
			for k := 0; k+3 <= len(ws); k++ {
				threes[i][strings.Join(ws[k:k+3], " ")] = true
			}
		}
	}
	m.formulaic, m.apart = forms(threes)
	for i := range sorted {
		m.rank[i] = -1
		if !m.apart[i] {
			m.rank[i] = len(m.index)
			m.index = append(m.index, i)
		}
	}
	return m
}

// phrases returns the phrases that at least the given number of releases have. Runs of
// words inside one that the same releases have are left out.
func (m *miner) phrases(least int) []*mined {
	grams := map[string]*gram{}
	for _, i := range m.index {
		for _, s := range m.sorted[i].Statements {
			m.runsOf(s.Text, func(key string, _, _ int) {
				g := grams[key]
				if g == nil {
					g = &gram{}
					grams[key] = g
				}
				if n := len(g.uses); n == 0 || g.uses[n-1] != i {
					g.uses = append(g.uses, i)
				}
			})
		}
	}
	for key, g := range grams {
		if len(g.uses) < least {
			delete(grams, key)
		}
	}
	markInner(grams)
	return m.assemble(grams)
}

// markInner marks the runs that lie in a longer one with the same uses.
func markInner(grams map[string]*gram) {
	for key, g := range grams {
		if key[0] == '=' {
			continue
		}
		ws := strings.Split(key, " ")
		for i := range ws {
			for k := i + 1; k <= len(ws); k++ {
				if k-i == len(ws) {
					continue
				}
				sub := strings.Join(ws[i:k], " ")
				if k-i == 1 {
					sub = "=" + stem(ws[i])
				}
				if x := grams[sub]; x != nil && len(x.uses) == len(g.uses) {
					x.inner = true
				}
			}
		}
	}
}

// assemble reads the phrases off the releases in which they stand first: runs of words
// that overlap there and have the same uses are one phrase.
func (m *miner) assemble(grams map[string]*gram) []*mined {
	var out []*mined
	for _, i := range m.index {
		seen := map[string]bool{} // phrases said twice in one release
		for _, s := range m.sorted[i].Statements {
			type span struct {
				phrase     *mined
				start, end int
			}
			var open []*span
			m.runsOf(s.Text, func(key string, start, end int) {
				g := grams[key]
				if g == nil || g.inner || g.uses[0] != i {
					return
				}
				for _, x := range open {
					if start < x.end && slices.Equal(x.phrase.uses, g.uses) {
						x.end = max(x.end, end)
						x.phrase.Text = s.Text[x.start:x.end]
						return
					}
				}
				if !seen[key] {
					seen[key] = true
					p := &mined{StockPhrase{Text: s.Text[start:end], Statement: s}, g.uses}
					open = append(open, &span{p, start, end})
					out = append(out, p)
				}
			})
		}
	}
	for _, p := range out {
		p.Words = len(words(p.Text))
		for _, u := range p.uses {
			p.Uses = append(p.Uses, m.sorted[u])
		}
	}
	return out
}

// runsOf calls f with every run of words of the text that may be a stock phrase: the
// key it is counted under and the bytes it takes up; in order of where it begins. A run
// does not go over a comma or a stronger mark; numbers and initials are no part of one,
// a name alone is none, and lists of names hold none. A single word is counted by its
// stem: "determining" is nothing new where "determine" was said before.
func (m *miner) runsOf(text string, f func(key string, start, end int)) {
	ts := tokens(text)
	if nameList(text, ts) {
		return
	}
	for i := range ts {
		if !m.edge(ts[i]) || ts[i].Start > 0 && text[ts[i].Start-1] == '-' {
			continue
		}
		if m.alone(text, ts[i]) {
			f("="+stem(ts[i].Folded), ts[i].Start, ts[i].End)
		}
		for k := i + 1; k < len(ts) && k-i < longestRun; k++ {
			w := ts[k].Folded
			if hasDigit(w) || len(w) < 2 && w != "a" || strings.ContainsAny(text[ts[k-1].End:ts[k].Start], ",.;:()[]–—") {
				break
			}
			compound := ts[k].End < len(text) && text[ts[k].End] == '-'
			if m.edge(ts[k]) && !compound && !allNames(text, ts[i:k+1]) {
				f(joinFolded(ts[i:k+1]), ts[i].Start, ts[k].End)
			}
		}
	}
}

// edge reports whether a phrase may begin or end with the word.
func (m *miner) edge(t token) bool {
	return !m.lists.edges[t.Folded] && !hasDigit(t.Folded) && len(t.Folded) > 1
}

// alone reports whether the word is a stock phrase by itself: only in a series whose
// releases repeat each other does a single word mean something.
func (m *miner) alone(text string, t token) bool {
	return m.formulaic && len(t.Folded) > 4 && m.lists.content(t.Folded) && !unicode.IsUpper(firstRune(text[t.Start:]))
}

// telling reports whether a phrase says more than that there was a meeting. Where every
// meeting has an agenda of its own, "two leaders discussed the importance" comes and goes
// by chance; a word must name what was talked about, not who talked, or the tone of it.
func (m *miner) telling(text string) bool {
	return m.formulaic || slices.ContainsFunc(words(text), func(w string) bool {
		return m.lists.tone[w] || m.lists.content(w) && !m.persons[w] && !m.persons[bare(w)]
	})
}

// bare returns a word without the ending of the genitive.
func bare(w string) string { return strings.TrimSuffix(w, "'s") }

// allNames reports whether every word begins with a capital.
func allNames(text string, ts []token) bool {
	for _, t := range ts {
		if !unicode.IsUpper(firstRune(text[t.Start:])) {
			return false
		}
	}
	return true
}

// nameList reports whether more than half of the words begin with a capital.
func nameList(text string, ts []token) bool {
	n := 0
	for _, t := range ts {
		if unicode.IsUpper(firstRune(text[t.Start:])) {
			n++
		}
	}
	return 2*n > len(ts)
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

func hasDigit(w string) bool { return strings.ContainsAny(w, "0123456789") }

func joinFolded(ts []token) string {
	parts := make([]string, len(ts))
	for i, t := range ts {
		parts[i] = t.Folded
	}
	return strings.Join(parts, " ")
}
