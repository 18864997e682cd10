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
		if want := "a+b c d e+f g h i j k"; strings.Join(got, " ") != want {
			t.Errorf("meetings %v, want %s", got, want)
		}
	}
}

func TestLulls(t *testing.T) {
	var rs []*timeline.Release
	for i, day := range []string{"2041-01-05", "2041-02-05", "2041-03-04", "2041-04-05", "2041-05-05", "2041-06-05", "2041-07-05", "2043-01-05", "2043-02-05"} {
		rs = append(rs, release(t, fmt.Sprint("r", i), day, []timeline.Party{"MT", "BO"}, "Something."))
	}
	got := timeline.Lulls(rs)
	if len(got) != 1 || got[0].After.ID != "r6" || got[0].Before.ID != "r7" || got[0].Days != 549 || got[0].Usual != 31 {
		t.Errorf("lulls %+v", got)
	}
	if got := timeline.Lulls(rs[:5]); got != nil {
		t.Errorf("five meetings have no rhythm, got %+v", got)
	}
}
