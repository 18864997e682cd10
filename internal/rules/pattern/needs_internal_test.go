package pattern

import "testing"

// TestNeeds checks which texts are passed over: those without what every match has, and no others.
func TestNeeds(t *testing.T) {
	for _, c := range []struct {
		expr, text string
		may        bool
	}{
		{`[\pL.,](\*{1,3}|†{1,2})(?:[\s.]|$)`, "no star here.", false},
		{`[\pL.,](\*{1,3}|†{1,2})(?:[\s.]|$)`, "Kosovo*", true},
		{`[\pL.,](\*{1,3}|†{1,2})(?:[\s.]|$)`, "Kosovo†", true},
		{`\s*[(（\[][^)）\]]*[)）\]]`, "nothing aside", false},
		{`\s*[(（\[][^)）\]]*[)）\]]`, "all （aside）", true},
		{`(?i)\bkelvin`, "273 \u212Aelvin", true},
		{`page \d|†?`, "may match nothing at all", true},
		{`[^a]`, "b", true},
		{`[\x{fffd}*]`, "\xff", true},
	} {
		if got := needsOf(c.expr).met(c.text); got != c.may {
			t.Errorf("%q: %q may match = %v, want %v", c.expr, c.text, got, c.may)
		}
	}
}
