package diff_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/diff"
	"readout/timeline"
)

// revisions compares pairs of texts, one report each.
func revisions(pairs ...[2]string) []*diff.Report {
	var out []*diff.Report
	for i, p := range pairs {
		version := func(text string) *timeline.Release {
			r := &timeline.Release{Statements: []timeline.Statement{{Section: -1, Text: text, Act: timeline.ActState}}}
			r.Name(fmt.Sprint("release-", i))
			return r
		}
		out = append(out, diff.Compare(version(p[0]), version(p[1]), diff.Options{Cause: diff.Record}))
	}
	return out
}

func TestSubstitutions(t *testing.T) {
	reports := revisions(
		[2]string{"The impact of the herring tax on Hamm was raised by both.", "The effect of the herring tax on Hamm was raised by both."},
		[2]string{"They spoke of the impact that felting has on the villages.", "They spoke of the effect that felting has on the villages."},
		[2]string{"No impact on the price of salt was found by the council.", "No effect on the price of salt was found by the council."},
		// A function word may give way to a word of substance, and not to another one.
		[2]string{"The price of salted herring is high in all the villages.", "The price of salted herring remains high in all the villages."},
		[2]string{"The catch of the boats of Bress is low in this season.", "The catch of the boats of Bress remains low in this season."},
		[2]string{"The quay of the old harbour is closed to all the carts.", "The quay of the old harbour remains closed to all the carts."},
		[2]string{"They spoke of the sale of their wool to the felting guild.", "They spoke of the sale of its wool to the felting guild."},
		[2]string{"They spoke of the sale of their bells to the ringing guild.", "They spoke of the sale of its bells to the ringing guild."},
		[2]string{"They spoke of the sale of their nets to the herring guild.", "They spoke of the sale of its nets to the herring guild."},
		// Once each: no finding.
		[2]string{"The bells of Hamm ring loudly in the morning.", "The bells of Hamm ring softly in the morning."},
		// There and back: no direction.
		[2]string{"They met early to speak of wool and grain.", "They met promptly to speak of wool and grain."},
		[2]string{"They left early to speak of salt and yarn.", "They left promptly to speak of salt and yarn."},
		[2]string{"They came early to speak of bells and lamps.", "They came promptly to speak of bells and lamps."},
		[2]string{"They rose promptly to speak of nets and boats.", "They rose early to speak of nets and boats."},
		// Numbers, days and names are put in anew in every text.
		[2]string{"Bress will send 12 bells to the quay in March.", "Bress will send 14 bells to the quay in April."},
		[2]string{"Bress will lend 12 lamps to the quay in March.", "Bress will lend 14 lamps to the quay in April."},
		[2]string{"Bress will sell 12 boats to the quay in March.", "Bress will sell 14 boats to the quay in April."},
	)
	type pair struct {
		From, To    string
		Forth, Back int
	}
	var got []pair
	for _, s := range diff.Substitutions(reports, 0, diff.Options{}) {
		got = append(got, pair{s.From, s.To, len(s.Forth), len(s.Back)})
	}
	if d := cmp.Diff([]pair{{"impact", "effect", 3, 0}, {"is", "remains", 3, 0}}, got); d != "" {
		t.Errorf("Substitutions (-want +got):\n%s", d)
	}
}

// TestSubstitutionsCountReleases: what one release says ten times is one instance.
func TestSubstitutionsCountReleases(t *testing.T) {
	reports := revisions([2]string{"The impact of the herring tax on Hamm was raised by both.", "The effect of the herring tax on Hamm was raised by both."})
	reports = append(reports, reports[0], reports[0])
	if got := diff.Substitutions(reports, 0, diff.Options{}); len(got) != 0 {
		t.Errorf("got %v", got)
	}
	if got := diff.Substitutions(reports, 1, diff.Options{}); len(got) != 1 || len(got[0].Forth) != 1 {
		t.Errorf("of one release: %v", got)
	}
}
