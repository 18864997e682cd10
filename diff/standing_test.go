package diff_test

import (
	"fmt"
	"testing"

	"readout/diff"
	"readout/timeline"
)

// years makes a joint statement for every list of statements, a year apart.
func years(t *testing.T, texts ...[]timeline.Statement) []*timeline.Release {
	t.Helper()
	var out []*timeline.Release
	for i, ss := range texts {
		out = append(out, heldOn(t, fmt.Sprintf("%d-01-10", 2031+i), timeline.KindJointStatement, ss...))
	}
	return out
}

// small talk of a series, on matters of which nothing is asked.
var bystanders = []string{
	"The leaders agreed that felted wool from Bress would be let in as yarn.",
	"The leaders agreed that the orchard at Sill should be replanted jointly.",
	"The leaders agreed that seventy hives would cross the pass each spring.",
	"The leaders agreed that the salt works at Hamm would stay open.",
	"The leaders agreed that doctors might practise on either side of the border.",
	"The leaders agreed that the bell of Ostrav should ring at noon again.",
}

// beside puts statements before those of the bystanders.
func beside(ss ...timeline.Statement) []timeline.Statement {
	for i, text := range bystanders {
		ss = append(ss, said(timeline.ActAgree, fmt.Sprint("bystander", i), text, "AA", "BB"))
	}
	return ss
}

func both(topic, text string) timeline.Statement {
	return said(timeline.ActAgree, topic, text, "AA", "BB")
}

// absenceOf tells what the last text of a series does with the statement of the text before that is on a
// topic: "gone", "said", or why nothing is claimed.
func absenceOf(t *testing.T, rs []*timeline.Release, topic string) (verdict string, a diff.Absence) {
	t.Helper()
	last := rs[len(rs)-1]
	past := diff.NewPast(rs, diff.Options{})
	report := diff.Compare(rs[len(rs)-2], last, diff.Options{Past: past})
	for _, c := range report.Changes {
		if len(c.Old) == 0 || !c.Old[0].On(topic) {
			continue
		}
		switch {
		case c.Kind != diff.Dropped:
			return "said", c.Absence
		case c.Absence.Silence != "":
			return string(c.Absence.Silence), c.Absence
		}
		return "gone", c.Absence
	}
	t.Fatalf("no statement on %s", topic)
	return "", a
}

func TestStanding(t *testing.T) {
	// A text says that boats pass the narrows freely; the next has it in passing, in a sentence on tolls.
	passage := both("boats", "The leaders agreed that free passage of herring boats would serve fishermen of both coasts, named a pilot "+
		"who knows every shoal near the narrows, and set aside money for lamps, buoys and a tide gauge at the northern mole.")
	inPassing := both("tolls", "The leaders agreed that tolls at the old bridge of Arn would fall by half from March on, since carters, "+
		"tinkers and millers had complained, and since free passage of herring boats had left the toll house poor anyway.")
	// Two texts on the same in other words, and a third in which only some of the words stand, here and there.
	archive := both("archive", "The leaders agreed that the sealed land registers of the lost parishes should be opened to heirs.")
	quill := both("archive", "The leaders agreed that the sealed land registers of the lost parishes should be opened at Quill.")
	scattered := []timeline.Statement{
		both("forest", "The leaders agreed that the forest behind the mole of Quill should be thinned by heirs of the first woodmen every spring."),
		both("trains", "The leaders agreed that the night train should stop in the villages of the upper valley whenever a fair is held."),
		both("ships", "The leaders agreed that registers of foundered ships and their crews should be hung up in the harbour office at Hamm.")}
	// An instrument is named again, in a sentence on another matter.
	pact := both("boats", "The leaders agreed that the Herring Passage Compact should be read out at every harbour before dawn, sung by the "+
		"choirs of both coasts, and printed with woodcuts for schoolchildren and lighthouse keepers.")
	toll := "The leaders agreed that tolls at the old bridge of Arn would fall by half from March on, since carters, tinkers and millers " +
		"had complained of the muddy road, as under "
	citing, uncited := both("tolls", toll+"the Herring Passage Compact."), both("tolls", toll+"older rules.")
	tests := []struct {
		name string
		rs   []*timeline.Release
		on   string
		want string
	}{
		{"a standing expression in a sentence on another matter", years(t,
			beside(both("boats", "The leaders agreed on free passage of herring boats.")),
			beside(both("boats", "The leaders agreed once more on free passage of herring boats by night.")),
			beside(passage), beside(inPassing)), "boats", "maybe_said"},
		{"words that no earlier text had", years(t, beside(both("boats", "The leaders agreed on lamps.")),
			beside(both("boats", "The leaders agreed on buoys.")), beside(passage), beside(inPassing)), "boats", "gone"},
		{"a standing expression is lost", years(t, beside(archive), beside(archive), beside(archive), beside(scattered...)), "archive", "gone"},
		{"what was said once may be said in other words", years(t, beside(), beside(), beside(archive), beside(scattered...)), "archive", "said"},
		{"an expression is lost, but a name of its statement is not", years(t, beside(quill), beside(quill), beside(quill), beside(scattered...)), "archive", "said"},
		{"an instrument is named", years(t, beside(pact), beside(citing)), "boats", "said"},
		{"an instrument is not named", years(t, beside(pact), beside(uncited)), "boats", "gone"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, a := absenceOf(t, tt.rs, tt.on); got != tt.want {
				t.Errorf("it is %s, want %s; nearest %+v", got, tt.want, a.Nearest)
			}
		})
	}
}

