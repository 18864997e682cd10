package timeline_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/timeline"
)

// laned makes a release of a day with a title, a kind and a level.
func laned(t *testing.T, day, title string, k timeline.Kind, l timeline.Level) *timeline.Release {
	t.Helper()
	r := &timeline.Release{Title: title, Kind: k, Level: l, Language: "en", Issuer: "LO"}
	if day != "" {
		held, err := timeline.ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		r.Held = held
	}
	r.Name(day + " " + title)
	return r
}

func TestLaneOf(t *testing.T) {
	for _, tt := range []struct {
		title string
		kind  timeline.Kind
		level timeline.Level
		want  string
	}{
		{"Joint Leaders' Statement", timeline.KindJointStatement, timeline.LevelSummit, "joint-statement summit"},
		{"Readout of President Ardo's Meeting with Prime Minister Tolva", timeline.KindMeeting, timeline.LevelSummit, "meeting summit"},
		{"Readout of President Ardo's Virtual Meeting with Prime Minister Tolva", timeline.KindVideo, timeline.LevelSummit, "meeting summit"},
		{"Readout of President Ardo's Call with Prime Minister Tolva", timeline.KindCall, timeline.LevelSummit, "call summit"},
		{"Readout of Vice President Sel's Call with President Tolva", timeline.KindCall, timeline.LevelSummit, "call vice-president"},
		{"Readout of President Ardo's Meeting with Foreign Minister Mirel", timeline.KindMeeting, timeline.LevelSummit, "meeting summit+foreign-ministers"},
		{"National Security Advisor Oke's Call with National Security Adviser Ruun", timeline.KindCall, timeline.LevelOther, "talks advisers"},
		{"National Security Advisor Oke's Meeting with Foreign Minister Mirel", timeline.KindMeeting, timeline.LevelForeignMinisters, "talks advisers"},
		{"National Security Advisor Oke's Meeting with President Tolva", timeline.KindMeeting, timeline.LevelSummit, "talks advisers+summit"},
		{"Readout of the Lorra-Tolva Counterpiracy Working Group", timeline.KindMeeting, timeline.LevelOther, "talks group"},
		{"Lorra-Tolva Foreign Ministers' Meeting (Overview)", timeline.KindMeeting, timeline.LevelForeignMinisters, "meeting foreign-ministers"},
		{"Lorra-Tolva Vice-Ministerial Consultations", timeline.KindMeeting, timeline.LevelViceMinisters, "meeting vice-ministers"},
		{"Joint Statement on Grain Exports", timeline.KindJointStatement, timeline.LevelSummit, "joint-statement on grain export"},
		{"Joint Statement on the Visit of President Tolva", timeline.KindJointStatement, timeline.LevelSummit, "joint-statement summit"},
		{"Fact Sheet: President Tolva's Visit", timeline.KindStatement, timeline.LevelSummit, "fact-sheet"},
		{"Lorra und Tolva: Treffen der Außenminister", timeline.KindMeeting, timeline.LevelForeignMinisters, "meeting foreign-ministers"},
	} {
		r := laned(t, "2031-02-03", tt.title, tt.kind, tt.level)
		if got := timeline.NewLanes([]*timeline.Release{r}, nil).Of(r).String(); got != tt.want {
			t.Errorf("%s: lane %q, want %q", tt.title, got, tt.want)
		}
	}
}

