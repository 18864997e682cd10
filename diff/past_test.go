package diff_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/diff"
	"readout/timeline"
)

// heldOn makes a release of a day, a form and two parties.
func heldOn(t *testing.T, day string, k timeline.Kind, ss ...timeline.Statement) *timeline.Release {
	t.Helper()
	held, err := timeline.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	r := &timeline.Release{Held: held, Kind: k, Level: timeline.LevelSummit, Language: "en", Issuer: "AA", Parties: []timeline.Party{"AA", "BB"}, Series: "AA-BB", Statements: ss}
	r.Name(day + "-" + string(k))
	return r
}

// voyage is a series in which a call stands between two joint statements, and the second of
// these is told in two texts.
func voyage(t *testing.T) []*timeline.Release {
	both := func(topic, text string) timeline.Statement { return said(timeline.ActAgree, topic, text, "AA", "BB") }
	ferry := both("ferry", "The leaders agreed that the night ferry between Arn and Port Velm would carry bicycles.")
	wool := both("wool", "The leaders agreed that felted wool from Bress would be let in as yarn.")
	orchard := both("orchard", "The leaders agreed that the orchard at Sill should be replanted jointly.")
	hives := both("bees", "The leaders agreed that seventy hives would cross the pass each spring.")
	salt := both("salt", "The leaders agreed that the salt works at Hamm would stay open.")
	return []*timeline.Release{
		heldOn(t, "2031-01-10", timeline.KindJointStatement, ferry, wool, orchard, salt),
		heldOn(t, "2031-06-10", timeline.KindCall, both("ferry", "The leaders agreed that the night ferry between Arn and Port Velm would carry bicycles free of charge."),
			both("bees", "The leaders agreed that seventy hives would cross the pass each spring.")),
		heldOn(t, "2032-01-10", timeline.KindJointStatement, both("ferry", "The leaders agreed that the night ferry between Arn and Port Velm would carry bicycles free of charge."), hives, salt),
		heldOn(t, "2032-01-10", timeline.KindMeeting, wool),
		heldOn(t, "2033-01-10", timeline.KindJointStatement, orchard, hives, wool, salt),
	}
}

func chainOf(rs []*timeline.Release, topic string, o diff.Options) []diff.Step {
	return diff.Chain(timeline.Build(timeline.Assigned(rs), topic, timeline.Filter{}), o)
}

// TestDescent checks that a statement continues the last text that made the point, in whatever
// form, and that absence is judged against the lane alone and over the whole meeting.
func TestDescent(t *testing.T) {
	rs := voyage(t)
	past := diff.NewPast(rs, diff.Options{})
	var got []string
	for _, topic := range []string{"ferry", "wool", "orchard", "bees"} {
		for _, s := range chainOf(rs, topic, diff.Options{Past: past}) {
			line := topic + " " + s.Entry.Release.ID
			for _, c := range s.Statements {
				line += " " + string(c.Kind)
				for _, p := range c.Previous {
					line += " of " + p.ID
				}
				if c.Returned != nil {
					line += ", not in " + c.Returned.Absence.Against.ID
				}
			}
			for _, m := range slices.Concat(s.Dropped, s.Missing) {
				line += " lacks " + m.Statement.ID
			}
			if line != topic+" "+s.Entry.Release.ID {
				got = append(got, line)
			}
		}
	}
	want := []string{
		"ferry 2031-01-10-joint-statement new",
		"ferry 2031-06-10-call reworded of 2031-01-10-joint-statement#1",
		"ferry 2032-01-10-joint-statement unchanged of 2031-06-10-call#1",
		"ferry 2033-01-10-joint-statement lacks 2032-01-10-joint-statement#1",
		"wool 2031-01-10-joint-statement new",
		"wool 2032-01-10-meeting unchanged of 2031-01-10-joint-statement#2", // and so the joint statement of that day does not lack it
		"wool 2033-01-10-joint-statement unchanged of 2032-01-10-meeting#1",
		"orchard 2031-01-10-joint-statement new",
		"orchard 2032-01-10-joint-statement lacks 2031-01-10-joint-statement#3",
		"orchard 2033-01-10-joint-statement unchanged of 2031-01-10-joint-statement#3, not in 2032-01-10-joint-statement",
		"bees 2031-06-10-call new",
		"bees 2032-01-10-joint-statement unchanged of 2031-06-10-call#2",
		"bees 2033-01-10-joint-statement unchanged of 2032-01-10-joint-statement#2",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("verdicts (-want +got):\n%s", d)
	}
}

// TestPastOrder checks that no order of the releases shows in an answer.
func TestPastOrder(t *testing.T) {
	verdicts := func(rs []*timeline.Release) []diff.Step {
		return chainOf(rs, "ferry", diff.Options{Past: diff.NewPast(rs, diff.Options{})})
	}
	rs := voyage(t)
	want := verdicts(rs)
	slices.Reverse(rs)
	if d := cmp.Diff(want, verdicts(rs), cmp.Comparer(func(a, b timeline.Date) bool { return a == b })); d != "" {
		t.Errorf("steps of the reversed series (-want +got):\n%s", d)
	}
}

// TestNeighbour checks that the text before in time may be chosen to judge by.
func TestNeighbour(t *testing.T) {
	rs := voyage(t)
	o := diff.Options{Against: diff.ByNeighbour}
	o.Past = diff.NewPast(rs, o)
	steps := chainOf(rs, "bees", o)
	if s := steps[len(steps)-1]; s.Against == nil || s.Against.Held.String() != "2032-01-10" {
		t.Errorf("the last text is judged against %v", s.Against)
	}
	if s := steps[1]; s.Against != rs[0] {
		t.Errorf("the call is judged against %v, want the joint statement before it", s.Against)
	}
}

// TestSameUnderEachTopic checks that a statement of two topics has one verdict.
func TestSameUnderEachTopic(t *testing.T) {
	rs := voyage(t)
	for _, r := range rs {
		for i := range r.Statements {
			r.Statements[i].Topics = append(r.Statements[i].Topics, "all")
		}
	}
	o := diff.Options{Past: diff.NewPast(rs, diff.Options{})}
	under := map[string]diff.StatementChange{}
	for _, s := range chainOf(rs, "all", o) {
		for _, c := range s.Statements {
			under[c.Statement.ID] = c
		}
	}
	for _, topic := range []string{"ferry", "wool", "orchard", "bees", "salt"} {
		for _, s := range chainOf(rs, topic, o) {
			for _, c := range s.Statements {
				if d := cmp.Diff(under[c.Statement.ID], c, cmp.Comparer(func(a, b timeline.Date) bool { return a == b })); d != "" {
					t.Errorf("%s under %s and under all (-all +%s):\n%s", c.Statement.ID, topic, topic, d)
				}
			}
		}
	}
}

// TestLatest checks what stands for a series where nobody says which texts to compare.
func TestLatest(t *testing.T) {
	rs := voyage(t)
	got, ok := diff.NewPast(rs, diff.Options{}).Latest()
	if !ok || got.Old != rs[2] || got.New != rs[4] {
		t.Errorf("Latest() = %+v, %v; want the last two joint statements", got, ok)
	}
	if _, ok := diff.NewPast(rs[:2], diff.Options{}).Latest(); ok {
		t.Error("a joint statement and a call are compared")
	}
}
