package formula

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	longestRun  = 32  // words of a formula
	leastWeight = 0.9 // of the words of a formula together
	leastTold   = 2   // words of a formula that are not said of every subject
)

// place is where a run of words begins.
type place struct{ sentence, at int32 }

// run is a run of words that several meetings have.
type run struct {
	length   int
	places   []place // in order
	meetings int     // that have it
	score    float64
	text     string // folded, for a fixed order
}

// runs returns the runs of words that at least so many meetings of the lane have and
// that may be a formula, the most telling first.
func (l *lane) runs(least int) []*run {
	m := miner{lane: l, least: least}
	m.extend(l.openings(), 0)
	out := m.found
	slices.SortFunc(out, func(a, b *run) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.length, a.length), strings.Compare(a.text, b.text))
	})
	return out
}

// openings returns the places at which a formula may begin, in order.
func (l *lane) openings() []place {
	var all []place
	for s := range l.sentences {
		for i, t := range l.sentences[s].tokens {
			if l.corpus.words[t.id].edge {
				all = append(all, place{int32(s), int32(i)})
			}
		}
	}
	return all
}

// miner looks for runs of words, the longer ones within the shorter ones, so that no more places
// are at hand than those of one run and of those that it goes on from.
type miner struct {
	lane  *lane
	least int // meetings
	found []*run
	// What stands in these is in use up to where it ends.
	places []place
	parts  []part
}

// part is the places at which a run goes on with one word.
type part struct {
	from, to int // in the places of the miner
	meetings int
}

// extend looks for runs that begin at the given places, which are in order, and have so many words in common.
func (m *miner) extend(places []place, common int) {
	if common == longestRun {
		return
	}
	placed, parted := len(m.places), len(m.parts)
	m.partition(places, common)
	for i := parted; i < len(m.parts); i++ {
		p := m.parts[i]
		of := m.places[p.from:p.to:p.to]
		if common > 0 {
			m.note(run{length: common + 1, meetings: p.meetings, places: of})
		}
		m.extend(of, common+1)
	}
	m.places, m.parts = m.places[:placed], m.parts[:parted]
}

// partition appends the parts of the places: one for each word that at least so many meetings have there,
// after so many words that all have in common.
func (m *miner) partition(places []place, common int) {
	c := m.lane.count(places, common, 1)
	end := len(m.places)
	for _, id := range c.met {
		if n := &c.of[id]; n.meetings >= m.least {
			n.next = end
			m.parts = append(m.parts, part{end, end + n.places, n.meetings})
			end += n.places
		}
	}
	if end == len(m.places) {
		return
	}
	m.places = slices.Grow(m.places, end-len(m.places))[:end]
	for _, p := range places {
		if id, ok := m.lane.word(p, common, 1); ok && c.of[id].meetings >= m.least {
			m.places[c.of[id].next] = p
			c.of[id].next++
		}
	}
}

// note keeps a run that may be a formula.
func (m *miner) note(r run) {
	if r.score = m.lane.score(&r); r.score > 0 && m.lane.whole(&r) {
		r.text, r.places = m.lane.folded(r.places[0], r.length), slices.Clone(r.places)
		m.found = append(m.found, &r)
	}
}

// word returns the word that stands so many words after the beginning of a run, or before it where
// at is negative; false where none does, or a mark stands between it and the word next to it on the
// side from which it is come to, which step says.
func (l *lane) word(p place, at, step int) (int32, bool) {
	ts := l.sentences[p.sentence].tokens
	i := int(p.at) + at
	switch {
	case i < 0 || i >= len(ts), at != 0 && step > 0 && ts[i].barrier, step < 0 && ts[i+1].barrier:
		return 0, false
	}
	return ts[i].id, true
}

// count counts how often each word stands that far from the places.
func (l *lane) count(places []place, at, step int) *counter {
	c := l.corpus.scratch.counter(len(l.corpus.words))
	for _, p := range places {
		id, ok := l.word(p, at, step)
		if !ok {
			continue
		}
		n := &c.of[id]
		if n.round != c.round {
			*n = wordCount{round: c.round, last: -1}
			c.met = append(c.met, id)
		}
		n.places++
		if m := l.sentences[p.sentence].meeting; m != n.last {
			n.meetings, n.last = n.meetings+1, m
		}
	}
	return c
}

// meetingsOf counts the meetings of those places, which are in order, that are wanted.
func (l *lane) meetingsOf(places []place, wanted func(place) bool) int {
	n, last := 0, -1
	for _, p := range places {
		if m := l.sentences[p.sentence].meeting; m != last && wanted(p) {
			n, last = n+1, m
		}
	}
	return n
}

// score is how telling a run is, 0 where it can be no formula: it begins or ends with a
// function word, is a name alone, or says what is said of every subject.
func (l *lane) score(r *run) float64 {
	p := r.places[0]
	s := &l.sentences[p.sentence]
	ts := s.tokens[p.at : int(p.at)+r.length]
	words := l.corpus.words
	if !words[ts[0].id].edge || !words[ts[len(ts)-1].id].edge {
		return 0
	}
	weight, told := 0.0, 0
	for _, t := range ts {
		w := &words[t.id]
		weight += w.weight
		if w.weight > 0 && !w.common {
			told++
		}
	}
	if weight < leastWeight || told < leastTold || allCapitals(s.statement.Text, ts) {
		return 0
	}
	return weight * math.Log2(1+float64(r.meetings))
}

// wholeShare is in how many of its meetings a run may go on alike and still be whole.
const wholeShare = 0.8

// whole reports whether a run is a clause and not a part of one: nearly wherever it
// stands, the next telling word on either side is the same.
func (l *lane) whole(r *run) bool {
	if r.length == longestRun {
		return true
	}
	return !l.goesOn(r, -1) && !l.goesOn(r, r.length)
}

// goesOn reports whether the words from the run to the next telling word, before or after
// it, are nearly always the same. At is where the first of them is looked for, counted from
// the run's first word.
func (l *lane) goesOn(r *run, at int) bool {
	return l.alike(r.places, at, wholeShare*float64(r.meetings))
}

// alike reports whether at more than the given number of meetings of the places the words from at on,
// or backwards where at is negative, are the same up to one that a run may begin or end with. A
// mark ends them before there is one.
func (l *lane) alike(places []place, at int, least float64) bool {
	step := 1
	if at < 0 {
		step = -1
	}
	c := l.count(places, at, step)
	var open []int32 // words that may be followed alike
	for _, id := range c.met {
		switch {
		case float64(c.of[id].meetings) <= least:
		case l.corpus.words[id].edge:
			return true
		default:
			open = append(open, id)
		}
	}
	for _, id := range open {
		var some []place
		for _, p := range places {
			if x, ok := l.word(p, at, step); ok && x == id {
				some = append(some, p)
			}
		}
		if l.alike(some, at+step, least) {
			return true
		}
	}
	return false
}

// allCapitals reports whether every word begins with a capital, as in a name.
func allCapitals(text string, ts []token) bool {
	for _, t := range ts {
		first, _ := utf8.DecodeRuneInString(text[t.start:])
		if !unicode.IsUpper(first) {
			return false
		}
	}
	return true
}

// folded returns the words of a run by which it is put in order.
func (l *lane) folded(p place, n int) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = l.corpus.words[l.sentences[p.sentence].tokens[int(p.at)+i].id].text
	}
	return strings.Join(parts, " ")
}
