package formula

import (
	"math"
	"slices"
)

// found is a formula in the making: by meeting of its lane, where it stands.
type found struct {
	lane  *lane
	core  *run
	spans map[int]span // by meeting
}

// span is a run of words of a sentence.
type span struct {
	sentence, from, to int
	exact              bool // the very words of the core
}

// formulas chooses the formulas of the lane.
func (l *lane) formulas(least int) []*found {
	taken := make([][]bool, len(l.sentences))
	for i := range taken {
		taken[i] = make([]bool, len(l.sentences[i].tokens))
	}
	var out []*found
	for _, r := range l.runs(least) {
		free := slices.DeleteFunc(slices.Clone(r.places), func(p place) bool { return overlaps(taken[p.sentence][p.at : p.at+r.length]) })
		if l.meetingsOf(free) < least {
			continue
		}
		f := &found{lane: l, core: r, spans: map[int]span{}}
		for _, p := range free {
			m := l.sentences[p.sentence].meeting
			if _, ok := f.spans[m]; !ok {
				f.spans[m] = span{p.sentence, p.at, p.at + r.length, true}
			}
		}
		l.vary(f, taken)
		for _, p := range r.places {
			take(taken[p.sentence][p.at : p.at+r.length])
		}
		for _, s := range f.spans {
			take(taken[s.sentence][s.from:s.to])
		}
		out = append(out, f)
	}
	return out
}

// overlaps reports whether half of the words or more are taken.
func overlaps(taken []bool) bool {
	n := 0
	for _, t := range taken {
		if t {
			n++
		}
	}
	return 2*n >= len(taken)
}

func take(words []bool) {
	for i := range words {
		words[i] = true
	}
}

// The measures of the same formula in other words.
const (
	// variantShare is how much of a formula's weight a variant has, in order.
	variantShare = 0.6
	// stretch is how many times as long as the formula a variant may be.
	stretch = 1.6
)

// vary looks in the meetings that lack the formula's very words for the same formula in
// other words.
func (l *lane) vary(f *found, taken [][]bool) {
	want := l.core(f)
	least := variantShare*l.weight(want) - 1e-9
	for m := range l.meetings {
		if _, ok := f.spans[m]; ok {
			continue
		}
		best, at := 0.0, span{}
		for _, s := range l.having(want, m) {
			if l.shared(want, s) < least {
				continue // in whatever order its words stand
			}
			w, from, to := l.window(want, s)
			if w > best && !overlaps(taken[s][from:to]) {
				best, at = w, span{s, from, to, false}
			}
		}
		if best >= variantShare {
			f.spans[m] = at
		}
	}
}

// core returns the words of a formula.
func (l *lane) core(f *found) []token {
	p := f.core.places[0]
	return l.sentences[p.sentence].tokens[p.at : p.at+f.core.length]
}

// having returns the sentences of a meeting that have a telling word of the formula, in
// order.
func (l *lane) having(want []token, m int) []int {
	var out []int
	from, to := l.meetings[m].from, l.meetings[m].to
	for _, t := range want {
		if w := &l.corpus.words[t.id]; w.weight == 0 || w.common {
			continue
		}
		list := l.byWord[t.id]
		i, _ := slices.BinarySearch(list, from)
		for ; i < len(list) && list[i] < to; i++ {
			out = append(out, list[i])
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// window returns the part of a sentence that has most of the weight of the wanted words
// in order, as a share of it, within [stretch] times their number.
func (l *lane) window(want []token, s int) (share float64, from, to int) {
	ts := l.sentences[s].tokens
	whole := l.weight(want)
	length := int(math.Ceil(stretch*float64(len(want)))) + 1
	for i := range ts {
		if !slices.ContainsFunc(want, func(t token) bool { return t.id == ts[i].id && l.corpus.words[t.id].weight > 0 }) {
			continue
		}
		w, end := l.common(want, ts[i:min(len(ts), i+length)])
		if w/whole >= share { // of equals the one that begins last, which is the tightest
			share, from, to = w/whole, i, i+end
		}
	}
	return share, from, to
}

// shared is what those of the wanted words tell together that a sentence has anywhere: no
// window of it has more.
func (l *lane) shared(want []token, s int) (sum float64) {
	for _, w := range want {
		if slices.ContainsFunc(l.sentences[s].tokens, func(t token) bool { return t.id == w.id }) {
			sum += l.corpus.words[w.id].weight
		}
	}
	return sum
}

// weight is what the words tell together.
func (l *lane) weight(ts []token) (sum float64) {
	for _, t := range ts {
		sum += l.corpus.words[t.id].weight
	}
	return sum
}

// common is the weight of the heaviest common subsequence of the two, and where it ends
// in the second.
func (l *lane) common(want, have []token) (best float64, end int) {
	row := make([]float64, len(want)+1)
	for j, t := range have {
		diagonal := row[0]
		for k, w := range want {
			above := row[k+1]
			if t.id == w.id {
				row[k+1] = max(above, diagonal+l.corpus.words[t.id].weight)
			}
			row[k+1] = max(row[k+1], row[k])
			diagonal = above
		}
		if row[len(want)] > best {
			best, end = row[len(want)], j+1
		}
	}
	return best, end
}

// nearest returns the sentence of the given meeting that has most of the formula.
func (l *lane) nearest(f *found, m int) Nearest {
	want := l.core(f)
	best, at := 0.0, -1
	for _, s := range l.having(want, m) {
		if w, _, _ := l.window(want, s); w > best {
			best, at = w, s
		}
	}
	if at < 0 {
		return Nearest{}
	}
	return Nearest{*l.sentences[at].statement, round(best)}
}

func round(x float64) float64 { return math.Round(x*1e4) / 1e4 }
