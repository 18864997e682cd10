package diff

import (
	"cmp"
	"math"
	"slices"
)

// moveFrom is the likeness from which two statements that are both left over
// count as one that moved.
const moveFrom = 0.35

// count prepares the rarity of words: in how many statements each occurs. Those
// of anchors count once.
func (b *bench) count(anchors []match) {
	total := 0
	add := func(u *unit) {
		total++
		for _, t := range b.tokensOf(u) {
			id := b.vocabulary.entries[t.id].folded
			if int(id) >= len(b.frequency) {
				b.frequency = append(b.frequency, make([]int32, len(b.vocabulary.entries)-len(b.frequency))...)
			}
			b.frequency[id]++
		}
	}
	anchored := make([]bool, len(b.new))
	for _, a := range anchors {
		anchored[a.new] = true
	}
	for i := range b.old {
		add(&b.old[i])
	}
	for i := range b.new {
		if !anchored[i] {
			add(&b.new[i])
		}
	}
	b.rarities = make([]float32, len(b.frequency))
	for id, n := range b.frequency {
		b.rarities[id] = float32(math.Log(1 + float64(total)/float64(max(n, 1))))
	}
}

// rarity is the weight of a folded word.
func (b *bench) rarity(id int32) float32 {
	if int(id) < len(b.rarities) {
		return b.rarities[id]
	}
	return 1
}

// free lists the units of one side that are in no link.
func (b *bench) free() (old, new []int) {
	o, n := make([]bool, len(b.old)), make([]bool, len(b.new))
	for _, l := range b.links {
		for _, i := range l.Old {
			o[i] = true
		}
		for _, j := range l.New {
			n[j] = true
		}
	}
	for i := range o {
		if !o[i] {
			old = append(old, i)
		}
	}
	for j := range n {
		if !n[j] {
			new = append(new, j)
		}
	}
	return old, new
}

// candidate is a possible link of two single units.
type candidate struct {
	old, new int
	score    float64
}

// moves links what is left over on both sides, wherever it stands, best first.
func (b *bench) moves() {
	old, new := b.free()
	if len(old) == 0 || len(new) == 0 {
		return
	}
	for _, i := range old {
		b.vectors(b.old[i : i+1])
	}
	for _, j := range new {
		b.vectors(b.new[j : j+1])
	}
	found := b.candidates(old, new)
	found = slices.DeleteFunc(found, func(c candidate) bool { return c.score < moveFrom })
	for _, c := range greedy(found) {
		b.link(c.score, Reason{"wording", round(c.score)}, []int{c.old}, []int{c.new})
	}
}

// greedy picks candidates best first, no unit twice. Of equals the ones whose
// places agree best come first.
func greedy(found []candidate) []candidate {
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(abs(a.old-a.new), abs(b.old-b.new)), cmp.Compare(a.old, b.old), cmp.Compare(a.new, b.new))
	})
	olds, news := map[int]bool{}, map[int]bool{}
	return slices.DeleteFunc(found, func(c candidate) bool {
		if olds[c.old] || news[c.new] {
			return true
		}
		olds[c.old], news[c.new] = true, true
		return false
	})
}

// The bounds of the search for moves: pairs are compared outright up to maxPairs;
// beyond, only those that share one of the rareWords rarest words of the old
// statement, where that word is in at most maxPostings new ones.
const (
	maxPairs    = 40_000
	rareWords   = 6
	maxPostings = 32
)

// candidates measures the likeness of the pairs worth measuring.
func (b *bench) candidates(old, new []int) []candidate {
	var out []candidate
	if len(old)*len(new) <= maxPairs {
		for _, i := range old {
			for _, j := range new {
				out = append(out, candidate{i, j, similarity(&b.old[i], &b.new[j])})
			}
		}
		return out
	}
	postings := make(map[uint32][]int)
	for _, j := range new {
		for _, t := range b.new[j].words.terms {
			postings[t.id] = append(postings[t.id], j)
		}
	}
	seen := make([]int, len(b.new))
	for _, i := range old {
		terms := slices.Clone(b.old[i].words.terms)
		slices.SortStableFunc(terms, func(x, y term) int { return len(postings[x.id]) - len(postings[y.id]) })
		used := 0
		for _, t := range terms {
			js := postings[t.id]
			if len(js) == 0 {
				continue
			}
			if used == rareWords || len(js) > maxPostings {
				break
			}
			used++
			for _, j := range js {
				if seen[j] != i+1 {
					seen[j] = i + 1
					out = append(out, candidate{i, j, similarity(&b.old[i], &b.new[j])})
				}
			}
		}
	}
	return out
}

// markMoved sets Moved on the links, which are in the order of the new side, that
// cross the largest order-keeping part of them, by length of text.
func markMoved(links []Link) {
	pairs := make([]match, len(links))
	for k, l := range links {
		pairs[k] = match{l.Old[0], k, 1}
	}
	kept := make([]bool, len(links))
	for _, p := range increasing(pairs) {
		kept[p.new] = true
	}
	for k := range links {
		links[k].Moved = !kept[k]
	}
}

func abs(n int) int { return max(n, -n) }

// round keeps four decimal places.
func round(x float64) float64 { return math.Round(x*1e4) / 1e4 }
