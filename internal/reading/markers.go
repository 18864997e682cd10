package reading

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/letters"
	"readout/internal/reading/calendar"
	"readout/internal/rules/pattern"
)

// marker is a printed number or bullet at the head of a line.
type marker struct {
	style string // markers of one list share it: "1.", "(1)", "(a)", "I."
	label string // as printed, brackets kept, without its trailing stop
	value int    // the number, 0 for a bullet
	rank  int    // how deep the style usually stands, from 1
}

// markerStyles are the styles of printed numbers, tried in order. Group 1 is the
// label, group 2 its number.
var markerStyles = []struct {
	style   string
	rank    int
	pattern *pattern.Pattern
}{
	{"1.1", 3, pattern.New(`^([0-9０-９]{1,2}(?:[.．][0-9０-９]{1,2})?[.．]([0-9０-９]{1,2}))[.．]?\s+`)},
	{"1.", 2, pattern.New(`^(([0-9０-９]{1,3}))(?:[.．、][-–—]?|[ºª°][.-]?)\s*`)},
	{"(1)", 3, pattern.New(`^([(（]([0-9０-９]{1,2})[)）])\s*`)},
	{"1)", 3, pattern.New(`^(([0-9０-９]{1,2}))[)）]\s*`)},
	{"(i)", 5, pattern.New(`^([(（]([ivxｉｖｘ]{1,5})[)）])\s*`)},
	{"(a)", 4, pattern.New(`^([(（]([a-zａ-ｚ])[)）])\s*`)},
	{"(A)", 4, pattern.New(`^([(（]([A-ZＡ-Ｚ])[)）])\s*`)},
	{"I.", 1, pattern.New(`^(([IVXＩＶＸ]{1,6}|[Ⅰ-Ⅻ]))[.．](?:\s+|$)`)},
	{"Ⅰ", 1, pattern.New(`^(([Ⅰ-Ⅻ]))[.．、]?\s*`)},
	{"A.", 1, pattern.New(`^(([A-HＡ-Ｈ]))[.．]\s+`)},
	{"i.", 5, pattern.New(`^(([ivxｉｖｘ]{1,5}))[.)．）]\s+`)},
	{"a.", 4, pattern.New(`^(([a-zａ-ｚ]))[.)．）]\s+`)},
	{"一、", 2, pattern.New(`^(([一二三四五六七八九十]{1,3}))[、．.]\s*`)},
	{"(一)", 3, pattern.New(`^([(（]([一二三四五六七八九十]{1,3})[)）])\s*`)},
	{"(ア)", 4, pattern.New(`^([(（]([ア-ンｱ-ﾝ])[)）])\s*`)},
	{"ア", 4, pattern.New(`^(([ア-ンｱ-ﾝ]))(?:[.．、]\s*|\s+)`)},
	{"①", 4, pattern.New(`^(([①-⑳⑴-⒇]))\s*`)},
}

// bareNumber is the number of a heading printed without a stop ("1 Trade").
var bareNumber = pattern.New(`^(([0-9０-９]{1,2}))[ \x{3000}\x{a0}]+`)

// wideNumber is the number of a heading or paragraph that only a space parts from
// text in a script without spaces ("１　冒頭").
var wideNumber = pattern.New(`^([0-9０-９]{1,2})[ \x{3000}\x{a0}]+`)

// dayAhead is a day that begins a numbered paragraph.
var dayAhead = pattern.New(`^(?:\d{1,2}|[０-９]{1,2}|\d{4}年\d{1,2}|[０-９]{4}年[０-９]{1,2})[月日]`)

// unspacedAt reports whether s begins with a letter of a script without spaces
// or with its opening quotation mark.
func unspacedAt(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return letters.Unspaced(r) || r == '「' || r == '『'
}

// readMarker reads the marker at the head of s and reports how many bytes it and
// the space after it take, 0 where there is none.
func readMarker(s string) (marker, int) {
	if wordAhead(s) {
		return marker{}, 0
	}
	if m := wideNumber.FindStringSubmatchIndex(s); m != nil && (unspacedAt(s[m[1]:]) || dayAhead.MatchString(s[m[1]:])) {
		return marker{style: "1", rank: 2, label: s[m[2]:m[3]], value: ordinal(s[m[2]:m[3]])}, m[1]
	}
	for _, st := range markerStyles {
		m := st.pattern.FindStringSubmatchIndex(s)
		if m == nil {
			continue
		}
		rest, _ := utf8.DecodeRuneInString(s[m[1]:])
		if st.style == "1." && unicode.IsDigit(rest) && m[1] == m[3]+1 {
			return marker{}, 0 // a decimal number
		}
		if st.style == "1.1" && !unicode.IsUpper(rest) && !unspacedAt(s[m[1]:]) {
			return marker{}, 0 // "3.5 million"
		}
		if st.style == "A." && initialsAhead(s[m[1]:]) {
			return marker{}, 0 // a person's initials
		}
		return marker{style: st.style, rank: st.rank, label: s[m[2]:m[3]], value: ordinal(s[m[4]:m[5]])}, m[1]
	}
	return marker{}, 0
}

// wordAhead reports whether s begins with two letters that are no Roman numeral: no
// marker does, and most lines do.
func wordAhead(s string) bool {
	letter := func(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
	return len(s) > 1 && letter(s[0]) && letter(s[1]) && (strings.IndexByte("IVXivx", s[0]) < 0 || strings.IndexByte("IVXivx", s[1]) < 0)
}

// initialsAhead reports whether s begins with another initial or a surname and a
// verb in small letters, as after "J." in "J. Quill spoke".
func initialsAhead(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 {
		return false
	}
	second, _ := utf8.DecodeRuneInString(words[1])
	return len(words[0]) <= 2 && strings.HasSuffix(words[0], ".") || unicode.IsLower(second) && strings.HasSuffix(s, ".")
}

// readMarkers reads all markers at the head of s and the bytes they take. A
// number that a list printed again before the text's own ("1. (1)") is left out.
func readMarkers(s string) ([]marker, int) {
	var out []marker
	at := 0
	for len(out) < 3 {
		m, n := readMarker(s[at:])
		if n == 0 {
			break
		}
		if k := len(out) - 1; k >= 0 && out[k].value == m.value {
			out[k] = m
		} else {
			out = append(out, m)
		}
		at += n
	}
	return out, at
}

// ordinal gives the number that a label stands for: digits of any width, Roman
// numerals, letters from 1, circled numbers. 0 is none.
func ordinal(s string) int {
	s = plain(s)
	s = strings.Trim(s, "()")
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	if n := calendar.Numeral(s); n > 0 {
		return n
	}
	if i := strings.Index(katakanaOrder, s); s != "" && i >= 0 && i%3 == 0 {
		return i/3 + 1
	}
	if strings.Trim(strings.ToUpper(s), "IVX") == "" {
		return roman(strings.ToUpper(s))
	}
	if r, n := utf8.DecodeRuneInString(strings.ToLower(s)); n == len(s) && 'a' <= r && r <= 'z' {
		return int(r-'a') + 1
	}
	return 0
}

// katakanaOrder numbers items that are labelled by the syllabary.
const katakanaOrder = "アイウエオカキクケコサシスセソタチツテト"

func roman(s string) int {
	value := map[byte]int{'I': 1, 'V': 5, 'X': 10}
	total := 0
	for i := range len(s) {
		v := value[s[i]]
		if i+1 < len(s) && value[s[i+1]] > v {
			v = -v
		}
		total += v
	}
	return total
}
