package diff_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/diff"
	"readout/timeline"
)

// course makes releases of one topic, a meeting a year, each with its statements.
func course(meetings ...[]string) (*timeline.Timeline, []*timeline.Release) {
	t := &timeline.Timeline{Topic: timeline.Topic{ID: "quota"}}
	var releases []*timeline.Release
	for n, texts := range meetings {
		held, err := timeline.NewDate(2031+n, 3, 1)
		if err != nil {
			panic(err)
		}
		r := &timeline.Release{Held: held}
		for _, text := range texts {
			r.Statements = append(r.Statements, timeline.Statement{Text: text, Section: -1, Topics: []string{"quota"}})
		}
		r.Name(held.String())
		releases = append(releases, r)
		t.Entries = append(t.Entries, timeline.Entry{Release: r, Raised: len(texts) > 0, Statements: r.Statements})
	}
	return t, releases
}

func TestLay(t *testing.T) {
	line, releases := course(
		[]string{"The ministers agreed that the krill quota should be divided by the end of 2032.", "The survey of the seabed will be repeated every year."},
		nil,
		[]string{"The ministers agreed that the krill quota should be divided at an early date.", "Observers will sail on every vessel of both fleets."},
		[]string{"Observers will sail on every vessel of both fleets.", "The survey of the seabed will be repeated every second year."},
	)
	s := diff.Lay(diff.Chain(line, diff.Options{}))
	if len(s.Releases) != 3 || s.Releases[1] != releases[2] {
		t.Fatalf("columns = %d, want the three meetings that raised the topic", len(s.Releases))
	}
	var got []string
	for _, row := range s.Rows {
		if len(row.Cells) != 3 {
			t.Fatalf("row with %d cells, want 3", len(row.Cells))
		}
		text := ""
		for _, c := range row.Cells {
			if c == nil {
				text += " -"
			} else {
				text += " " + strings.Fields(c.Statement.Text)[1]
			}
		}
		got = append(got, text)
	}
	want := []string{" ministers ministers -", " - will will", " survey - survey"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("Lay rows (-want +got):\n%s", d)
	}
}
