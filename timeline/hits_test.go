package timeline_test

import (
	"slices"
	"testing"

	"readout/timeline"
)

// What a sentence names in passing, as a place, an occasion or an office, is not
// what it is about.
func TestLinkReadsPastNames(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"occasion", "Minister Vella saw Minister Quisbert on the margins of the APEC Leaders' Meeting.", nil},
		{"after the occasion", "Minister Vella saw Minister Quisbert on the margins of the NATO Summit to discuss irregular migration.", []string{"migration"}},
		{"country of a city", "Minister Vella saw Minister Quisbert in Prizren, Kosovo.", nil},
		{"country itself", "The two ministers discussed the situation in Iran.", []string{"iran"}},
		{"office", "Assistant Secretary of State for Counternarcotics Ada Borg took part.", nil},
		{"pair of governments", "The two ministers spoke of the Malta-Bolivia relationship.", []string{"bilateral-relations"}},
		{"pair with a third country", "The two ministers spoke of the India-Pakistan relationship.", []string{"pakistan"}},
		{"what a point is good for", "The two ministers discussed irregular migration as a driver of corruption.", []string{"migration"}},
		{"no such clause", "The two ministers discussed irregular migration and corruption as a whole.", []string{"migration", "anti-corruption"}},
		{"a business community", "The two ministers praised the innovation ecosystem of Valletta.", []string{"emerging-technologies"}},
		{"growth", "The two ministers discussed sustainable growth.", []string{"investment-and-economic-cooperation"}},
		{"a ministry's round on the economy", "The two ministers announced an Economic 2+2.", []string{"investment-and-economic-cooperation"}},
		{"a region alone", "The two ministers discussed developments in the Middle East.", []string{"middle-east"}},
		{"a region beside an issue", "The two ministers discussed irregular migration in the Western Hemisphere.", []string{"migration"}},
	}
	parties := []timeline.Party{"MT", "BO"}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := tt.text
			for range 14 { // a series of which the sentence is a small part
				text += "\nThe orchard was closed."
			}
			got := timeline.Link([]*timeline.Release{release(t, "m", "2041-03-02", parties, text)}, timeline.LinkOptions{}).Of("m#1")
			slices.Sort(got)
			slices.Sort(tt.want)
			if !slices.Equal(got, tt.want) {
				t.Errorf("%q is about %v, want %v", tt.text, got, tt.want)
			}
		})
	}
}

func TestFindReadsAPairOfGovernments(t *testing.T) {
	r := release(t, "m", "2041-03-02", []timeline.Party{"MT", "BO"}, "The two ministers spoke of the Malta-Bolivia relationship.")
	m := timeline.Link([]*timeline.Release{r}, timeline.LinkOptions{}).Find("Bolivia-Malta relations")
	if len(m) == 0 || m[0].Topic.ID != "bilateral-relations" {
		t.Errorf("Find(Bolivia-Malta relations) = %+v, want bilateral-relations first", m)
	}
}
