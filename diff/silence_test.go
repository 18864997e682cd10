package diff_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/diff"
	"readout/timeline"
)

// TestSilence checks that what is gone is told apart from what is no position, what may be said in
// other words, and what a text much shorter could not hold.
func TestSilence(t *testing.T) {
	old := meetingOf("2031-03-01-aa-bb",
		said(timeline.ActNone, "", "Minister Arden met today with Minister Tolva in Port Velm."),
		said(timeline.ActAgree, "orchard", "The ministers agreed that the orchard at Sill should be replanted jointly.", "AA", "BB"),
		said(timeline.ActDiscuss, "ferry", "The ministers discussed the ferry between Arn and Port Velm.", "AA", "BB"),
		said(timeline.ActWelcome, "wool", "Minister Tolva congratulated the weavers of Bress.", "BB"),
		said(timeline.ActUrge, "wool", "Minister Tolva asked that felted wool from Bress be let in as yarn.", "BB"))
	ferry := said(timeline.ActDiscuss, "ferry", "The ministers discussed the ferry between Arn and Port Velm.", "AA", "BB")
	carpets := said(timeline.ActWelcome, "wool", "They welcomed an exhibition of carpets, held in autumn at the museum.", "AA", "BB")
	hives := said(timeline.ActState, "bees", "Seventy hives will cross the pass.", "AA", "BB")
	for _, tt := range []struct {
		name   string
		new    *timeline.Release
		want   []string
		silent int
	}{
		{"as long", meetingOf("2032-05-09-aa-bb", ferry, carpets, hives),
			[]string{"[] no_topic", "[orchard] ", "[wool] idle", "[wool] "}, 2},
		{"in other words", meetingOf("2032-05-09-aa-bb", ferry, hives, said(timeline.ActState, "wool", "Yarn and felted wool of Bress: let both in, Tolva said.", "BB")),
			[]string{"[] no_topic", "[orchard] ", "[wool] idle"}, 2},
		{"much shorter", meetingOf("2032-05-09-aa-bb", carpets),
			[]string{"[] no_topic", "[orchard] ", "[ferry] ", "[wool] idle", "[wool] short_text"}, 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := diff.Compare(old, tt.new, diff.Options{})
			var got []string
			for _, c := range r.Changes {
				if c.Kind != diff.Dropped {
					continue
				}
				got = append(got, fmt.Sprintf("%v %s", c.Topics, c.Absence.Silence))
				if c.Absence.Against != tt.new || c.Absence.Nearest == nil {
					t.Errorf("%q has no proof: %+v", c.OldText, c.Absence)
				}
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("silences (-want +got):\n%s", d)
			}
			if r.Summary.Silent != tt.silent {
				t.Errorf("%d of those dropped are silent, want %d", r.Summary.Silent, tt.silent)
			}
		})
	}
	old.Statements[1].Inherited = true
	for _, c := range diff.Compare(old, meetingOf("2032-05-09-aa-bb", ferry, carpets, hives), diff.Options{}).Changes {
		if c.Kind == diff.Dropped && c.Topics != nil && c.Topics[0] == "orchard" && c.Absence.Silence != diff.Unnamed {
			t.Errorf("%q names no issue of its own and has silence %q", c.OldText, c.Absence.Silence)
		}
	}
	record := diff.Compare(old, meetingOf("2032-05-09-aa-bb", carpets), diff.Options{Cause: diff.Record})
	if record.Summary.Silent != 0 {
		t.Errorf("a record change is silent about %d statements: what a page no longer has was taken out", record.Summary.Silent)
	}
}
