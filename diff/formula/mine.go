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
type place struct{ sentence, at int }

// run is a run of words that several meetings have.
type run struct {
	length int
	places []place // in order
	score  float64
	text   string // folded, for a fixed order
}

// runs returns the runs of words that at least so many meetings of the lane have and
// that may be a formula, the most telling first.
func (l *lane) runs(least int) []*run {
	level := l.words(least)
	var out []*run
	for n := 2; n <= longestRun && len(level) > 0; n++ {
		level = l.longer(level, n, least)
		for _, r := range level {
			if r.score = l.score(r); r.score > 0 && l.whole(r) {
				r.text = l.folded(r.places[0], r.length)
				out = append(out, r)
			}
		}
	}
	slices.SortFunc(out, func(a, b *run) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.length, a.length), strings.Compare(a.text, b.text))
	})
	return out
}

// words returns the runs of one word that at least so many meetings have.
func (l *lane) words(least int) []*run {
	byWord := make(map[int32]*run)
	var order []*run
	for s := range l.sentences {
		for i, t := range l.sentences[s].tokens {
			r := byWord[t.id]
			if r == nil {
				r = &run{length: 1}
				byWord[t.id] = r
				order = append(order, r)
			}
			r.places = append(r.places, place{s, i})
		}
	}
	return slices.DeleteFunc(order, func(r *run) bool { return l.meetingsOf(r.places) < least })
}

// longer returns the runs of n words that begin with one of the shorter ones.
func (l *lane) longer(shorter []*run, n, least int) []*run {
	var out []*run
	for _, r := range shorter {
		byNext := make(map[int32]*run)
		var order []*run
		for _, p := range r.places {
			ts := l.sentences[p.sentence].tokens
			end := p.at + n - 1
			if end >= len(ts) || ts[end].barrier {
				continue
			}
			x := byNext[ts[end].id]
			if x == nil {
				x = &run{length: n}
				byNext[ts[end].id] = x
				order = append(order, x)
			}
			x.places = append(x.places, p)
		}
		for _, x := range order {
			if l.meetingsOf(x.places) >= least {
				out = append(out, x)
			}
		}
	}
	return out
}

// meetingsOf counts the meetings of places, which are in order.
func (l *lane) meetingsOf(places []place) int {
	n, last := 0, -1
	for _, p := range places {
		if m := l.sentences[p.sentence].meeting; m != last {
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
	ts := s.tokens[p.at : p.at+r.length]
	words := l.corpus.words
	if !words[ts[0].id].edge || !words[ts[len(ts)-1].id].edge || allCapitals(s.statement.Text, ts) {
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
	if weight < leastWeight || told < leastTold {
		return 0
	}
	return weight * math.Log2(1+float64(l.meetingsOf(r.places)))
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
	byWords := map[string][]place{}
	for _, p := range r.places {
		if words, ok := l.next(p, at); ok {
			byWords[words] = append(byWords[words], p)
		}
	}
	least := wholeShare * float64(l.meetingsOf(r.places))
	for _, places := range byWords {
		if float64(l.meetingsOf(places)) > least {
			return true
		}
	}
	return false
}

// next returns the words up to the next one that a run may begin or end with; none where a
// mark stands before it.
func (l *lane) next(p place, at int) (string, bool) {
	ts := l.sentences[p.sentence].tokens
	step := 1
	if at < 0 {
		step = -1
	}
	var words []string
	for i := p.at + at; i >= 0 && i < len(ts); i += step {
		if step > 0 && ts[i].barrier || step < 0 && ts[i+1].barrier {
			return "", false
		}
		w := &l.corpus.words[ts[i].id]
		words = append(words, w.text)
		if w.edge {
			return strings.Join(words, " "), true
		}
	}
	return "", false
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
		parts[i] = l.corpus.words[l.sentences[p.sentence].tokens[p.at+i].id].text
	}
	return strings.Join(parts, " ")
}
