package diff_test

import (
	"testing"

	"readout/diff"
	"readout/timeline"
)

// TestOneLine checks that a statement is not gone from a meeting that goes on with the same line in
// words of its own: both continue one earlier statement.
func TestOneLine(t *testing.T) {
	first := both("ferry", "The leaders agreed that timber for decks and hemp for ropes should be bought at Bress while pilots and stokers were schooled at Hamm.")
	drift := both("ferry", "The leaders agreed that timber for decks and hemp for ropes should be bought at Bress.")
	back := both("ferry", "The leaders agreed that pilots and stokers were schooled at Hamm.")
	if got, a := absenceOf(t, years(t, beside(first), beside(drift), beside(back)), "ferry"); got == "gone" {
		t.Errorf("a line that went on is %s: %+v", got, a)
	}
	if got, _ := absenceOf(t, years(t, beside(first), beside(drift), beside(both("seals", "The leaders agreed that seals should be counted from boats at dawn."))), "ferry"); got != "gone" {
		t.Errorf("a line that did not go on is %s, want gone", got)
	}
}

// TestOpenings checks that two openings are not one statement because the same people met: what they met
// for is compared.
func TestOpenings(t *testing.T) {
	opening := func(purpose string) timeline.Statement {
		return said(timeline.ActExpress, "visit", "President Joren Q. Arden, Jr. spoke today with President Abelard Fennimore Tolva of Orsk to express his appreciation for "+purpose+".", "AA")
	}
	rs := years(t,
		beside(opening("a generous harvest of pears, quinces and medlars from the terraces above Sill")),
		beside(opening("prompt repair of a lighthouse, its lamp and foghorn off the coast near Brann")))
	step := chainOf(rs, "visit", diff.Options{})[1]
	if c := step.Statements[0]; c.Told() != diff.New {
		t.Errorf("an opening on another matter is told %s of %q, score %v", c.Kind, c.Previous[0].Text, c.Link.Score)
	}
}

// TestDoneBusiness checks that nothing is claimed of finished business that a later text does not mention,
// and that the next statement may still go on with it.
func TestDoneBusiness(t *testing.T) {
	opened := said(timeline.ActWelcome, "ferry", "They welcomed the completion of the landing stage at Port Velm.", "AA", "BB")
	other := both("ferry", "The leaders agreed that seals should be counted.")
	if got, _ := absenceOf(t, years(t, beside(opened), beside(other)), "ferry"); got != string(diff.Idle) {
		t.Errorf("finished business is %s, want idle", got)
	}
	later := both("ferry", "They welcomed the completion of the second landing stage at Port Velm.")
	step := chainOf(years(t, beside(opened), beside(later)), "ferry", diff.Options{})[1]
	if c := step.Statements[0]; c.Told() == diff.New || c.Link.Uncertain {
		t.Errorf("what goes on with finished business is %s, %+v", c.Kind, c.Link)
	}
}

// TestElision checks that a small word written onto another with an apostrophe makes it no other word.
func TestElision(t *testing.T) {
	old := both("ferry", "Les ministres ont souhaité l'enquête, l'usine, l'étable.")
	now := both("ferry", "Enquête sans délai d'usine ou étable : telle est la demande d'Arden.")
	if got, a := absenceOf(t, years(t, beside(old), beside(now)), "ferry"); got == "gone" {
		t.Errorf("the same nouns behind an article are %s: nearest %+v", got, a.Nearest)
	}
}
