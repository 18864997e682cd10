package speech

import (
	"strings"
	"testing"

	"readout/internal/reading/names"
	"readout/timeline"
)

// TestLongestSaid: in what is longer than any sentence nobody says anything; its text stays.
func TestLongestSaid(t *testing.T) {
	for length, want := range map[int]timeline.Act{longestSaid: timeline.ActAgree, longestSaid + 1: timeline.ActNone} {
		text := "The two ministers agreed that the quota would be halved"
		text += strings.Repeat(" and halved", (length-len(text))/len(" and halved"))
		text += strings.Repeat(".", length-len(text))
		rel := &timeline.Release{Language: "en", Parties: []timeline.Party{"NO", "UY"}, Statements: []timeline.Statement{{Text: text, Section: -1}}}
		Attribute(rel, names.Default(), Default())
		if s := rel.Statements[0]; s.Act != want || s.Text != text {
			t.Errorf("a statement of %d bytes: %s, want %s; text kept: %v", length, s.Act, want, s.Text == text)
		}
	}
}
