package extract_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"readout/internal/extract"
	"readout/internal/golden"
)

// TestTongues reads pages in other languages than English and Japanese. The
// goldens show who speaks and how beside each sentence.
func TestTongues(t *testing.T) {
	files, err := filepath.Glob("testdata/tongues/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no pages (%v)", err)
	}
	rules := extract.Default()
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			rel := read(t, rules, filepath.Base(file), data, extract.Overrides{})
			checkLaws(t, rel)
			if want := filepath.Base(file)[:2]; rel.Language != want {
				t.Errorf("language %q, want %q", rel.Language, want)
			}
			var b strings.Builder
			b.Write(describe(rel))
			b.WriteString("\n")
			for _, s := range rel.Statements {
				fmt.Fprintf(&b, "%v %s %s: %s\n", s.Speakers, s.Act, s.Verb, s.Text)
			}
			golden.Compare(t, file+".golden", []byte(b.String()))
		})
	}
}
