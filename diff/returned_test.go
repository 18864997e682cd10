package diff_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/diff"
)

// A statement that is taken up again is found however long ago it was left out, once
// for every time it was; one that speaks of the same in other words is not.
func TestReturned(t *testing.T) {
	const survey = "The survey of the seabed will be repeated every year."
	filler := prose(5, 60)
	meetings := [][]string{{survey, "Observers will sail on every vessel of both fleets."}}
	for i := 0; i < len(filler); i += 3 {
		meetings = append(meetings, filler[i:i+3])
	}
	meetings = append(meetings,
		[]string{"The survey of the seabed will be repeated every second year."},
		[]string{"A bridge will be built to Arn."},
		[]string{survey, "No survey was spoken of."},
		[]string{"A bridge will be built to Arn."},
	)
	line, releases := course(meetings...)
	var got []string
	for _, s := range diff.Chain(line, diff.Options{}) {
		for _, c := range s.Statements {
			if r := c.Returned; r != nil {
				got = append(got, s.Entry.Release.ID+" says again what "+r.Release.ID+" said: "+r.Statement.Text)
			}
		}
	}
	last := len(releases) - 4
	want := []string{
		releases[last].ID + " says again what " + releases[0].ID + " said: " + survey,
		releases[last+2].ID + " says again what " + releases[last].ID + " said: The survey of the seabed will be repeated every second year.",
		releases[last+3].ID + " says again what " + releases[last+1].ID + " said: A bridge will be built to Arn.",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("returned (-want +got):\n%s", d)
	}
}
