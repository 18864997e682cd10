package formula

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/diff"
	"readout/internal/letters"
)

// A qualifier says something of one word, its head: "firm" of "support" in "firm support for the
// grounds". It came or went where the head is in both wordings and speaks of the same there, and only one
// of them has the qualifier. Four things make that sure:
//
//   - The words that follow the head, or those before it, are largely the same: "support for the grounds
//     off Hamm" is no other wording of "support from the guild".
//   - The place of the qualifier is free in the other wording: "lasting friendship" says neither more nor
//     less than "firm friendship".
//   - The other wording has the qualifier nowhere, so that it did not just move.
//   - No name is concerned: the Strong Bank is a bank.
//
// A word that says how much is covered ("all") must besides have the same words on both sides: "all
// efforts" covers no more than "their efforts".

// The measures of a head.
const (
	headReach    = 2 // function words between a qualifier and its head: "all of the"
	contextReach = 6 // telling words behind a head, which say what it is about
	beforeReach  = 3 // and before it
	leastContext = 2 // telling words around a head that both wordings have
	looseContext = 3 // the same where the sentences as a whole have little in common
)

// phrasing is a text with the qualifiers in it.
type phrasing struct {
	text       string
	words      []letters.Token
	telling    []bool                   // no function words
	verbs      func(folded string) bool // of speech
	joins      map[string]bool          // words that join members of a list
	qualifying []qualifying
}

// qualifying is a qualifier in a text: the words from one place to another.
type qualifying struct {
	qualifier
	from, to int
}

// moved is a qualifier that only one of two wordings has.
type moved struct {
	class    Change
	with     string // the qualifier and its head, as printed
	without  string // the head in the other wording
	word     string // the qualifier alone
	from, to int    // the words of with, where they stand
}

// phrasing reads a text.
func (q *Qualifiers) phrasing(text string, l *diff.Lexicon) *phrasing {
	w := &phrasing{text: text, words: letters.Words(text), verbs: diff.DefaultLadder().Reports, joins: q.joins}
	w.telling = make([]bool, len(w.words))
	for i, t := range w.words {
		w.telling[i] = !l.Function(t.Folded)
	}
	for i := 0; i < len(w.words); i++ {
		if x, n := q.at(w.words[i:]); n > 0 {
			w.qualifying = append(w.qualifying, qualifying{x, i, i + n})
			i += n - 1
		}
	}
	return w
}

// parted reports whether a mark stands before the word at i.
func (w *phrasing) parted(i int, marks string) bool {
	return i <= 0 || i >= len(w.words) || strings.ContainsAny(w.text[w.words[i-1].End:w.words[i].Start], marks)
}

const (
	anyMark  = ",.;:()–—\"“”"
	hardMark = ".;:–—"
)

// named reports whether a word inside a sentence is written as a name.
func (w *phrasing) named(i int) bool {
	first, _ := utf8.DecodeRuneInString(w.text[w.words[i].Start:])
	return i > 0 && unicode.IsUpper(first)
}

// at returns the qualifier of which the word at i is a part, nil for none.
func (w *phrasing) at(i int) *qualifying {
	k := slices.IndexFunc(w.qualifying, func(x qualifying) bool { return x.from <= i && i < x.to })
	if k < 0 {
		return nil
	}
	return &w.qualifying[k]
}

// head returns the word that a qualifier says something of: the next telling word that is no qualifier
// itself, or for a phrase that begins with a function word ("where possible") the last one before it; -1 for none.
func (w *phrasing) head(x qualifying) int {
	if x.to-x.from > 1 && !w.telling[x.from] {
		return w.next(x.from-1, -1)
	}
	h := w.next(x.to, 1)
	if h < 0 || covers(x.class) {
		return h
	}
	for i := x.to; i < h; i++ {
		if w.at(i) == nil && !w.beside(i) {
			return -1 // "state unequivocally that any use": no word of those behind is firmer for it
		}
	}
	return h
}

// next returns the first telling word from i on that is no qualifier, in the given direction; -1 where a
// mark or too many function words part it.
func (w *phrasing) next(i, step int) int {
	for skipped := 0; i >= 0 && i < len(w.words) && skipped <= headReach; i += step {
		if step > 0 && w.parted(i, anyMark) || step < 0 && w.parted(i+1, anyMark) ||
			!w.telling[i] && w.joins[w.words[i].Folded] && !w.beside(i) {
			return -1
		}
		if w.at(i) != nil {
			continue
		}
		if w.telling[i] {
			return i
		}
		skipped++
	}
	return -1
}

// only returns the qualifiers that one wording has at a word that the other has without. Within tells
// which heads are of interest, nil for all.
func (w *phrasing) only(other *phrasing, within func(start int) bool, context int) []moved {
	var out []moved
	for _, x := range w.qualifying {
		h := w.head(x)
		if x.class == "" || h < 0 || within != nil && !within(w.words[h].Start) || w.named(x.from) || w.named(h) || other.says(x, w) ||
			slices.ContainsFunc(out, func(m moved) bool { return m.from <= x.from && x.to <= m.to }) {
			continue
		}
		k := w.counterpart(x, h, other, context)
		if k < 0 {
			continue
		}
		from, to := min(w.qualifiedFrom(x.from), h), max(x.to, h+1)
		out = append(out, moved{
			class:   x.class,
			with:    w.printed(from, to),
			without: other.printed(other.qualifiedFrom(k), k+1),
			word:    w.printed(x.from, x.to),
			from:    from,
			to:      to,
		})
	}
	return out
}

// beside reports whether the word at i joins two qualifiers: "firm and full support".
func (w *phrasing) beside(i int) bool {
	return w.joins[w.words[i].Folded] && w.at(i-1) != nil && w.at(i+1) != nil
}

