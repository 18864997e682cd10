package calendar

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a number, a word or a sign of a text. White space is none.
type token struct {
	start, end int // byte offsets
	kind       kind
	number     int  // of a number: its value
	digits     int  // of a number: how many digits it is written with
	sign       rune // of a sign
	spaced     bool // white space stands before it
	word       *word
	capital    bool // of a word: it begins with a capital letter
}

type kind uint8

const (
	sign kind = iota
	number
	letters
)

// maxDigits is how long a number may be and still be read; longer ones are no part of
// a day.
const maxDigits = 8

// tokens cuts s. The words are looked up in the table.
func (c *Calendar) tokens(s string) []token {
	out := make([]token, 0, len(s)/5+4)
	spaced := false
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case isSpace(r):
			spaced = true
			i += n
			continue
		case digit(r) >= 0:
			out = append(out, scanNumber(s, i))
		case r >= 0x3007 && kanjiBefore(s[i:]) > 0:
			n := kanjiBefore(s[i:])
			v := Numeral(s[i : i+n])
			if s[i:i+n] == "元" {
				v = 1
			}
			out = append(out, token{start: i, end: i + n, kind: number, number: v, digits: digitsOf(v)})
		case isLetter(r):
			out = append(out, c.scanWord(s, i))
		default:
			out = append(out, token{start: i, end: i + n, kind: sign, sign: plainSign(r)})
		}
		t := &out[len(out)-1]
		t.spaced, spaced = spaced, false
		i = t.end
	}
	return out
}

// scanNumber reads digits of any script from i on.
func scanNumber(s string, i int) token {
	t := token{start: i, end: i, kind: number}
	for t.end < len(s) {
		r, n := utf8.DecodeRuneInString(s[t.end:])
		d := digit(r)
		if d < 0 {
			break
		}
		if t.digits < maxDigits {
			t.number = 10*t.number + d
		}
		t.digits++
		t.end += n
	}
	return t
}

// scanWord reads letters from i on, with the hyphens and apostrophes inside. It stops
// before a number in Chinese characters.
func (c *Calendar) scanWord(s string, i int) token {
	t := token{start: i, end: i, kind: letters, capital: 'A' <= s[i] && s[i] <= 'Z'}
	for t.end < len(s) {
		for t.end < len(s) && ('a' <= s[t.end] && s[t.end] <= 'z' || 'A' <= s[t.end] && s[t.end] <= 'Z') {
			t.end++
		}
		if t.end == len(s) {
			break
		}
		r, n := utf8.DecodeRuneInString(s[t.end:])
		if r == '-' || r == '\'' || r == '’' {
			if next, _ := utf8.DecodeRuneInString(s[t.end+n:]); !isLetter(next) {
				break
			}
		} else if !isLetter(r) || r >= 0x3007 && t.end > i && kanjiBefore(s[t.end:]) > 0 {
			break
		}
		if t.end == i {
			t.capital = unicode.IsUpper(r)
		}
		t.end += n
	}
	t.word = c.lookup(s[i:t.end])
	c.scanPair(s, &t)
	return t
}

// scanPair makes t the longest name of several words that begins with it, where there is one.
func (c *Calendar) scanPair(s string, t *token) {
	for _, pair := range c.pairs[strings.ToLower(s[t.start:t.end])] {
		if end := t.start + len(pair); end > t.end && hasPrefixFold(s[t.start:], pair) {
			t.end, t.word = end, c.words[pair]
		}
	}
}

// hasPrefixFold reports whether s begins with a name in small letters, in any case.
func hasPrefixFold(s, name string) bool {
	return len(s) >= len(name) && strings.EqualFold(s[:len(name)], name)
}

// names returns the word where t can be a name of the table in its spelling.
func (t *token) names() *word {
	if t.word == nil || t.word.capital && !t.capital {
		return nil
	}
	return t.word
}

func (t *token) month() int {
	if w := t.names(); w != nil {
		return int(w.month)
	}
	return 0
}

func (t *token) weekday() int {
	if w := t.names(); w != nil {
		return int(w.weekday)
	}
	return 0
}

func (t *token) is(r role) bool     { return t.word != nil && t.word.roles&r != 0 }
func (t *token) isSign(r rune) bool { return t.kind == sign && t.sign == r }

// isLetter reports whether r belongs to a word: a letter or a mark above one.
func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	}
	return r != 'º' && r != 'ª' && (unicode.IsLetter(r) || unicode.IsMark(r) || r == joiner)
}

// joiner stands inside words of Persian between letters that are not written together.
const joiner = '\u200c'

func isSpace(r rune) bool {
	if r < utf8.RuneSelf {
		return r == ' ' || '\t' <= r && r <= '\r'
	}
	return unicode.IsSpace(r)
}

// zeros are the zeros of the scripts whose digits are read: Arabic, Persian, Devanagari,
// Bengali, Thai and full-width. The other nine digits follow each.
var zeros = [...]rune{0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10}

// digit returns the value of a digit: a plain one or one of the scripts of [zeros]; -1
// for anything else.
func digit(r rune) int {
	if r < zeros[0] {
		if '0' <= r && r <= '9' {
			return int(r - '0')
		}
		return -1
	}
	for _, zero := range zeros {
		if zero <= r && r <= zero+9 {
			return int(r - zero)
		}
	}
	return -1
}

// plainSign returns the narrow form of a sign, one dash for every dash.
func plainSign(r rune) rune {
	switch r {
	case '–', '—', '‐', '‑', '−', '－', '~', '～', '〜', '〰':
		return '-'
	case '（', '［', '[':
		return '('
	case '）', '］', ']':
		return ')'
	case '，', '、', '،':
		return ','
	case '．':
		return '.'
	case '／':
		return '/'
	case '：':
		return ':'
	}
	return r
}

// kanjiDigits are the digits in Chinese characters in order, three bytes each.
const kanjiDigits = "〇一二三四五六七八九"

// kanjiBefore returns how many bytes at the head of s are a number in Chinese
// characters before the one for year, month or day; 0 for none.
func kanjiBefore(s string) int {
	at := 0
	for at < len(s) {
		r, n := utf8.DecodeRuneInString(s[at:])
		if r != '十' && r != '元' && !strings.ContainsRune(kanjiDigits, r) {
			if at > 0 && (r == '年' || r == '月' || r == '日') {
				return at
			}
			return 0
		}
		at += n
	}
	return 0
}

// Numeral reads a number from 1 in Chinese characters, by place ("二〇三三")
// or by tens ("二十一"), and returns 0 for anything else.
func Numeral(s string) int {
	total, digit, count := 0, -1, 0
	for _, c := range s {
		if c == '十' {
			if digit < 0 {
				digit = 1
			}
			total, digit = (total+digit)*10, -1
			continue
		}
		i := strings.IndexRune(kanjiDigits, c)
		if i < 0 {
			return 0
		}
		if digit >= 0 { // by place
			total = total*10 + digit
			count++
		}
		digit = i / 3
	}
	switch {
	case digit < 0:
		return total
	case count > 0:
		return total*10 + digit
	}
	return total + digit
}

func digitsOf(n int) int {
	switch {
	case n < 10:
		return 1
	case n < 100:
		return 2
	case n < 1000:
		return 3
	}
	return 4
}
