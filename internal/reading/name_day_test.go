package reading_test

import (
	"testing"

	"readout/internal/reading"
)

const noDay = "Norway-Uruguay Foreign Ministers' Meeting\n\nThe foreign ministers of Norway and Uruguay met in Oslo and agreed on krill.\n"

// TestDayInTheNameOfTheFile reads a text without a day from files of several names: the
// day in the name is taken with a doubt, and that of a folder is not.
func TestDayInTheNameOfTheFile(t *testing.T) {
	for name, want := range map[string]string{
		"captures/readout-2041-03-07.txt":            "2041-03-07",
		"no_uy_20410307_final.txt":                   "2041-03-07",
		"https://mfa.example/news/2041/03/07/talks":  "2041-03-07",
		"2041-03-07/readout.txt":                     "", // the day of a capture
		"case-120410307.txt":                         "", // a number
		"2041-13-07.txt":                             "",
		"feed.xml/https://mfa.example/n/20410307.do": "2041-03-07",
	} {
		rel := read(t, reading.Default(), name, []byte(noDay), reading.Overrides{})
		if got := rel.Published.String(); got != want || !rel.Held.IsZero() {
			t.Errorf("%s: published %q, held %q; want %q and none", name, got, rel.Held, want)
		}
		if rel.Doubted("published") != (want != "") {
			t.Errorf("%s: doubts = %v", name, rel.Doubts)
		}
	}
	printed := "2 April 2041\n\n" + noDay
	if rel := read(t, reading.Default(), "2041-03-07.txt", []byte(printed), reading.Overrides{}); rel.Published.String() != "2041-04-02" || rel.Doubted("published") {
		t.Errorf("a printed day loses against the name: %v, %v", rel.Published, rel.Doubts)
	}
}