func (w *phrasing) printed(from, to int) string {
	return w.text[w.words[from].Start:w.words[to-1].End]
}

// qualifiedFrom returns where the qualifiers begin that stand right before a word: "immediate and sustained".
func (w *phrasing) qualifiedFrom(head int) int {
	for head > 0 && !w.parted(head, anyMark) && (w.at(head-1) != nil || w.beside(head-1)) {
		head--
	}
	return head
}

// says reports whether the wording has the qualifier x of the other one anywhere, if only as a verb ("sustaining"),
// or one in place of it: of its class, and not in the other.
func (w *phrasing) says(x qualifying, other *phrasing) bool {
	return slices.ContainsFunc(w.words, func(t letters.Token) bool { return inflected(x.base, t.Folded) }) ||
		slices.ContainsFunc(w.qualifying, func(y qualifying) bool { return y.base == x.base || y.class == x.class && !other.has(y.base) })
}

// has reports whether the wording has a qualifier of the base anywhere.
func (w *phrasing) has(base string) bool {
	return slices.ContainsFunc(w.qualifying, func(x qualifying) bool { return x.base == base })
}

// steps returns the steps of an order that gave way to another step in the other wording, in the same place
// and with the same words around it: "as soon as possible" to "at an early date".
func (w *phrasing) steps(other *phrasing, within func(start int) bool, context int) (firmer, softer []move) {
	for _, x := range w.qualifying {
		if x.order == 0 || within != nil && !within(w.words[x.from].Start) {
			continue
		}
		for _, y := range other.qualifying {
			if y.order != x.order || y.step == x.step || w.has(y.base) || other.has(x.base) ||
				shared(w.around(x.from-1, -1, contextReach), other.around(y.from-1, -1, contextReach))+
					shared(w.around(x.to, 1, contextReach), other.around(y.to, 1, contextReach)) < context {
				continue
			}
			m := move{w.printed(x.from, x.to), other.printed(y.from, y.to)}
			if y.step < x.step {
				firmer = append(firmer, m)
			} else {
				softer = append(softer, m)
			}
		}
	}
	return firmer, softer
}

// counterpart returns the place of the head of x in the other wording where it speaks of the same and has
// no qualifier; -1 where there is none.
func (w *phrasing) counterpart(x qualifying, h int, other *phrasing, context int) int {
	found := -1
	for k := range other.words {
		if !sameForm(w.words[h].Folded, other.words[k].Folded) || w.context(x, h, other, k) < context {
			continue
		}
		if !w.free(x, h, other, k) {
			return -1
		}
		if found < 0 {
			found = k
		}
	}
	return found
}

// context counts the telling words around two heads that both have, the heads aside: all that follow in the
// clause, and one before. One at least has to follow, for it says what the head is about.
func (w *phrasing) context(x qualifying, h int, other *phrasing, k int) int {
	behind := shared(w.around(h+1, 1, contextReach), other.around(k+1, 1, contextReach))
	if behind == 0 {
		return 0
	}
	before := shared(w.around(min(x.from, h)-1, -1, beforeReach), other.around(k-1, -1, beforeReach))
	return behind + min(before, 1)
}

// around returns the telling words from i on, at most so many, in the clause.
func (w *phrasing) around(i, step, reach int) []string {
	var out []string
	for ; len(out) < reach && i >= 0 && i < len(w.words); i += step {
		if step > 0 && w.parted(i, hardMark) || step < 0 && w.parted(i+1, hardMark) {
			break
		}
		if w.telling[i] {
			out = append(out, w.words[i].Folded)
		}
	}
	return out
}

// shared counts the words that two lists have in common, each once.
func shared(a, b []string) (n int) {
	b = slices.Clone(b)
	for _, x := range a {
		if i := slices.IndexFunc(b, func(y string) bool { return sameWord(x, y) }); i >= 0 {
			n++
			b = slices.Delete(b, i, i+1)
		}
	}
	return n
}

// free reports whether the place of the qualifier x of the head h stands empty before the head at k of
// the other wording. Only a word that has no say may stand there: a function word, a name ("the U.S.
// commitment"), a verb of speech, or one that stands before the head in both. A word that says how much is
// covered asks for more, since "their efforts" are no fewer than "all efforts".
func (w *phrasing) free(x qualifying, h int, other *phrasing, k int) bool {
	inBoth := func(i int) bool {
		for j := max(0, min(x.from, h)-1); j < h; j++ {
			if (j < x.from || j >= x.to) && sameWord(w.words[j].Folded, other.words[i].Folded) {
				return true
			}
		}
		return false
	}
	i := k - 1
	for ; i >= 0 && !other.parted(i+1, anyMark) && other.at(i) != nil; i-- {
		if y := other.at(i); y.class == x.class && !w.qualifies(y.base, x, h) {
			return false // "enduring" where the other has "unshakeable"
		}
	}
	switch {
	case i < 0 || other.parted(i+1, anyMark):
		return !covers(x.class) || w.parted(x.from, anyMark)
	case covers(x.class):
		return inBoth(i)
	case !other.telling[i]:
		return h-1 < x.to || w.words[h-1].Folded != other.words[i].Folded // "and diversified"
	}
	return other.named(i) || inBoth(i) || w.verbs(other.words[i].Folded)
}

// qualifies reports whether a qualifier of the base stands before the head h beside x.
func (w *phrasing) qualifies(base string, x qualifying, h int) bool {
	return slices.ContainsFunc(w.qualifying, func(y qualifying) bool { return y.base == base && y.from >= x.from-beforeReach && y.to <= h })
}

// covers reports whether a class says how much is covered.
func covers(c Change) bool { return c == Widened || c == Narrowed }
