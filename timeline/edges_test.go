package timeline

import (
	"strings"
	"testing"
)

func TestSingular(t *testing.T) {
	for w, want := range map[string]string{
		"talks": "talk", "bus": "bus", "pass": "pass", "basis": "basis", "gas": "gas", // three letters are left alone
		"treaties": "treaty", "ties": "tie", "classes": "class", "wishes": "wish", "speeches": "speech", "crew": "crew",
	} {
		if got := singular(w); got != want {
			t.Errorf("singular(%q) = %q, want %q", w, got, want)
		}
	}
}

func TestSentenceCase(t *testing.T) {
	for s, want := range map[string]string{
		"KRILL QUOTA": "Krill quota", "OCEAN": "OCEAN", "FERRIES": "Ferries", "Krill Quota": "Krill Quota", "2041": "2041",
	} {
		if got := sentenceCase(s); got != want {
			t.Errorf("sentenceCase(%q) = %q, want %q", s, got, want)
		}
	}
}

// A single word of another language does
// not count for the issue of a party in that party's own series.
func TestTongueLeavesOut(t *testing.T) {
	table, err := new(Issues).Extend(strings.NewReader("Bells\t\t\tbell\nMalta\t\tMT\tmalta\n" +
		"fr\tBells\tcloche*|*carillon\nfr\tMalta\tmaltais|archipel maltais\n"))
	if err != nil {
		t.Fatal(err)
	}
	own := func(x Issue) bool { return x.Name == "Malta" }
	tests := []struct {
		text string
		want string
	}{
		{"les clochers", "Bells"}, {"un grandcarillon", "Bells"}, {"un carillonneur", ""}, // "*" at one end only
		{"le navire maltais", ""}, {"tout archipel maltais", "Malta"},
	}
	for _, tt := range tests {
		got := ""
		for _, h := range table.tongue("fr", own).find(singulars(words(tt.text))) {
			got += table.list[h.issues[0].issue].Name
		}
		if got != tt.want {
			t.Errorf("%q is on %q, want %q", tt.text, got, tt.want)
		}
	}
	others := func(Issue) bool { return false }
	if got := table.tongue("fr", others).find(singulars(words("le navire maltais"))); len(got) != 1 {
		t.Errorf("a single word of a third government has %d hits, want 1", len(got))
	}
}
