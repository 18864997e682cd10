package diff_test

import (
	"strings"
	"testing"

	"readout/diff"
	"readout/timeline"
)

// shiftsOf compares two sentences said by the given parties ("NO UY") and returns the
// shifts as "kind scale: from → to".
func shiftsOf(t *testing.T, oldBy, oldText, newBy, newText string, o diff.Options) string {
	t.Helper()
	side := func(id, by, text string) *timeline.Release {
		s := timeline.Statement{Text: text, Topics: []string{"x"}}
		for p := range strings.FieldsSeq(by) {
			s.Speakers = append(s.Speakers, timeline.Party(p))
		}
		r := &timeline.Release{Statements: []timeline.Statement{s}}
		r.Name(id)
		return r
	}
	var out []string
	for _, c := range diff.Compare(side("a", oldBy, oldText), side("b", newBy, newText), o).Changes {
		for _, x := range c.Shifts {
			if x.Old != (diff.Quote{ID: "a#1", Text: oldText}) || x.New != (diff.Quote{ID: "b#1", Text: newText}) {
				t.Errorf("shift quotes %+v and %+v", x.Old, x.New)
			}
			out = append(out, string(x.Kind)+" "+x.Scale+": "+x.From+" → "+x.To)
		}
	}
	return strings.Join(out, "; ")
}

func TestShifts(t *testing.T) {
	const both = "NO UY"
	tests := []struct {
		name, oldBy, old, newBy, new, want string
	}{
		{"agreed to exchanged views", both, "The two ministers agreed on the krill quota for the southern shelf.",
			both, "The two ministers exchanged views on the krill quota for the southern shelf.", "softened commitment: agreed → discussed"},
		{"the other way", both, "The two ministers discussed the krill quota for the southern shelf.",
			both, "The two ministers decided on the krill quota for the southern shelf.", "firmed commitment: discussed → decided"},
		{"agreed on the importance is a view", both, "Both sides agreed on the importance of the krill quota for the southern shelf.",
			both, "Both sides shared the view on the importance of the krill quota for the southern shelf.", ""},
		{"the verb that governs the shared words", both, "They discussed the ferry and reaffirmed the krill quota for the southern shelf.",
			both, "They exchanged greetings and confirmed the krill quota for the southern shelf.", ""},
		{"will to may", both, "The two sides will open the tunnel under Mount Hesk in spring.",
			both, "The two sides may open the tunnel under Mount Hesk in spring.", "softened promise: will → may"},
		{"a negation turns it round", both, "The two sides will not open the tunnel under Mount Hesk in spring.",
			both, "The two sides may open the tunnel under Mount Hesk in spring.", ""},
		{"both to one side", both, "The two ministers stressed the value of the tunnel under Mount Hesk.",
			"NO", "Minister Solvang stressed the value of the tunnel under Mount Hesk.", "one_sided speakers: NO UY → NO"},
		{"one side to both", "UY", "Minister Sosa affirmed the value of the tunnel under Mount Hesk.",
			both, "The two ministers agreed on the value of the tunnel under Mount Hesk.", "firmed commitment: affirmed → agreed; joint speakers: UY → NO UY"},
		{"a summit named in passing", both, "They affirmed the ferry line, as directed by the President at the 2031 Port Velm summit.",
			both, "They discussed seed banks, building on the 2031 Port Velm summit.", ""},
		{"condemned to expressed concern", "NO", "The Minister condemned the attack on the lighthouse of Arn.",
			"NO", "The Minister expressed concern about the attack on the lighthouse of Arn.", "softened objection: condemned → expressed concern"},
		{"called on to demanded", "NO", "The Minister called on Uruguay to free the lighthouse keepers of Arn.",
			"NO", "The Minister demanded that Uruguay free the lighthouse keepers of Arn.", "firmed demand: called on → demanded"},
		{"the same words", both, "They agreed to meet again.", both, "They agreed to meet again.", ""},
	}
	for _, tt := range tests {
		if got := shiftsOf(t, tt.oldBy, tt.old, tt.newBy, tt.new, diff.Options{}); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
		mirror := strings.NewReplacer("softened", "firmed", "firmed", "softened", "one_sided", "joint", "joint", "one_sided")
		back := shiftsOf(t, tt.newBy, tt.new, tt.oldBy, tt.old, diff.Options{})
		if (back == "") != (tt.want == "") || tt.want != "" && !strings.HasPrefix(back, strings.Fields(mirror.Replace(tt.want))[0]) {
			t.Errorf("%s, turned round: got %q", tt.name, back)
		}
	}
}

func TestShiftTakesItsVerbFromAbove(t *testing.T) {
	item := func(id string, act timeline.Act, text string) *timeline.Release {
		r := &timeline.Release{Statements: []timeline.Statement{{Text: text, Act: act, Topics: []string{"x"}, Speakers: []timeline.Party{"NO", "UY"}}}}
		r.Name(id)
		return r
	}
	r := diff.Compare(item("a", timeline.ActAgree, "A joint survey of the southern shelf in 2032."), item("b", timeline.ActDiscuss, "A joint survey of the southern shelf in 2033."), diff.Options{})
	if got := r.Changes[0].Shifts; len(got) != 1 || got[0].Kind != diff.Softened || got[0].From != "agreed" || got[0].To != "discussed" {
		t.Errorf("shifts of list items = %+v", got)
	}
}

func TestLadderExtend(t *testing.T) {
	l, err := diff.DefaultLadder().Extend(strings.NewReader("# more\ncommitment\t65\tsealed\tseal|sealed|seals\n"))
	if err != nil {
		t.Fatal(err)
	}
	got := shiftsOf(t, "NO UY", "Both sides sealed the krill quota for the southern shelf.", "NO UY", "Both sides affirmed the krill quota for the southern shelf.", diff.Options{Ladder: l})
	if got != "softened commitment: sealed → affirmed" {
		t.Errorf("with a verb added: %q", got)
	}
	for _, bad := range []string{"commitment\t65\tsealed", "commitment\thigh\tsealed\tseal", "commitment\t1\tx\t~ seal"} {
		if _, err := diff.DefaultLadder().Extend(strings.NewReader(bad)); err == nil || !strings.Contains(err.Error(), "ladder.tsv:1") {
			t.Errorf("Extend(%q) = %v", bad, err)
		}
	}
}

// TestShiftWords: what people are told are the verbs of the sentences, not the names of the rungs.
func TestShiftWords(t *testing.T) {
	pair := func(old, new string) diff.Change {
		return diff.Pair(timeline.Statement{ID: "a#1", Text: old}, timeline.Statement{ID: "b#1", Text: new}, diff.Options{})
	}
	c := pair("The two ministers exchanged views on the krill quota for the southern shelf.", "The two ministers reiterated the krill quota for the southern shelf.")
	if len(c.Shifts) != 1 {
		t.Fatalf("%d shifts, want 1", len(c.Shifts))
	}
	if from, to := c.Shifts[0].Words(); from != "exchanged views" || to != "reiterated" {
		t.Errorf("words %q and %q", from, to)
	}
	c = pair("The two sides will open the tunnel under Mount Hesk in spring.", "The two sides may open the tunnel under Mount Hesk in spring.")
	if from, to := c.Shifts[0].Words(); from != "will" || to != "may" {
		t.Errorf("a modal verb: words %q and %q", from, to)
	}
}
