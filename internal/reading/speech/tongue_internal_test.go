package speech

import (
	"bytes"
	"testing"
)

// TestTonguesFile reads the built-in lines of other languages as those of a user
// are read: Default trusts them.
func TestTonguesFile(t *testing.T) {
	text, err := data.ReadFile("tongues.tsv")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := new(Lexicon).Extend(bytes.NewReader(text)); err != nil {
		t.Error(err)
	}
	if len(Default().lines) < 21 {
		t.Errorf("verbs of %d languages, want 21", len(Default().lines))
	}
}
