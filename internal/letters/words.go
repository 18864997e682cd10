package letters

import (
	"strings"
	"unicode"
)

// Token is one word of a text. Folded is what is compared: [Bare], without the
// ending of an English genitive.
type Token struct {
	Folded     string
	Start, End int // byte offsets into the text
}

// Words splits a text into words. Letters and digits make words; an apostrophe, the
// full stops of an abbreviation ("U.S.") and the point or comma inside a number
// belong to them; ideographs stand alone. Bytes that are no UTF-8 are no words.
func Words(text string) []Token {
	out := make([]Token, 0, len(text)/5)
	rs := make([]rune, 0, len(text))
	at := make([]int, 0, len(text)+1)
	for i, r := range text { // bytes that are no UTF-8 are one rune each
		rs = append(rs, r)
		at = append(at, i)
	}
	at = append(at, len(text))
	for i := 0; i < len(rs); {
		if !Word(rs[i]) {
			i++
			continue
		}
		j := i + 1
		for j < len(rs) && !Ideograph(rs[i]) && (Word(rs[j]) && !Ideograph(rs[j]) || joins(rs, j)) {
			j++
		}
		if w := foldWord(text[at[i]:at[j]]); w != "" {
			out = append(out, Token{w, at[i], at[j]})
		}
		i = j
	}
	return out
}

// foldWord gives the form of a word by which it is compared.
func foldWord(w string) string {
	for _, s := range []string{"'s", "’s", "ʼs"} {
		w = strings.TrimSuffix(w, s)
	}
	return Bare(w)
}

// joins reports whether rs[i] is a mark inside a word: the apostrophe of "Japan's",
// a full stop of "U.S.", a point or comma between digits.
func joins(rs []rune, i int) bool {
	if i == 0 || i+1 >= len(rs) || !Word(rs[i+1]) {
		return false
	}
	switch rs[i] {
	case '\'', '’', 'ʼ':
		return unicode.IsLetter(rs[i-1]) && unicode.IsLetter(rs[i+1])
	case '.':
		single := func(k int) bool {
			return unicode.IsUpper(rs[k]) && (k == 0 || !Word(rs[k-1])) && (k+1 == len(rs) || !Word(rs[k+1]))
		}
		return single(i-1) && single(i+1) || unicode.IsDigit(rs[i-1]) && unicode.IsDigit(rs[i+1])
	case ',':
		return unicode.IsDigit(rs[i-1]) && unicode.IsDigit(rs[i+1])
	}
	return false
}
