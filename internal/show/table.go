package show

import (
	"io"
	"slices"
	"strings"

	"github.com/rivo/uniseg"

	"readout/internal/letters"
)

// column describes one column of a table.
type column struct {
	head  string
	right bool // numbers stand flush right
	ink   ink
	// shrink is the least width the column may be cut to where the table is too
	// wide for the terminal; 0 means that it is never cut.
	shrink int
	// spare says that the column is left out where even the cut table is too wide.
	spare bool
}

// alignedWidth is how wide a column grows where the terminal's width is not known. If a
// cell is wider, the column is as wide as nine in ten of its cells are: the id of a
// conference of thirty states must not push every other row out of sight.
const alignedWidth = 40

// gap is the space between two columns.
const gap = 2

// writeTable writes rows under their heads, columns aligned. Where the style has
// a width, spare columns are left out from the right and columns that may shrink are
// cut, the widest first, until the table fits; without one nothing is cut, and a cell
// far wider than the others pushes the rest of its own row to the right, not that of all.
func writeTable(w io.Writer, s Style, columns []column, rows [][]string) error {
	widths := make([]int, len(columns))
	for i, c := range columns {
		widths[i] = uniseg.StringWidth(c.head)
	}
	for _, row := range rows {
		for i := range row {
			row[i] = letters.Clean(row[i])
			widths[i] = max(widths[i], uniseg.StringWidth(row[i]))
		}
	}
	if s.Width > 0 {
		columns, widths, rows = drop(columns, widths, rows, s.Width)
		shrink(columns, widths, s.Width)
	}
	aligned := widths
	if s.Width == 0 {
		aligned = usualWidths(columns, widths, rows)
	}
	var b strings.Builder
	line := func(cells []string, head bool) {
		blank := 0
		for i, cell := range cells {
			cell = fit(cell, widths[i])
			filled := pad(cell, aligned[i], columns[i].right)
			body := strings.TrimRight(filled, " ")
			if body != "" {
				b.WriteString(strings.Repeat(" ", blank))
				look := columns[i].ink
				if head {
					look = dim
				}
				lead := len(body) - len(strings.TrimLeft(body, " "))
				b.WriteString(body[:lead] + s.paint(look, body[lead:]))
				blank = 0
			}
			blank += len(filled) - len(body) + gap
		}
		b.WriteByte('\n')
	}
	heads := make([]string, len(columns))
	for i, c := range columns {
		heads[i] = c.head
	}
	line(heads, true)
	for _, row := range rows {
		line(row, false)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// usualWidths returns the widths with those beyond alignedWidth brought down to what
// nine in ten of the cells need.
func usualWidths(columns []column, widths []int, rows [][]string) []int {
	out := slices.Clone(widths)
	for i, n := range widths {
		if n <= alignedWidth {
			continue
		}
		cells := make([]int, len(rows))
		for k, row := range rows {
			cells[k] = uniseg.StringWidth(row[i])
		}
		slices.Sort(cells)
		out[i] = max(cells[len(cells)*9/10], uniseg.StringWidth(columns[i].head))
	}
	return out
}

// drop leaves out spare columns, the rightmost first, until the table can be cut to
// width.
func drop(columns []column, widths []int, rows [][]string, width int) ([]column, []int, [][]string) {
	for i := len(columns) - 1; i >= 0; i-- {
		least := gap * (len(columns) - 1)
		for j, c := range columns {
			if c.shrink > 0 {
				least += min(c.shrink, widths[j])
			} else {
				least += widths[j]
			}
		}
		if least <= width {
			break
		}
		if !columns[i].spare {
			continue
		}
		columns, widths = slices.Delete(slices.Clone(columns), i, i+1), slices.Delete(slices.Clone(widths), i, i+1)
		fewer := make([][]string, len(rows))
		for n, row := range rows {
			fewer[n] = slices.Delete(slices.Clone(row), i, i+1)
		}
		rows = fewer
	}
	return columns, widths, rows
}

// shrink narrows the columns that allow it until they fit into width.
func shrink(columns []column, widths []int, width int) {
	total := gap * (len(columns) - 1)
	for _, n := range widths {
		total += n
	}
	for ; total > width; total-- {
		widest := -1
		for i, c := range columns {
			if c.shrink > 0 && widths[i] > c.shrink && (widest < 0 || widths[i] > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			return
		}
		widths[widest]--
	}
}