// TestLanesBefore checks what a text is compared with: the last of its lane, of an earlier day and in its
// own language, and nothing where there is none.
func TestLanesBefore(t *testing.T) {
	rs := []*timeline.Release{
		laned(t, "2031-01-01", "Summit Meeting", timeline.KindMeeting, timeline.LevelSummit),
		laned(t, "2031-02-01", "Telephone Talk of the Leaders", timeline.KindCall, timeline.LevelSummit),
		laned(t, "2031-03-01", "Second Summit Meeting", timeline.KindMeeting, timeline.LevelSummit),
		laned(t, "2031-03-01", "Third Summit Meeting", timeline.KindMeeting, timeline.LevelSummit),
		laned(t, "", "A Summit Meeting of Nobody Knows When", timeline.KindMeeting, timeline.LevelSummit),
		laned(t, "2031-04-01", "Gipfeltreffen der Präsidenten", timeline.KindMeeting, timeline.LevelSummit),
		laned(t, "2031-05-01", "Fourth Summit Meeting", timeline.KindMeeting, timeline.LevelSummit),
	}
	rs[5].Language = "de"
	rs[2].Issuer, rs[3].Issuer = "LO", "TO"
	l := timeline.NewLanes([]*timeline.Release{rs[6], rs[3], rs[5], rs[0], rs[4], rs[2], rs[1]}, nil)
	var got []string
	for _, r := range rs {
		before := "-"
		if b := l.Before(r); b != nil {
			before = b.ID
		}
		got = append(got, before)
	}
	want := []string{"-", "-", rs[0].ID, rs[0].ID, "-", "-", rs[2].ID}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("compared with (-want +got):\n%s", d)
	}
}

// TestThinLanes checks that leaders and foreign ministers share a lane while one of the two has
// few texts, and only then.
func TestThinLanes(t *testing.T) {
	meeting := func(day string, l timeline.Level) *timeline.Release {
		return laned(t, day, "Talks in Arn", timeline.KindMeeting, l)
	}
	rs := []*timeline.Release{
		meeting("2031-01-01", timeline.LevelForeignMinisters), meeting("2031-02-01", timeline.LevelForeignMinisters),
		meeting("2031-03-01", timeline.LevelForeignMinisters), meeting("2031-04-01", timeline.LevelSummit),
	}
	l := timeline.NewLanes(rs, nil)
	if l.Before(rs[3]) != rs[2] || l.Of(rs[3]).String() != "meeting summit+foreign-ministers" {
		t.Errorf("one summit meeting: lane %q", l.Of(rs[3]))
	}
	rs = append(rs, meeting("2031-05-01", timeline.LevelSummit), meeting("2031-06-01", timeline.LevelSummit))
	if l = timeline.NewLanes(rs, nil); l.Before(rs[3]) != nil || l.Before(rs[4]) != rs[3] || l.Of(rs[0]).String() != "meeting foreign-ministers" {
		t.Errorf("three of each: lanes %q and %q", l.Of(rs[3]), l.Of(rs[0]))
	}
}

// TestBankLanes keeps the families of a central bank's documents apart.
func TestBankLanes(t *testing.T) {
	seen := map[string]string{}
	for _, title := range []string{"Monetary policy decision", "Minutes of the Board", "Statement on Longer-Run Goals", "Implementation Note", "Summary of Economic Projections"} {
		rs := []*timeline.Release{laned(t, "2031-01-01", title, timeline.KindStatement, timeline.LevelOther)}
		lane := timeline.NewLanes(rs, nil).Of(rs[0]).String()
		if seen[lane] != "" {
			t.Errorf("%q and %q share the lane %q", title, seen[lane], lane)
		}
		seen[lane] = title
	}
}

// TestLaneOfOneMatter checks that a joint statement which is all on one issue is compared with its like alone.
func TestLaneOfOneMatter(t *testing.T) {
	statement := func(topics ...string) (ss []timeline.Statement) {
		for _, topic := range topics {
			ss = append(ss, timeline.Statement{Section: -1, Text: topic, Topics: []string{topic}})
		}
		return ss
	}
	for _, tt := range []struct {
		want   string
		topics []string
	}{
		{"joint-statement on plastics", []string{"plastics", "plastics", "plastics"}},
		{"joint-statement summit", []string{"plastics", "plastics", "trade", "defence"}},
		{"joint-statement summit", []string{"plastics", "plastics"}}, // too few to tell
	} {
		r := laned(t, "2031-02-03", "Joint Statement of Lorra and Tolva", timeline.KindJointStatement, timeline.LevelSummit)
		r.Statements = statement(tt.topics...)
		if got := timeline.NewLanes([]*timeline.Release{r}, nil).Of(r).String(); got != tt.want {
			t.Errorf("%q: lane %q, want %q", tt.topics, got, tt.want)
		}
	}
}
