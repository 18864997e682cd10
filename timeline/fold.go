package timeline

import (
	"strings"
	"unicode"

	"readout/internal/letters"
)

// token is one word of a text. Folded is what is compared: lower case, without
// accents, apostrophes and a genitive ending, full stops of abbreviations gone.
type token struct {
	folded     string
	start, end int // byte offsets into the text
}

// tokens splits text into words. Letters and digits make words; apostrophes and
// full stops inside an abbreviation ("U.S.") belong to them; ideographs stand alone.
func tokens(text string) []token {
	out := make([]token, 0, len(text)/5)
	rs := make([]rune, 0, len(text))
	at := make([]int, 0, len(text)+1)
	for i, r := range text { // bytes that are no UTF-8 are one rune each
		rs = append(rs, r)
		at = append(at, i)
	}
	at = append(at, len(text))
	for i := 0; i < len(rs); {
		if !letters.Word(rs[i]) {
			i++
			continue
		}
		j := i + 1
		for j < len(rs) && !letters.Ideograph(rs[i]) && (letters.Word(rs[j]) && !letters.Ideograph(rs[j]) || joins(rs, j)) {
			j++
		}
		if w := foldWord(string(rs[i:j])); w != "" {
			out = append(out, token{w, at[i], at[j]})
		}
		i = j
	}
	return out
}

// joins reports whether rs[i] is a mark inside a word: the apostrophe of "Japan's",
// a full stop of "U.S.", a point or comma between digits.
func joins(rs []rune, i int) bool {
	if i == 0 || i+1 >= len(rs) || !letters.Word(rs[i+1]) {
		return false
	}
	switch rs[i] {
	case '\'', '’', 'ʼ':
		return unicode.IsLetter(rs[i-1]) && unicode.IsLetter(rs[i+1])
	case '.':
		single := func(k int) bool {
			return unicode.IsUpper(rs[k]) && (k == 0 || !letters.Word(rs[k-1])) && (k+1 == len(rs) || !letters.Word(rs[k+1]))
		}
		return single(i-1) && single(i+1) || unicode.IsDigit(rs[i-1]) && unicode.IsDigit(rs[i+1])
	case ',':
		return unicode.IsDigit(rs[i-1]) && unicode.IsDigit(rs[i+1])
	}
	return false
}

// foldWord gives the form of a word by which it is compared.
func foldWord(w string) string {
	for _, s := range []string{"'s", "’s", "ʼs"} {
		w = strings.TrimSuffix(w, s)
	}
	return letters.Bare(w)
}

// words returns the folded words of text.
func words(text string) []string {
	ts := tokens(text)
	out := make([]string, len(ts))
	for i, t := range ts {
		out[i] = t.folded
	}
	return out
}

// foldText is the form by which two wordings of a statement or name are the same.
func foldText(text string) string { return strings.Join(words(text), " ") }

// foldName is foldText without a leading article.
func foldName(name string) string {
	ws := words(name)
	if len(ws) > 1 && (ws[0] == "the" || ws[0] == "a" || ws[0] == "an") {
		ws = ws[1:]
	}
	return strings.Join(ws, " ")
}

// slug is the id of a topic called name: its folded words joined by hyphens.
func slug(name string) string {
	s := joinWords(strings.Fields(foldName(name)), "-")
	if s == "" {
		return "topic"
	}
	return s
}
