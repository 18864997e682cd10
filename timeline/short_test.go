package timeline_test

import (
	"slices"
	"testing"

	"readout/timeline"
)

// In a single text every issue is named once: that is no reason to doubt it.
func TestShortSeriesHasTopics(t *testing.T) {
	tests := []struct{ lang, text, want string }{
		{"en", "The ministers agreed to strengthen cooperation on migration.", "migration"},
		{"en", "They discussed fisheries.", "fisheries"},
		{"fr", "Les ministres ont fait le point sur la lutte contre la déforestation, entamée le 12 mars.", "environment-and-biodiversity"},
		{"es", "Ambos cancilleres reiteraron su compromiso con la lucha contra el narcotráfico.", "counternarcotics"},
		{"it", "I due Ministri hanno concordato di contrastare l'immigrazione irregolare.", "migration"},
		{"nl", "De ministers spraken af de samenwerking op het gebied van waterbeheer te versterken.", "water-resources"},
		{"pl", "Ministrowie uzgodnili zacieśnienie współpracy w dziedzinie bezpieczeństwa energetycznego.", "energy-security"},
		{"uk", "Сторони обговорили посилення санкцій.", "sanctions"},
		{"ru", "Состоялся обмен мнениями по ситуации в Афганистане.", "afghanistan"},
		{"ar", "أكد وزير الخارجية دعم بلاده لحل الدولتين.", "two-state-solution"},
	}
	for _, tt := range tests {
		r := release(t, "m", "2041-03-02", []timeline.Party{"KE", "NO"}, tt.text)
		r.Language = tt.lang
		if got := timeline.Link([]*timeline.Release{r}, timeline.LinkOptions{}).Of("m#1"); !slices.Equal(got, []string{tt.want}) {
			t.Errorf("%q is about %v, want %s", tt.text, got, tt.want)
		}
	}
}

// One word that two sentences share does not put both on one issue.
func TestShortSeriesWord(t *testing.T) {
	r := release(t, "m", "2041-03-02", []timeline.Party{"KE", "NO"},
		"Die Staatssekretärin hat den Gast am Fjord empfangen.\nStaatssekretärin Vik forderte einen sofortigen Waffenstillstand.")
	r.Language = "de"
	if got := timeline.Link([]*timeline.Release{r}, timeline.LinkOptions{}).Of("m#1"); len(got) > 0 {
		t.Errorf("who received a guest speaks of %v", got)
	}
}
