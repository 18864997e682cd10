package diff_test

import (
	"math"
	"strings"
	"testing"

	"readout/diff"
	"readout/timeline"

	"github.com/google/go-cmp/cmp"
)

// said is a statement of the sides with its topic, "" for none. One without an act is
// the author's own narration.
func said(act timeline.Act, topic, text string, speakers ...timeline.Party) timeline.Statement {
	s := timeline.Statement{Section: -1, Act: act, Text: text, Speakers: speakers}
	if topic != "" {
		s.Topics = []string{topic}
	}
	return s
}

func meetingOf(id string, ss ...timeline.Statement) *timeline.Release {
	r := &timeline.Release{ID: id, Statements: ss}
	r.Name(id)
	return r
}

func twoMeetings() (old, new *timeline.Release) {
	old = meetingOf("2031-03-01-aa-bb",
		said(timeline.ActNone, "", "Minister Arden met today with Minister Tolva in Port Velm."),
		said(timeline.ActUrge, "wool", "Minister Tolva asked that felted wool from Bress be let in as yarn.", "BB"),
		said(timeline.ActAgree, "orchard", "The ministers agreed that the orchard at Sill should be replanted jointly.", "AA", "BB"),
		said(timeline.ActDiscuss, "ferry", "The ministers discussed the ferry between Arn and Port Velm.", "AA", "BB"),
		said(timeline.ActState, "", "Minister Arden said that nothing else was on his mind.", "AA"))
	new = meetingOf("2032-05-09-aa-bb",
		said(timeline.ActNone, "", "Minister Arden met on Friday with Minister Tolva in Port Velm."),
		said(timeline.ActState, "wool", "Minister Arden announced that felted wool from Bress would be let in as yarn.", "AA"),
		said(timeline.ActConfirm, "orchard", "The ministers reaffirmed that the orchard at Sill will be replanted jointly, by 2033.", "AA", "BB"),
		said(timeline.ActDiscuss, "ferry", "The ministers discussed the ferry between Arn and Port Velm.", "AA", "BB"))
	return old, new
}

// TestReasonsMakeTheScore checks that what is printed as the reason for a link is what
// made it: each measurement times its weight, added up.
func TestReasonsMakeTheScore(t *testing.T) {
	old, new := twoMeetings()
	for _, cause := range []diff.Cause{diff.Position, diff.Record} {
		links := 0
		for _, l := range diff.Align(old.Statements, new.Statements, diff.Options{Cause: cause}) {
			sum := 0.0
			for _, r := range l.Reasons {
				sum += r.Value * r.Weight
				if r.Value < 0 || r.Value > 1 {
					t.Errorf("%s: %s is %v, want 0 to 1", cause, r.Name, r.Value)
				}
			}
			if len(l.Reasons) == 1 && l.Reasons[0].Name == "equal" != (l.Score == 1) {
				t.Errorf("%s: score %v with reasons %v", cause, l.Score, l.Reasons)
			}
			if l.Score < 1 {
				sum = min(sum, 0.99)
			}
			if math.Abs(sum-l.Score) > 0.0005 {
				t.Errorf("%s: reasons %v come to %.4f, the score is %.4f", cause, l.Reasons, sum, l.Score)
			}
			links++
		}
		if links < 3 {
			t.Errorf("%s: %d links, want three at least", cause, links)
		}
	}
}

// TestUncertain checks that the answer of the other side is linked and said to be
// uncertain, and that the frame of a meeting continues none.
func TestUncertain(t *testing.T) {
	old, new := twoMeetings()
	var got []string
	for _, c := range diff.Compare(old, new, diff.Options{}).Changes {
		line := string(c.Kind)
		if c.Link.Uncertain {
			line += ", uncertain"
		}
		got = append(got, line+": "+strings.Join(c.Topics, " "))
	}
	want := []string{"dropped: ", "new: ", "reworded, uncertain: wool", "reworded: orchard", "unchanged: ferry", "dropped: "}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("changes (-want +got):\n%s", d)
	}
}

// TestFramesNeedAct checks that texts of which no speech act was understood are still
// aligned: there, every statement looks like a frame.
func TestFramesNeedAct(t *testing.T) {
	old, new := twoMeetings()
	for _, r := range []*timeline.Release{old, new} {
		for i := range r.Statements {
			r.Statements[i].Act, r.Statements[i].Speakers = timeline.ActNone, nil
		}
	}
	if c := diff.Compare(old, new, diff.Options{}).Changes[0]; c.Kind != diff.Reworded {
		t.Errorf("the first change is %s, want the two openings linked", c.Kind)
	}
}
