package diff

import (
	"cmp"
	"slices"
	"sort"
)

// anchor pairs equal statements that keep the order: what the two texts begin and
// end with alike, then statements that occur once on either side, then, in what
// is left, the equal neighbours of those and the k-th occurrence with the k-th.
func anchor(old, new []unit) []match {
	a := anchors{old: old, new: new}
	a.between(span{0, len(old), 0, len(new)}, 0)
	return a.found
}

type anchors struct {
	old, new []unit
	found    []match // single statements, in order
}

// anchorRounds bounds how often a stretch is searched again inside the anchors
// found; what is equal and still left is found as a move.
const anchorRounds = 3

func (a *anchors) between(g span, round int) {
	for g.old0 < g.old1 && g.new0 < g.new1 && a.old[g.old0].key == a.new[g.new0].key {
		a.found = append(a.found, match{g.old0, g.new0, 1})
		g.old0++
		g.new0++
	}
	n := 0
	for g.old1-n > g.old0 && g.new1-n > g.new0 && a.old[g.old1-n-1].key == a.new[g.new1-n-1].key {
		n++
	}
	g.old1, g.new1 = g.old1-n, g.new1-n
	if round < anchorRounds && g.old0 < g.old1 && g.new0 < g.new1 {
		for _, p := range increasing(a.pairs(g, round == 0)) {
			if p.old < g.old0 || p.new < g.new0 {
				continue // taken as a neighbour of the last one
			}
			a.between(span{g.old0, p.old, g.new0, p.new}, round+1)
			a.found = append(a.found, match{p.old, p.new, 1})
			g.old0, g.new0 = p.old+1, p.new+1
		}
		a.between(g, round+1)
	}
	for i := range n {
		a.found = append(a.found, match{g.old1 + i, g.new1 + i, 1})
	}
}

// pairs lists equal statements of the stretch: those that occur once on either
// side, or else each occurrence with the one of the same rank.
func (a *anchors) pairs(g span, unique bool) []match {
	at := make(map[int32][]int, g.new1-g.new0)
	for j := g.new0; j < g.new1; j++ {
		at[a.new[j].key] = append(at[a.new[j].key], j)
	}
	seen := make(map[int32]int, g.old1-g.old0)
	for i := g.old0; i < g.old1; i++ {
		seen[a.old[i].key]++
	}
	var out []match
	rank := make(map[int32]int)
	for i := g.old0; i < g.old1; i++ {
		k := a.old[i].key
		js := at[k]
		if unique && (seen[k] != 1 || len(js) != 1) || rank[k] >= len(js) {
			continue
		}
		out = append(out, match{i, js[rank[k]], 1})
		rank[k]++
	}
	return out
}

// increasing returns the longest subset of the pairs that keeps the order on both
// sides, sorted. Where several are as long, the one that ends earliest.
func increasing(pairs []match) []match {
	slices.SortFunc(pairs, func(a, b match) int { return cmp.Or(cmp.Compare(a.old, b.old), cmp.Compare(b.new, a.new)) })
	var tails []int // tails[k] ends the best chain of k+1 pairs
	before := make([]int, len(pairs))
	for i, p := range pairs {
		k := sort.Search(len(tails), func(k int) bool { return pairs[tails[k]].new >= p.new })
		before[i] = -1
		if k > 0 {
			before[i] = tails[k-1]
		}
		if k == len(tails) {
			tails = append(tails, i)
		} else {
			tails[k] = i
		}
	}
	out := make([]match, len(tails))
	for k, i := len(tails)-1, -1; k >= 0; k-- {
		if i < 0 {
			i = tails[k]
		}
		out[k] = pairs[i]
		i = before[i]
	}
	return out
}
