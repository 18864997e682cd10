package ask

import (
	"slices"

	"readout/diff"
	"readout/timeline"
)

// Mark is what became of a topic at a meeting, in one word.
type Mark string

// The marks. Of several that apply to a cell, its Mark is the first of this list; its
// Marks are all of them.
const (
	Opened        Mark = "new"        // raised for the first time
	Softened      Mark = "softened"   // a position was taken less firmly
	Firmed        Mark = "firmed"     // a position was taken more firmly
	Dropped       Mark = "dropped"    // raised, but without something said the last time, in a text not much shorter
	Reworded      Mark = "reworded"   // raised in other words
	Raised        Mark = "raised"     // raised in the same words
	NotRaised     Mark = "not_raised" // the meeting did not raise it
	PerhapsRaised Mark = "unsettled"  // the meeting raised what may be the same issue
)

// Raises reports whether the mark is one of a meeting that raised the topic.
func (m Mark) Raises() bool { return m != NotRaised && m != PerhapsRaised }

// Cell is one topic at one meeting.
type Cell struct {
	Mark     Mark
	Marks    []Mark // every mark that applies, in the order of the list above
	Counts   diff.Summary
	Shifts   []diff.Shift
	Dropped  []timeline.Statement
	Releases []*timeline.Release // those about the meeting that raise the topic
	Note     Note                // that of the first of them
}

// Row is one topic at every meeting.
type Row struct {
	Topic timeline.Topic
	Cells []Cell // one for each meeting of the matrix
}

// Matrix is the topics of a series by its meetings.
type Matrix struct {
	Series   timeline.SeriesID
	Meetings []timeline.Meeting
	Lulls    []timeline.Lull // times from which no release was captured
	Rows     []Row
	Undated  []*timeline.Release // those that have no column, for their day is not known
}

// NewMatrix sets threads of one series side by side, in the order given. Two releases
// about one meeting share a column. All threads must be laid out over the same releases
// with the same filter, as [Threads] does.
func NewMatrix(threads []*Thread) *Matrix {
	m := &Matrix{}
	if len(threads) == 0 {
		return m
	}
	m.Series = threads[0].Timeline.Series
	var releases []*timeline.Release
	for _, e := range threads[0].Timeline.Entries {
		releases = append(releases, e.Release)
	}
	for _, u := range threads[0].Timeline.Unsettled {
		releases = append(releases, u.Release)
	}
	for _, e := range threads[0].Timeline.Undated {
		m.Undated = append(m.Undated, e.Release)
	}
	m.Meetings, m.Lulls = timeline.Meetings(releases), timeline.Lulls(releases)
	column := map[*timeline.Release]int{}
	for i, meeting := range m.Meetings {
		for _, r := range meeting.Releases {
			column[r] = i
		}
	}
	for _, th := range threads {
		row := Row{Topic: th.Timeline.Topic, Cells: make([]Cell, len(m.Meetings))}
		for i, s := range th.Steps {
			if s.Entry.Raised {
				row.Cells[column[s.Entry.Release]].add(s, th.Notes[i])
			}
		}
		for i := range row.Cells {
			row.Cells[i].settle()
		}
		for _, u := range th.Timeline.Unsettled {
			row.Cells[column[u.Release]].Mark, row.Cells[column[u.Release]].Marks = PerhapsRaised, []Mark{PerhapsRaised}
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}

// Keep returns the matrix of those meetings that keep lets through and of the topics that
// they raise. Marks stay what they are in the whole series. The two share their cells.
func (m *Matrix) Keep(keep func(timeline.Meeting) bool) *Matrix {
	out := &Matrix{Series: m.Series, Undated: m.Undated}
	var columns []int
	for i, x := range m.Meetings {
		if keep(x) {
			columns, out.Meetings = append(columns, i), append(out.Meetings, x)
		}
	}
	kept := func(r *timeline.Release) bool {
		return slices.ContainsFunc(out.Meetings, func(x timeline.Meeting) bool { return slices.Contains(x.Releases, r) })
	}
	for _, l := range m.Lulls {
		if kept(l.After) && kept(l.Before) {
			out.Lulls = append(out.Lulls, l)
		}
	}
	for _, row := range m.Rows {
		r, raised := Row{Topic: row.Topic}, false
		for _, c := range columns {
			r.Cells = append(r.Cells, row.Cells[c])
			raised = raised || row.Cells[c].Mark.Raises()
		}
		if raised {
			out.Rows = append(out.Rows, r)
		}
	}
	return out
}

// add takes in what a release about the meeting says of the topic.
func (c *Cell) add(s diff.Step, n Note) {
	if len(c.Releases) == 0 {
		c.Note = n
	}
	c.Releases = append(c.Releases, s.Entry.Release)
	if s.Previous == nil {
		c.Marks = append(c.Marks, Opened)
	}
	for _, st := range s.Statements {
		switch st.Kind {
		case diff.New:
			c.Counts.New++
		case diff.Reworded:
			c.Counts.Reworded++
		case diff.Unchanged:
			c.Counts.Unchanged++
		}
		c.Shifts = append(c.Shifts, st.Shifts...)
	}
	c.Dropped = append(c.Dropped, s.Dropped...)
	c.Counts.Dropped += len(s.Dropped)
	if s.Silence != "" {
		c.Counts.Silent += len(s.Dropped)
	}
}

// settle finds the marks of a cell once all releases are in.
func (c *Cell) settle() {
	if len(c.Releases) == 0 {
		c.Mark, c.Marks = NotRaised, []Mark{NotRaised}
		return
	}
	has := func(k diff.ShiftKind) bool {
		return slices.ContainsFunc(c.Shifts, func(x diff.Shift) bool { return x.Kind == k })
	}
	if len(c.Marks) > 0 {
		c.Mark, c.Marks = Opened, []Mark{Opened}
		return
	}
	for _, x := range []struct {
		mark Mark
		on   bool
	}{
		{Softened, has(diff.Softened)},
		{Firmed, has(diff.Firmed)},
		{Dropped, c.Counts.Dropped > c.Counts.Silent},
		{Reworded, c.Counts.New+c.Counts.Reworded > 0},
	} {
		if x.on {
			c.Marks = append(c.Marks, x.mark)
		}
	}
	if len(c.Marks) == 0 {
		c.Marks = []Mark{Raised}
	}
	c.Mark = c.Marks[0]
}
