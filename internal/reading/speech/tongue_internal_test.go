package speech

import (
	"testing"

	"readout/internal/rules/list"
)

// TestTonguesFile checks the built-in lines of other languages as those of a user
// are checked: [New] trusts them.
func TestTonguesFile(t *testing.T) {
	for _, l := range list.BuiltIn("tongues.tsv") {
		if err := checkTongue(l.Fields()); err != nil {
			t.Errorf("%s: %v", l.Place, err)
		}
	}
	if len(Default().lines) < 21 {
		t.Errorf("verbs of %d languages, want 21", len(Default().lines))
	}
}
