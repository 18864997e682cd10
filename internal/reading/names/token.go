package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/letters"
)

// token is a word or a mark of a text. Words of scripts that do not part them
// by spaces are cut into characters.
type token struct {
	text       string // folded: no case, no diacritics, plain apostrophes and hyphens
	start, end int
	space      bool // white space before it
	letters    bool
	upper      bool // begins with a capital
	caps       bool // two or more letters, all capitals, or one capital
}

// fits reports whether the text's token t may stand for the table's token want.
// Letters agree already. Initials must be capitals, and a capitalised word must
// be capitalised; a word the table has in small letters may have either.
func (t *token) fits(want token, first bool) bool {
	if !first && t.space != want.space {
		return false
	}
	if want.caps {
		return t.caps
	}
	return !want.upper || t.upper
}

// tokenize cuts s into tokens. White space itself gives none.
func tokenize(s string) []token {
	return appendTokens(make([]token, 0, len(s)/5+1), s) // about as many as a sentence has
}

// appendTokens is tokenize behind the tokens of out.
func appendTokens(out []token, s string) []token {
	space := false
	for i := 0; i < len(s); {
		if t, ok := wordASCII(s, i); ok {
			t.space, space = space, false
			out = append(out, t)
			i = t.end
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsSpace(r) || r == '\u200b' || r == '\u2060' || r == '\ufeff':
			space = space || unicode.IsSpace(r)
			i += n
			continue
		case !letters.Word(r) || letters.Joined(r):
			out = append(out, token{text: letters.Fold(s[i : i+n]), start: i, end: i + n, space: space, letters: letters.Joined(r)})
			i += n
		default:
			start, lower, count := i, false, 0
			for i < len(s) {
				q, m := utf8.DecodeRuneInString(s[i:])
				if !letters.Word(q) || letters.Joined(q) {
					break
				}
				if unicode.IsLetter(q) {
					count++
					lower = lower || !unicode.IsUpper(q)
				}
				i += m
			}
			out = append(out, token{text: letters.Fold(s[start:i]), start: start, end: i, space: space,
				letters: count > 0, upper: unicode.IsUpper(r), caps: count > 0 && !lower})
		}
		space = false
	}
	return out
}

// asciiKind is what a byte is to a word; 0 is a mark, which is of none.
type asciiKind uint8

const (
	asciiSmall asciiKind = 1 << iota // a small letter
	asciiCapital
	asciiDigit
	beyondASCII // part of a longer character
)

var asciiKinds = func() (kinds [256]asciiKind) {
	for c := range kinds {
		switch {
		case 'a' <= c && c <= 'z':
			kinds[c] = asciiSmall
		case 'A' <= c && c <= 'Z':
			kinds[c] = asciiCapital
		case '0' <= c && c <= '9':
			kinds[c] = asciiDigit
		case c >= utf8.RuneSelf:
			kinds[c] = beyondASCII
		}
	}
	return kinds
}()

// wordASCII returns the word that begins at s[i:], where that is one of ASCII alone,
// as nearly all words of most texts are. A character beyond ASCII right behind it may
// be part of it.
func wordASCII(s string, i int) (token, bool) {
	var held asciiKind // the kinds of its bytes
	end := i
	for ; end < len(s); end++ {
		kind := asciiKinds[s[end]]
		if kind == beyondASCII {
			return token{}, false
		}
		if kind == 0 {
			break
		}
		held |= kind
	}
	if end == i {
		return token{}, false
	}
	t := token{text: s[i:end], start: i, end: end, letters: held != asciiDigit, upper: asciiKinds[s[i]] == asciiCapital}
	t.caps = held&asciiCapital != 0 && held&asciiSmall == 0
	if held&asciiCapital != 0 { // else it is folded already
		t.text = strings.ToLower(t.text)
	}
	return t, true
}
