package diff

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// cleanUp turns the runs of a shortest edit script into runs that read well, all
// in tokens: crumbs between larger edits go, and edits slide to where a reader
// would make them.
func (v *vocabulary) cleanUp(shared []match, x, y []int32) []match {
	shared = v.dropCrumbs(shared, x, y)
	return v.slide(shared, x, y)
}

// dropCrumbs removes runs of a function word or punctuation mark that are left
// standing between two edits which together are several times their size: "the" in the middle
// of a phrase of six words is no anchor where another phrase stands in its place.
func (v *vocabulary) dropCrumbs(shared []match, x, y []int32) []match {
	for changed := true; changed; {
		changed = false
		kept := shared[:0:0]
		oldEnd, newEnd := 0, 0
		for i, m := range shared {
			oldNext, newNext := len(x), len(y)
			if i+1 < len(shared) {
				oldNext, newNext = shared[i+1].old, shared[i+1].new
			}
			before := max(m.old-oldEnd, m.new-newEnd)
			after := max(oldNext-m.old-m.n, newNext-m.new-m.n)
			if v.crumb(x[m.old:m.old+m.n], before, after) {
				changed = true
				continue
			}
			kept = append(kept, m)
			oldEnd, newEnd = m.old+m.n, m.new+m.n
		}
		shared = kept
	}
	return shared
}

// How many times the size of a run the edits beside it must be for it to be a crumb: people
// keep little words as anchors ("an" between two phrases), but no lone punctuation.
const (
	crumbFactor = 4
	pointFactor = 2 // of punctuation alone
)

// crumb reports whether a run with edits of the given sizes beside it is not
// worth keeping.
func (v *vocabulary) crumb(run []int32, before, after int) bool {
	if before == 0 || after == 0 || len(run) > 2 {
		return false
	}
	factor := pointFactor
	for _, id := range run {
		if !v.light(id) {
			return false
		}
		if v.entries[id].word {
			factor = crumbFactor
		}
	}
	return before+after >= factor*len(run)
}

// slide moves each pure insertion or deletion along the tokens it repeats to the
// place where it reads best: whole clauses rather than halves of two.
func (v *vocabulary) slide(shared []match, x, y []int32) []match {
	for i := 0; i+1 < len(shared); i++ {
		p, q := &shared[i], &shared[i+1]
		var side []int32
		var from, to int // the edited tokens on the side that has them
		switch {
		case p.new+p.n == q.new:
			side, from, to = x, p.old+p.n, q.old
		case p.old+p.n == q.old:
			side, from, to = y, p.new+p.n, q.new
		default:
			continue
		}
		best, shift := v.boundary(side, from, to), 0
		for k := 1; k <= p.n && side[from-k] == side[to-k]; k++ {
			if s := v.boundary(side, from-k, to-k); s > best {
				best, shift = s, -k
			}
		}
		for k := 1; k <= q.n && side[from+k-1] == side[to+k-1]; k++ {
			if s := v.boundary(side, from+k, to+k); s > best {
				best, shift = s, k
			}
		}
		p.n += shift
		q.old, q.new, q.n = q.old+shift, q.new+shift, q.n-shift
	}
	return slices.DeleteFunc(shared, func(m match) bool { return m.n == 0 })
}

// boundary says how well an edit of side[from:to] reads, higher being better. A
// member of a list with the comma after it reads best, then a clause that begins
// with its comma or conjunction, then one that ends with its punctuation.
func (v *vocabulary) boundary(side []int32, from, to int) int {
	score := 0
	punct := func(i int) bool { return i >= 0 && i < len(side) && !v.entries[side[i]].word }
	stop := func(i int) bool { return i >= 0 && i < len(side) && v.entries[side[i]].class&stopWord != 0 }
	if from == 0 || to == len(side) {
		score += 4
	}
	if punct(from) {
		score += 3
	} else if stop(from) {
		score += 2
	}
	if punct(to) {
		score += 3
	}
	if punct(to-1) && !punct(from) {
		score++
		if punct(from - 1) {
			score += 6 // above what any other place can reach
		}
	}
	if stop(to - 1) {
		score -= 2
	}
	return score
}

