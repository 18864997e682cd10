package ask_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/internal/ask"
)

func TestQuoted(t *testing.T) {
	near := &ask.Nearest{ID: "near#1"}
	gone := []ask.TimelineDropped{{ID: "gone#1", Nearest: near}, {ID: "gone#2"}}
	use := func(id string) ask.FormulaUse { return ask.FormulaUse{Statement: id} }
	for _, tt := range []struct {
		name   string
		answer ask.Answer
		want   []string
	}{
		{"timeline", &ask.Timeline{
			Entries: []ask.TimelineEntry{{Statements: []ask.TimelineStatement{{ID: "b#1", Previous: []string{"a#1"}, Returned: &ask.TimelineReturn{ID: "z#9", Nearest: near}}}, Dropped: gone},
				{Missing: []ask.TimelineDropped{{ID: "gone#3"}}}},
			Undated: []ask.TimelineEntry{{Statements: []ask.TimelineStatement{{ID: "u#1"}}}},
		}, []string{"b#1", "a#1", "z#9", "near#1", "gone#1", "gone#2", "gone#3", "u#1"}},
		{"diff", &ask.Diff{Changes: []ask.DiffChange{{Old: []ask.DiffStatement{{ID: "a#1"}}, New: []ask.DiffStatement{{ID: "b#1"}, {ID: "b#2"}}},
			{Old: []ask.DiffStatement{{ID: "a#2"}}, Nearest: near}}}, []string{"a#1", "b#1", "b#2", "a#2", "near#1"}},
		{"formulas", &ask.Formulas{Formulas: []ask.Formula{{Uses: []ask.FormulaUse{use("a#1"), use("b#1")}, Missing: []ask.FormulaMissing{{Nearest: near}, {}}}}},
			[]string{"a#1", "b#1", "near#1"}},
		{"brief", &ask.Brief{Topics: []ask.BriefTopic{{Lines: []ask.BriefLine{{ID: "a#1"}}, Dropped: gone}}, Silent: []ask.BriefTopic{{Lines: []ask.BriefLine{{ID: "c#1"}}}}},
			[]string{"a#1", "gone#1", "near#1", "gone#2", "c#1"}},
		{"phrase that a heading alone has", &ask.Phrase{Uses: []ask.PhraseUse{{Headings: []string{"Krill"}}}}, nil},
		{"spread", &ask.Spread{Parties: []ask.SpreadParty{{First: ask.SpreadUse{Statement: "a#1"}, Last: ask.SpreadUse{Statement: "a#1"}}}}, []string{"a#1"}},
		{"an answer that quotes nobody", &ask.Check{}, nil},
	} {
		if diff := cmp.Diff(tt.want, ask.Quoted(tt.answer)); diff != "" {
			t.Errorf("%s: Quoted() (-want +got):\n%s", tt.name, diff)
		}
	}
}
