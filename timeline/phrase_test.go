package timeline_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"readout/timeline"
)

// A heading uses a phrase as a sentence does; what has no day is first, last and gap of
// nothing.
func TestTraceHeadingsAndUndated(t *testing.T) {
	parties := []timeline.Party{"MT", "BO"}
	rs := []*timeline.Release{
		release(t, "p1", "2041-01-01", parties, "A joint harbour was opened."),
		release(t, "p2", "2041-02-01", parties, "# Joint harbour\nIt was visited."),
		release(t, "p3", "", parties, "The joint harbour will be shut."),
	}
	for _, r := range rs {
		r.CapturedAt = time.Date(2041, 3, 1, 0, 0, 0, 0, time.UTC)
	}
	l := timeline.Trace(rs, "joint harbour", timeline.TraceOptions{})
	if len(l.Uses) != 2 || l.Last.Release != rs[1] || len(l.Last.Headings) != 1 || l.AbsentSince != nil {
		t.Errorf("uses %+v, absent since %v, want the heading as the last use", l.Uses, l.AbsentSince)
	}
	if len(l.Undated) != 1 || l.Undated[0].Release != rs[2] {
		t.Errorf("undated uses %+v, want the one of p3", l.Undated)
	}
	if l := timeline.Trace(rs, "joint harbour", timeline.TraceOptions{Speakers: []timeline.Party{"MT"}}); l.Used() {
		t.Error("a heading was taken for what Malta says")
	}
}

func TestTrace(t *testing.T) {
	parties := []timeline.Party{"MT", "BO"}
	rs := []*timeline.Release{
		release(t, "p1", "2041-01-01", parties, "The harbour was opened.\nA considerable time will pass."),
		release(t, "p2", "2041-02-01", parties, "For a Considerable  Time, and “considerable-time” again.\nNothing."),
		release(t, "p3", "2041-03-01", parties, "Nothing was said."),
		release(t, "p4", "2041-04-01", parties, "Nothing was said."),
		release(t, "p5", "2041-05-01", parties, "Considerable times have passed; a considerable time."),
		release(t, "p6", "2041-06-01", parties, "Considerable. Time."),
		release(t, "p7", "2041-07-01", parties, "Considerable timing."),
	}
	rs[1].Statements[0].Speakers = []timeline.Party{"MT"}
	for _, c := range []struct {
		phrase string
		o      timeline.TraceOptions
		want   string
	}{
		{"considerable time", timeline.TraceOptions{}, "uses p1#2 p2#1 p5#1 p6#1; gaps p2-p5:2; absent since p7"},
		{"“CONSIDERABLE time”!", timeline.TraceOptions{}, "uses p1#2 p2#1 p5#1 p6#1; gaps p2-p5:2; absent since p7"},
		{"considerable time", timeline.TraceOptions{Exact: true}, "uses p1#2 p5#1; gaps p1-p5:3; absent since p6"},
		{"considerable time", timeline.TraceOptions{Speakers: []timeline.Party{"MT"}}, "uses p2#1; gaps; absent since p3"},
		{"harbours", timeline.TraceOptions{Stems: true}, "uses p1#1; gaps; absent since p2"},
		{"harbours", timeline.TraceOptions{}, "uses; gaps; absent since"},
		{"timing", timeline.TraceOptions{}, "uses p7#1; gaps; absent since"},
		{"…", timeline.TraceOptions{}, "uses; gaps; absent since"},
	} {
		l := timeline.Trace([]*timeline.Release{rs[6], rs[0], rs[3], rs[2], rs[5], rs[1], rs[4]}, c.phrase, c.o)
		var b strings.Builder
		b.WriteString("uses")
		for _, u := range l.Uses {
			for _, s := range u.Statements {
				b.WriteString(" " + s.ID)
			}
		}
		b.WriteString("; gaps")
		for _, g := range l.Gaps {
			fmt.Fprintf(&b, " %s-%s:%d", g.After.ID, g.Before.ID, g.Releases)
		}
		b.WriteString("; absent since")
		if l.AbsentSince != nil {
			b.WriteString(" " + l.AbsentSince.ID)
		}
		if b.String() != c.want {
			t.Errorf("Trace(%q, %+v)\n got %s\nwant %s", c.phrase, c.o, b.String(), c.want)
		}
		if (l.First == nil) != (len(l.Uses) == 0) || (l.Last == nil) != (len(l.Uses) == 0) {
			t.Errorf("Trace(%q): first %v, last %v with %d uses", c.phrase, l.First, l.Last, len(l.Uses))
		}
	}
}

func TestBuild(t *testing.T) {
	rs := fictional(t)
	rs[1].Statements[1].Speakers = []timeline.Party{"BO", "MT"}
	rs[1].Statements[1].Act = timeline.ActConfirm
	topics := timeline.Link([]*timeline.Release{rs[2], rs[0], rs[3], rs[1]}, timeline.LinkOptions{})
	x, _ := topics.Get("salt-flats-railway")
	day := func(s string) timeline.Date {
		d, err := timeline.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct {
		name string
		f    timeline.Filter
		want string
	}{
		{"all", timeline.Filter{}, "m1+1 m2+1 m3+1 m4-0"},
		{"since", timeline.Filter{Since: day("2041-11-20")}, "m2+1 m3+1 m4-0"},
		{"until", timeline.Filter{Until: day("2042-06-15")}, "m1+1 m2+1 m3+1"},
		{"a filter is not silence", timeline.Filter{Speakers: []timeline.Party{"FR"}}, "m1+0 m2+0 m3+0 m4-0"},
		{"act", timeline.Filter{Acts: []timeline.Act{timeline.ActCondemn}}, "m1+0 m2+0 m3+0 m4-0"},
	} {
		tl := timeline.Build(topics, x.ID, c.f)
		var got []string
		for _, e := range tl.Entries {
			mark := "-"
			if e.Raised {
				mark = "+"
			}
			got = append(got, fmt.Sprint(e.Release.ID, mark, len(e.Statements)))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %s, want %s", c.name, strings.Join(got, " "), c.want)
		}
		if tl.Series != "BO-MT" || tl.Topic.ID != x.ID {
			t.Errorf("%s: series %s, topic %s", c.name, tl.Series, tl.Topic.ID)
		}
	}
}

// What one side's account of a meeting leaves out while the other's has it was not left out of
// the meeting.
func TestTraceSearchesAllTextsOfAMeeting(t *testing.T) {
	parties := []timeline.Party{"MT", "BO"}
	account := func(id, day string, issuer timeline.Party, text string) *timeline.Release {
		r := release(t, id, day, parties, text)
		r.Kind, r.Issuer = timeline.KindMeeting, issuer
		return r
	}
	rs := []*timeline.Release{
		account("m1", "2041-01-01", "MT", "A considerable time will pass."),
		account("b1", "2041-01-01", "BO", "They talked."),
		account("m2", "2041-02-01", "MT", "They met."),
		account("b3", "2041-03-01", "BO", "They talked."),
		account("m3", "2041-03-01", "MT", "It took a considerable time."),
	}
	l := timeline.Trace(rs, "considerable time", timeline.TraceOptions{})
	if len(l.Gaps) != 1 || l.Gaps[0].Releases != 1 || l.Gaps[0].Without[0].ID != "m2" {
		t.Errorf("Gaps = %+v, want the meeting of February alone", l.Gaps)
	}
	if l = timeline.Trace(rs[:2], "considerable time", timeline.TraceOptions{}); l.AbsentSince != nil {
		t.Errorf("absent since %s, a text of the meeting that has it", l.AbsentSince.ID)
	}
}