// TestFounded checks that what a meeting founded belongs to the issue it is about: where the body meets, the
// issue is not gone with a statement on it.
func TestFounded(t *testing.T) {
	founding := both("boats", "The leaders agreed that a Herring Passage Commission should be set up at Hamm.")
	quota := both("boats", "The leaders agreed that nets of less than four knots should be burnt on the quay.")
	later := func(body string) []timeline.Statement {
		return beside(both("visits", "The leaders agreed that the "+body+" should be shown the new lighthouse."))
	}
	for body, want := range map[string]bool{"Herring Passage Commission": true, "Lighthouse Keepers Commission": false} {
		_, a := absenceOf(t, years(t, beside(founding), beside(quota), later(body)), "boats")
		if a.Silence != "" || a.Raised != want {
			t.Errorf("with the %s: silence %q, raised %v, want none and %v", body, a.Silence, a.Raised, want)
		}
	}
}

// TestOpeningIsNoRival checks that a point which the opening of the next text takes up is not called gone only
// because that opening is still more like the opening of the old text: both say who met whom.
func TestOpeningIsNoRival(t *testing.T) {
	opening := "President Arden of Norrland spoke by telephone this evening with Chancellor Tolva of Velmia in order to "
	old := []timeline.Statement{both("harvest", opening+"congratulate her on the harvest."),
		both("ferry", "They consulted on ways to secure the night ferry together with a lasting truce of the pilots."),
		both("ferry", "They promised deck hands a hot meal.")}
	next := []timeline.Statement{both("ferry", opening+"seek a truce of pilots and a ferry.")}
	if got, a := absenceOf(t, years(t, beside(old...), beside(next...)), "ferry"); got == "gone" {
		t.Errorf("the ferry is %s; nearest %+v", got, a.Nearest)
	}
}

// TestLonePoint checks that what is all that a text says on an issue is not called gone from a text that
// says one thing on it too, in whatever words.
func TestLonePoint(t *testing.T) {
	old := both("lamps", "The leaders agreed that oil for the lamps of the mole should be paid for by the harbour towns in equal parts.")
	one := "The leaders agreed that apprentices of the guild of chandlers may trim wicks on feast days, whatever their masters say, " +
		"that widows keep their cottages and gardens, and that oil is sold by weight."
	if got, a := absenceOf(t, years(t, beside(old), beside(both("lamps", one))), "lamps"); got == "gone" {
		t.Errorf("a lone point is %s; nearest %+v", got, a.Nearest)
	}
	if got, _ := absenceOf(t, years(t, beside(old), beside(both("lamps", one), both("lamps", "The leaders agreed that glass should be "+
		"blown at Bress."))), "lamps"); got != "gone" {
		t.Errorf("one of two points is %s, want gone", got)
	}
}
