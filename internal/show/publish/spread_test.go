package publish_test

import (
	"strings"
	"testing"

	"readout/internal/ask"
	"readout/internal/show/publish"
	"readout/timeline"
)

// TestSpreadGraphML: an arrow leads to a party from one that had said it before and said it
// with it the first time, and from no other.
func TestSpreadGraphML(t *testing.T) {
	use := func(day string, with ...timeline.Party) ask.SpreadUse {
		d, err := timeline.ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		return ask.SpreadUse{Day: d, Text: "calm & quiet sea", Release: day, With: with}
	}
	s := &ask.Spread{Phrase: "quiet sea", Parties: []ask.SpreadParty{
		{Party: "IS", First: use("2031-01-01", "IS", "NO")},
		{Party: "NO", First: use("2031-01-01", "IS", "NO")},
		{Party: "PE", First: use("2032-01-01", "IS", "PE")},
		{Party: "UY", First: use("2033-01-01", "UY")},
	}}
	var b strings.Builder
	if err := publish.SpreadGraphML(&b, s); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	if n := strings.Count(got, "<edge "); n != 1 || !strings.Contains(got, `<edge source="IS" target="PE">`) {
		t.Errorf("want the one edge from IS to PE, got %d in\n%s", n, got)
	}
	if !strings.Contains(got, "calm &amp; quiet sea") {
		t.Errorf("the text is not escaped:\n%s", got)
	}
}
