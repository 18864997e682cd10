package letters

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Skeleton returns what counts of a text where the question is whether it was altered:
// letters in lower case and digits, signs of currency and per cent, and a point between
// digits. A ministry that writes "Suk-yeol" and then "Suk Yeol" has not altered what was
// said; nor has one that sets the vowel points of Arabic or Hebrew, or writes the digits
// of another script. Accents count: another letter is another word.
func Skeleton(text string) string { return string(AppendSkeleton(nil, text)) }

// AppendSkeleton appends [Skeleton] of a text to b.
func AppendSkeleton(b []byte, text string) []byte {
	if !ASCII(text) {
		text = norm.NFKC.String(text)
	}
	before := rune(0)
	for i, r := range text {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9', r == '$', r == '%':
			b = append(b, byte(r))
		case 'A' <= r && r <= 'Z':
			b = append(b, byte(r)-'A'+'a')
		case r == '.':
			after, _ := utf8.DecodeRuneInString(text[i+1:])
			if unicode.IsDigit(before) && unicode.IsDigit(after) {
				b = append(b, '.')
			}
		case r >= utf8.RuneSelf:
			b = appendBone(b, r)
		}
		before = r
	}
	return b
}

// appendBone appends what counts of a letter beyond ASCII.
func appendBone(b []byte, r rune) []byte {
	switch {
	case unicode.IsDigit(r):
		return utf8.AppendRune(b, westernDigit(r))
	case vowelPoint(r):
		return b
	case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r), unicode.Is(unicode.Sc, r):
		return utf8.AppendRune(b, unicode.ToLower(r))
	}
	return b
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
