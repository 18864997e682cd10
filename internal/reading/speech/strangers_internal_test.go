package speech

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/internal/reading/names"
	"readout/timeline"
)

// strangerIn returns a reader of names in a language who knows some people.
func strangerIn(language string, people ...string) *foreign {
	f := &foreign{tongue: Default().tongue(language), gaz: names.Default().In(language), named: map[string][]encounter{}}
	for _, p := range people {
		f.people = append(f.people, &stranger{words: []string{p}})
	}
	return f
}

func TestWordsOf(t *testing.T) {
	s := "Jean-Luc d’Arc -x ok-"
	var got []string
	for _, w := range wordsOf(s) {
		got = append(got, s[w[0]:w[1]])
	}
	if diff := cmp.Diff([]string{"Jean-Luc", "d’Arc", "x", "ok-"}, got); diff != "" {
		t.Errorf("words differ (-want +got):\n%s", diff)
	}
}

// TestBearerBefore: a family name of one character is a name only of somebody known; a longer run
// is one where it may be a whole name.
func TestBearerBefore(t *testing.T) {
	for text, want := range map[string]string{
		"，林": "林", "，黄": "", "，林小明": "林小明", "，林小明大明": "林小明大明", "，林小明大明天": "", "，": "", "，挪威": "",
	} {
		if got := strangerIn("zh", "林小明").bearerBefore(text); got != want {
			t.Errorf("bearerBefore(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestCountryBefore: a country before an office is that of the office, unless something parts the two.
func TestCountryBefore(t *testing.T) {
	const office = "Außenministerin Lund"
	for before, want := range map[string]timeline.Party{
		"Norwegens ": "NO", "Norwegens neue ": "NO", "Norwegen und ": "", "Norwegen ist so weit weg von der ": "",
		"Norwegens Präsident Vinje ": "", "Norwegen traf ": "",
	} {
		if got := strangerIn("de").countryBefore(before+office, 0, [2]int{len(before), len(before) + len(office)}); got != want {
			t.Errorf("countryBefore(%q) = %q, want %q", before, got, want)
		}
	}
}
