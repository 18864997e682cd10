package archive

import (
	"context"
	"slices"
	"testing"

	"readout/timeline"
)

// Free words are looked for in the series that say them, whatever their endings: where some
// statement has all of them, else where any is said.
func TestSeriesSpeaking(t *testing.T) {
	a := grown(t, fewOthers)
	for _, c := range []struct {
		words string
		most  int
		want  []timeline.SeriesID
	}{
		{"narwhals", 9, []timeline.SeriesID{"NO-UY"}},
		{"named the narwhals", 9, []timeline.SeriesID{"NO-UY"}},
		{"krill narwhal", 3, []timeline.SeriesID{"AA-NO", "AB-NO", "AC-NO"}}, // in no statement together
		{"zeppelin", 9, []timeline.SeriesID{}},
		{"—", 9, []timeline.SeriesID{}},
	} {
		got, err := a.SeriesSpeaking(context.Background(), c.words, c.most)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("SeriesSpeaking(%q, %d) = %q, %v, want %q", c.words, c.most, got, err, c.want)
		}
	}
}
