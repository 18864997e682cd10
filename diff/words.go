package diff

import (
	"slices"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// Words compares two wordings and returns the edits that lead from the old to
// the new: the equal and delete pieces joined are old, the equal and insert
// pieces new, byte for byte. No edit cuts a word, a number with its marks or a
// grapheme cluster; a deletion stands before the insertion that replaces it. Two
// equal texts give one equal edit, two empty ones none. Where hardly anything is
// shared the result is the whole old text deleted and the whole new one inserted.
// Exchanging the arguments exchanges insertions and deletions.
func Words(old, new string) []Edit {
	v := newVocabulary(DefaultLexicon())
	c := v.compare(old, new)
	return c.edits()
}

// rewriteBelow is the share of common words below which a rewording is shown as
// before and after: scattered common words would be confetti. Counted is what the
// texts share before crumbs are dropped: where much was shared but little of it in
// runs worth keeping, what is left still frames the edit.
const rewriteBelow = 0.2

// redlineBelow is the same between two meetings, where two sentences on one point may be
// made anew: above it the two share a clause or more, and the rest is what the reader wants to
// see. docs/quality.md says what it was read off.
const redlineBelow = 0.4

// comparison is two texts in tokens and the runs of tokens they share.
type comparison struct {
	old, new   string
	olds, news []token
	shared     []match // in order of both sides
	similarity float64 // share of letters and digits in shared tokens
}

// match is a run of n equal tokens, at old of the one text and new of the other.
type match struct{ old, new, n int }

// compare lays the two texts side by side.
func (v *vocabulary) compare(old, new string) comparison {
	return v.compareTokens(old, new, v.tokenize(old), v.tokenize(new))
}

// compareTokens is compare for texts in tokens. The work is done in one order of
// the two, whichever way round they are given, so that the answer mirrors.
func (v *vocabulary) compareTokens(old, new string, olds, news []token) comparison {
	c := comparison{old: old, new: new, olds: olds, news: news}
	flip := old > new
	if flip {
		olds, news = news, olds
	}
	x, y := v.sentenceIDs(olds, news)
	common := longestCommon(x, y)
	c.shared = v.cleanUp(common, x, y)
	c.similarity = v.likeness(olds, news, c.shared)
	if c.similarity < rewriteBelow && old != new && v.likeness(olds, news, common) < rewriteBelow {
		c.shared = nil
	}
	if flip {
		for i, m := range c.shared {
			c.shared[i].old, c.shared[i].new = m.new, m.old
		}
	}
	return c
}

// apart forgets what two texts share where they are less alike than floor.
func (c *comparison) apart(floor float64) {
	if c.similarity < floor && c.old != c.new {
		c.shared = nil
	}
}

// longestCommon finds the runs of a longest common subsequence of x and y.
func longestCommon(x, y []int32) []match {
	d := differ{x: x, y: y}
	d.between(0, len(x), 0, len(y))
	return d.shared
}

func ids(ts []token) []int32 {
	out := make([]int32, len(ts))
	for i, t := range ts {
		out[i] = t.id
	}
	return out
}

// likeness is the Dice coefficient of two texts over letters and digits, of which
// they share those in the runs. Where neither has any it is 1 for the same tokens and else 0.
func (v *vocabulary) likeness(olds, news []token, shared []match) float64 {
	total := v.weigh(olds) + v.weigh(news)
	if total == 0 {
		if slices.EqualFunc(olds, news, func(a, b token) bool { return a.id == b.id }) {
			return 1
		}
		return 0
	}
	common := 0
	for _, m := range shared {
		common += v.weigh(olds[m.old : m.old+m.n])
	}
	return 2 * float64(common) / float64(total)
}

// weigh counts the letters and digits of the tokens.
func (v *vocabulary) weigh(ts []token) (n int) {
	for _, t := range ts {
		n += int(v.entries[t.id].weight)
	}
	return n
}

// differ gathers the runs that x and y share.
type differ struct {
	x, y   []int32
	shared []match
}

// maxProduct bounds the stretch that is handed to the exact algorithm, whose cost
// is the product of the lengths where nothing is shared: 2,000 tokens a side.
const maxProduct = 4_000_000

// between finds the runs shared by x[x0:x1] and y[y0:y1], in order. A stretch too
// large for the exact algorithm is cut at sequences of tokens that occur once on
// either side; where there are none it counts as rewritten.
func (d *differ) between(x0, x1, y0, y1 int) {
	n := 0
	for x0+n < x1 && y0+n < y1 && d.x[x0+n] == d.y[y0+n] {
		n++
	}
	d.add(x0, y0, n)
	x0, y0 = x0+n, y0+n
	n = 0
	for x1-n > x0 && y1-n > y0 && d.x[x1-n-1] == d.y[y1-n-1] {
		n++
	}
	x1, y1 = x1-n, y1-n
	switch {
	case x0 == x1 || y0 == y1:
	case (x1-x0)*(y1-y0) <= maxProduct:
		d.exact(x0, x1, y0, y1)
	default:
		d.cut(x0, x1, y0, y1)
	}
	d.add(x1, y1, n)
}

// add appends a run, to the last one where the two touch.
func (d *differ) add(x, y, n int) {
	if n == 0 {
		return
	}
	if k := len(d.shared) - 1; k >= 0 && d.shared[k].old+d.shared[k].n == x && d.shared[k].new+d.shared[k].n == y {
		d.shared[k].n += n
		return
	}
	d.shared = append(d.shared, match{x, y, n})
}

// exact finds a longest common subsequence with go-diff, on tokens renumbered as
// runes. Its timeout is off: with one, the answer would depend on the machine.
func (d *differ) exact(x0, x1, y0, y1 int) {
	runes := make(map[int32]rune, x1-x0)
	encode := func(ids []int32) []rune {
		out := make([]rune, len(ids))
		for i, id := range ids {
			r, ok := runes[id]
			if !ok {
				r = runeOf(len(runes))
				runes[id] = r
			}
			out[i] = r
		}
		return out
	}
	a, b := encode(d.x[x0:x1]), encode(d.y[y0:y1])
	dmp := diffmatchpatch.New()
	dmp.DiffTimeout = 0
	for _, e := range dmp.DiffMainRunes(a, b, false) {
		n := 0
		for range e.Text {
			n++
		}
		switch e.Type {
		case diffmatchpatch.DiffEqual:
			d.add(x0, y0, n)
			x0, y0 = x0+n, y0+n
		case diffmatchpatch.DiffDelete:
			x0 += n
		case diffmatchpatch.DiffInsert:
			y0 += n
		}
	}
}

// runeOf gives the n-th token of a stretch a rune that survives a string: not a
// surrogate. A stretch within maxProduct has fewer tokens than there are runes,
// but for one token against millions; then all beyond the last rune are alike,
// and they are so on one side only.
func runeOf(n int) rune {
	r := rune(n + 1)
	if r >= 0xD800 {
		r += 0x800
	}
	return min(r, 0x10FFFF)
}

// cut splits a large stretch at shared sequences that are unique on both sides,
// three tokens long or else one, and compares what lies between.
func (d *differ) cut(x0, x1, y0, y1 int) {
	for _, width := range []int{3, 1} {
		var pairs []match
		at := uniqueShingles(d.y[y0:y1], width)
		for s, i := range uniqueShingles(d.x[x0:x1], width) {
			if j, ok := at[s]; ok && i >= 0 && j >= 0 {
				pairs = append(pairs, match{x0 + i, y0 + j, 1})
			}
		}
		pairs = increasing(pairs)
		if len(pairs) == 0 {
			continue
		}
		for _, p := range pairs {
			d.between(x0, p.old, y0, p.new)
			d.add(p.old, p.new, 1)
			x0, y0 = p.old+1, p.new+1
		}
		d.between(x0, x1, y0, y1)
		return
	}
}

// uniqueShingles maps each sequence of width ids to where it begins, -1 where it
// occurs more than once.
func uniqueShingles(ids []int32, width int) map[[3]int32]int {
	out := make(map[[3]int32]int, len(ids))
	for i := 0; i+width <= len(ids); i++ {
		s := [3]int32{-1, -1, -1}
		copy(s[:], ids[i:i+width])
		if _, seen := out[s]; seen {
			out[s] = -1
		} else {
			out[s] = i
		}
	}
	return out
}
