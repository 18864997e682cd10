package diff

import (
	"cmp"
	"math"
	"slices"
)

// sampled is how many anchors are read for the rarity of words.
const sampled = 1000

// count prepares the rarity of words: in how many statements each occurs. Those
// of anchors count once, and their tokens, which nothing else needs, are not kept;
// where there are very many anchors, some stand for all.
func (b *bench) count(anchors []match) {
	total := 0
	add := func(ts []token, times int) {
		total += times
		for _, t := range ts {
			id := b.vocabulary.entries[t.id].folded
			if int(id) >= len(b.frequency) {
				b.frequency = append(b.frequency, make([]int32, len(b.vocabulary.entries)-len(b.frequency))...)
			}
			b.frequency[id] += int32(times)
		}
	}
	olds, news := make([]bool, len(b.old)), make([]bool, len(b.new))
	step := 1 + len(anchors)/sampled
	for k, a := range anchors {
		olds[a.old], news[a.new] = true, true
		if k%step == 0 {
			add(b.vocabulary.passing(b.old[a.old].st.Text), step)
		}
	}
	for i := range b.old {
		if !olds[i] {
			add(b.tokensOf(&b.old[i]), 1)
		}
	}
	for i := range b.new {
		if !news[i] {
			add(b.tokensOf(&b.new[i]), 1)
		}
	}
	b.setRarities(total)
}

// setRarities sets the rarity of every word counted among so many statements.
func (b *bench) setRarities(total int) {
	b.rarities = slices.Grow(b.rarities[:0], len(b.frequency))[:len(b.frequency)]
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

// crossings settles what keeps the order. Besides the anchors it looks at the pairs
// that are clearly one statement: those that cross the largest part in order have
// moved and are linked, so that what only resembles them does not take their places.
// The anchors that keep the order are returned.
func (b *bench) crossings(anchors []match) []match {
	old, new := b.free()
	strong := b.greedy(b.candidates(old, new, b.tuning.strong))
	pairs := slices.Clone(anchors)
	for _, c := range strong {
		pairs = append(pairs, match{c.old, c.new, 1})
	}
	inOrder := make([]bool, len(b.old))
	for _, p := range increasing(pairs) {
		inOrder[p.old] = true
	}
	for _, c := range strong {
		if !inOrder[c.old] {
			b.link(c.score, alikeTexts(c.score), []int{c.old}, []int{c.new})
		}
	}
	return slices.DeleteFunc(anchors, func(a match) bool { return !inOrder[a.old] })
}

// moves links what is left over on both sides, wherever it stands, best first. A
// pair that has no rival counts from a lower likeness than one that has.
func (b *bench) moves() {
	old, new := b.free()
	found := b.candidates(old, new, 0)
	rivals := rivals(found)
	found = slices.DeleteFunc(found, func(c candidate) bool {
		return c.score < b.tuning.move && c.score < b.tuning.alone+rivals(c)
	})
	for _, c := range b.greedy(found) {
		b.link(c.score, alikeTexts(c.score), []int{c.old}, []int{c.new})
	}
}

// rivals returns a function that gives the best score that either unit of a
// candidate has with another one.
func rivals(found []candidate) func(candidate) float64 {
	type top struct {
		first, second float64
		other         int
	}
	note := func(tops map[int]top, key, other int, score float64) {
		t, ok := tops[key]
		switch {
		case !ok:
			t = top{score, 0, other}
		case score > t.first:
			t = top{score, t.first, other}
		default:
			t.second = max(t.second, score)
		}
		tops[key] = t
	}
	olds, news := map[int]top{}, map[int]top{}
	for _, c := range found {
		note(olds, c.old, c.new, c.score)
		note(news, c.new, c.old, c.score)
	}
	best := func(t top, other int) float64 {
		if t.other == other {
			return t.second
		}
		return t.first
	}
	return func(c candidate) float64 { return max(best(olds[c.old], c.new), best(news[c.new], c.old)) }
}

// greedy picks candidates best first, no unit twice. Of equals the ones whose
// places agree best come first, and statements of one wording keep their order.
func (b *bench) greedy(found []candidate) []candidate {
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(abs(a.old-a.new), abs(b.old-b.new)), cmp.Compare(a.old, b.old),
			cmp.Compare(a.new, b.new))
	})
	olds, news := map[int]bool{}, map[int]bool{}
	picked := slices.DeleteFunc(found, func(c candidate) bool {
		if olds[c.old] || news[c.new] {
			return true
		}
		olds[c.old], news[c.new] = true, true
		return false
	})
	uncross(picked, func(c *candidate) (int32, *int, int) { return b.old[c.old].key, &c.old, c.new })
	uncross(picked, func(c *candidate) (int32, *int, int) { return b.new[c.new].key, &c.new, c.old })
	return picked
}

