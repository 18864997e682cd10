package show

import (
	"fmt"

	"readout/diff"
	"readout/internal/ask"
)

// Verdict says that the statement is no longer made.
func Verdict(ask.TimelineDropped) string { return "no longer said" }

// ShiftText says a shift in words: "softened: agreed → discussed".
func ShiftText(x diff.Shift) string {
	kind := string(x.Kind)
	switch x.Kind {
	case diff.ToOneSide:
		kind = "both sides → one side"
	case diff.ToJoint:
		kind = "one side → both sides"
	}
	return kind + ": " + x.From + " → " + x.To
}

// noveltyText says what is notable about the change, "" for nothing.
func noveltyText(n *ask.Novelty) string {
	switch {
	case n == nil || !n.Notable:
		return ""
	case n.Still:
		return fmt.Sprintf("unusual: not a word changed, where %.0f%% usually does", 100*n.Usual)
	}
	return fmt.Sprintf("unusual: %.0f%% of the wording is new, the most in %d changes (usually %.0f%%)", 100*n.Changed, n.Earlier+1, 100*n.Usual)
}

// agendaText says how the topic moved on the agenda, "" where it did not.
func agendaText(a *ask.Agenda) string {
	if a == nil {
		return ""
	}
	moved, heading := "", ""
	if a.Moved != "" {
		moved = fmt.Sprintf("moved %s the agenda, from place %d of %d to %d of %d", a.Moved, a.Last.Place, a.Last.Of, a.Place, a.Of)
	}
	switch a.Change {
	case "got":
		heading = "got a heading of its own: " + a.Heading
	case "lost":
		heading = "lost its heading: " + a.Last.Heading
	}
	return joinNonEmpty("; ", moved, heading)
}

// LullText says how long no release was captured.
func LullText(l ask.Lull) string {
	return fmt.Sprintf("no release captured for %d days (usually one in %s)", l.Days, count(l.UsualDays, "day", "days"))
}

// MarkSign is the sign of a mark: one column, and told apart without colour.
func MarkSign(k ask.Mark) string {
	switch k {
	case ask.Opened:
		return "+"
	case ask.Softened:
		return "↓"
	case ask.Firmed:
		return "↑"
	case ask.Dropped:
		return "−"
	case ask.Reworded:
		return "~"
	case ask.Raised:
		return "="
	case ask.PerhapsRaised:
		return "?"
	}
	return "·"
}

// MarkNames are the marks with what they mean, in the order of a legend.
func MarkNames() [][2]string {
	var out [][2]string
	for _, x := range []struct {
		mark ask.Mark
		name string
	}{{ask.Opened, "raised for the first time"}, {ask.Raised, "in the same words"}, {ask.Reworded, "reworded"}, {ask.Firmed, "firmed"},
		{ask.Softened, "softened"}, {ask.Dropped, "something dropped"}, {ask.NotRaised, "not raised"}, {ask.PerhapsRaised, "perhaps raised under another name"}} {
		out = append(out, [2]string{MarkSign(x.mark), x.name})
	}
	return out
}

// Since says when the topic of a release that came in was raised before.
func Since(t *ask.ChangesTopic) string {
	first, last := "raised for the first time", "last raised "
	if t.ID == "" { // the text as a whole
		first, last = "the first of its series", "against that of "
	}
	if t.First {
		return first
	}
	return last + t.Diff.Report.Old.Day().String()
}
