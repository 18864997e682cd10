package diff_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/diff"
	"readout/timeline"
)

// told writes every piece behind the year of its release.
func told(blamed []diff.Blamed) []string {
	var out []string
	for _, b := range blamed {
		for _, p := range b.Pieces {
			out = append(out, p.Release.ID[:4]+" "+p.Text)
		}
	}
	return out
}

func TestBlame(t *testing.T) {
	tests := []struct {
		name     string
		meetings [][]string // the last one is asked about
		want     []string
	}{
		{"no earlier meeting", [][]string{{"Observers will sail on every vessel."}}, []string{"2031 Observers will sail on every vessel."}},
		{"no text", [][]string{{"Observers will sail on every vessel."}, {""}}, nil},
		{"no word", [][]string{{"Observers will sail on every vessel."}, {"* * *"}}, []string{"2032 * * *"}},
		{"the whole", [][]string{{"Observers will sail on every vessel."}, nil, {"Observers will sail on every vessel."}}, []string{"2031 Observers will sail on every vessel."}},
		{
			"the first that had the whole run, not the last",
			[][]string{
				{"They agreed that the krill quota should be divided by the end of 2032."},
				{"They confirmed that the krill quota should be divided by the end of 2032.", "Observers will sail on every vessel of both fleets."},
				{"The ministers confirmed that the krill quota should be divided at an early date.", "Observers will sail on every vessel of both fleets."},
			},
			[]string{"2033 The ministers confirmed ", "2031 that the krill quota should be divided ", "2033 at an early date.", "2032 Observers will sail on every vessel of both fleets."},
		},
		{
			"one long run rather than two older short ones",
			[][]string{
				{"They want krill, squid and cod.", "They want herring, hake and eel."},
				{"They want krill, squid and cod, herring, hake and eel."},
				{"Protect krill, squid and cod, herring, hake and eel!"},
			},
			[]string{"2033 Protect ", "2032 krill, squid and cod, herring, hake and eel!"},
		},
		{
			"a lone function word between two runs is no news",
			[][]string{
				{"The quota for krill rises fast.", "Trawlers leave the southern fishing grounds."},
				{"The quota for krill rises fast as trawlers leave the southern fishing grounds."},
			},
			[]string{"2031 The quota for krill rises fast as ", "2031 trawlers leave the southern fishing grounds."},
		},
		{
			"nor at the start",
			[][]string{{"Meetings on krill, squid and cod go on."}, {"The krill, squid and cod catch falls."}},
			[]string{"2031 The krill, squid and cod ", "2032 catch falls."},
		},
		{
			"what any two texts share is not a wording",
			[][]string{{"The two leaders discussed a number of issues."}, {"The two leaders discussed a number of vessels."}},
			[]string{"2032 The two leaders discussed a number of vessels."},
		},
		{
			"marks stay with their words",
			[][]string{{"A survey of deep sea vents begins.", "Joint patrols along both coasts continue."}, {"Joint patrols along both coasts (survey of deep sea vents), and more"}},
			[]string{"2031 Joint patrols along both coasts ", "2031 (survey of deep sea vents), ", "2032 and more"},
		},
		{
			"characters are counted where each is a word",
			[][]string{{"双方は南極海の漁獲割当を確認した。"}, {"双方は南極海の漁獲割当を議論した。"}},
			[]string{"2031 双方は南極海の漁獲割当を", "2032 議論した。"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, releases := course(tt.meetings...)
			if d := cmp.Diff(tt.want, told(diff.Blame(releases[len(releases)-1], releases, nil))); d != "" {
				t.Errorf("Blame (-want +got):\n%s", d)
			}
		})
	}
}

// The names of the parties stand in every release, and say nothing about where a
// wording comes from.
func TestBlameUsualWords(t *testing.T) {
	meetings := [][]string{{"Chile, Norway and Tonga met."}, {"Chile, Norway and Tonga ate."}, {"Chile, Norway and Tonga sang."}, {"Chile, Norway and Tonga sailed."}, {"Chile, Norway and Tonga slept."}}
	_, releases := course(append(meetings, []string{"Chile, Norway and Tonga want whales counted."})...)
	want := []string{"2036 Chile, Norway and Tonga want whales counted."}
	if d := cmp.Diff(want, told(diff.Blame(releases[5], releases, nil))); d != "" {
		t.Errorf("Blame (-want +got):\n%s", d)
	}
}

// Two accounts of one meeting are not each other's origin.
func TestBlameTwoAccounts(t *testing.T) {
	_, releases := course([]string{"Observers will sail on every vessel."}, []string{"Observers will sail on every vessel."})
	for i, r := range releases {
		r.Held, r.Parties, r.Issuer, r.Kind = releases[0].Held, []timeline.Party{"CL", "NO"}, []timeline.Party{"CL", "NO"}[i], timeline.KindMeeting
	}
	want := []string{"2032 Observers will sail on every vessel."}
	if d := cmp.Diff(want, told(diff.Blame(releases[1], releases, nil))); d != "" {
		t.Errorf("Blame (-want +got):\n%s", d)
	}
}

// FuzzBlame: the pieces are the text; none is younger than the release or older than
// the wording; the order in which the series is handed over does not matter.
func FuzzBlame(f *testing.F) {
	f.Add("Observers will sail on every vessel.", "They agreed that observers will sail.", "Observers will sail on every vessel, they agreed.")
	f.Add("Квота на криль будет разделена до конца года.", "漁獲割当を確認した。", "Квота на криль будет разделена 漁獲割当を確認した。")
	f.Add("تُقسَّم حصة الكريل قبل نهاية السنة", "👩‍🚀 e\u0301 (a)", "")
	f.Fuzz(func(t *testing.T, first, second, third string) {
		_, releases := course([]string{first, third}, []string{second}, []string{third, first + " " + second})
		last := releases[2]
		got := diff.Blame(last, releases, nil)
		for i, b := range got {
			joined := ""
			for _, p := range b.Pieces {
				joined += p.Text
				if !slices.ContainsFunc(p.Release.Statements, func(st timeline.Statement) bool { return st.ID == p.Statement }) {
					t.Errorf("piece %q is put down to %s, which %s does not have", p.Text, p.Statement, p.Release.ID)
				}
			}
			if want := last.Statements[i].Text; joined != want {
				t.Errorf("pieces join to %q, want %q", joined, want)
			}
		}
		slices.Reverse(releases)
		if d := cmp.Diff(strings.Join(told(got), "\n"), strings.Join(told(diff.Blame(last, releases, nil)), "\n")); d != "" {
			t.Errorf("another order of the series gives other origins:\n%s", d)
		}
	})
}
