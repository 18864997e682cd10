package document

import (
	"slices"
	"strings"
	"unicode"
)

// nameSeparator joins the names of a column that stands under several headings.
const nameSeparator = " / "

// longestName is how many bytes the name of a row or column may have: what is longer
// is text, and does not name anything.
const longestName = 120

// widestSpan bounds how many columns or rows one cell may take, against pages that ask
// for millions.
const widestSpan = 100

// gridCell is one cell of a table of data as its format gives it.
type gridCell struct {
	runs       []run
	head       bool // marked up as the name of a row or column
	cols, rows int  // how many it takes; 0 is one
}

// placed is a cell at its place in the grid, which counts from 0.
type placed struct {
	text                 string
	head, strong         bool
	row, column          int
	lastRow, lastColumn  int
	rowName, columnNames string
}

// table adds a table of data: a block a row, in which every cell knows the names of its
// row and its column.
func (b *builder) table(rows [][]gridCell) {
	grid := place(rows)
	heads := headRows(grid)
	nameCells(grid, heads)
	b.tables++
	for _, row := range grid {
		p := piece{Block: Block{Kind: Row, Table: b.tables}}
		filled := 0
		for _, c := range row {
			if c.text != "" {
				filled++
			}
		}
		p.Cells = slices.Grow(p.Cells, filled)
		var text strings.Builder
		gap := 0 // columns since the last cell with text
		for _, c := range row {
			if c.text != "" {
				if text.Len() > 0 {
					text.WriteString(strings.Repeat(" |", gap) + " ")
				}
				gap = 0
				p.Cells = append(p.Cells, Cell{Row: c.row + 1, Column: c.column + 1, RowName: c.rowName, ColumnName: c.columnNames,
					Start: text.Len(), End: text.Len() + len(c.text)})
				text.WriteString(c.text)
			}
			gap++
		}
		if p.text = text.String(); legible(p.text) {
			b.pieces = append(b.pieces, p)
		}
	}
}

// place reads the text of every cell and finds its place, as a browser would: a cell
// goes to the first place of its row that none from above takes.
func place(rows [][]gridCell) [][]placed {
	taken := map[[2]int]bool{}
	out := make([][]placed, len(rows))
	for r, row := range rows {
		out[r] = make([]placed, 0, len(row))
		at := 0
		for _, c := range row {
			for taken[[2]int{r, at}] {
				at++
			}
			width, height := min(max(c.cols, 1), widestSpan), min(max(c.rows, 1), widestSpan, len(rows)-r)
			for y := r + 1; y < r+height; y++ { // what stands to the right in the same row begins behind it anyway
				for x := at; x < at+width; x++ {
					taken[[2]int{y, x}] = true
				}
			}
			for i := range c.runs {
				c.runs[i].text = strings.ReplaceAll(c.runs[i].text, "\n", " ")
			}
			l := lines(c.runs)[0]
			out[r] = append(out[r], placed{text: strings.Trim(l.text, "| "), head: c.head, strong: l.bold(),
				row: r, column: at, lastRow: r + height - 1, lastColumn: at + width - 1})
			at += width
		}
	}
	return out
}

// headRows counts the rows at the head of a table that name its columns: those that are
// marked up so, or set in bold where the rest is not. Where nothing is marked, the
// first row names them if it is the only one whose cells, but for the first, hold no
// figures, or hold years.
func headRows(grid [][]placed) int {
	if n := leading(grid, func(c placed) bool { return c.head }); n > 0 {
		return n
	}
	if n := leading(grid, func(c placed) bool { return c.strong }); n > 0 {
		return n
	}
	if len(grid) < 2 || !names(grid[0]) {
		return 0
	}
	for _, row := range grid[1:] {
		if names(row) {
			return 0
		}
	}
	return 1
}

// leading counts the rows at the head of a grid of which every cell with a text passes,
// at least one does, and no row is left over as the table's only ones.
func leading(grid [][]placed, passes func(placed) bool) int {
	n := 0
	for _, row := range grid {
		some := false
		for _, c := range row {
			if c.text != "" && !passes(c) && !(n == 0 && c.column == 0 && len(row) > 2 && c.lastColumn == 0 && emptyHead(row, passes)) {
				return n
			}
			some = some || c.text != "" && passes(c)
		}
		if !some {
			return n
		}
		n++
	}
	return 0 // all of it
}

// emptyHead reports whether all cells of a row but the first pass: the corner of a table
// is often left in plain type.
func emptyHead(row []placed, passes func(placed) bool) bool {
	return !slices.ContainsFunc(row[1:], func(c placed) bool { return c.text != "" && !passes(c) })
}

// names reports whether the cells of a row beyond its first could name columns: words
// without figures, or years.
func names(row []placed) bool {
	some := false
	for _, c := range row {
		if c.column == 0 || c.text == "" {
			continue
		}
		some = true
		if !yearAlone(c.text) && strings.ContainsFunc(c.text, unicode.IsNumber) {
			return false
		}
	}
	return some
}

// yearAlone reports whether s is a year of four digits, or of two such ("2031-2032").
func yearAlone(s string) bool {
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("-–—/", r) })
	return len(parts) > 0 && len(parts) <= 2 && !slices.ContainsFunc(parts, func(p string) bool {
		return len(p) != 4 && len(p) != 2 || strings.Trim(p, "0123456789") != ""
	})
}

// mostColumns is how many columns a table has at most whose cells are given names: to find
// them costs more than there are cells.
const mostColumns = 256

// nameCells gives every cell below the given number of head rows the names of its row
// and its column, unless the table is wider than any that people read.
func nameCells(grid [][]placed, heads int) {
	if slices.ContainsFunc(grid, func(row []placed) bool { return len(row) > mostColumns }) {
		return
	}
	var across []placed // that have text and reach row r
	for r := range grid {
		across = slices.DeleteFunc(across, func(c placed) bool { return c.lastRow < r })
		for _, c := range grid[r] {
			if c.text != "" {
				across = append(across, c)
			}
		}
		if r < heads {
			continue
		}
		first := rowLabels(across)
		for i := range grid[r] {
			c := &grid[r][i]
			c.columnNames = columnName(grid[:heads], c)
			if !slices.ContainsFunc(first, func(l placed) bool { return l.row == c.row && l.column == c.column }) {
				c.rowName = joinNames(first)
			}
		}
	}
}

// rowLabels are the cells that name a row, of those that reach it: those at its head that
// are marked up as names, else the first. One that names several rows names each together
// with the next cell.
func rowLabels(across []placed) []placed {
	across = slices.Clone(across)
	slices.SortStableFunc(across, func(a, b placed) int { return a.column - b.column })
	if len(across) < 2 {
		return nil
	}
	n := 1
	for n < len(across)-1 && (across[n].head || across[n-1].lastRow > across[n-1].row) {
		n++
	}
	return across[:n]
}

// columnName joins what stands above a cell in the head rows.
func columnName(heads [][]placed, c *placed) string {
	var above []placed
	for _, row := range heads {
		for _, h := range row {
			if h.column <= c.lastColumn && c.column <= h.lastColumn && h.text != "" {
				above = append(above, h)
			}
		}
	}
	return joinNames(above)
}

func joinNames(cells []placed) string {
	var out []string
	for _, c := range cells {
		if len(c.text) <= longestName && !slices.Contains(out, c.text) {
			out = append(out, c.text)
		}
	}
	return strings.Join(out, nameSeparator)
}
