package formula

import (
	"math"
	"slices"
)

// found is a formula in the making: by meeting of its lane, where it stands.
type found struct {
	lane   *lane
	core   *run
	spans  map[int]span // by meeting
	having []likeness   // the sentences of the lane that have a telling word of it, in order
	look   *windows
}

// span is a run of words of a sentence.
type span struct {
	sentence, from, to int
	exact              bool // the very words of the core
}

// likeness is a sentence that has words of a formula.
type likeness struct {
	sentence int
	shared   float64 // what the words of the formula tell that it has anywhere: no window of it has more
}

// formulas chooses the formulas of the lane.
func (l *lane) formulas(least int) []*found {
	taken := make([][]bool, len(l.sentences))
	for i := range taken {
		taken[i] = make([]bool, len(l.sentences[i].tokens))
	}
	var out []*found
	for _, r := range l.runs(least) {
		words := func(p place) []bool { return taken[p.sentence][p.at : int(p.at)+r.length] }
		free := func(p place) bool { return !overlaps(words(p)) }
		if l.meetingsOf(r.places, free) < least {
			continue
		}
		f := &found{lane: l, core: r, spans: map[int]span{}}
		for _, p := range r.places {
			m := l.sentences[p.sentence].meeting
			if _, ok := f.spans[m]; !ok && free(p) {
				f.spans[m] = span{int(p.sentence), int(p.at), int(p.at) + r.length, true}
			}
		}
		f.look = l.windows(l.core(f))
		f.having = l.sharing(f.look.want)
		l.vary(f, taken)
		for _, p := range r.places {
			take(words(p))
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
	// rounding is less than any difference of weights that is not one of rounding.
	rounding = 1e-9
)

// vary looks in the meetings that lack the formula's very words for the same formula in
// other words.
func (l *lane) vary(f *found, taken [][]bool) {
	w, want := f.look, l.core(f)
	least := variantShare*w.whole - rounding
	best, at := 0.0, span{}
	for i, x := range f.having {
		s := &l.sentences[x.sentence]
		if _, ok := f.spans[s.meeting]; !ok && x.shared >= least { // in whatever order its words stand
			share, from, to := w.best(s)
			if share > best && !overlaps(taken[x.sentence][from:to]) && l.told(s.tokens[from:to], want) >= leastTold {
				best, at = share, span{x.sentence, from, to, false}
			}
		}
		if i+1 == len(f.having) || l.sentences[f.having[i+1].sentence].meeting != s.meeting {
			if best >= variantShare {
				f.spans[s.meeting] = at
			}
			best, at = 0, span{}
		}
	}
}

// told counts the telling words of a formula that a stretch of a sentence has: one alone is no formula in other
// words, however rare it is.
func (l *lane) told(have, want []token) (n int) {
	for i, w := range want {
		same := func(t token) bool { return t.id == w.id }
		if l.corpus.words[w.id].edge && !slices.ContainsFunc(want[:i], same) && slices.ContainsFunc(have, same) {
			n++
		}
	}
	return n
}

// core returns the words of a formula.
func (l *lane) core(f *found) []token {
	p := f.core.places[0]
	return l.sentences[p.sentence].tokens[p.at : int(p.at)+f.core.length]
}

// sharing returns the sentences that have a telling word of the formula, in order.
func (l *lane) sharing(want []token) []likeness {
	share := l.corpus.scratch.sharing(len(l.sentences))
	first, behind := len(l.sentences), 0
	for _, t := range want { // in their order, in which their weights are always summed up
		w := &l.corpus.words[t.id]
		if w.weight == 0 {
			continue
		}
		for _, s := range l.byWord[t.id] {
			x := share.at(s)
			x.weight += w.weight
			x.telling = x.telling || !w.common
		}
		if list := l.byWord[t.id]; len(list) > 0 {
			first, behind = min(first, list[0]), max(behind, list[len(list)-1]+1)
		}
	}
	var out []likeness
	for s := first; s < behind; s++ {
		if x := &share.of[s]; x.round == share.round && x.telling {
			out = append(out, likeness{s, x.weight})
		}
	}
	return out
}

// in returns those of the sentences, which are in order, that a meeting has.
func (m meeting) in(all []likeness) []likeness {
	from, _ := slices.BinarySearchFunc(all, m.from, func(x likeness, at int) int { return x.sentence - at })
	to, _ := slices.BinarySearchFunc(all, m.to, func(x likeness, at int) int { return x.sentence - at })
	return all[from:to]
}

// windows looks in sentences for the words of one formula.
type windows struct {
	corpus *corpus
	want   []token
	whole  float64 // what the words tell together
	length int     // words of a window
	wanted map[int32]bool
	known  map[int]window // by number of the wording
}

// window is the part of a sentence that has most of a formula, and the share of it that it has.
type window struct {
	share    float64
	from, to int
}

func (l *lane) windows(want []token) *windows {
	w := &windows{corpus: l.corpus, want: want, whole: l.weight(want), length: int(math.Ceil(stretch*float64(len(want)))) + 1,
		wanted: map[int32]bool{}, known: map[int]window{}}
	for _, t := range want {
		if l.corpus.words[t.id].weight > 0 {
			w.wanted[t.id] = true
		}
	}
	return w
}

// best returns the part of a sentence that has most of the weight of the wanted words
// in order, as a share of it, within [stretch] times their number.
func (w *windows) best(s *sentence) (share float64, from, to int) {
	if x, ok := w.known[s.text]; ok {
		return x.share, x.from, x.to
	}
	var at []int // of wanted words
	for i, t := range s.tokens {
		if w.wanted[t.id] {
			at = append(at, i)
		}
	}
	var x window
	for k, i := range at {
		var inside []int
		bound := 0.0
		for _, j := range at[k:] {
			if j >= i+w.length {
				break
			}
			inside = append(inside, j)
			bound += w.corpus.words[s.tokens[j].id].weight
		}
		if bound/w.whole < x.share-rounding {
			continue
		}
		weight, end := w.common(s.tokens, inside)
		if weight/w.whole >= x.share { // of equals the one that begins last, which is the tightest
			x = window{weight / w.whole, i, end}
		}
	}
	w.known[s.text] = x
	return x.share, x.from, x.to
}

// weight is what the words tell together.
func (l *lane) weight(ts []token) (sum float64) {
	for _, t := range ts {
		sum += l.corpus.words[t.id].weight
	}
	return sum
}

// common is the weight of the heaviest common subsequence of the formula and the words of a
// sentence at the given places, and the word behind its end. Other words of the sentence add
// nothing to it.
func (w *windows) common(ts []token, places []int) (best float64, end int) {
	row := w.corpus.scratch.weights(len(w.want) + 1)
	for _, j := range places {
		id, diagonal := ts[j].id, row[0]
		for k := range w.want {
			above := row[k+1]
			if id == w.want[k].id {
				row[k+1] = max(above, diagonal+w.corpus.words[id].weight)
			}
			row[k+1] = max(row[k+1], row[k])
			diagonal = above
		}
		if row[len(w.want)] > best {
			best, end = row[len(w.want)], j+1
		}
	}
	return best, end
}

// nearest returns the sentence of the given meeting that has most of the formula.
func (f *found) nearest(m int) Nearest {
	l, w := f.lane, f.look
	best, at := 0.0, -1
	for _, x := range l.meetings[m].in(f.having) {
		if x.shared/w.whole < best-rounding {
			continue
		}
		if share, _, _ := w.best(&l.sentences[x.sentence]); share > best {
			best, at = share, x.sentence
		}
	}
	if at < 0 {
		return Nearest{}
	}
	return Nearest{*l.sentences[at].statement, round(best)}
}

func round(x float64) float64 { return math.Round(x*1e4) / 1e4 }
