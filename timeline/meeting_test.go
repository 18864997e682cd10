package timeline_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"readout/timeline"
)

func TestMeetings(t *testing.T) {
	both := []timeline.Party{"MT", "BO"}
	account := func(id string, issuer timeline.Party, day, title string, kind timeline.Kind, level timeline.Level) *timeline.Release {
		r := release(t, id, day, both, "Something was said.")
		r.Issuer, r.Title, r.Kind, r.Level = issuer, title, kind, level
		return r
	}
	rs := []*timeline.Release{
		account("a", "MT", "2041-01-05", "Malta-Bolivia Summit Meeting", timeline.KindMeeting, timeline.LevelSummit),
		account("b", "BO", "2041-01-05", "Visit of the President of Bolivia", timeline.KindVisit, timeline.LevelSummit),
		account("c", "MT", "2041-01-05", "Malta-Bolivia Joint Statement", timeline.KindJointStatement, timeline.LevelSummit),
		account("d", "MT", "2041-02-05", "Call with Minister Flores", timeline.KindCall, timeline.LevelForeignMinisters),
		account("e", "MT", "2041-02-05", "Call with Minister Quispe", timeline.KindCall, timeline.LevelForeignMinisters),
		account("f", "BO", "2041-02-05", "Minister Quispe on the telephone", timeline.KindVideo, timeline.LevelOther),
		account("g", "MT", "2041-03-05", "Meeting", timeline.KindMeeting, timeline.LevelSummit),
		account("h", "BO", "2041-03-06", "Meeting", timeline.KindMeeting, timeline.LevelSummit),
		account("i", "", "2041-03-06", "Meeting", timeline.KindMeeting, timeline.LevelSummit),
		account("j", "MT", "2041-04-05", "Meeting", timeline.KindMeeting, timeline.LevelSummit),
		account("k", "BO", "2041-04-05", "Meeting", timeline.KindMeeting, timeline.LevelViceMinisters),
	}
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 4 {
		rnd.Shuffle(len(rs), func(i, j int) { rs[i], rs[j] = rs[j], rs[i] })
		var got []string
		for _, m := range timeline.Meetings(rs) {
			got = append(got, strings.ReplaceAll(m.Key(), " ", "+"))
		}
		if want := "a+b+c d e+f g h i j k"; strings.Join(got, " ") != want {
			t.Errorf("meetings %v, want %s", got, want)
		}
	}
}

