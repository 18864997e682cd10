package timeline_test

import (
	"testing"

	"readout/timeline"
)

// A statement that goes on with the one before it has the topics of that one, and says so: also when they
// are taken from what was kept.
func TestInheritedTopics(t *testing.T) {
	parties := []timeline.Party{"MT", "BO"}
	r := release(t, "m", "2041-03-02", parties, "The two ministers discussed irregular migration across the strait.\nThey will take this up again.\n\n"+
		"The two ministers discussed fisheries and fishing quotas.")
	topics := timeline.Link([]*timeline.Release{r}, timeline.LinkOptions{})
	check := func(how string) {
		t.Helper()
		for i, want := range []bool{false, true, false} {
			if s := r.Statements[i]; s.Inherited != want || len(s.Topics) == 0 {
				t.Errorf("%s: %q has topics %v, inherited %v, want %v", how, s.Text, s.Topics, s.Inherited, want)
			}
		}
	}
	check("linked")
	timeline.Kept([]*timeline.Release{r}, topics.Topics, nil)
	check("kept")
}
