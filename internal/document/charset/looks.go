package charset

import (
	"unicode"
	"unicode/utf8"
)

// looked is how many characters beyond ASCII are looked at: more say no more.
const looked = 1 << 14

// rareLetter and rareSign are what the rarest letter of an alphabet, and a sign of
// Chinese or Korean that is not common, are worth less than a common one.
const (
	rareLetter = 0.8
	rareSign   = 0.7
)

// looks says how much like words the characters beyond ASCII make a text look, from
// about -3 to 1: letters beside letters of their own script, capitals only at the
// beginning of words or in words of capitals, no symbols amid letters, not one
// accented letter after the other.
func (c rarity) looks(text string) float64 {
	sum, n := 0.0, 0
	var before, earlier rune
	lowered := false // the word has a small letter
	for i, r := range text {
		switch {
		case !unicode.IsLetter(r):
			lowered = false
		case unicode.IsLower(r):
			lowered = true
		}
		if r >= utf8.RuneSelf {
			if n++; n > looked {
				break
			}
			after, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
			if lowered && unicode.IsUpper(r) {
				sum -= 2 // a capital inside a word of small letters
			} else {
				sum += c.worth(earlier, before, r, after)
			}
		}
		earlier, before = before, r
	}
	if n == 0 {
		return 1
	}
	return sum / float64(min(n, looked))
}

// worth says what one character adds, given the two before it and the one after.
func (c rarity) worth(earlier, before, r, after rune) float64 {
	switch {
	case r == utf8.RuneError, unicode.IsControl(r), unicode.Is(unicode.Co, r):
		return -3
	case unicode.Is(unicode.Han, r), unicode.Is(unicode.Hangul, r):
		if unicode.IsLower(before) && before < utf8.RuneSelf || unicode.IsLower(after) && after < utf8.RuneSelf {
			return -3 // an ideograph in the middle of a word of Latin letters
		}
		return 1 - c.of(r)*rareSign
	case 0xFF61 <= r && r <= 0xFF9F:
		if unicode.Is(unicode.Latin, before) || unicode.Is(unicode.Latin, after) {
			return -2
		}
		return -0.5 // half-width kana: what other encodings make of two-byte letters
	case unicode.IsLetter(r):
		return c.letterWorth(earlier, before, r, after)
	case unicode.IsMark(r):
		if unicode.IsLetter(before) || unicode.IsMark(before) {
			return 1
		}
		return -1
	case unicode.IsSymbol(r) || r == '\u00a0':
		inside := unicode.IsLetter(before) && unicode.IsLetter(after)
		beside := unicode.IsLetter(before) || unicode.IsLetter(after)
		switch {
		case inside, beside && r != '\u00a0':
			return -2
		}
		return 0
	case unicode.IsPunct(r) && unicode.IsLetter(before) && unicode.IsLetter(after):
		if r == '’' || r == '—' || r == '–' || r == '·' || r == '‐' || r == '…' {
			return 0.5
		}
		return -1
	}
	return 0
}

// letterWorth is worth for a letter of an alphabet.
func (c rarity) letterWorth(earlier, before, r, after rune) float64 {
	s := script(r)
	switch {
	case unicode.IsLetter(before) && script(before) != s, unicode.IsLetter(after) && script(after) != s:
		return -2
	case s == unicode.Latin && before >= utf8.RuneSelf && earlier >= utf8.RuneSelf && script(before) == s && script(earlier) == s:
		return -1 // no language writes three accented letters in a row
	case unicode.IsLetter(before), unicode.IsLetter(after), unicode.IsMark(before), unicode.IsMark(after):
		if s == unicode.Latin || s == nil {
			return 1
		}
		return 1 - c.of(r)*rareLetter
	}
	return 0
}

// script names the script of a letter, for those scripts that single-byte encodings mix.
func script(r rune) *unicode.RangeTable {
	for _, t := range []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Thai, unicode.Hebrew, unicode.Arabic} {
		if unicode.Is(t, r) {
			return t
		}
	}
	return nil
}
