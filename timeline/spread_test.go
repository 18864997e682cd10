package timeline_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/timeline"
)

func TestSpreadOf(t *testing.T) {
	release := func(id, day string, statements ...timeline.Statement) *timeline.Release {
		r := &timeline.Release{Statements: statements}
		if day != "" {
			held, err := timeline.ParseDate(day)
			if err != nil {
				t.Fatal(err)
			}
			r.Held = held
		}
		r.Name(id)
		return r
	}
	said := func(text string, by ...timeline.Party) timeline.Statement {
		return timeline.Statement{Section: -1, Text: text, Act: timeline.ActState, Speakers: by}
	}
	releases := []*timeline.Release{
		release("c", "2033-01-01", said("We keep the calm sea.", "PE")),
		release("a", "2031-01-01", said("The calm sea matters.", "IS"), said("So said the author of the calm sea.")),
		release("b", "2032-01-01", said("A calm sea, we say.", "IS", "NO"), said("The calm sea again.", "IS")),
		release("d", "2034-01-01", said("Wool is warm.", "IS"), said("Salt is white.", "NO")),
		release("e", "2035-01-01", said("Grain.", "IS")),
		release("x", "", said("The calm sea of no day.", "FO")),
	}
	type row struct {
		Party       timeline.Party
		First, Last string
		Uses, Since int
	}
	var got []row
	for _, p := range timeline.SpreadOf(releases, "calm sea", timeline.TraceOptions{}).Parties {
		got = append(got, row{p.Party, p.First.Statement.ID, p.Last.Statement.ID, p.Uses, p.Since})
	}
	want := []row{{"IS", "a#1", "b#2", 2, 2}, {"NO", "b#1", "b#1", 1, 1}, {"PE", "c#1", "c#1", 1, 0}}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("SpreadOf (-want +got):\n%s", d)
	}
}
