package letters

import (
	"strings"
	"unicode"
	"unicode/utf8"
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
	for i := 0; i < len(text); {
		r, n := runeAt(text, i)
		if !Word(r) {
			i += n
			continue
		}
		j := i + n
		for j < len(text) && !Ideograph(r) {
			next, n := runeAt(text, j)
			if (!Word(next) || Ideograph(next)) && !joins(text, j, next) {
				break
			}
			j += n
		}
		if w := foldWord(text[i:j]); w != "" {
			out = append(out, Token{w, i, j})
		}
		i = j
	}
	return out
}

// runeAt decodes the character at a byte of a text; a byte that is no UTF-8 is one by itself.
func runeAt(text string, i int) (rune, int) {
	if b := text[i]; b < utf8.RuneSelf {
		return rune(b), 1
	}
	return utf8.DecodeRuneInString(text[i:])
}

// foldWord gives the form of a word by which it is compared.
func foldWord(w string) string {
	if strings.HasSuffix(w, "s") {
		for _, s := range []string{"'s", "’s", "ʼs"} {
			w = strings.TrimSuffix(w, s)
		}
	}
	for i := range len(w) {
		if w[i] >= utf8.RuneSelf || !Word(rune(w[i])) {
			return Bare(w)
		}
	}
	return strings.ToLower(w) // nearly every word of most texts
}

// joins reports whether the character r at byte i is a mark inside a word: the apostrophe of
// "Japan's", a full stop of "U.S.", a point or comma between digits.
func joins(text string, i int, r rune) bool {
	switch r {
	case '\'', '’', 'ʼ', '.', ',':
	default:
		return false
	}
	end := i + utf8.RuneLen(r)
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[end:])
	if i == 0 || !Word(after) {
		return false
	}
	digits := unicode.IsDigit(before) && unicode.IsDigit(after)
	switch r {
	case '.':
		return digits || single(text, i, before, true) && single(text, end, after, false)
	case ',':
		return digits
	}
	return unicode.IsLetter(before) && unicode.IsLetter(after)
}

// single reports whether the capital r that ends or begins at byte i of a text is a word of one letter.
func single(text string, i int, r rune, ends bool) bool {
	if !unicode.IsUpper(r) {
		return false
	}
	var beyond rune
	if ends {
		beyond, _ = utf8.DecodeLastRuneInString(text[:i-utf8.RuneLen(r)])
	} else {
		beyond, _ = utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
	}
	return !Word(beyond)
}

// PlainWords are the words of a text as [Plain] writes them.
func PlainWords(text string) []string {
	ws := Words(text)
	out := make([]string, len(ws))
	for i, w := range ws {
		out[i] = Plain(text[w.Start:w.End])
	}
	return out
}
