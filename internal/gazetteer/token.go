package gazetteer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
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
func (t token) fits(want token, first bool) bool {
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
	out := make([]token, 0, len(s)/5+1) // about as many as a sentence has
	space := false
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsSpace(r) || r == '\u200b' || r == '\u2060' || r == '\ufeff':
			space = space || unicode.IsSpace(r)
			i += n
			continue
		case !wordRune(r) || unspaced(r):
			out = append(out, token{text: fold(s[i : i+n]), start: i, end: i + n, space: space, letters: unspaced(r)})
			i += n
		default:
			start, lower, letters := i, false, 0
			plain := true // in small letters of ASCII, as most words are: folded already
			for i < len(s) {
				q, m := utf8.DecodeRuneInString(s[i:])
				if !wordRune(q) || unspaced(q) {
					break
				}
				plain = plain && (q < 'A' || 'Z' < q) && q < utf8.RuneSelf
				if unicode.IsLetter(q) {
					letters++
					lower = lower || !unicode.IsUpper(q)
				}
				i += m
			}
			word := s[start:i]
			if !plain {
				word = fold(word)
			}
			out = append(out, token{text: word, start: start, end: i, space: space,
				letters: letters > 0, upper: unicode.IsUpper(r), caps: letters > 0 && !lower})
		}
		space = false
	}
	return out
}

func wordRune(r rune) bool {
	if r < utf8.RuneSelf { // nearly every letter of most texts
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// unspaced reports whether r belongs to a script written without spaces, or to
// Hangul, whose particles are written onto the word.
func unspaced(r rune) bool {
	return r > 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai)
}

// fold maps spellings of one word to one string.
func fold(s string) string {
	ascii := true
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(s)
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.Is(unicode.Pd, r) || r == '\u2212':
			b.WriteByte('-')
		case r == '\u2019' || r == '\u2018' || r == '\u02bc' || r == '\u00b4':
			b.WriteByte('\'')
		case r == 'ø' || r == 'Ø':
			b.WriteByte('o')
		case r == 'ł' || r == 'Ł':
			b.WriteByte('l')
		case r == 'ı':
			b.WriteByte('i')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}
