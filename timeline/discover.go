package timeline

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
)

const (
	alike     = 0.45 // cosine from which two topics are one
	fewest    = 3    // releases that a phrase of the series' own must recur in
	mostOwn   = 40   // topics found from recurring phrases, at most
	longest   = 4    // words of such a phrase
	everyones = 300  // topics from which a word tells no two of them alike
	many      = 12   // releases from which it tells something that one or two have a word
)

// unsure reports whether an issue is doubtful and the series long enough for that to tell, or
// the word by which it is named an ordinary one.
func (l *linker) unsure(issue int) bool {
	return l.doubtful[issue] && (len(l.releases) >= many || l.ordinary[issue])
}

// findDoubtful finds the issues that the series knows from a single ordinary word in
// one release or two, "settlement" that need not be about settlers, and those that it knows
// from words alone that mean other things as often.
func (l *linker) findDoubtful() (doubtful, ordinary map[int]bool) {
	type seen struct {
		releases map[int]bool
		long     bool
		ordinary bool // all that names it are ordinary words
	}
	by := map[int]*seen{}
	for i := range l.units {
		u := &l.units[i]
		for _, h := range u.hits {
			for _, r := range h.issues {
				if by[r.issue] == nil {
					by[r.issue] = &seen{releases: map[int]bool{}, ordinary: true}
				}
				by[r.issue].releases[u.release] = true
				by[r.issue].ordinary = by[r.issue].ordinary && l.lists.ordinary[u.singular[h.at]]
				proper := h.at > 0 && capital(u.statement.Text[u.tokens[h.at].Start:])
				by[r.issue].long = by[r.issue].long || len(h.words) > 1 || proper
			}
		}
	}
	doubtful, ordinary = map[int]bool{}, map[int]bool{}
	for k, s := range by {
		doubtful[k] = !l.headed[k] && len(s.releases) <= 2 && !s.long
		ordinary[k] = s.ordinary
	}
	return doubtful, ordinary
}

// joinAlike joins headings' topics whose statements use the same words.
func (l *linker) joinAlike() {
	size := make([]int, len(l.cands))
	for _, ls := range l.labels {
		for _, x := range ls {
			size[x.topic]++
		}
	}
	l.tally()
	norm := make([]float64, len(l.cands))
	dot := map[[2]int]float64{}
	for f, row := range l.counts {
		if l.count[f] < 2 {
			continue
		}
		w := l.weight(f)
		value := func(s share) float64 { return w * math.Log1p(float64(s.weight)) }
		row = slices.DeleteFunc(slices.Clone(row), func(s share) bool { return l.cands[s.topic].merged >= 0 })
		for i, a := range row {
			norm[a.topic] += value(a) * value(a)
			if len(row) > everyones {
				continue
			}
			for _, b := range row[i+1:] {
				if l.cands[a.topic].issue < 0 || l.cands[b.topic].issue < 0 {
					dot[[2]int{a.topic, b.topic}] += value(a) * value(b)
				}
			}
		}
	}
	pairs := slices.Collect(maps.Keys(dot))
	sim := func(p [2]int) float64 { return dot[p] / math.Sqrt(norm[p[0]]*norm[p[1]]) }
	slices.SortFunc(pairs, func(p, q [2]int) int {
		return cmp.Or(cmp.Compare(sim(q), sim(p)), cmp.Compare(p[0], q[0]), cmp.Compare(p[1], q[1]))
	})
	for _, p := range pairs {
		if sim(p) < alike {
			if sim(p) < likely {
				break
			}
			l.alikePairs[p] = true
			continue
		}
		a, b := l.root(p[0]), l.root(p[1])
		if a == b || l.cands[a].issue >= 0 && l.cands[b].issue >= 0 {
			continue
		}
		if l.apart(a, b) || l.paired(a, b) {
			continue
		}
		if (l.cands[a].issue >= 0 || l.cands[b].issue >= 0) && min(size[a], size[b]) < fewest {
			continue // too little to tell an issue of the table from its neighbour
		}
		if l.cands[b].issue >= 0 || l.cands[a].issue < 0 && size[b] > size[a] {
			a, b = b, a
		}
		l.take(a, b)
		size[a] += size[b]
	}
}

// root is the topic that has taken t over, or t.
func (l *linker) root(t int) int {
	for l.cands[t].merged >= 0 {
		t = l.cands[t].merged
	}
	return t
}

// phrase is a run of words that recurs in the series.
type phrase struct {
	words    []string // folded
	text     string   // as first printed
	units    []int
	releases int
	proper   bool
}

