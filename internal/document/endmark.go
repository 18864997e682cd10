package document

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Signs that stand around an end mark, and of these the ones that make a word of any case one.
const (
	endSigns  = "#*-–—/<>[](). \t\n"
	openSigns = "-–—/<[( "
	surely    = "/<"
)

// endMark reports whether a line is nothing but the mark that closes a release: "-30-", "ENDS", "/End/".
func (w *Words) endMark(line string) bool {
	return w.has("end mark", strings.ToLower(strings.Trim(line, endSigns))) || pressMark.MatchString(line)
}

// withoutEndMark returns text without an end mark that stands behind its last sentence: in capitals, in a
// script that has none, or behind a sign of its own.
func (w *Words) withoutEndMark(text string) string {
	core := strings.TrimRight(text, endSigns)
	for _, mark := range w.starts["end mark"] {
		before := len(core) - len(mark)
		if before <= 0 || !strings.EqualFold(core[before:], mark) {
			continue
		}
		rest := strings.TrimRight(core[:before], openSigns)
		signs := core[len(rest):before]
		if signs != "" && sentence(rest) && (strings.ContainsAny(signs, surely) || strings.ToUpper(core[before:]) == core[before:]) &&
			!unicode.IsLetter(lastRune(core[:before])) {
			return rest
		}
	}
	return text
}

// lastRune returns the last character of s, [utf8.RuneError] where it is empty.
func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
