package archive

import (
	"strings"
	"unicode"

	"github.com/clipperhouse/uax29/v2/words"
	"golang.org/x/text/unicode/norm"
)

// tokens returns the search terms of a text in order: words by Unicode's rules in
// lower case without accents, and overlapping pairs of ideographs, which are
// written without spaces.
func tokens(text string) []string {
	var out []string
	var run []rune
	flush := func() {
		if len(run) == 1 {
			out = append(out, string(run))
		}
		for i := 0; i+1 < len(run); i++ {
			out = append(out, string(run[i:i+2]))
		}
		run = run[:0]
	}
	for it := words.FromString(text); it.Next(); {
		w := foldToken(it.Value())
		rs := []rune(w)
		switch {
		case w == "":
			flush()
		case ideographic(rs):
			run = append(run, rs...)
		default:
			flush()
			out = append(out, w)
		}
	}
	flush()
	return out
}

func foldToken(w string) string {
	w = strings.TrimSuffix(strings.ReplaceAll(w, "’", "'"), "'s")
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(w)))
}

func ideographic(rs []rune) bool {
	for _, r := range rs {
		if !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) {
			return false
		}
	}
	return len(rs) > 0
}