// Texts of one issuer about one day are one meeting only where something says so.
func TestMeetingsOfOneIssuer(t *testing.T) {
	both := []timeline.Party{"MT", "BO"}
	text := func(id, day, language string, kind timeline.Kind, title string, people ...string) *timeline.Release {
		r := release(t, id, day, both, "# Harbours\nSomething was said.\n# Ships\nMore was said.")
		r.Issuer, r.Language, r.Kind, r.Level, r.Title = "MT", language, kind, timeline.LevelForeignMinisters, title
		for _, p := range people {
			r.Participants = append(r.Participants, timeline.Participant{Name: p, Party: "BO"})
		}
		return r
	}
	dated := func(r *timeline.Release) *timeline.Release {
		r.Published, r.Held = r.Held, timeline.Date{}
		return r
	}
	until := func(r *timeline.Release, day int) *timeline.Release {
		r.HeldUntil = r.Held.AddDays(day)
		return r
	}
	by := func(r *timeline.Release, issuer timeline.Party) *timeline.Release {
		r.Issuer = issuer
		return r
	}
	side := func(r *timeline.Release, issuer timeline.Party) *timeline.Release {
		by(r, issuer)
		r.Participants = append(r.Participants, timeline.Participant{Name: "Ana Borg", Party: "MT"})
		return r
	}
	for _, tt := range []struct {
		name string
		rs   []*timeline.Release
		want string
	}{
		{"two languages", []*timeline.Release{
			text("a", "2041-01-05", "en", timeline.KindMeeting, "Talks"), text("b", "2041-01-05", "ja", timeline.KindMeeting, "会談")}, "a+b"},
		{"two languages, and nobody knows who published", []*timeline.Release{
			by(text("a", "2041-01-05", "en", timeline.KindMeeting, "Talks"), ""), text("b", "2041-01-05", "ja", timeline.KindMeeting, "会談")}, "a+b"},
		{"one language, or one that is not known, and nobody knows who published", []*timeline.Release{
			by(text("a", "2041-01-05", "en", timeline.KindMeeting, "Talks"), ""), by(text("b", "2041-01-05", "en", timeline.KindMeeting, "Talks"), ""),
			by(text("c", "2041-01-05", "", timeline.KindMeeting, "会談"), "")}, "a b c"},
		{"two languages, two calls each: nothing says which is which", []*timeline.Release{
			text("a", "2041-01-05", "en", timeline.KindCall, "Call"), text("b", "2041-01-05", "en", timeline.KindCall, "Call"),
			text("c", "2041-01-05", "ja", timeline.KindCall, "電話会談")}, "a b c"},
		{"remarks before the meeting", []*timeline.Release{
			text("a", "2041-01-05", "en", timeline.KindMeeting, "Meeting with Minister Flores", "Luz Flores"),
			text("b", "2041-01-05", "en", timeline.KindMeeting, "Before their meeting", "Flores")}, "a+b"},
		{"two guests", []*timeline.Release{
			text("a", "2041-01-05", "en", timeline.KindMeeting, "Meeting with Minister Flores", "Luz Flores"),
			text("b", "2041-01-05", "en", timeline.KindMeeting, "Meeting with Minister Quispe", "Tito Quispe")}, "a b"},
		{"a joint statement and a fact sheet", []*timeline.Release{
			text("a", "2041-01-05", "en", timeline.KindVisit, "Visit of Minister Flores of Bolivia"),
			text("b", "2041-01-05", "en", timeline.KindJointStatement, "Joint statement"),
			dated(text("c", "2041-01-05", "en", timeline.KindStatement, "Fact sheet: visit of Minister Flores"))}, "a+b+c"},
		{"a statement on something else, dated on the day of a meeting", []*timeline.Release{
			text("a", "2041-01-05", "en", timeline.KindMeeting, "Meeting with Minister Flores of Bolivia"),
			dated(text("b", "2041-01-05", "en", timeline.KindStatement, "On the floods at Oruro"))}, "a b"},
		{"a visit of several days", []*timeline.Release{
			until(text("a", "2041-01-05", "en", timeline.KindVisit, "Visit"), 3),
			text("b", "2041-01-07", "en", timeline.KindJointStatement, "Joint statement"),
			text("c", "2041-01-09", "en", timeline.KindJointStatement, "Joint statement")}, "a+b c"},
		{"a call around midnight", []*timeline.Release{
			side(text("a", "2041-01-05", "en", timeline.KindCall, "Call", "Luz Flores"), "MT"),
			side(text("b", "2041-01-06", "en", timeline.KindCall, "Call", "Luz Flores"), "BO")}, "a+b"},
		{"two calls on two days", []*timeline.Release{
			side(text("a", "2041-01-05", "en", timeline.KindCall, "Call", "Luz Flores"), "MT"),
			side(text("b", "2041-01-06", "en", timeline.KindCall, "Call", "Tito Quispe"), "BO")}, "a b"},
		{"no day, no meeting with another", []*timeline.Release{
			text("a", "", "en", timeline.KindMeeting, "Talks"), text("b", "", "ja", timeline.KindMeeting, "会談"),
			text("c", "2041-01-05", "en", timeline.KindMeeting, "Talks")}, "c a b"},
	} {
		var got []string
		for _, m := range timeline.Meetings(tt.rs) {
			got = append(got, strings.ReplaceAll(m.Key(), " ", "+"))
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %v, want %s", tt.name, got, tt.want)
		}
	}
}

func TestLulls(t *testing.T) {
	var rs []*timeline.Release
	for i, day := range []string{"2041-01-05", "2041-02-05", "2041-03-04", "2041-04-05", "2041-05-05", "2041-06-05", "2041-07-05", "2043-01-05", "2043-02-05"} {
		rs = append(rs, release(t, fmt.Sprint("r", i), day, []timeline.Party{"MT", "BO"}, "Something."))
	}
	rs = append(rs, release(t, "undated", "", []timeline.Party{"MT", "BO"}, "Something."))
	got := timeline.Lulls(rs)
	if len(got) != 1 || got[0].After.ID != "r6" || got[0].Before.ID != "r7" || got[0].Days != 549 || got[0].Usual != 31 {
		t.Errorf("lulls %+v", got)
	}
	if got := timeline.Lulls(rs[:5]); got != nil {
		t.Errorf("five meetings have no rhythm, got %+v", got)
	}
}
