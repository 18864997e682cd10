package formula

import (
	"encoding/binary"
	"slices"
	"strings"

	"readout/diff"
	"readout/internal/letters"
)

// judge says what became of a formula from one use to the next. It remembers what it has read, since
// sentences are said again and often hold several formulas.
type judge struct {
	qualifiers *Qualifiers
	lexicon    *diff.Lexicon
	pairs      *diff.Pairs
	phrasings  map[string]*phrasing // by text
	memory     diff.Memory          // nil for none
}

// newJudge returns a judge. Qualifiers are looked for at the formula alone, and not wherever its
// statement has them.
func newJudge(o Options) judge {
	lexicon := o.lexicon()
	o.Diff.Qualifiers = nil
	return judge{o.qualifiers(), lexicon, diff.NewPairs(o.Diff), map[string]*phrasing{}, o.Memory}
}

// phrasing reads a text, or remembers it.
func (j judge) phrasing(text string) *phrasing {
	w := j.phrasings[text]
	if w == nil {
		w = j.qualifiers.phrasing(text, j.lexicon)
		j.phrasings[text] = w
	}
	return w
}

// change says what became of a formula between two uses. What is remembered of them is not judged again.
func (j judge) change(old, new *Use) (Change, string) {
	if old.Statement.Text == new.Statement.Text && old.Start == new.Start && old.Text == new.Text {
		return Same, "" // most sentences that stand are said again word for word
	}
	if j.memory == nil {
		return j.compare(old, new)
	}
	at := func(u *Use) string { return string(binary.AppendUvarint(nil, uint64(u.Start))) }
	key := diff.DigestOf("formula", old.Statement.Text, string(old.Statement.Act), at(old), old.Text, new.Statement.Text,
		string(new.Statement.Act), at(new), new.Text)
	if b, ok := j.memory.Recall(key); ok {
		change, because, _ := strings.Cut(string(b), " ")
		return Change(change), because
	}
	change, because := j.compare(old, new)
	j.memory.Keep(key, []byte(string(change)+" "+because))
	return change, because
}

// compare compares two uses. A qualifier at the formula that came or went speaks first,
// then the verb that governs it; where they speak against each other, nothing is said
// but that the wording changed. A negation elsewhere in the sentence is no matter of a
// formula whose words stayed.
func (j judge) compare(old, new *Use) (Change, string) {
	pair := j.pairs.Change(old.Statement, new.Statement)
	change, because := j.qualified(&pair, old, new)
	verb, verbs := governed(&pair)
	same := sameButHead(folded(letters.Words(old.Text)), folded(letters.Words(new.Text)))
	switch {
	case same && change == "" && verb == "" && !j.deniedHere(&pair, old, new):
		return Same, ""
	case denied(&pair) || change != "" && verb != "" && change != verb:
		return Reworded, ""
	case covers(change) && j.shared(old.Text, new.Text) < leastCovered:
	case change != "":
		return change, because
	case verb != "":
		return verb, verbs
	}
	return Reworded, ""
}

// clauseMarks are the signs that end a clause.
const clauseMarks = ",;:،؛、，；："

// deniedHere reports whether a negation came or went in the clause of the formula: with no
// sign between them.
func (j judge) deniedHere(pair *diff.Change, old, new *Use) bool {
	here := func(u *Use, negation string) bool {
		want, text := folded(letters.Words(negation)), u.Statement.Text
		return want != "" && slices.ContainsFunc(j.phrasing(text).words, func(w letters.Token) bool {
			from, to := min(w.End, u.Start), max(w.Start, u.Start)
			return w.Folded == want && !strings.ContainsAny(text[from:to], clauseMarks)
		})
	}
	return slices.ContainsFunc(pair.Marks, func(m diff.Mark) bool {
		return m.Kind == diff.MarkNegation && (here(old, m.Old) || here(new, m.New))
	})
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

// qualified says which way the qualifiers at the formula that came and went point, "" where none did or
// they disagree.
func (j judge) qualified(pair *diff.Change, old, new *Use) (Change, string) {
	was, is := j.phrasing(old.Statement.Text), j.phrasing(new.Statement.Text)
	at := func(w *phrasing, u *Use) func(int) bool {
		return func(start int) bool { return within(w.words, start, u.Start, u.Start+len(u.Text)) }
	}
	v := between(pair, was, is, at(was, old), at(is, new))
	var because []string
	for _, m := range v.moves {
		because = append(because, m.from+" → "+m.to)
	}
	return v.change, strings.Join(because, ", ")
}

// closeBy is how far from a formula the head of a qualifier may stand, in words.
const closeBy = 4

// within reports whether the word that begins at a byte stands in the formula or close by.
func within(words []letters.Token, start, from, to int) bool {
	first, last, at := -1, -1, -1
	for i, w := range words {
		if w.Start == start {
			at = i
		}
		if w.End > from && first < 0 {
			first = i
		}
		if w.Start < to {
			last = i
		}
	}
	return at >= first-closeBy && at <= last+closeBy
}

// sameWord reports whether two folded words seem to be forms of one, by their beginnings.
func sameWord(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	n := prefix(a, b)
	return n == len(a) && len(b) <= n+2 || n >= 5 && len(b) <= n+4
}

// sameForm reports whether two folded words are one in another form: "oppose", "opposed". What is made of a
// word is another: "supporting" is not "support".
func sameForm(a, b string) bool {
	n := prefix(a, b)
	return n >= max(len(a), len(b))-2 && n >= min(len(a), len(b))-1 && n > 2 || a == b
}

// inflected reports whether a folded word is another with an ending in place of its last two letters:
// "sustaining" for "sustained".
func inflected(word, other string) bool {
	n := prefix(word, other)
	return n >= 5 && n >= len(word)-2 && len(other) <= n+3
}

// prefix is how many bytes two words have in common at their beginnings.
func prefix(a, b string) (n int) {
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
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

// governed says which way the verb that governs the formula moved between two statements, "" where it did not.
func governed(pair *diff.Change) (Change, string) {
	for _, s := range pair.Shifts {
		if s.Kind == diff.Firmed || s.Kind == diff.Softened {
			from, to := s.Words()
			return Change(s.Kind), from + " → " + to
		}
	}
	return "", ""
}
