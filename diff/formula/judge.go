package formula

import (
	"slices"
	"strings"

	"readout/diff"
	"readout/internal/letters"
)

// judge says what became of a formula from one use to the next.
type judge struct {
	qualifiers *Qualifiers
	options    diff.Options
	lexicon    *diff.Lexicon
}

// newJudge returns a judge. Qualifiers are looked for at the formula alone, and not wherever its
// statement has them.
func newJudge(o Options) judge {
	lexicon := o.lexicon()
	o.Diff.Qualifiers = nil
	return judge{o.qualifiers(), o.Diff, lexicon}
}

// How far from a formula a qualifier may stand, in words. One that is said to have come
// or gone stands close by; that the other use lacks it is said only after a wider look.
const (
	closeBy  = 4
	anywhere = 12
)

// change compares two uses. A qualifier at the formula that came or went speaks first,
// then the verb that governs it; where they speak against each other, nothing is said
// but that the wording changed.
func (j judge) change(old, new *Use) (Change, string) {
	if old.Statement.Text == new.Statement.Text && old.Start == new.Start && old.Text == new.Text {
		return Same, "" // most sentences that stand are said again word for word
	}
	change, because := j.qualified(old, new)
	verb, verbs := j.governed(old, new)
	switch {
	case change != "" && verb != "" && change != verb:
		return Reworded, ""
	case (change == Widened || change == Narrowed) && j.shared(old.Text, new.Text) < leastCovered:
	case change != "":
		return change, because
	case verb != "":
		return verb, verbs
	case sameButHead(folded(letters.Words(old.Text)), folded(letters.Words(new.Text))):
		return Same, ""
	}
	return Reworded, ""
}

// leastCovered is how many telling words two uses share where one covers more than the other: with one
// alone they may speak of two things, "across the country" and "all across the sector".
const leastCovered = 2

// shared counts the telling words that two wordings have in common.
func (j judge) shared(a, b string) (n int) {
	words := map[string]bool{}
	for _, w := range letters.Words(a) {
		words[w.Folded] = !j.lexicon.Function(w.Folded)
	}
	for _, w := range letters.Words(b) {
		if words[w.Folded] {
			n++
			words[w.Folded] = false
		}
	}
	return n
}

// headWords is how many words at the head of a formula may differ: they are the verb that
// governs it, which is judged by itself.
const headWords = 3

// sameButHead reports whether two wordings are the same but for words at the head of one.
func sameButHead(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	head, ok := strings.CutSuffix(b, a)
	return ok && (head == "" || strings.HasSuffix(head, " ")) && len(strings.Fields(head)) <= headWords
}

// surroundings are the words of a statement around a formula.
type surroundings struct {
	text     string
	words    []letters.Token
	from, to int // the formula among them
}

func surroundingsOf(u *Use) surroundings {
	s := surroundings{text: u.Statement.Text, words: letters.Words(u.Statement.Text)}
	end := u.Start + len(u.Text)
	for i, w := range s.words {
		if w.End <= u.Start {
			s.from = i + 1
		}
		if w.Start < end {
			s.to = i + 1
		}
	}
	return s
}

// within returns the words at most n words away from the formula.
func (s surroundings) within(n int) []letters.Token {
	return s.words[max(0, s.from-n):min(len(s.words), s.to+n)]
}

// clause returns the words close by that no mark parts from the formula, and where among
// them the formula stands.
func (s surroundings) clause() (words []letters.Token, from, to int) {
	first, last := s.from, s.to
	for first > max(0, s.from-closeBy) && !s.parted(first) {
		first--
	}
	for last < min(len(s.words), s.to+closeBy) && !s.parted(last) {
		last++
	}
	return s.words[first:last], s.from - first, s.to - first
}

// parted reports whether a mark stands before the word at i.
func (s surroundings) parted(i int) bool {
	return i == 0 || strings.ContainsAny(s.text[s.words[i-1].End:s.words[i].Start], ",.;:()–—")
}

// qualified says which way the qualifiers that came and went point, "" where none did or
// they disagree.
func (j judge) qualified(old, new *Use) (Change, string) {
	was, is := surroundingsOf(old), surroundingsOf(new)
	var change Change
	var because []string
	agree := true
	note := func(c Change, words string) {
		agree = agree && (change == "" || change == c)
		change, because = c, append(because, words)
	}
	for _, q := range j.only(is, was) {
		note(q.class, "+ "+q.base)
	}
	for _, q := range j.only(was, is) {
		note(opposite(q.class), "- "+q.base)
	}
	if !agree {
		return "", ""
	}
	return change, strings.Join(because, ", ")
}

// only returns the qualifiers of the formula in one use that the other lacks. A qualifier
// is the formula's where the word that it stands beside is in the other use too: "firm
// support for" says nothing about a text that speaks of an obligation to. One that says
// how much is covered has to stand right before the formula or in it, where the other use has
// nothing: "all efforts" says no more than "their efforts".
func (j judge) only(one, other surroundings) []qualifier {
	near, core, end := one.clause()
	far := other.within(anywhere)
	var has []string
	for i := range far {
		if q, n := j.qualifiers.at(far[i:]); n > 0 {
			has = append(has, q.base)
		}
	}
	around := other.within(closeBy)
	var out []qualifier
	for i := 0; i < len(near); i++ {
		q, n := j.qualifiers.at(near[i:])
		if n == 0 {
			continue
		}
		reaches := q.class == Firmed || q.class == Softened || i >= core-2 && i < end && sameSlot(near, i, i+n, around)
		if reaches && !slices.Contains(has, q.base) && !slices.Contains(out, q) && j.anchored(near, i, i+n, around) {
			out = append(out, q)
		}
		i += n - 1
	}
	return out
}

// sameSlot reports whether in the other use the word behind a qualifier follows right on the word
// before it.
func sameSlot(near []letters.Token, from, to int, around []letters.Token) bool {
	if from == 0 || to >= len(near) {
		return false
	}
	for k := 1; k < len(around); k++ {
		if sameWord(around[k].Folded, near[to].Folded) && around[k-1].Folded == near[from-1].Folded {
			return true
		}
	}
	return false
}

// anchored reports whether the telling word behind the qualifier, or before one of several
// words, stands at the formula in the other use too.
func (j judge) anchored(near []letters.Token, from, to int, around []letters.Token) bool {
	beside := func(i, step int) bool {
		for ; i >= 0 && i < len(near); i += step {
			if w := near[i].Folded; !j.lexicon.Function(w) {
				return slices.ContainsFunc(around, func(t letters.Token) bool { return sameWord(t.Folded, w) })
			}
		}
		return false
	}
	return beside(to, 1) || to-from > 1 && beside(from-1, -1)
}

// sameWord reports whether two folded words seem to be forms of one, by their beginnings.
func sameWord(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	n := 0
	for n < len(a) && a[n] == b[n] {
		n++
	}
	return n == len(a) && len(b) <= n+2 || n >= 5 && len(b) <= n+4
}

// opposite is what a qualifier that went makes of a formula.
func opposite(c Change) Change {
	switch c {
	case Firmed:
		return Softened
	case Softened:
		return Firmed
	case Widened:
		return Narrowed
	}
	return Widened
}

// governed says which way the verb that governs the formula moved, "" where it did not.
func (j judge) governed(old, new *Use) (Change, string) {
	c := diff.Pair(old.Statement, new.Statement, j.options)
	for _, s := range c.Shifts {
		switch s.Kind {
		case diff.Firmed:
			return Firmed, s.From + " → " + s.To
		case diff.Softened:
			return Softened, s.From + " → " + s.To
		}
	}
	return "", ""
}
