package diff_test

import (
	"testing"

	"readout/diff"
)

// A verb governs what stands in its own clause. Behind a semicolon, or behind a comma and a word that hangs a clause
// on, shared words are not what it was said of, and nothing was softened.
func TestVerbsEndAtTheirClause(t *testing.T) {
	tests := []struct{ name, old, new, want string }{
		{"their own clause", "They affirmed the krill quota for the southern shelf.", "They discussed the krill quota for the southern shelf.",
			"softened commitment: affirmed → discussed"},
		{"a semicolon", "They affirmed ferries; the krill quota for the southern shelf.", "They discussed seeds; the krill quota for the southern shelf.", ""},
		{"a relative clause", "They affirmed ferries, which serve the krill quota for the southern shelf.",
			"They discussed seeds, which serve the krill quota for the southern shelf.", ""},
		{"a participle", "They affirmed ferries, following the krill quota for the southern shelf.",
			"They discussed seeds, following the krill quota for the southern shelf.", ""},
		{"a comma alone", "They affirmed, however, the krill quota for the southern shelf.", "They discussed, however, the krill quota for the southern shelf.",
			"softened commitment: affirmed → discussed"},
		{"another verb behind the semicolon", "They met; they affirmed the krill quota for the southern shelf.",
			"They met; they discussed the krill quota for the southern shelf.", "softened commitment: affirmed → discussed"},
	}
	for _, tt := range tests {
		if got := shiftsOf(t, "NO UY", tt.old, "NO UY", tt.new, diff.Options{}); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
