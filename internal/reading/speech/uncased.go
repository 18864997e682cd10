package speech

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/letters"
)

// caseless reports whether r is a letter of an alphabet without capitals that parts its words by
// spaces: Arabic, Hebrew, Devanagari. There no letter tells a name from another word. Who follows an
// office is taken for a person unless the word is known to be no name, so that nobody else's words
// are put into the mouth of the one who is called by the bare office.
func caseless(r rune) bool { return unicode.Is(unicode.Lo, r) && !letters.Joined(r) }

// uncased reports whether a name stands in such an alphabet.
func uncased(name []string) bool {
	first, _ := utf8.DecodeRuneInString(name[0])
	return caseless(first)
}

// mostNames is how many words a name takes at most.
const mostNames = 4

// uncapitalized is [foreign.capitalized] for an alphabet without capitals: the words up to one that
// is no name. One that is not known may be among them, so only the first words of two such names are
// compared.
func (f *foreign) uncapitalized(s string, i int) ([]string, int) {
	i = f.pastCountry(s, i)
	end := i
	var words []string
	for _, w := range wordsOf(s[i : i+safeCut(s[i:], longestName)]) {
		at := i + w[0]
		if strings.Trim(s[end:at], " ") != "" || len(words) == mostNames || f.noName(s[at:]) {
			break
		}
		end = i + w[1]
		words = append(words, s[at:end])
	}
	return words, end
}

// unnamed are the kinds of line whose words are part of no name.
var unnamed = []string{"nameless", "oblique", "join", "after", "with", "genitive", "adverb", "both", "ours", "theirs", "same",
	"office", "courtesy"}

// noName reports whether s begins with a word that is part of no name.
func (f *foreign) noName(s string) bool {
	head := s[:safeCut(s, nextTo)]
	for _, kind := range unnamed {
		if f.head(kind, head) > 0 {
			return true
		}
	}
	for _, v := range f.verbs {
		if at, ok := v.pattern.first(head); ok && at[0] == 0 {
			return true
		}
	}
	ms := f.gaz.Find(head)
	return len(ms) > 0 && ms[0].Start == 0
}

// uncapitalizedAhead is [foreign.nameAhead] for an alphabet without capitals, in a language whose
// names stand before offices: between the office and the start of the sentence, a mark or a word
// that is no name stand two to four words.
func (f *foreign) uncapitalizedAhead(s string, n encounter) encounter {
	start := max(0, n.at[0]-longestName)
	for start > 0 && !strings.HasPrefix(s[start:], " ") {
		start++
	}
	var words []string
	from := n.at[0]
	for _, w := range slices.Backward(wordsOf(s[start:n.at[0]])) {
		at, end := start+w[0], start+w[1]
		if strings.Trim(s[end:from], " ") != "" || f.noName(s[at:]) {
			break
		}
		if len(words) == mostNames {
			return n
		}
		words, from = append([]string{s[at:end]}, words...), at
	}
	if len(words) < 2 {
		return n
	}
	n.words, n.at[0] = words, from
	return n
}

// sameUncapitalized returns the words that two namings of one person have for the name, nil where
// they name two. What follows the last word that both have is part of no name.
func (t *tongue) sameUncapitalized(a, b []string) []string {
	for range 2 {
		at := slices.IndexFunc(a, func(w string) bool { return t.sameName(w, b[0]) })
		if at == 0 {
			same := 1
			for same < len(a) && same < len(b) && t.sameName(a[same], b[same]) {
				same++
			}
			return a[:same]
		}
		if at > 0 {
			return a[:at+1]
		}
		a, b = b, a
	}
	return nil
}

// bareName returns where the last word of a whole name stands alone in s.
func (f *foreign) bareName(p *stranger, s string) [][2]int {
	last := p.words[len(p.words)-1]
	if len(p.words) < 2 || utf8.RuneCountInString(last) < shortestStem || !strings.Contains(s, last) {
		return nil
	}
	var out [][2]int
	for _, w := range wordsOf(s) {
		if f.sameName(s[w[0]:w[1]], last) {
			out = append(out, w)
		}
	}
	return out
}
