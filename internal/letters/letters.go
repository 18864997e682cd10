// Package letters says what a letter is, and when two spellings are one: which
// characters make words, which scripts part words by no space, the forms by which
// words are compared, and what of a text is safe to show.
//
// There are two forms for comparing. [Fold] is for finding: "São Tomé" and "sao
// tome" are one. [Plain] is for telling texts apart: case, typographic quotation
// marks and compatibility forms do not count, accents do.
package letters

import "unicode"

// Word reports whether r can be part of a word: a letter, a decimal digit, or a
// mark that is written onto a letter. A raised number, as at a footnote, cannot.
func Word(r rune) bool {
	if r < 0x80 { // nearly every letter of most texts
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// Ideograph reports whether r is a word by itself when texts are compared: a
// Chinese character or a sign of a Japanese syllabary.
func Ideograph(r rune) bool {
	return r >= 0x2E80 && (r == 'ー' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana))
}

// Unspaced reports whether r belongs to a script that parts words by no space:
// there, a word that stands inside a longer run of letters is no part of another.
func Unspaced(r rune) bool {
	return r >= 0x0E00 && (Ideograph(r) || unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar))
}

// Joined reports whether a space does not tell where a word with r in it ends:
// scripts without spaces, and Hangul, whose particles are written onto the word.
func Joined(r rune) bool { return r >= 0x0E00 && (Unspaced(r) || unicode.Is(unicode.Hangul, r)) }
