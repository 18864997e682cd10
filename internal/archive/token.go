package archive

import (
	"slices"
	"unicode/utf8"

	"readout/internal/letters"
	"readout/timeline"
)

// token is a word of a text as the search index has it: one by the rules of timeline,
// so that the index finds what the ledger of a phrase finds; or one letter of a script
// that is written without spaces.
type token struct {
	text  string
	joins bool // a letter of such a script
}

func tokens(text string) []token { return tokensOf(timeline.Words(text)) }

func tokensOf(words []string) []token {
	var out []token
	for _, w := range words {
		if !unspaced(w) {
			out = append(out, token{text: w})
			continue
		}
		for _, r := range w {
			out = append(out, token{string(r), true})
		}
	}
	return out
}

// unspaced reports whether a word is of a script that is written without spaces.
func unspaced(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return letters.Unspaced(first)
}

// indexTerms returns what a text is found under, one term for each token: a word, or
// such a letter with the one that follows it.
func indexTerms(text string) []string {
	words := timeline.Words(text)
	if !slices.ContainsFunc(words, unspaced) {
		return words
	}
	ts := tokensOf(words)
	out := make([]string, len(ts))
	for i, t := range ts {
		out[i] = t.text
		if t.joins && i+1 < len(ts) && ts[i+1].joins {
			out[i] += ts[i+1].text
		}
	}
	return out
}

// sought is a term of a phrase.
type sought struct {
	at   int // its place in the phrase
	term string
	more bool // it is only the beginning of one
}

// seek returns the terms that a text must have to hold a phrase. The last letter of a
// script without spaces has any letter behind it, or none; where one stands before it
// that says it all.
func seek(phrase string) []sought {
	ts := tokens(phrase)
	var out []sought
	for i, t := range ts {
		switch {
		case !t.joins:
			out = append(out, sought{i, t.text, false})
		case i+1 < len(ts) && ts[i+1].joins:
			out = append(out, sought{i, t.text + ts[i+1].text, false})
		case i == 0 || !ts[i-1].joins:
			out = append(out, sought{i, t.text, true})
		}
	}
	return out
}

// terms returns the terms of the statements and headings of a release, as they are
// indexed: those of statement n under 2n, those of heading n under 2n+1.
func terms(r *timeline.Release) [][]string {
	out := make([][]string, 2*max(len(r.Statements), len(r.Sections)))
	for i, s := range r.Statements {
		out[2*i] = indexTerms(s.Text)
	}
	for i, s := range r.Sections {
		out[2*i+1] = indexTerms(s.Heading)
	}
	return out
}
