package reading_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"readout/internal/archtest/golden"
	"readout/timeline"
)

// TestTongues reads pages in other languages than English and Japanese. The
// goldens show who speaks and how beside each sentence.
func TestTongues(t *testing.T) {
	eachPage(t, "testdata/tongues/*.txt", func(t *testing.T, file string, rel *timeline.Release) {
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

// A party for which hardly anything speaks is said to be doubtful.
func TestThinPartiesAreDoubted(t *testing.T) {
	for file, want := range map[string]bool{"nl_guest.txt": true, "fr_guest.txt": false, "zh_short.txt": false} {
		eachPage(t, "testdata/tongues/"+file, func(t *testing.T, _ string, rel *timeline.Release) {
			if got := rel.Doubted("parties"); got != want {
				t.Errorf("parties %v doubted: %t, want %t", rel.Parties, got, want)
			}
		})
	}
}
