package web

import (
	"fmt"
	"slices"
	"strings"

	"readout/diff"
	"readout/internal/ask"
	"readout/internal/show"
	"readout/timeline"
)

// cellWords says what happened in a cell, for a tooltip and a screen reader.
func cellWords(c ask.Cell) string {
	switch c.Mark {
	case ask.NotRaised, ask.PerhapsRaised, ask.Raised:
		return show.SignOf(c.Mark).Says
	case ask.Opened:
		return show.SignOf(ask.Opened).Says + ", " + count(c.New, "statement")
	}
	parts := []string{summaryWords(diff.Summary{New: c.New, Reworded: c.Reworded, Unchanged: c.Same, Dropped: c.Dropped, Silent: c.Silent})}
	for _, s := range c.Shifts {
		parts = append(parts, show.ShiftText(s))
	}
	return strings.Join(parts, "; ")
}

// summaryWords counts what became of statements. Those that only a much shorter text is
// silent on are not called dropped.
func summaryWords(s diff.Summary) string {
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{{s.Reworded, "reworded"}, {s.New, "new"}, {s.Dropped - s.Silent, "dropped"}, {s.Silent, "passed over in a shorter text"}, {s.Unchanged, "unchanged"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
		}
	}
	return strings.Join(parts, ", ")
}

// hasSpeaker reports whether the party speaks on the topic in the cell; it does where
// none is asked for.
func hasSpeaker(c ask.Cell, topic string, party timeline.Party) bool {
	if party == "" {
		return true
	}
	for _, r := range c.Said {
		for _, st := range r.Statements {
			if st.On(topic) && slices.Contains(st.Speakers, party) {
				return true
			}
		}
	}
	return false
}

// weights says how many words each release put into a topic and took out of it, with
// the largest number of any. The first mention of a topic weighs nothing: it is new
// from end to end.
type weights struct {
	of   map[string][]int // by topic, in the order of the releases
	most int
}

func (v *volume) newWeights() *weights {
	w := &weights{of: map[string][]int{}, most: 1}
	for id, c := range v.chains {
		for _, s := range c.steps() {
			n := 0
			if s.Previous != nil {
				x := sum(s)
				n = x.WordsInserted + x.WordsDeleted
			}
			w.of[id] = append(w.of[id], n)
			w.most = max(w.most, n)
		}
	}
	return w
}

// heat says in five steps how much changed in a cell: 0 for nothing, 4 for the most
// that changed in any of the series.
func (v *volume) heat(topic string, c ask.Cell) int {
	w, n := v.weights(), 0
	for _, id := range c.Releases {
		n = max(n, w.of[topic][v.place[id]])
	}
	if n == 0 {
		return 0
	}
	return min(4, 1+4*n/(w.most+1))
}

// sum counts what became of the statements of a step.
func sum(s diff.Step) diff.Summary {
	var out diff.Summary
	for _, st := range s.Statements {
		switch st.Told() {
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
		out.WordsDeleted += diff.CountWords(st.Statement.Text)
	}
	return out
}
