package reading_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/internal/reading"
	"readout/timeline"
)

// TestOneMeeting reads accounts of one meeting in many languages. Sentence for
// sentence they have the speakers, acts and topics of the English one beside them.
func TestOneMeeting(t *testing.T) {
	rules := reading.Default()
	load := func(t *testing.T, lang string) *timeline.Release {
		data, err := os.ReadFile(filepath.Join("testdata", "meeting", lang+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		rel := read(t, rules, lang+".txt", data, reading.Overrides{})
		rel.Name(lang)
		if rel.Language != lang {
			t.Errorf("language %q, want %q", rel.Language, lang)
		}
		return rel
	}
	for _, lang := range []string{"de", "fr", "es", "pt", "ru", "zh", "ja", "ko", "ar", "tr"} {
		t.Run(lang, func(t *testing.T) {
			en, other := load(t, "en"), load(t, lang)
			topics := timeline.Link([]*timeline.Release{en, other}, timeline.LinkOptions{})
			if diff := cmp.Diff(account(en, topics), account(other, topics)); diff != "" {
				t.Errorf("unlike the English account (-english +this):\n%s", diff)
			}
		})
	}
}

// account tells what was read of a release, a line for each sentence after the one
// that says who met.
func account(rel *timeline.Release, topics *timeline.Topics) []string {
	out := []string{fmt.Sprint(rel.Series, rel.Level, rel.Held, rel.Published)}
	for _, s := range rel.Statements[1:] {
		out = append(out, fmt.Sprint(s.Speakers, s.Act, " ", strings.Join(topics.Of(s.ID), " ")))
	}
	return out
}