// edits spells the comparison out as pieces of the two texts.
func (c *comparison) edits() []Edit {
	var out []Edit
	oldEnd, newEnd := 0, 0 // bytes written
	// put writes n bytes of the old text, or of the new one for an insertion. What
	// touches the last piece and is of its kind prolongs it.
	put := func(op Op, n int) {
		if n == 0 {
			return
		}
		text, at := c.old, oldEnd
		if op == Insert {
			text, at = c.new, newEnd
		}
		if op != Insert {
			oldEnd += n
		}
		if op != Delete {
			newEnd += n
		}
		if k := len(out) - 1; k >= 0 && out[k].Op == op && !out[k].Case {
			out[k].Text = text[at-len(out[k].Text) : at+n]
			return
		}
		out = append(out, Edit{Op: op, Text: text[at : at+n]})
	}
	// respell writes a word that stays with another capital.
	respell := func(o, n token) {
		out = append(out, Edit{Delete, c.old[o.start:o.end], true}, Edit{Insert, c.new[n.start:n.end], true})
		oldEnd, newEnd = int(o.end), int(n.end)
	}
	// gap writes what lies before the tokens o and n, which the texts share. White
	// space on its edges stayed, but for what a token took in.
	gap := func(o, n int) {
		a, b := c.old[oldEnd:startOf(c.olds, o, c.old)], c.new[newEnd:startOf(c.news, n, c.new)]
		if a == b {
			put(Equal, len(a))
			return
		}
		lead := commonLead(a, b)
		tail := commonTail(a[max(lead, endBefore(c.olds, o)-oldEnd):], b[max(lead, endBefore(c.news, n)-newEnd):])
		put(Equal, lead)
		put(Delete, len(a)-lead-tail)
		put(Insert, len(b)-lead-tail)
		put(Equal, tail)
	}
	for _, m := range c.shared {
		for k := range m.n {
			gap(m.old+k, m.new+k)
			o, n := c.olds[m.old+k], c.news[m.new+k]
			if o.id != n.id {
				respell(o, n)
				continue
			}
			put(Equal, int(o.end-o.start))
		}
	}
	gap(len(c.olds), len(c.news))
	return out
}

// startOf is where the i-th token begins, the end of the text where there is none.
func startOf(ts []token, i int, text string) int {
	if i == len(ts) {
		return len(text)
	}
	return int(ts[i].start)
}

// endBefore is where the token before the i-th ends, 0 where there is none.
func endBefore(ts []token, i int) int {
	if i == 0 {
		return 0
	}
	return int(ts[i-1].end)
}

// commonLead is the length in bytes of the white space that a and b begin with
// alike. It never parts a carriage return from its line feed, nor a space from a
// mark that combines with it.
func commonLead(a, b string) int {
	n := 0
	for {
		r, size := utf8.DecodeRuneInString(a[n:])
		s, _ := utf8.DecodeRuneInString(b[n:])
		if r != s || !unicode.IsSpace(r) || !separable(a[n+size:]) || !separable(b[n+size:]) {
			return n
		}
		n += size
	}
}

// commonTail is the length in bytes of the white space that a and b end with
// alike.
func commonTail(a, b string) int {
	n := 0
	for {
		r, size := utf8.DecodeLastRuneInString(a[:len(a)-n])
		s, _ := utf8.DecodeLastRuneInString(b[:len(b)-n])
		if r != s || !unicode.IsSpace(r) ||
			r == '\n' && (strings.HasSuffix(a[:len(a)-n-size], "\r") || strings.HasSuffix(b[:len(b)-n-size], "\r")) {
			return n
		}
		n += size
	}
}

// separable reports whether a grapheme cluster may end before rest.
func separable(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return r != '\n' && r != '\u200d' && !unicode.IsMark(r)
}