// uncross puts the candidates in order whose units on one side have the same
// wording, and so the same scores. The function of gives a candidate's wording and
// place on that side, and its place on the other.
func uncross(picked []candidate, of func(*candidate) (key int32, place *int, other int)) {
	alike := make(map[int32][]int)
	for k := range picked {
		key, _, _ := of(&picked[k])
		alike[key] = append(alike[key], k)
	}
	for _, ks := range alike {
		if len(ks) < 2 {
			continue
		}
		places := make([]int, len(ks))
		for n, k := range ks {
			_, place, _ := of(&picked[k])
			places[n] = *place
		}
		slices.Sort(places)
		slices.SortFunc(ks, func(x, y int) int {
			_, _, a := of(&picked[x])
			_, _, b := of(&picked[y])
			return cmp.Compare(a, b)
		})
		for n, k := range ks {
			_, place, _ := of(&picked[k])
			*place = places[n]
		}
	}
}

// wordsAtLeast is the share of a floor that the cosine of the words alone must
// reach before the letters are looked at, which cost more.
const wordsAtLeast = 0.4

// The bounds of the search for moves: pairs are compared outright up to maxPairs;
// beyond, only those that share one of the rareWords rarest words of the old
// statement, where that word is in at most maxPostings new ones.
const (
	maxPairs    = 2_500
	rareWords   = 4
	maxPostings = 16
)

// candidates lists the pairs that are at least so like each other.
func (b *bench) candidates(old, new []int, floor float64) []candidate {
	if len(old) == 0 || len(new) == 0 {
		return nil
	}
	for _, i := range old {
		b.vectors(&b.old[i])
	}
	for _, j := range new {
		b.vectors(&b.new[j])
	}
	rivals := func(int) []int { return new }
	least := wordsAtLeast * floor
	if len(old)*len(new) > maxPairs {
		rivals = b.index(new)
		least = wordsAtLeast * max(floor, b.tuning.alone)
	}
	var out []candidate
	for _, i := range old {
		x := &b.old[i]
		b.load(x)
		for _, j := range rivals(i) {
			y := &b.new[j]
			words, norms := b.words.dot(&y.words), x.words.norm*y.words.norm
			if words < least*norms {
				continue
			}
			if s := b.tuning.likeness(words, norms, b.grams.dot(&y.grams), x.grams.norm*y.grams.norm); s >= floor {
				out = append(out, candidate{i, j, s})
			}
		}
		b.unload(x)
	}
	return out
}

// index returns a function that gives, for an old unit, the new ones that share
// one of its rarest words.
func (b *bench) index(new []int) func(i int) []int {
	postings := make([][]int, len(b.vocabulary.entries))
	for _, j := range new {
		for _, t := range b.new[j].words.terms {
			if len(postings[t.id]) <= maxPostings {
				postings[t.id] = append(postings[t.id], j)
			}
		}
	}
	seen := make([]int, len(b.new))
	var rare []uint32
	var out []int
	return func(i int) []int {
		rare, out = rare[:0], out[:0]
		for _, t := range b.old[i].words.terms {
			if n := len(postings[t.id]); n > 0 && n <= maxPostings {
				rare = append(rare, t.id)
			}
		}
		slices.SortStableFunc(rare, func(x, y uint32) int { return len(postings[x]) - len(postings[y]) })
		for _, id := range rare[:min(rareWords, len(rare))] {
			for _, j := range postings[id] {
				if seen[j] != i+1 {
					seen[j] = i + 1
					out = append(out, j)
				}
			}
		}
		return out
	}
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
