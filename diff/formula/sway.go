package formula

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"readout/diff"
	"readout/internal/letters"
)

// Shifts returns how the qualifiers that came or went between two wordings of one statement moved the
// position, nil where none did or they disagree. A qualifier counts where it was struck out or put in,
// the other wording has it nowhere, and the telling word that it stands before was kept: "[-firm-]
// support" is softened, "[-firm support-] [+close ties+]" is another thing. Nothing is softened where
// another word took its place: "[-lasting-] [+old+] friendship".
func (q *Qualifiers) Shifts(c *diff.Change, l *diff.Lexicon) []diff.Shift {
	if len(c.Old) != 1 || len(c.New) != 1 || c.Link.Uncertain || diff.Apart(c.Edits) || c.Similarity < leastAlike ||
		slices.ContainsFunc(c.Marks, func(m diff.Mark) bool { return m.Kind == diff.MarkNegation }) {
		return nil
	}
	old, new := q.side(c.OldText, c.Edits, diff.Delete, l), q.side(c.NewText, c.Edits, diff.Insert, l)
	var out []diff.Shift
	agree := true
	note := func(change Change, from, to string) {
		s := diff.Shift{Kind: diff.ShiftKind(change), Scale: "qualifier", From: from, To: to,
			Old: diff.Quote{ID: c.Old[0].ID, Text: c.Old[0].Text}, New: diff.Quote{ID: c.New[0].ID, Text: c.New[0].Text}}
		agree = agree && (out == nil || out[0].Kind == s.Kind)
		out = append(out, s)
	}
	for _, x := range old.lone(new) {
		note(opposite(x.class), x.words, x.anchor)
	}
	for _, x := range new.lone(old) {
		note(x.class, x.anchor, x.words)
	}
	if !agree {
		return nil
	}
	return out
}

// leastAlike is how alike two wordings are whose qualifiers are compared: with less in common they
// make different points.
const leastAlike = 0.5

// swaySide is one wording: its qualifiers, and those of them that stand before a word that was kept.
type swaySide struct {
	has    map[string]bool // the bases of all
	moved  []movedQualifier
	before map[string]bool // the folded words that were kept and before which a telling word was struck out or put in
}

// movedQualifier is a qualifier that was struck out or put in.
type movedQualifier struct {
	qualifier
	words, anchor string // with the word it stands before, and that word alone, as printed
}

// lone returns the moved qualifiers that the other side has nowhere, each once.
func (s swaySide) lone(other swaySide) []movedQualifier {
	var out []movedQualifier
	for _, x := range s.moved {
		if !other.has[x.base] && !other.before[letters.Fold(x.anchor)] && !slices.ContainsFunc(out, func(y movedQualifier) bool { return y.base == x.base }) {
			out = append(out, x)
		}
	}
	return out
}

// side reads one side of the edits; op is the edit that only this side has.
func (q *Qualifiers) side(text string, edits []diff.Edit, op diff.Op, l *diff.Lexicon) swaySide {
	s := swaySide{has: map[string]bool{}, before: map[string]bool{}}
	words := letters.Words(text)
	moved := movedBytes(text, edits, op)
	for i := 1; i < len(words); i++ {
		if w := words[i-1]; moved(w) && !moved(words[i]) && !l.Function(w.Folded) && !named(text, words, i-1) {
			s.before[words[i].Folded] = true
		}
	}
	for i := 0; i < len(words); i++ {
		x, n := q.at(words[i:])
		if n == 0 {
			continue
		}
		s.has[x.base] = true
		if at := anchorOf(text, words, i+n, l); at >= 0 && moved(words[i]) && moved(words[i+n-1]) && !moved(words[at]) && !named(text, words, i) && !named(text, words, at) {
			s.moved = append(s.moved, movedQualifier{x, text[words[i].Start:words[at].End], text[words[at].Start:words[at].End]})
		}
		i += n - 1
	}
	return s
}

// movedBytes reports of a word of a text whether an edit of the given kind has it.
func movedBytes(text string, edits []diff.Edit, op diff.Op) func(letters.Token) bool {
	mine := make([]bool, 0, len(text))
	for _, e := range edits {
		if e.Op == diff.Equal || e.Op == op {
			mine = append(mine, slices.Repeat([]bool{e.Op == op}, len(e.Text))...)
		}
	}
	return func(w letters.Token) bool { return w.Start < len(mine) && mine[w.Start] }
}

// anchorReach is how many function words may stand between a qualifier and its word: "all of the".
const anchorReach = 2

// anchorOf returns the place of the telling word that a qualifier before i stands before, -1 for none.
// No mark may part them.
func anchorOf(text string, words []letters.Token, i int, l *diff.Lexicon) int {
	for k := i; k < min(len(words), i+anchorReach+1); k++ {
		if k > 0 && slices.ContainsFunc([]rune(text[words[k-1].End:words[k].Start]), unicode.IsPunct) {
			return -1
		}
		if !l.Function(words[k].Folded) {
			return k
		}
	}
	return -1
}

// named reports whether a word inside a sentence is written as a name.
func named(text string, words []letters.Token, i int) bool {
	first, _ := utf8.DecodeRuneInString(text[words[i].Start:])
	return i > 0 && unicode.IsUpper(first)
}
