package document

import (
	"strings"
	"testing"
)

// FuzzFrontMatter: what stands below the front matter stays as it is, and what is read out of
// it stands in it; a block that no fence closes is none.
func FuzzFrontMatter(f *testing.F) {
	for _, s := range []string{
		"---\ntitle: Talks\ndate: 2031-03-11\n---\nbody\n", "+++\ntitle = \"Talks\"\n+++\nbody", "---\na: {b: {c: d}}\n---\n", "---\na: [1, 2\n---\nx",
		"---\nno key\n---\nx", "---\ntitle: a\n", "---\ntitle: &a [*a]\n---\n", "---\ntitle: |\n  a\n  b\n...\nx", "",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		doc := &Document{}
		rest := cutFrontMatter(s, doc)
		if !strings.HasSuffix(s, rest) {
			t.Fatalf("%q: the rest %q was changed", s, rest)
		}
		if (rest == s) != !hasFrontMatter(s) && s != "" {
			t.Errorf("%q: rest %q, front matter %v", s, rest, hasFrontMatter(s))
		}
		if len(s)-len(rest) > maxFrontMatter+len(s)-len(strings.TrimLeft(s, " \t\r\n"))+maxFrontMatter {
			t.Errorf("%d bytes were taken for front matter", len(s)-len(rest))
		}
	})
}
