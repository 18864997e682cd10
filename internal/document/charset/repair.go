package charset

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Repair undoes what a program did that read UTF-8 as windows-1252, windows-1251 or
// ISO 8859-1 and saved that as UTF-8: "â€™" is an apostrophe again. It reports how
// many characters it repaired; where that is 0 the text is returned as it was.
//
// A sequence is repaired by itself, and only where nobody would write it: three
// signs that stand for a dash or a quotation mark, an accented capital amid small
// letters with a symbol behind it, or a longer run that is valid UTF-8 throughout.
// A byte that was lost on the way, and is U+FFFD now, is made up for where one
// character is the likeliest by far, the closing quotation mark.
func Repair(text string) (string, int) {
	total := 0
	for range 3 { // some pages went through it more than once
		fixed, n := repairOnce(text)
		if n == 0 {
			break
		}
		text, total = fixed, total+n
	}
	return text, total
}

func repairOnce(text string) (string, int) {
	for _, m := range []misreading{{charmap.Windows1252, true}, {charmap.Windows1251, false}} {
		if fixed, n := m.repair(text); n > 0 {
			return fixed, n
		}
	}
	return text, 0
}

// misreading is the encoding that UTF-8 was taken for.
type misreading struct {
	page *charmap.Charmap
	// latin reports whether the page writes Latin letters, so that the lead bytes of
	// two-byte sequences look like accented capitals.
	latin bool
}

// trust is how often a text has proven sequences of one lead byte before every other
// of that lead byte is believed.
const trust = 3

// repair returns text with the sequences repaired, and how many there were.
func (m misreading) repair(text string) (string, int) {
	proven := map[byte]int{}
	m.walk(text, proven, func(int, int, []rune) {})
	if len(proven) == 0 {
		return text, 0
	}
	var b strings.Builder
	done, count := 0, 0
	m.walk(text, proven, func(start, end int, signs []rune) {
		b.WriteString(text[done:start])
		b.WriteString(string(signs))
		done, count = end, count+len(signs)
	})
	b.WriteString(text[done:])
	return b.String(), count
}

// walk calls found for every stretch of text that is a misreading, with what it stands
// for. The counts of lead bytes are those of the proven sequences so far; walk adds to
// them.
func (m misreading) walk(text string, proven map[byte]int, found func(start, end int, signs []rune)) {
	before := ' '
	var run []sign
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if r < utf8.RuneSelf {
			before, i, run = r, i+n, nil
			continue
		}
		if len(run) == 0 {
			run = m.run(text[i:])
		}
		signs, used := m.read(run, before, proven)
		if used == 0 {
			// Only its first sign is given up: what follows may be a sequence.
			before, i = r, i+n
			if len(run) > 0 {
				run = run[1:]
			}
			continue
		}
		end := i
		for _, s := range run[:used] {
			end += s.size
		}
		found(i, end, signs)
		before, i, run = signs[len(signs)-1], end, run[used:]
	}
}

// longestRun is how many signs of one run are looked at.
const longestRun = 4096

// sign is a character that may have been a byte; lost is one that was.
type sign struct {
	b     byte
	size  int // bytes of the text
	lost  bool
	after rune // the character behind the sign, a space at the end
}

// run returns the characters at the head of s that are bytes of the page, all of them
// beyond ASCII.
func (m misreading) run(s string) []sign {
	var out []sign
	for len(s) > 0 && len(out) < longestRun {
		r, n := utf8.DecodeRuneInString(s)
		b, ok := m.page.EncodeRune(r)
		switch {
		case r == utf8.RuneError:
			ok = true
		case r < utf8.RuneSelf:
			ok = false
		case !ok && r < 0x100: // a control character: a byte that the page does not have
			b, ok = byte(r), true
		}
		if !ok {
			break
		}
		s = s[n:]
		after := ' '
		if s != "" {
			after, _ = utf8.DecodeRuneInString(s)
		}
		out = append(out, sign{b, n, r == utf8.RuneError, after})
	}
	return out
}

// read returns what the signs at the head of a run say if they are a misreading, and
// how many they are; none where they can be what somebody wrote.
func (m misreading) read(run []sign, before rune, proven map[byte]int) ([]rune, int) {
	var all []rune
	var leads []byte
	used, sure := 0, false
	need := 3 // so many sequences without a break are no chance
	if m.latin {
		need = 2
	}
	for used < len(run) && len(all) < longestRun {
		r, n := sequence(run[used:])
		if n == 0 {
			break
		}
		lead := run[used].b
		sure = sure || m.unwritten(run[used:used+n], r, before) || len(all)+1 == need || proven[lead] >= trust
		all, leads, used, before = append(all, r), append(leads, lead), used+n, r
	}
	if !sure {
		return nil, 0
	}
	for _, lead := range leads {
		proven[lead]++
	}
	return all, used
}

// sequence reads one sequence of UTF-8 at the head of a run, and returns its length; 0
// where there is none.
func sequence(run []sign) (rune, int) {
	raw := make([]byte, 0, utf8.UTFMax)
	for _, s := range run[:min(len(run), utf8.UTFMax)] {
		b := s.b
		if s.lost {
			if len(raw) < 2 || raw[0] != 0xE2 || raw[1] != 0x80 {
				return 0, 0
			}
			b = 0x9D // of the closing quotation mark, which windows-1252 does not have
		}
		raw = append(raw, b)
	}
	r, n := utf8.DecodeRune(raw)
	if n < 2 || unicode.Is(unicode.Co, r) || !assigned(r) {
		return 0, 0
	}
	return r, n
}

// assigned reports whether r is a character that a text may hold.
func assigned(r rune) bool {
	control := 0x80 <= r && r < 0xA0 // of a text that was misread twice
	return control || unicode.IsPrint(r) || unicode.Is(unicode.Zs, r) || unicode.Is(unicode.Cf, r)
}

// closing are the bytes of windows-1252 that end a quotation.
var closing = map[byte]bool{0x92: true, 0x94: true, 0x9B: true, 0xBB: true}

// unwritten reports whether nobody writes the signs of a sequence that stands for r,
// after the character before them.
func (m misreading) unwritten(signs []sign, r, before rune) bool {
	last := signs[len(signs)-1]
	switch {
	case len(signs) == 4:
		return true
	case len(signs) == 3:
		// Dashes, quotation marks, dots, spaces; the currencies; trade marks.
		return 0x2000 <= r && r < 0x2070 || 0x20A0 <= r && r < 0x20C0 || 0x2100 <= r && r < 0x2150
	case !m.latin:
		return false
	case unicode.IsUpper(before) && !unicode.IsLetter(last.after):
		return false // the end of a word in capitals and a closing quotation mark
	case !unicode.IsLower(before) && !unicode.IsLetter(last.after) && closing[last.b]:
		return false // a letter in quotation marks
	case r < 0x100:
		return true // "Ã©", "Â«"
	}
	// The letters of Eastern Europe, inside a word of letters.
	return r < 0x180 && (unicode.IsLetter(before) || unicode.IsLetter(last.after) && last.after < utf8.RuneSelf)
}
