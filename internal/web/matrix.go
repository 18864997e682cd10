package web

import (
	"fmt"
	"slices"
	"strings"

	"readout/diff"
	"readout/survey"
	"readout/timeline"
)

// marks returns every mark in the order of the legend.
func marks() []survey.Mark {
	return []survey.Mark{survey.Opened, survey.Raised, survey.Reworded, survey.Firmed, survey.Softened, survey.Dropped, survey.NotRaised}
}

// markWords says a mark to people.
func markWords(m survey.Mark) string {
	return map[survey.Mark]string{survey.Opened: "raised for the first time", survey.Raised: "raised, unchanged", survey.Reworded: "reworded",
		survey.Firmed: "firmed", survey.Softened: "softened", survey.Dropped: "statements dropped", survey.NotRaised: "not raised"}[m]
}

// cellWords says what happened in a cell, for a tooltip and a screen reader.
func cellWords(c survey.Cell) string {
	switch c.Mark {
	case survey.NotRaised, survey.Raised:
		return markWords(c.Mark)
	case survey.Opened:
		return fmt.Sprintf("raised for the first time, %s", count(c.Counts.New, "statement"))
	}
	parts := []string{summaryWords(c.Counts)}
	for _, s := range c.Shifts {
		parts = append(parts, shiftWords(s))
	}
	return strings.Join(parts, "; ")
}

// shiftWords says a shift to people: "softened: agreed → discussed".
func shiftWords(s diff.Shift) string {
	kind := map[diff.ShiftKind]string{diff.Firmed: "firmed", diff.Softened: "softened", diff.ToOneSide: "now by one side", diff.ToJoint: "now by both sides"}[s.Kind]
	return fmt.Sprintf("%s: %s → %s", kind, s.From, s.To)
}

// summaryWords counts what became of statements.
func summaryWords(s diff.Summary) string {
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{{s.Reworded, "reworded"}, {s.New, "new"}, {s.Dropped, "dropped"}, {s.Unchanged, "unchanged"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
		}
	}
	return strings.Join(parts, ", ")
}

// hasSpeaker reports whether the party speaks on the topic in the cell; it does where
// none is asked for.
func hasSpeaker(c survey.Cell, topic string, party timeline.Party) bool {
	if party == "" {
		return true
	}
	for _, r := range c.Releases {
		for _, st := range r.Statements {
			if slices.Contains(st.Topics, topic) && slices.Contains(st.Speakers, party) {
				return true
			}
		}
	}
	return false
}

// most is the largest number of words that changed in one cell of the matrix, first
// mentions aside: they are new from end to end.
func most(m *survey.Matrix) int {
	n := 1
	for _, row := range m.Rows {
		for _, c := range row.Cells {
			if c.Mark != survey.Opened {
				n = max(n, c.Counts.WordsInserted+c.Counts.WordsDeleted)
			}
		}
	}
	return n
}

// heat says in five steps how much changed in the cell, given the most that changed
// in any.
func heat(c survey.Cell, most int) int {
	n := c.Counts.WordsInserted + c.Counts.WordsDeleted
	if c.Mark == survey.Opened || n == 0 {
		return 0
	}
	return min(4, 1+4*n/(most+1))
}

// sum counts what became of the statements of a step.
func sum(s diff.Step) diff.Summary {
	var out diff.Summary
	for _, st := range s.Statements {
		switch st.Kind {
		case diff.New:
			out.New++
		case diff.Reworded:
			out.Reworded++
		default:
			out.Unchanged++
		}
		for _, e := range st.Edits {
			switch e.Op {
			case diff.Insert:
				out.WordsInserted += diff.CountWords(e.Text)
			case diff.Delete:
				out.WordsDeleted += diff.CountWords(e.Text)
			}
		}
	}
	for _, st := range s.Dropped {
		out.Dropped++
		out.WordsDeleted += diff.CountWords(st.Text)
	}
	return out
}

// stepWords says what happened at a step.
func stepWords(s diff.Step) string {
	switch {
	case !s.Entry.Raised:
		return markWords(survey.NotRaised)
	case s.Previous == nil:
		return "raised for the first time, " + count(len(s.Statements), "statement")
	}
	return summaryWords(sum(s))
}
