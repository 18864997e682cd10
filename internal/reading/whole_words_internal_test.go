package reading

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"readout/internal/rules/list"
	"readout/internal/rules/pattern"
	"readout/seeds"
)

// The words of a list are found by going over the text once; the expression of all of
// them, tried at every place, finds the same.
func TestWholeWordsAreFoundAsByOneExpression(t *testing.T) {
	var texts []string
	documents, err := seeds.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range documents {
		for line := range strings.Lines(string(d.Data)) {
			texts = append(texts, strings.TrimSpace(line))
		}
	}
	for _, file := range []string{"noise.txt", "words.txt", "acts.tsv", "tongues.tsv", "issues_tongues.tsv"} {
		for i, l := range list.BuiltIn(file) {
			if i%3 == 0 { // their words stand close to each other, and half of a pattern at its edge
				texts = append(texts, strings.NewReplacer("|", " ", "(", "", ")", ", ", "*", "a").Replace(l.Text))
			}
		}
	}
	texts = append(texts, "", "K", "the ſummit", "MEETING", "summit_meeting", "9 talks", "日米外相会談 and talks", "visite…", "—visit—", "x visit1")
	words := list.Sections(list.BuiltIn("words.txt"))
	noise := list.Sections(list.BuiltIn("noise.txt"))
	if err := errors.Join(express(words), express(noise)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"start", "aside", "caption", "done", "signs", "annex"} {
		p := pattern.Openings(noise[name])
		for _, s := range texts {
			if got, want := p.MatchString(s), p.Regexp().MatchString(s); got != want {
				t.Errorf("[%s] at the head of %q: %v, by one expression %v", name, s, got, want)
			}
		}
	}
	check := func(name string, p *pattern.Pattern) {
		re := p.Regexp()
		for _, s := range texts {
			var want []int
			if m := re.FindStringSubmatchIndex(s); m != nil && m[2] >= 0 {
				want = m[2:4]
			} else if m != nil {
				want = m[4:6]
			}
			if got := firstWord(p, s); !slices.Equal(got, want) {
				t.Errorf("[%s] in %q: found at %v, by one expression at %v", name, s, got, want)
			}
		}
	}
	for _, name := range append([]string{"joint-statement", "visit", "video", "call", "meeting", "statement", "summit", "foreign-ministers", "vice-ministers"}, wordSections...) {
		if testing.Short() && len(words[name]) > 100 {
			continue
		}
		check(name, wholeWords(words[name]))
	}
}
