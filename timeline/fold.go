package timeline

import (
	"strings"

	"readout/internal/letters"
)

// token is one word of a text.
type token = letters.Token

// tokens splits text into words.
func tokens(text string) []token { return letters.Words(text) }

// words returns the folded words of text.
func words(text string) []string {
	ts := tokens(text)
	out := make([]string, len(ts))
	for i, t := range ts {
		out[i] = t.Folded
	}
	return out
}

// foldText is the form by which two wordings of a statement or name are the same.
func foldText(text string) string { return strings.Join(words(text), " ") }

// foldName is foldText without a leading article.
func foldName(name string) string {
	ws := words(name)
	if len(ws) > 1 && (ws[0] == "the" || ws[0] == "a" || ws[0] == "an") {
		ws = ws[1:]
	}
	return strings.Join(ws, " ")
}

// slug is the id of a topic called name: its folded words joined by hyphens.
func slug(name string) string {
	s := joinWords(strings.Fields(foldName(name)), "-")
	if s == "" {
		return "topic"
	}
	return s
}
