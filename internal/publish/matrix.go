package publish

import (
	"fmt"
	"io"
	"strings"

	"readout/diff"
	"readout/internal/render"
	"readout/internal/survey"
	"readout/timeline"
)

// matrixPage is what the template shows of a matrix.
type matrixPage struct {
	Series  timeline.SeriesID
	Columns []matrixColumn
	Topics  []matrixRow
	Lulls   []render.Lull
	Shifts  []matrixShift
}

type matrixColumn struct{ Day, Title, Lull string }

type matrixRow struct {
	Name  string
	Cells []matrixCell
}

type matrixCell struct {
	Mark         survey.Mark
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
func MatrixHTML(w io.Writer, m *render.Matrix) error { return writePage(w, "matrix", layMatrix(m)) }

func layMatrix(m *render.Matrix) matrixPage {
	p := matrixPage{Series: m.Series, Lulls: m.Lulls}
	for i := range m.Meetings {
		x := &m.Meetings[i]
		c := matrixColumn{Day: x.Day().String(), Title: join(" · ", render.Clean(x.Title), render.Clean(x.Place), joinedWords(x.Releases))}
		if l := m.LullBefore(i); l != nil {
			c.Lull = l.Text()
		}
		p.Columns = append(p.Columns, c)
	}
	for _, t := range m.Topics {
		row := matrixRow{Name: t.Name}
		for i, c := range t.Cells {
			row.Cells = append(row.Cells, matrixCell{Mark: c.Mark, Signs: signs(c), Title: cellTitle(t.Name, p.Columns[i].Day, c), Lull: p.Columns[i].Lull != ""})
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
func signs(c render.MatrixCell) string {
	var b strings.Builder
	for _, k := range c.Marks[:min(2, len(c.Marks))] {
		b.WriteString(render.MarkSign(k))
	}
	return b.String()
}

// cellTitle says a cell in words.
func cellTitle(topic, day string, c render.MatrixCell) string {
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
		counts = append(counts, render.ShiftText(x))
	}
	if c.Mark == survey.NotRaised {
		counts = []string{"not raised"}
	}
	return render.Clean(topic) + ", " + day + ": " + strings.Join(counts, ", ")
}

// The layout of the picture, in pixels.
const (
	svgCell = 18
	svgName = 230
	svgHead = 84
	svgChar = 32 // characters of a name that fit
)

// MatrixSVG writes a matrix as a picture. Marks are signs as well as colours.
func MatrixSVG(w io.Writer, m *render.Matrix) error {
	p := layMatrix(m)
	type text struct {
		X, Y int
		Text string
	}
	type box struct {
		X, Y         int
		Mark         survey.Mark
		Signs, Title string
	}
	pic := struct {
		Width, Height, Cell int
		Label               string
		Days, Names         []text
		Boxes               []box
		Lulls               []int
		Legend              string
	}{Width: svgName + svgCell*len(p.Columns) + 12, Height: svgHead + svgCell*len(p.Topics) + 34, Cell: svgCell,
		Label: fmt.Sprintf("%s: %d topics at %d meetings", p.Series, len(p.Topics), len(p.Columns))}
	for i, c := range p.Columns {
		x := svgName + i*svgCell
		pic.Days = append(pic.Days, text{x + svgCell/2 + 4, svgHead - 6, c.Day})
		if c.Lull != "" {
			pic.Lulls = append(pic.Lulls, x)
		}
	}
	for k, t := range p.Topics {
		y := svgHead + k*svgCell
		name := []rune(render.Clean(t.Name))
		if len(name) > svgChar {
			name = append(name[:svgChar-1], '…')
		}
		pic.Names = append(pic.Names, text{svgName - 8, y + 13, string(name)})
		for i, c := range t.Cells {
			if c.Mark != survey.NotRaised {
				pic.Boxes = append(pic.Boxes, box{svgName + i*svgCell, y, c.Mark, c.Signs, c.Title})
			}
		}
	}
	var legend []string
	for _, x := range render.MarkNames()[:6] {
		legend = append(legend, x[0]+" "+x[1])
	}
	pic.Legend = strings.Join(legend, "   ")
	return writePage(w, "svg", pic)
}
