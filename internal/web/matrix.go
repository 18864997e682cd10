package web

import (
	"fmt"
	"slices"
	"strings"

	"readout/diff"
	"readout/timeline"
)

// fate is what one meeting did with one topic, in a word.
type fate string

// The fates, from the one that says least.
const (
	silent   fate = "silent"   // the meeting did not raise the topic
	kept     fate = "kept"     // raised, not a word changed
	reworded fate = "reworded" // raised in other words
	added    fate = "added"    // raised with more statements than before
	dropped  fate = "dropped"  // raised without a statement of the last time
	first    fate = "first"    // raised for the first time
)

// fates returns every fate in the order of the legend.
func fates() []fate { return []fate{first, kept, reworded, added, dropped, silent} }

// Words says the fate to people.
func (f fate) Words() string {
	return map[fate]string{silent: "not raised", kept: "raised, unchanged", reworded: "reworded", added: "new statements",
		dropped: "statements dropped", first: "raised for the first time"}[f]
}

// matrix is all topics of a series against all its meetings.
type matrix struct {
	meetings []*timeline.Release
	rows     []matrixRow // in the order of the topics
}

// matrixRow is one topic.
type matrixRow struct {
	topic timeline.Topic
	cells []cell // one for every meeting
}

// cell is one topic at one meeting.
type cell struct {
	fate                           fate
	said, new, reworded, unchanged int // statements
	dropped                        int // of the last meeting that raised it
	inserted, deleted              int // words
	speakers                       []timeline.Party
	since                          *timeline.Release // the last meeting before that raised it, nil for none
}

func (v *volume) newMatrix() *matrix {
	m := &matrix{meetings: v.Releases}
	for _, t := range v.Topics.Topics {
		row := matrixRow{topic: t}
		for _, s := range v.chains[t.ID].steps() {
			row.cells = append(row.cells, cellOf(s))
		}
		m.rows = append(m.rows, row)
	}
	return m
}

// cellOf sums a step up.
func cellOf(s diff.Step) cell {
	c := cell{fate: silent, since: s.Previous}
	if !s.Entry.Raised {
		return c
	}
	for _, st := range s.Statements {
		c.said++
		switch st.Kind {
		case diff.New:
			c.new++
		case diff.Reworded:
			c.reworded++
		default:
			c.unchanged++
		}
		c.speakers = append(c.speakers, st.Statement.Speakers...)
		in, out := wordsOf(st.Edits)
		c.inserted, c.deleted = c.inserted+in, c.deleted+out
	}
	for _, st := range s.Dropped {
		c.dropped++
		c.deleted += diff.CountWords(st.Text)
	}
	c.speakers = timeline.SortParties(c.speakers)
	switch {
	case s.Previous == nil:
		c.fate = first
	case c.dropped > 0:
		c.fate = dropped
	case c.new > 0:
		c.fate = added
	case c.reworded > 0:
		c.fate = reworded
	default:
		c.fate = kept
	}
	return c
}

// wordsOf counts the words that edits insert and delete.
func wordsOf(edits []diff.Edit) (inserted, deleted int) {
	for _, e := range edits {
		switch e.Op {
		case diff.Insert:
			inserted += diff.CountWords(e.Text)
		case diff.Delete:
			deleted += diff.CountWords(e.Text)
		}
	}
	return inserted, deleted
}

// words says what happened in the cell, for a tooltip and a screen reader.
func (c cell) words() string {
	switch c.fate {
	case silent, kept:
		return c.fate.Words()
	case first:
		return fmt.Sprintf("raised for the first time, %s", count(c.said, "statement"))
	}
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{{c.reworded, "reworded"}, {c.new, "new"}, {c.dropped, "dropped"}, {c.unchanged, "unchanged"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
		}
	}
	return strings.Join(parts, ", ")
}

// hasSpeaker reports whether any of the parties speaks in the cell; it does where
// none is asked for.
func (c cell) hasSpeaker(parties []timeline.Party) bool {
	return len(parties) == 0 || slices.ContainsFunc(parties, func(p timeline.Party) bool { return slices.Contains(c.speakers, p) })
}

// most is the largest number of words that changed in one cell of the matrix, first
// mentions aside: they are new from end to end.
func (m *matrix) most() int {
	n := 1
	for _, row := range m.rows {
		for _, c := range row.cells {
			if c.fate != first {
				n = max(n, c.inserted+c.deleted)
			}
		}
	}
	return n
}

// heat says in five steps how much changed in the cell, given the most that changed
// in any.
func (c cell) heat(most int) int {
	n := c.inserted + c.deleted
	if c.fate == first || n == 0 {
		return 0
	}
	return min(4, 1+4*n/(most+1))
}
