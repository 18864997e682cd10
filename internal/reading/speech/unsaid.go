package speech

import (
	"strings"
	"unicode/utf8"

	"readout/internal/reading/speech/en"
	"readout/timeline"
)

// withoutUnsaid takes speaker and act from the statements that none of the parties makes:
// what the page tells of the matter below the text ("Background", "Quick facts"), what a
// journalist asks, and every other question.
func withoutUnsaid(rel *timeline.Release, lex *Lexicon) {
	facts := lex.factsFrom(rel.Sections)
	for i := range rel.Statements {
		s := &rel.Statements[i]
		asked := s.Section >= 0 && s.Section < len(rel.Sections) && lex.Has(en.Question, label(rel.Sections[s.Section].Heading))
		if s.Section < len(rel.Sections) && s.Section >= facts || asked || asks(s.Text) || lex.note(s.Text) {
			unsay(s)
		}
	}
}

// factsFrom returns the index of the first of the sections at the end that hold facts
// rather than what was said, len(sections) where there are none. A section with a number
// is part of the text, whatever it is called.
func (lex *Lexicon) factsFrom(sections []timeline.Section) int {
	at := len(sections)
	for i := len(sections) - 1; i >= 0; i-- {
		switch s := sections[i]; {
		case s.Number != "":
			return at
		case lex.Has(en.Facts, label(s.Heading)):
			at = i
		case s.Depth == 1:
			return at
		}
	}
	return at
}

// label returns what a heading says before a colon, a bracket or a dash, in small letters.
func label(heading string) string {
	if i := strings.IndexAny(heading, ":：([（–—"); i >= 0 {
		heading = heading[:i]
	}
	return strings.ToLower(strings.TrimSpace(heading))
}

// note reports whether a statement is a note below the text: "(Note 1) …", "［参考］…".
func (lex *Lexicon) note(s string) bool {
	open, n := utf8.DecodeRuneInString(s)
	if open == '※' {
		return true
	}
	if !strings.ContainsRune("([（［【", open) {
		return false
	}
	inner, _, closed := strings.Cut(s[n:], string(closing(open)))
	return closed && lex.Has(en.Facts, strings.TrimRight(strings.ToLower(inner), " 0123456789０１２３４５６７８９"))
}

// closing returns the bracket that closes another.
func closing(open rune) rune {
	return map[rune]rune{'(': ')', '[': ']', '（': '）', '［': '］', '【': '】'}[open]
}

// asks reports whether a statement is a question.
func asks(s string) bool {
	s = strings.TrimRight(s, " \"'”’»)）」")
	for _, mark := range []string{"?", "？", "؟"} {
		if strings.HasSuffix(s, mark) {
			return true
		}
	}
	return false
}
