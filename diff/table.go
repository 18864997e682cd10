package diff

import (
	"math"
	"slices"
)

// table is the dynamic programme over one stretch.
type table struct {
	tuning
	n, m         int
	words, grams []float64 // scalar products of every old with every new unit
	old, new     margin
	gain         []float64 // best sum of gains up to a cell, (n+1)*(m+1)
	step         []uint8   // index into steps by which it was reached
}

// margin holds the lengths of the units of one side and of the sums of two and
// three neighbours: norms[k][i] is that of units i to i+k.
type margin struct{ words, grams [3][]float64 }

// steps are the moves of the programme: how many old and new units each takes.
// Earlier ones win ties.
var steps = [...]struct{ olds, news int }{{1, 1}, {1, 0}, {0, 1}, {1, 2}, {2, 1}, {1, 3}, {3, 1}}

// linked is a link found: olds units from old, news units from new.
type linked struct {
	old, olds, new, news int
	score                float64
}

func (b *bench) newTable(old, new []*unit) *table {
	t := &table{tuning: b.tuning, n: len(old), m: len(new), old: b.margins(old), new: b.margins(new)}
	t.words = make([]float64, t.n*t.m)
	t.grams = make([]float64, t.n*t.m)
	for i, x := range old {
		b.load(x)
		for j, y := range new {
			t.words[i*t.m+j] = b.words.dot(&y.words)
			t.grams[i*t.m+j] = b.grams.dot(&y.grams)
		}
		b.unload(x)
	}
	return t
}

// load lays the vectors of a unit out, to be multiplied with those of many others.
func (b *bench) load(u *unit) {
	b.words.load(&u.words)
	b.grams.load(&u.grams)
}

// unload takes the vectors of the unit away again.
func (b *bench) unload(u *unit) {
	b.words.unload(&u.words)
	b.grams.unload(&u.grams)
}

// margins sums up neighbours: the square of the length of a sum is the sum of all
// products of its parts.
func (b *bench) margins(us []*unit) margin {
	var out margin
	for k := range out.words {
		out.words[k] = make([]float64, max(0, len(us)-k))
		out.grams[k] = make([]float64, max(0, len(us)-k))
	}
	// Products of a unit with its left neighbour and with the one before that.
	var words, grams [2][]float64
	for k := range words {
		words[k], grams[k] = make([]float64, len(us)), make([]float64, len(us))
	}
	for i, u := range us {
		out.words[0][i], out.grams[0][i] = u.words.norm, u.grams.norm
		if i+1 == len(us) {
			break
		}
		b.load(u)
		for k := range min(2, len(us)-i-1) {
			words[k][i+k+1] = b.words.dot(&us[i+k+1].words)
			grams[k][i+k+1] = b.grams.dot(&us[i+k+1].grams)
		}
		b.unload(u)
	}
	sum := func(norms *[3][]float64, near, far []float64) {
		square := func(i int) float64 { return norms[0][i] * norms[0][i] }
		for i := range norms[1] {
			norms[1][i] = math.Sqrt(square(i) + square(i+1) + 2*near[i+1])
		}
		for i := range norms[2] {
			norms[2][i] = math.Sqrt(square(i) + square(i+1) + square(i+2) + 2*(near[i+1]+near[i+2]+far[i+2]))
		}
	}
	sum(&out.words, words[0], words[1])
	sum(&out.grams, grams[0], grams[1])
	return out
}

// likeness is that of olds old units from i with news new units from j; one of
// the counts is 1.
func (t *table) like(i, olds, j, news int) float64 {
	var w, g float64
	for a := i; a < i+olds; a++ {
		for b := j; b < j+news; b++ {
			w += t.words[a*t.m+b]
			g += t.grams[a*t.m+b]
		}
	}
	return t.likeness(w, t.old.words[olds-1][i]*t.new.words[news-1][j], g, t.old.grams[olds-1][i]*t.new.grams[news-1][j])
}

// score is the likeness of a link, 0 where it may not be made: a group must be
// clearly liker than each of its members alone, and each member must add to it.
func (t *table) score(i, olds, j, news int) float64 {
	s := t.like(i, olds, j, news)
	if s < t.link {
		return 0
	}
	if olds+news == 2 {
		return s
	}
	best := 0.0
	switch {
	case olds+news == 3:
		for a := i; a < i+olds; a++ {
			for b := j; b < j+news; b++ {
				best = max(best, t.like(a, 1, b, 1))
			}
		}
	case olds == 3:
		best = max(t.like(i, 2, j, 1), t.like(i+1, 2, j, 1), t.like(i+1, 1, j, 1))
	default:
		best = max(t.like(i, 1, j, 2), t.like(i, 1, j+1, 2), t.like(i, 1, j+1, 1))
	}
	if s < best+t.group*(1-best) {
		return 0
	}
	return s
}

// solve fills the table.
func (t *table) solve() {
	width := t.m + 1
	t.gain = make([]float64, (t.n+1)*width)
	t.step = make([]uint8, (t.n+1)*width)
	for i := 0; i <= t.n; i++ {
		for j := 0; j <= t.m; j++ {
			if i+j == 0 {
				continue
			}
			best, by := math.Inf(-1), 0
			for k, s := range steps {
				if s.olds > i || s.news > j {
					continue
				}
				g := t.gain[(i-s.olds)*width+j-s.news]
				if s.olds > 0 && s.news > 0 {
					score := t.score(i-s.olds, s.olds, j-s.news, s.news)
					if score == 0 {
						continue
					}
					g += score - t.link + 1e-9
				}
				if g > best {
					best, by = g, k
				}
			}
			t.gain[i*width+j], t.step[i*width+j] = best, uint8(by)
		}
	}
}

// path reads the links off the table, in order.
func (t *table) path() []linked {
	var out []linked
	for i, j := t.n, t.m; i > 0 || j > 0; {
		s := steps[t.step[i*(t.m+1)+j]]
		i, j = i-s.olds, j-s.news
		if s.olds > 0 && s.news > 0 {
			out = append(out, linked{i, s.olds, j, s.news, t.like(i, s.olds, j, s.news)})
		}
	}
	slices.Reverse(out)
	return out
}
