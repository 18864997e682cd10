package show

import (
	"regexp"
	"strings"
	"unicode"
)

// Style says how text for people is laid out. The zero Style is plain text for a
// file or a pipe: no colour, tables as wide as they need to be.
type Style struct {
	Width int  // columns of the terminal; 0 where there is none
	Color bool // whether ANSI colours are used
}

// prose is how wide running text is set where the reader's width is not known,
// and how wide at most where it is: longer lines are hard to read.
const (
	proseDefault = 80
	proseMax     = 110
)

// prose returns the width for running text.
func (s Style) prose() int {
	if s.Width == 0 {
		return proseDefault
	}
	return min(s.Width, proseMax)
}

// ink is how a piece of text looks; its value is the parameters of the ANSI
// sequence that selects it.
type ink string

const (
	plain    ink = ""
	bold     ink = "1"
	dim      ink = "2"
	deleted  ink = "31;9" // red, struck through
	inserted ink = "32;4" // green, underlined
	red      ink = "31"
	green    ink = "32"
	yellow   ink = "33"
	cyan     ink = "36"
	boldCyan ink = "1;36"
)

// paint returns text in the given ink. Text is clean already.
func (s Style) paint(i ink, text string) string {
	if !s.Color || i == plain || text == "" {
		return text
	}
	return "\x1b[" + string(i) + "m" + text + "\x1b[0m"
}

// Clean returns text as one line that is safe to show on a terminal: without
// control characters, escape sequences and characters that reorder
// what is shown; white space is folded to single spaces and invalid UTF-8
// replaced.
func Clean(text string) string {
	return strings.Join(strings.Fields(CleanLines(text)), " ")
}

// escapes are the control sequences and control strings of ECMA-48, whole: without
// its introducer the rest would be left standing as rubbish in the text.
var escapes = regexp.MustCompile(`(?:\x1b\[|\x{9b})[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x{9d}\x{90}\x{98}\x{9e}\x{9f}])[^\x07\x1b\x{9c}\n]*(?:\x07|\x1b\\|\x{9c})`)

// CleanLines is [Clean] for text of several lines: line breaks, tabs and spacing
// stay.
func CleanLines(text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return (r < ' ' || r >= 0x7f) && r != '\n' && r != '\t' }) {
		return text // as nearly all text is
	}
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\r\n", "\n")
	text = escapes.ReplaceAllString(text, "")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\u2028', r == '\u2029', r == '\uFEFF':
			return -1
		}
		return r
	}, text)
}
