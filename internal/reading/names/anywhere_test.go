package names_test

import (
	"testing"

	"readout/internal/reading/names"
	"readout/timeline"
)

// People type the names of countries as they know them.
func TestLookupAnywhere(t *testing.T) {
	g := names.Default()
	for name, want := range map[string]timeline.Party{
		"NO": "NO", "no": "NO", "NOR": "NO", "nor": "NO", "norway": "NO", "the Netherlands": "NL", "south korea": "KR",
		"Noruega": "NO", "noruega": "NO", "Norvège": "NO", "Норвегия": "NO", "ノルウェー": "NO", "挪威": "NO", "노르웨이": "NO",
		"Estados Unidos": "US", "美": "US", "Allemagne": "DE", "eu": "EU", "costa rica": "CR",
	} {
		if got, ok := g.LookupAnywhere(name); got != want || !ok {
			t.Errorf("LookupAnywhere(%q) = %q, %v, want %s", name, got, ok, want)
		}
	}
	for _, name := range []string{"", "-", "krill", "578", "Atlantis", "XXX", "Norway and Chile"} {
		if got, ok := g.LookupAnywhere(name); ok {
			t.Errorf("LookupAnywhere(%q) = %q, want none", name, got)
		}
	}
}

func BenchmarkLookupAnywhere(b *testing.B) {
	g := names.Default()
	b.ReportAllocs()
	for b.Loop() {
		g.LookupAnywhere("Noruega")
	}
}
