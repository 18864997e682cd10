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

func TestBlame(t *testing.T) {
	line, releases := course(
		[]string{"The ministers agreed that the krill quota should be divided by the end of 2032."},
		nil,
		[]string{"The ministers confirmed that the krill quota should be divided by the end of 2032.", "Observers will sail on every vessel of both fleets."},
		[]string{"The ministers confirmed that the krill quota should be divided at an early date.", "Observers will sail on every vessel of both fleets."},
	)
	got := diff.Blame(releases[3], [][]diff.Step{diff.Chain(line, diff.Options{})})
	var lines []string
	for _, b := range got {
		joined := ""
		for _, p := range b.Pieces {
			joined += p.Text
			lines = append(lines, p.Release.ID[:4]+" "+strings.TrimSpace(p.Text))
		}
		if joined != b.Statement.Text {
			t.Errorf("pieces join to %q, want %q", joined, b.Statement.Text)
		}
	}
	want := []string{
		"2031 The ministers",
		"2033 confirmed",
		"2031 that the krill quota should be divided",
		"2034 at an early date",
		"2031 .",
		"2033 Observers will sail on every vessel of both fleets.",
	}
	if d := cmp.Diff(want, lines); d != "" {
		t.Errorf("Blame (-want +got):\n%s", d)
	}
}

func TestBlameWithoutChain(t *testing.T) {
	_, releases := course([]string{"Observers will sail on every vessel."})
	got := diff.Blame(releases[0], nil)
	if len(got) != 1 || len(got[0].Pieces) != 1 || got[0].Pieces[0].Release != releases[0] {
		t.Errorf("Blame without a chain = %+v, want the release itself as origin", got)
	}
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
