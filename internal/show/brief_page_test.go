package show_test

import (
	"fmt"
	"strings"
	"testing"

	"readout/diff"
	"readout/internal/ask"
	"readout/internal/show"
	"readout/timeline"
)

// longBrief has so many topics, each of which has so many lines, shifts and statements
// that are no longer said, and as many silences.
func longBrief(topics, each int) *ask.Brief {
	b := &ask.Brief{Series: "NO-UY", Meetings: 500}
	long := strings.Repeat("The two ministers spoke of the lighthouses of the south. ", 4)
	for i := range topics {
		t := ask.BriefTopic{TimelineTopic: ask.TimelineTopic{ID: fmt.Sprint("t", i), Name: fmt.Sprint("Topic ", i)}, Raised: 3}
		for k := range each {
			t.Lines = append(t.Lines, ask.BriefLine{ID: fmt.Sprintf("%d#%d", i, k), Text: long})
			t.Dropped = append(t.Dropped, ask.TimelineDropped{Text: long})
			t.Shifts = append(t.Shifts, ask.BriefShift{Shift: diff.Shift{Old: diff.Quote{Text: long}, New: diff.Quote{Text: long}}})
		}
		b.Topics, b.Silent = append(b.Topics, t), append(b.Silent, t)
	}
	return b
}

// TestBriefKeepsToAPage sees that a page has what matters most of as many topics as there
// is room for, that it counts the rest, and that without a bound nothing is cut.
func TestBriefKeepsToAPage(t *testing.T) {
	for _, size := range []struct{ topics, each int }{{0, 0}, {1, 1}, {2, 2}, {8, 1}, {8, 9}, {300, 3}} {
		b := longBrief(size.topics, size.each)
		whole := show.LayBrief(b, timeline.Date.String)
		if len(whole.Rows) != size.topics || len(whole.Silent) != size.topics || whole.Left != 0 || whole.Cut() {
			t.Errorf("%v: without a bound %d topics and %d silences are shown", size, len(whole.Rows), len(whole.Silent))
		}
		b.Room = show.BriefRoom
		p := show.LayBrief(b, timeline.Date.String)
		if got := len(p.Rows) + len(p.Silent) + p.Left; got != 2*size.topics {
			t.Errorf("%v: %d topics are shown or counted, want %d", size, got, 2*size.topics)
		}
		for _, r := range p.Rows {
			if len(r.Lines) == 0 {
				t.Errorf("%v: %s is shown without its wording", size, r.Topic.Name)
			}
			if hidden := len(r.Lines) < size.each || len(r.Shifts)+len(r.Dropped) < 2*size.each; hidden != (r.Left != "") {
				t.Errorf("%v: %s hides %v and says %q", size, r.Topic.Name, hidden, r.Left)
			}
		}
		if len(p.Rows) > 0 && len(p.Rows[0].Shifts) == 0 {
			t.Errorf("%v: the first topic is shown without its change", size)
		}
		var text strings.Builder
		if err := show.Text(&text, show.Style{Width: 100}, b); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(text.String(), "\n"); n > 72 {
			t.Errorf("%v: the page has %d lines:\n%s", size, n, text.String())
		}
	}
}