// discover makes topics of the phrases that recur in statements no topic explains.
func (l *linker) discover() {
	found := map[string]*phrase{}
	for i := range l.units {
		l.collect(i, found)
	}
	var list []*phrase
	for _, k := range slices.Sorted(maps.Keys(found)) {
		if p := found[k]; p.releases >= fewest {
			list = append(list, p)
		}
	}
	open := make([]bool, len(l.units))
	for i := range open {
		open[i] = len(l.labels[i]) == 0 && !l.units[i].protocol
	}
	for range mostOwn {
		var best *phrase
		most := 0.0
		for _, p := range list {
			n, releases, last := 0, 0, -1
			for _, i := range p.units {
				if !open[i] {
					continue
				}
				n++
				if l.units[i].release != last {
					last = l.units[i].release
					releases++
				}
			}
			if releases < 2 || 3*n < len(p.units) || !p.proper && releases < fewest {
				continue
			}
			if len(p.words) == 1 && (!p.proper || len(p.text) < 4 || n <= fewest || 2*n < len(p.units)) {
				continue // a single word seldom names an issue
			}
			v := float64(n) * (1 + 0.6*float64(len(p.words)-1))
			if p.proper {
				v *= 1.5
			}
			if v > most {
				best, most = p, v
			}
		}
		if best == nil {
			return
		}
		stems := map[int]bool{}
		for _, w := range best.words {
			if l.lists.content(w) {
				stems[l.feature(stem(w))] = true
			}
		}
		l.add(candidate{key: "phrase " + strings.Join(best.words, " "), issue: -1, name: upperFirst(best.text), stems: stems})
		for _, i := range best.units {
			open[i] = false
		}
		list = slices.DeleteFunc(list, func(p *phrase) bool {
			return containsRun(p.words, best.words) || containsRun(best.words, p.words)
		})
	}
}

// nounPhrase reports whether the words a to b look like a whole noun phrase: a
// function word opens it, and it does not end like a verb or adverb.
func (l *linker) nounPhrase(u *unit, a, b int) bool {
	last := u.tokens[b].Folded
	if len(last) < 4 || strings.HasSuffix(last, "ed") || strings.HasSuffix(last, "ly") || a == b && strings.HasSuffix(last, "ing") {
		return false
	}
	if a > 0 && !l.lists.common[u.tokens[a-1].Folded] {
		return false
	}
	if b+1 == len(u.tokens) || strings.TrimSpace(u.statement.Text[u.tokens[b].End:u.tokens[b+1].Start]) != "" {
		return true
	}
	return l.lists.common[u.tokens[b+1].Folded]
}

// nameStart is where the name begins whose telling words begin at word a: "Strategic"
// of "Strategic Consultative Group".
func (l *linker) nameStart(u *unit, a int, proper bool) int {
	for proper && a > 1 && u.capital(a-1) && u.gap(a) == " " && l.lists.diplomatic[u.tokens[a-1].Folded] &&
		!l.lists.titles[u.tokens[a-1].Folded] {
		a--
	}
	return a
}

// listed reports whether word a goes on a list of names: "of Lima, Oslo and San
// Marino" names no issue three times.
func (l *linker) listed(u *unit, a int) bool {
	if a < 2 || !u.capital(a) {
		return false
	}
	if u.tokens[a-1].Folded == "and" {
		return u.capital(a - 2)
	}
	return strings.Contains(u.gap(a), ",") && u.capital(a-1)
}

// collect notes the phrases of unit i.
func (l *linker) collect(i int, found map[string]*phrase) {
	u := &l.units[i]
	text := u.statement.Text
	taken := make([]bool, len(u.tokens))
	for _, h := range u.hits {
		for k := range h.words {
			taken[h.at+k] = true
		}
	}
	seen := map[string]bool{}
	good := func(k int) bool {
		w := u.words[k]
		return !taken[k] && w.content && !w.title && !l.persons[u.tokens[k].Folded]
	}
	for a := range u.tokens {
		if !good(a) || l.listed(u, a) {
			continue
		}
		proper := a > 0
		var ws []string
		for b := a; b < len(u.tokens) && b < a+longest; b++ {
			if b > a && strings.TrimSpace(strings.Trim(text[u.tokens[b-1].End:u.tokens[b].Start], "-")) != "" ||
				u.words[b].common || u.words[b].title || taken[b] {
				break
			}
			proper = proper && capital(text[u.tokens[b].Start:])
			ws = append(ws, u.tokens[b].Folded)
			if !good(b) && !proper {
				break // "housing sector remained": a verb ends the noun phrase
			}
			if !proper && !l.nounPhrase(u, a, b) || b+1 < len(u.tokens) && u.words[b+1].title {
				continue // "National Security" of "National Security Advisor"
			}
			key := strings.Join(singulars(ws), " ")
			if seen[key] {
				continue
			}
			seen[key] = true
			p := found[key]
			if p == nil {
				p = &phrase{words: slices.Clone(ws), text: text[u.tokens[l.nameStart(u, a, proper)].Start:u.tokens[b].End], proper: proper}
				found[key] = p
			}
			if n := len(p.units); n == 0 || l.units[p.units[n-1]].release != u.release {
				p.releases++
			}
			p.units = append(p.units, i)
			p.proper = p.proper && proper
		}
	}
}
