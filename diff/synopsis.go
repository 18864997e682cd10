package diff

import (
	"slices"

	"readout/timeline"
)

// Synopsis lays the meetings that raised a topic side by side, a row for every line
// of descent: a statement and what became of it. It is to meetings what a synopsis
// of witnesses is to manuscripts (Haentjens Dekker and Middell, Computer-supported
// collation with CollateX, 2011).
type Synopsis struct {
	Releases []*timeline.Release // the columns, in order
	Rows     []Row               // in reading order
}

// Row is one line of descent. Cells has one element for every column, nil where that
// meeting did not say it.
type Row struct{ Cells []*StatementChange }

// Lay makes the synopsis of a chain. Meetings that did not raise the topic have no
// column. Of a split the first part goes on in the row of the whole, the others
// begin rows of their own; statements merged into one go on in the row of the first.
func Lay(steps []Step) *Synopsis {
	s := &Synopsis{}
	for _, step := range steps {
		if step.Entry.Raised {
			s.Releases = append(s.Releases, step.Entry.Release)
		}
	}
	row := make(map[string]int) // statement id -> id of its row
	cells := make(map[int][]*StatementChange)
	var order []int // ids of rows in reading order
	column := 0
	for _, step := range steps {
		if !step.Entry.Raised {
			continue
		}
		above := -1 // place in order of the row last written in this column
		for i := range step.Statements {
			c := &step.Statements[i]
			id, ok := continued(c, row, func(id int) bool { return cells[id][column] == nil })
			if !ok {
				id = len(cells)
				cells[id] = make([]*StatementChange, len(s.Releases))
				order = slices.Insert(order, above+1, id)
			}
			cells[id][column] = c
			row[c.Statement.ID] = id
			above = slices.Index(order, id)
		}
		column++
	}
	for _, id := range order {
		s.Rows = append(s.Rows, Row{cells[id]})
	}
	return s
}

// continued returns the row that the statement goes on in: that of the first of its
// previous statements whose row is still free.
func continued(c *StatementChange, row map[string]int, free func(id int) bool) (int, bool) {
	for _, p := range c.Previous {
		if id, ok := row[p.ID]; ok && free(id) {
			return id, true
		}
	}
	return 0, false
}
