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

// TestUncertainWordings checks that a pairing in doubt is shown as before and after
// where the two share little, so that no edit inside it claims that it is the same point.
func TestUncertainWordings(t *testing.T) {
	old, new := twoMeetings()
	old.Statements = append(old.Statements, said(timeline.ActState, "salt", "Minister Arden said that the salt works at Hamm are to close in spring.", "AA"))
	new.Statements = append(new.Statements, said(timeline.ActUrge, "salt", "Minister Tolva asked for three towns of the coast to be given the salt works at Hamm at a price that both governments and the fishermen can bear.", "BB"))
	found := false
	for _, c := range diff.Compare(old, new, diff.Options{Cause: diff.Position}).Changes {
		if !c.Link.Uncertain || c.Similarity >= 1.0/3 {
			continue
		}
		found = true
		want := []diff.Edit{{Op: diff.Delete, Text: c.OldText}, {Op: diff.Insert, Text: c.NewText}}
		if d := cmp.Diff(want, c.Edits); d != "" || len(c.Marks) > 0 {
			t.Errorf("%.2f alike, marks %v (-want +got):\n%s", c.Similarity, c.Marks, d)
		}
	}
	if !found {
		t.Error("no uncertain pairing that shares little among the samples")
	}
}

// TestShared checks that a link names the rare words of both sides, as they are
// spelled, and the same words whichever side is the old one.
func TestShared(t *testing.T) {
	old, new := twoMeetings()
	for _, l := range diff.Align(old.Statements, new.Statements, diff.Options{Cause: diff.Position}) {
		if l.Score == 1 {
			if l.Shared != nil {
				t.Errorf("equal statements share %v", l.Shared)
			}
			continue
		}
		if len(l.Shared) == 0 || len(l.Shared) > 5 {
			t.Errorf("link %v to %v shares %v, want one to five words", l.Old, l.New, l.Shared)
		}
		for _, w := range l.Shared {
			for _, s := range []timeline.Statement{old.Statements[l.Old[0]], new.Statements[l.New[0]]} {
				if !strings.Contains(strings.ToLower(s.Text), strings.ToLower(w)) {
					t.Errorf("%q is not in %q", w, s.Text)
				}
			}
		}
		for _, m := range diff.Align(new.Statements, old.Statements, diff.Options{Cause: diff.Position}) {
			if m.New[0] == l.Old[0] {
				if d := cmp.Diff(l.Shared, m.Shared); d != "" {
					t.Errorf("exchanged sides (-want +got):\n%s", d)
				}
			}
		}
	}
}

func TestSummaryWords(t *testing.T) {
	tests := []struct {
		in   diff.Summary
		want string
	}{
		{diff.Summary{}, "nothing to compare"},
		{diff.Summary{Unchanged: 3}, "no statement differs, 3 unchanged"},
		{diff.Summary{Unchanged: 3, WordsInserted: 1}, "no statement differs, 3 unchanged; 1 word inserted, 0 deleted"},
		{diff.Summary{New: 2, Dropped: 5, Silent: 4, Reworded: 1, Uncertain: 1, Moved: 1, WordsInserted: 30, WordsDeleted: 12},
			"2 new, 5 dropped (4 of them only silence), 1 reworded (uncertain), 1 moved; 30 words inserted, 12 deleted"},
		{diff.Summary{Dropped: 3, Silent: 3, WordsDeleted: 9}, "3 dropped (all only silence); 0 words inserted, 9 deleted"},
	}
	for _, tt := range tests {
		if got := tt.in.Words(); got != tt.want {
			t.Errorf("%+v: %q, want %q", tt.in, got, tt.want)
		}
	}
}
