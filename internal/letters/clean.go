package letters

import (
	"regexp"
	"strings"
	"unicode"
)

// Clean returns s as one line that is safe to show: [CleanLines] with white space
// folded to single spaces.
func Clean(s string) string { return strings.Join(strings.Fields(CleanLines(s)), " ") }

// escapes are the control sequences and control strings of ECMA-48, whole: without
// its introducer the rest would be left standing as rubbish in the text.
var escapes = regexp.MustCompile(`(?:\x1b\[|\x{9b})[0-?]*[ -/]*[@-~]|` +
	`(?:\x1b[\]PX^_]|[\x{9d}\x{90}\x{98}\x{9e}\x{9f}])[^\x07\x1b\x{9c}\n]*(?:\x07|\x1b\\|\x{9c})`)

// CleanLines returns s as it is safe to show on a terminal or a page: without
// control characters, escape sequences and the characters that turn the direction
// of writing, which make a reader see something else than the text says. Line
// breaks and tabs stay; invalid UTF-8 becomes U+FFFD.
func CleanLines(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return (r < ' ' || r >= 0x7f) && r != '\n' && r != '\t' }) {
		return s // as nearly all text is
	}
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	s = escapes.ReplaceAllString(s, "")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\u2028', r == '\u2029', r == '\uFEFF':
			return -1
		}
		return r
	}, s)
}
