package letters

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Skeleton returns what counts of a text where the question is whether it was altered:
// letters in lower case and digits, signs of currency and per cent, and a point between
// digits. A ministry that writes "Suk-yeol" and then "Suk Yeol" has not altered what was
// said; nor has one that sets the vowel points of Arabic or Hebrew, or writes the digits
// of another script. Accents count: another letter is another word.
func Skeleton(text string) string {
	var b strings.Builder
	rs := []rune(norm.NFKC.String(text))
	for i, r := range rs {
		point := r == '.' && i > 0 && i+1 < len(rs) && unicode.IsDigit(rs[i-1]) && unicode.IsDigit(rs[i+1])
		switch {
		case unicode.IsDigit(r):
			b.WriteRune(westernDigit(r))
		case vowelPoint(r):
		case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r), unicode.Is(unicode.Sc, r), r == '%', point:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// westernDigit returns the digit 0 to 9 of the same value. The digits of every script
// follow each other from their zero (Unicode Standard, section 4.6).
func westernDigit(r rune) rune {
	zero := r
	for unicode.IsDigit(zero-1) && r-zero < 9 {
		zero--
	}
	if !unicode.IsDigit(zero + 9) { // runs of digits stand side by side
		return r
	}
	return '0' + (r - zero)
}

// vowelPoint reports whether r is a point or stroke that Arabic and Hebrew may be written
// with or without.
func vowelPoint(r rune) bool {
	switch {
	case r == 0x0640, r == 0x0670, 0x064B <= r && r <= 0x0652, 0x0656 <= r && r <= 0x065F:
		return true
	}
	return 0x0591 <= r && r <= 0x05C7 && unicode.IsMark(r)
}
