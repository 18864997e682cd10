package publish

import (
	"fmt"
	"io"
	"strings"

	"readout/diff"
	"readout/internal/ask"
	"readout/internal/letters"
	"readout/internal/show"
	"readout/timeline"
)

// matrixPage is what the template shows of a matrix.
type matrixPage struct {
	Series  timeline.SeriesID
	Columns []matrixColumn
	Topics  []matrixRow
	Lulls   []ask.Lull
	Shifts  []matrixShift
}

type matrixColumn struct{ Day, Title, Lull string }

type matrixRow struct {
	Name  string
	Cells []matrixCell
}

type matrixCell struct {
	Mark         ask.Mark
	Signs, Title string
	Lull         bool
}

// matrixShift is a shift with where it happened, quoted below the table: a mark alone
// would be a bare score.
type matrixShift struct {
	Topic string
	Day   timeline.Date
	Shift diff.Shift
}

// MatrixHTML writes a matrix as a web page that scrolls sideways and prints.
func MatrixHTML(w io.Writer, m *ask.Matrix) error { return writePage(w, "matrix", layMatrix(m)) }

func layMatrix(m *ask.Matrix) matrixPage {
	p := matrixPage{Series: m.Series, Lulls: m.Lulls}
	for i := range m.Meetings {
		x := &m.Meetings[i]
		c := matrixColumn{
			Day:   x.Day().String(),
			Title: show.Join(" · ", letters.Clean(x.Title), letters.Clean(x.Place), joinedWords(x.Releases)),
		}
		if l := m.LullBefore(i); l != nil {
			c.Lull = show.LullText(*l)
		}
		p.Columns = append(p.Columns, c)
	}
	for _, t := range m.Topics {
		row := matrixRow{Name: t.Name}
		for i, c := range t.Cells {
			row.Cells = append(row.Cells, matrixCell{
				Mark:  c.Mark,
				Signs: signs(c),
				Title: cellTitle(t.Name, p.Columns[i].Day, c),
				Lull:  p.Columns[i].Lull != "",
			})
			for _, x := range c.Shifts {
				p.Shifts = append(p.Shifts, matrixShift{t.Name, m.Meetings[i].Day(), x})
			}
		}
		p.Topics = append(p.Topics, row)
	}
	return p
}

func joinedWords(ids []string) string {
	if len(ids) > 1 {
		return fmt.Sprintf("told by %d sides", len(ids))
	}
	return ""
}

// signs are the marks of a cell, at most two.
func signs(c ask.Cell) string {
	var b strings.Builder
	for _, k := range show.Shown(c) {
		b.WriteString(show.MarkSign(k))
	}
	return b.String()
}

// cellTitle says a cell in words.
func cellTitle(topic, day string, c ask.Cell) string {
	var counts []string
	for _, x := range []struct {
		n    int
		what string
	}{{c.New, "new"}, {c.Reworded, "reworded"}, {c.Same, "unchanged"}, {c.Dropped, "dropped"}} {
		if x.n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", x.n, x.what))
		}
	}
	for _, x := range c.Shifts {
		counts = append(counts, show.ShiftText(x))
	}
	if !c.Mark.Raises() {
		counts = []string{show.SignOf(show.Shown(c)[0]).Says}
	}
	return letters.Clean(topic) + ", " + day + ": " + strings.Join(counts, ", ")
}
