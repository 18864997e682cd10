package timeline

import (
	"strings"
	"unicode"
)

// Stem takes the endings off a folded word, lightly: of an English one plurals, -ed, -ing and
// their likes, so that "sanctions" and "sanction", "negotiating" and "negotiations" meet, of one in a
// script whose languages decline their nouns its last letters. It is meant for comparing, not for
// showing.
func Stem(w string) string { return stem(w) }

func stem(w string) string {
	if len(w) < 4 {
		return w
	}
	if r := firstRune(w); unicode.In(r, unicode.Cyrillic, unicode.Greek) {
		return undeclined(w)
	}
	switch {
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		w = w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "sses"):
		w = w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is"):
		w = w[:len(w)-1]
	}
	for _, suffix := range []string{"isation", "ization", "ations", "ation", "ating", "ated", "ate", "ions", "ion", "ing", "ed",
		"al", "er", "or", "e", "y"} {
		if strings.HasSuffix(w, suffix) && len(w)-len(suffix) >= 4 {
			return w[:len(w)-len(suffix)]
		}
	}
	return w
}

// Endings of a declined word: at most so many letters, a third of a word at most, and so many letters stay.
const (
	longestEnding = 3
	leastRoot     = 3
)

// undeclined takes the last letters off a word, as many as an ending of a word of its length may have: a
// rule of lengths meets most cases of one noun without a list of endings for each language.
func undeclined(w string) string {
	letters := []rune(w)
	n := len(letters)
	return string(letters[:max(n-min(longestEnding, n/3), min(n, leastRoot))])
}

// singular takes a plural ending off an English word.
func singular(w string) string {
	switch {
	case len(w) < 4 || strings.HasSuffix(w, "ss") || strings.HasSuffix(w, "us") || strings.HasSuffix(w, "is"):
		return w
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "ches"):
		return w[:len(w)-2]
	case strings.HasSuffix(w, "s"):
		return w[:len(w)-1]
	}
	return w
}

func singulars(ws []string) []string {
	out := make([]string, len(ws))
	for i, w := range ws {
		out[i] = singular(w)
	}
	return out
}
