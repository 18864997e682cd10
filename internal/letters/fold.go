package letters

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// ASCII reports whether s holds nothing but ASCII.
func ASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Fold returns the form of s in which spellings of one word are the same: lower
// case, without accents, compatibility forms resolved, Latin letters that no accent
// makes ("ø", "ß", "þ") written as they are where they are missing, every dash a
// hyphen, every apostrophe the typewriter's. Marks that make another letter stay:
// the voicing of kana, the vowels of Thai and of the scripts of India.
func Fold(s string) string {
	if ASCII(s) {
		return strings.ToLower(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKD.String(s) {
		switch {
		case accent(r):
		case unicode.Is(unicode.Pd, r) || r == '\u2212':
			b.WriteByte('-')
		default:
			r = unicode.ToLower(r)
			if spelling := spelled(r); spelling != "" {
				b.WriteString(spelling)
			} else {
				b.WriteRune(r)
			}
		}
	}
	return norm.NFC.String(b.String()) // kana and Hangul whole again
}

// accent reports whether r is a mark without which the word is still the same: one
// that goes with letters of many scripts, or a point of Hebrew.
func accent(r rune) bool {
	switch r {
	case '\u3099', '\u309a': // the voicing of kana
		return false
	}
	return unicode.Is(unicode.Mn, r) && unicode.In(r, unicode.Inherited, unicode.Hebrew)
}

// spelled returns how a small letter or an apostrophe is written where it is
// missing, "" where it is written as it is.
func spelled(r rune) string {
	switch r {
	case '’', '‘', 'ʼ', '´':
		return "'"
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'ı':
		return "i"
	case 'đ', 'ð':
		return "d"
	case 'þ':
		return "th"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ß':
		return "ss"
	}
	return ""
}

// Bare is [Fold] of a single word or name with nothing left but what words are
// made of: "U.S." and "us", "O’Brien-Þór" and "obrienthor" are one.
func Bare(w string) string {
	return strings.Map(func(r rune) rune {
		if !Word(r) {
			return -1
		}
		return r
	}, Fold(w))
}

// Normal resolves the compatibility forms of s and makes its quotation marks and
// apostrophes those of the typewriter. Case and accents stay.
func Normal(s string) string {
	if ASCII(s) {
		return s
	}
	return quotes.Replace(norm.NFKC.String(s))
}

// quotes maps typographic quotation marks to the typewriter's. A Replacer is
// immutable.
var quotes = strings.NewReplacer("‘", "'", "’", "'", "‛", "'", "′", "'", "ʼ", "'",
	"“", `"`, "”", `"`, "„", `"`, "‟", `"`, "«", `"`, "»", `"`)

// Plain is [Normal] in lower case.
func Plain(s string) string { return strings.ToLower(Normal(s)) }

// Line is [Plain] with single spaces and none around it.
func Line(s string) string { return strings.Join(strings.Fields(Plain(s)), " ") }
