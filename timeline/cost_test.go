package timeline_test

import (
	"testing"

	"readout/timeline"
)

// The meetings of a series are grouped once for all its topics, and the slot of one topic in a release is
// found without laying out the others: what a further topic costs in allocations is its list of entries.
func TestCostOfAFurtherTopic(t *testing.T) {
	topics := timeline.Link(longSeries(t, 200), timeline.LinkOptions{})
	if len(topics.Topics) == 0 {
		t.Fatal("no topic is found")
	}
	absent := timeline.Filter{Acts: []timeline.Act{"no such act"}} // entries without statements
	id := topics.Topics[0].ID
	timeline.Build(topics, id, absent)
	if n := testing.AllocsPerRun(5, func() { timeline.Build(topics, id, absent) }); n > 60 {
		t.Errorf("a further topic of %d releases takes %.0f allocations, want 60 at most", len(topics.Releases()), n)
	}
	r := topics.Releases()[0]
	if n := testing.AllocsPerRun(5, func() { timeline.SlotOf(r, id) }); n > 8 {
		t.Errorf("the slot of a topic takes %.0f allocations, want 8 at most", n)
	}
}
