package diff_test

import (
	"fmt"
	"testing"

	"readout/diff"
	"readout/timeline"

	"github.com/google/go-cmp/cmp"
)

// TestSilence checks that a drop is told apart from a topic that was not raised and
// from the silence of a text that says little of anything.
func TestSilence(t *testing.T) {
	old := meetingOf("2031-03-01-aa-bb",
		said(timeline.ActNone, "", "Minister Arden met today with Minister Tolva in Port Velm."),
		said(timeline.ActAgree, "orchard", "The ministers agreed that the orchard at Sill should be replanted jointly.", "AA", "BB"),
		said(timeline.ActDiscuss, "ferry", "The ministers discussed the ferry between Arn and Port Velm.", "AA", "BB"),
		said(timeline.ActUrge, "wool", "Minister Tolva asked that felted wool from Bress be let in as yarn.", "BB"))
	ferry := said(timeline.ActDiscuss, "ferry", "The ministers discussed the ferry between Arn and Port Velm.", "AA", "BB")
	wool := said(timeline.ActWelcome, "wool", "They welcomed an exhibition of carpets, held in autumn at the museum.", "AA", "BB")
	silences := func(r *diff.Report) []string {
		var out []string
		for _, c := range r.Changes {
			if c.Kind == diff.Dropped {
				out = append(out, fmt.Sprintf("%v %s", c.Topics, c.Silence))
			}
		}
		return out
	}
	for _, tt := range []struct {
		name   string
		new    *timeline.Release
		want   []string
		silent int
	}{
		{"as long", meetingOf("2032-05-09-aa-bb", ferry, wool), []string{"[] no_topic", "[orchard] topic_not_raised", "[wool] "}, 2},
		{"much shorter", meetingOf("2032-05-09-aa-bb", wool),
			[]string{"[] no_topic", "[orchard] topic_not_raised", "[ferry] topic_not_raised", "[wool] short_text"}, 4},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := diff.Compare(old, tt.new, diff.Options{})
			if d := cmp.Diff(tt.want, silences(r)); d != "" {
				t.Errorf("silences (-want +got):\n%s", d)
			}
			if r.Summary.Silent != tt.silent {
				t.Errorf("%d of those dropped are silent, want %d", r.Summary.Silent, tt.silent)
			}
		})
	}
	record := diff.Compare(old, meetingOf("2032-05-09-aa-bb", wool), diff.Options{Cause: diff.Record})
	if record.Summary.Silent != 0 {
		t.Errorf("a record change is silent about %d statements: what a page no longer has was taken out", record.Summary.Silent)
	}
}
