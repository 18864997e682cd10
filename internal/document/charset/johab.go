package charset

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/korean"
)

// Johab (KS X 1001:1992, annex 3) packs a syllable of Hangul into two bytes: a set
// bit, then five bits each for its first consonant, vowel and last consonant. All
// other characters are those of KS X 1001, their rows laid out two to a lead byte.

// johabVowels and johabFinals give the place of a code among the vowels and final
// consonants of Unicode; -1 is no code.
var (
	johabVowels = [32]int8{
		0:  -1,
		1:  -1,
		2:  -1,
		3:  0,
		4:  1,
		5:  2,
		6:  3,
		7:  4,
		8:  -1,
		9:  -1,
		10: 5,
		11: 6,
		12: 7,
		13: 8,
		14: 9,
		15: 10,
		16: -1,
		17: -1,
		18: 11,
		19: 12,
		20: 13,
		21: 14,
		22: 15,
		23: 16,
		24: -1,
		25: -1,
		26: 17,
		27: 18,
		28: 19,
		29: 20,
		30: -1,
		31: -1,
	}
	johabFinals = [32]int8{
		0:  -1,
		1:  0,
		2:  1,
		3:  2,
		4:  3,
		5:  4,
		6:  5,
		7:  6,
		8:  7,
		9:  8,
		10: 9,
		11: 10,
		12: 11,
		13: 12,
		14: 13,
		15: 14,
		16: 15,
		17: 16,
		18: -1,
		19: 17,
		20: 18,
		21: 19,
		22: 20,
		23: 21,
		24: 22,
		25: 23,
		26: 24,
		27: 25,
		28: 26,
		29: 27,
		30: -1,
		31: -1,
	}
	// johabInitials and johabLast are the letters that stand alone, in the order of
	// their codes.
	johabInitials = []rune("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ")
	johabLast     = []rune("ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
)

const (
	hangulFirst  = '\uAC00'
	hangulVowels = 21
	hangulFinals = 28
	vowelFirst   = 'ㅏ'
	noInitial    = 1 // the codes of an absent letter
	noVowel      = 2
	noFinal      = 1
)

// johab reads data as Johab, with U+FFFD for what is none.
func johab(data []byte) string {
	var b strings.Builder
	b.Grow(len(data) * 3 / 2)
	for i := 0; i < len(data); i++ {
		c := data[i]
		if c < utf8.RuneSelf {
			b.WriteByte(c)
			continue
		}
		r := utf8.RuneError
		if i+1 < len(data) {
			r = johabPair(c, data[i+1])
		}
		if r != utf8.RuneError {
			i++
		}
		b.WriteRune(r)
	}
	return b.String()
}

// johabPair reads two bytes, U+FFFD for a pair that stands for nothing.
func johabPair(lead, trail byte) rune {
	switch {
	case lead >= 0xD9:
		return johabRow(lead, trail)
	case trail < 0x41 || trail == 0x7F || trail == 0x80 || trail == 0xFF:
		return utf8.RuneError
	}
	initial := int(lead>>2&31) - 2
	vowel, final := johabVowels[int(lead&3)<<3|int(trail>>5)], johabFinals[trail&31]
	alone := int(lead&3)<<3|int(trail>>5) == noVowel
	switch {
	case initial+2 == noInitial && alone && final > 0:
		return johabLast[final-1]
	case initial+2 == noInitial && vowel >= 0 && trail&31 == noFinal:
		return vowelFirst + rune(vowel)
	case initial < 0 || initial >= len(johabInitials):
		return utf8.RuneError
	case alone && trail&31 == noFinal:
		return johabInitials[initial]
	case vowel < 0 || final < 0:
		return utf8.RuneError
	}
	return hangulFirst + (rune(initial)*hangulVowels+rune(vowel))*hangulFinals + rune(final)
}

// johabRow reads a character that is no syllable, by its row and column in KS X
// 1001, which EUC-KR writes plainly.
func johabRow(lead, trail byte) rune {
	const columns = 0x5E
	if lead == 0xDF || lead > 0xF9 || trail < 0x31 || trail >= 0x7F && trail < 0x91 || trail == 0xFF {
		return utf8.RuneError
	}
	row := 2 * (int(lead) - 0xD9)
	if lead >= 0xE0 {
		row = 2*int(lead) - 0x197
	}
	column := int(trail) - 0x31
	if trail >= 0x91 {
		column = int(trail) - 0x43
	}
	if column >= columns {
		row, column = row+1, column-columns
	}
	out, err := korean.EUCKR.NewDecoder().Bytes([]byte{byte(row + 0xA1), byte(column + 0xA1)})
	if err != nil {
		return utf8.RuneError
	}
	r, _ := utf8.DecodeRune(out)
	return r
}
