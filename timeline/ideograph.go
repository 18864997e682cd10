package timeline

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/letters"
)

// terms returns the words of a text by which statements are compared. Where
// ideographs stand side by side, every two make a term: one alone says little, and
// where words end is not printed. Hiragana, in which the grammar is written, parts
// them. Other words are terms as they are.
func terms(ts []token) []string {
	out := make([]string, 0, len(ts))
	for i := 0; i < len(ts); {
		if !ideographic(ts[i].Folded) {
			out = append(out, ts[i].Folded)
			i++
			continue
		}
		from := i
		for i++; i < len(ts) && ideographic(ts[i].Folded) && ts[i].Start == ts[i-1].End &&
			telling(ts[i-1].Folded) == telling(ts[i].Folded); i++ {
		}
		if !telling(ts[from].Folded) {
			continue
		}
		if i == from+1 {
			out = append(out, ts[from].Folded)
		}
		for k := from; k+1 < i; k++ {
			out = append(out, ts[k].Folded+ts[k+1].Folded)
		}
	}
	return out
}

// ideographic reports whether a folded word is an ideograph or a sign of a
// syllabary, each of which is a word by itself.
func ideographic(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return letters.Ideograph(r)
}

// telling reports whether an ideographic word is written in a script that bears
// meaning rather than grammar.
func telling(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return !unicode.Is(unicode.Hiragana, r)
}

// joinWords joins folded words by sep, ideographs by nothing.
func joinWords(ws []string, sep string) string {
	var b strings.Builder
	for i, w := range ws {
		if i > 0 && !(ideographic(w) && ideographic(ws[i-1])) {
			b.WriteString(sep)
		}
		b.WriteString(w)
	}
	return b.String()
}
