package ask

import (
	"fmt"
	"testing"

	"readout/diff"
	"readout/timeline"
)

// TestCourtesyIsNoPosition: thanks are outweighed by any statement, and told where there is nothing else.
func TestCourtesyIsNoPosition(t *testing.T) {
	r := &timeline.Release{}
	thanks := timeline.Statement{ID: "a#1", Text: "The two ministers thanked Hamm for its herring.", Act: timeline.ActWelcome, Speakers: []timeline.Party{"IS", "PE"}, Topics: []string{"herring"}}
	stated := timeline.Statement{ID: "a#2", Text: "Minister Sosa stated that the herring grounds are closed.", Act: timeline.ActState, Speakers: []timeline.Party{"PE"}}
	if p := strongest([]saying{{r, &thanks}, {r, &stated}}, "herring", "", nil); p.ID != stated.ID {
		t.Errorf("the strongest is %q", p.Text)
	}
	if p := strongest([]saying{{r, &thanks}}, "herring", "", nil); p == nil || p.ID != thanks.ID {
		t.Errorf("of thanks alone the strongest is %v", p)
	}
}

// TestOneLanguageIsQuoted: of a meeting with accounts in two languages the one is quoted that most of the
// releases are written in, whichever says more, and the other where it alone takes a position.
func TestOneLanguageIsQuoted(t *testing.T) {
	in := func(language string, n int, act timeline.Act) saying {
		id := fmt.Sprint(language, n)
		return saying{&timeline.Release{ID: id, Language: language}, &timeline.Statement{ID: id + "#1", Text: id, Act: act}}
	}
	for _, test := range []struct {
		said []saying
		want string
	}{
		{[]saying{in("ja", 1, timeline.ActAgree), in("en", 1, timeline.ActState)}, "en1#1"},
		{[]saying{in("en", 1, timeline.ActState), in("ja", 1, timeline.ActAgree)}, "en1#1"},
		{[]saying{in("en", 1, timeline.ActState), in("en", 2, timeline.ActAgree)}, "en2#1"},
		{[]saying{in("en", 1, timeline.ActNone), in("ja", 1, timeline.ActState)}, "ja1#1"},
	} {
		if p := strongest(test.said, "herring", "en", nil); p == nil || p.ID != test.want {
			t.Errorf("quoted is %+v, want %s", p, test.want)
		}
	}
	raised := func(language string, yes bool) diff.Step {
		return diff.Step{Entry: timeline.Entry{Release: &timeline.Release{ID: language, Language: language}, Raised: yes}}
	}
	th := &Thread{whole: []diff.Step{raised("en", true), raised("ja", true), raised("en", true), raised("ja", false), raised("ja", false)}}
	if got := th.language(); got != "en" {
		t.Errorf("most are in %q, want en", got)
	}
	lines := []BriefLine{{ID: "a", Release: "ja", Act: timeline.ActAgree}, {ID: "b", Release: "en", Act: timeline.ActState}}
	rank(lines, "herring", otherLanguages(th.whole, "en"), nil)
	if lines[0].Rank != 2 || lines[1].Rank != 1 {
		t.Errorf("the ranks are %d and %d, want the line in the usual language first", lines[0].Rank, lines[1].Rank)
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
