package charset

import (
	"strings"
	"unicode/utf8"
)

// shape counts what bytes are when they are read as UTF-8.
type shape struct {
	// weight is how much the valid longer sequences prove: chance makes few of two
	// bytes and hardly any of three.
	weight int
	// lost counts the places where no valid sequence stands. What one byte can break, all
	// within four bytes, is one place.
	lost int
}

// shapeOf reads data as UTF-8 and counts.
func shapeOf(data []byte) shape {
	var s shape
	place := -utf8.UTFMax // where the last of them begins
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			if n = broken(data[i:]); i+n-place > utf8.UTFMax {
				s.lost++
				place = i
			}
		} else {
			s.weight += n - 1
		}
		i += n
	}
	return s
}

// broken returns how many bytes at the head of data are one sequence that is cut off
// or stands for no character. What a program cut, or a surrogate written as if it
// were a character, is one loss and not three.
func broken(data []byte) int {
	need := 0
	switch c := data[0]; {
	case 0xC0 <= c && c <= 0xDF:
		need = 1
	case 0xE0 <= c && c <= 0xEF:
		need = 2
	case 0xF0 <= c && c <= 0xF4:
		need = 3
	}
	n := 1
	for n <= need && n < len(data) && data[n]&0xC0 == 0x80 {
		n++
	}
	return n
}

// fromUTF8 returns data with U+FFFD where it is no UTF-8, and at how many places.
func fromUTF8(data []byte) (string, int) {
	if utf8.Valid(data) {
		return string(data), 0
	}
	var b strings.Builder
	b.Grow(len(data) + 16)
	lost := 0
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		if r == utf8.RuneError && n == 1 {
			lost++
			n = broken(data)
			b.WriteRune(utf8.RuneError)
		} else {
			b.Write(data[:n])
		}
		data = data[n:]
	}
	return b.String(), lost
}
