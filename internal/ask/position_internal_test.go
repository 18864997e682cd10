package ask

import (
	"testing"

	"readout/diff"
	"readout/timeline"
)

// TestCourtesyIsNoPosition: thanks are outweighed by any statement, and told where there is nothing else.
func TestCourtesyIsNoPosition(t *testing.T) {
	r := &timeline.Release{}
	thanks := timeline.Statement{ID: "a#1", Text: "The two ministers thanked Hamm for its herring.", Act: timeline.ActWelcome, Speakers: []timeline.Party{"IS", "PE"}, Topics: []string{"herring"}}
	stated := timeline.Statement{ID: "a#2", Text: "Minister Sosa stated that the herring grounds are closed.", Act: timeline.ActState, Speakers: []timeline.Party{"PE"}}
	if p := strongest([]saying{{r, &thanks}, {r, &stated}}, "herring", nil); p.ID != stated.ID {
		t.Errorf("the strongest is %q", p.Text)
	}
	if p := strongest([]saying{{r, &thanks}}, "herring", nil); p == nil || p.ID != thanks.ID {
		t.Errorf("of thanks alone the strongest is %v", p)
	}
}

// TestMissingIsAPosition: a line on what is missing names the strongest position that is gone, and never what
// was only told or talked about.
func TestMissingIsAPosition(t *testing.T) {
	gone := func(id string, act timeline.Act) diff.Missing {
		return diff.Missing{Statement: timeline.Statement{ID: id, Text: id, Act: act}}
	}
	later := &timeline.Release{ID: "later"}
	th := &Thread{Timeline: &timeline.Timeline{Topic: timeline.Topic{ID: "herring"}}, whole: []diff.Step{
		{Entry: timeline.Entry{Release: &timeline.Release{ID: "first"}}, Missing: []diff.Missing{gone("told", timeline.ActNone), gone("stated", timeline.ActState), gone("agreed", timeline.ActAgree)}},
		{Entry: timeline.Entry{Release: later}, Missing: []diff.Missing{gone("talked", timeline.ActDiscuss), gone("told", timeline.ActNone)}},
	}}
	if m := lastAbsence(th); m == nil || m.Text != "agreed" || m.Release != "first" {
		t.Errorf("missing %+v, want what was agreed, in the first text", m)
	}
	th.whole = th.whole[1:]
	if m := lastAbsence(th); m != nil {
		t.Errorf("missing %q, want nothing", m.Text)
	}
}
