package timeline_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/timeline"
)

// Topics that somebody else has found are counted as those of Link are, and of a topic
// that nobody looked for no release is said to be silent.
func TestAssigned(t *testing.T) {
	rs := fictional(t)
	linked := timeline.Link(rs, timeline.LinkOptions{})
	got := timeline.Assigned([]*timeline.Release{rs[2], rs[0], rs[3], rs[1]}, linked.Topics...)
	sameDay := cmp.Comparer(func(a, b timeline.Date) bool { return a == b })
	if d := cmp.Diff(linked.Topics, got.Topics, sameDay); d != "" {
		t.Errorf("topics (-linked +assigned):\n%s", d)
	}
	for _, x := range linked.Topics {
		want := timeline.Build(linked, x.ID, timeline.Filter{})
		if d := cmp.Diff(want, timeline.Build(got, x.ID, timeline.Filter{}), sameDay); d != "" {
			t.Errorf("timeline of %s (-linked +assigned):\n%s", x.ID, d)
		}
	}
	if e := timeline.Build(linked, "lighthouse-keepers", timeline.Filter{}).Entries; len(e) != 0 {
		t.Errorf("%d entries on a topic that was not looked for", len(e))
	}
}
