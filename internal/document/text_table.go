package document

import (
	"readout/internal/rules/pattern"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestCell is how many letters a cell of a table in a text file may have: what is
// longer is a column of prose.
const longestCell = 48

// cellGap parts the cells of a table in a text file: a bar, or more than one space. A
// tabulator counts as several.
var cellGap = pattern.New(`\s+\|\s+|\s{2,}`)

// textTable reads a paragraph of a text file that is a table: lines of as many short cells
// each, none of them a sentence, with figures in most rows. A list whose marks stand apart
// is none, nor are labels with what they say ("Venue:   Oslo").
func textTable(p []textLine) ([][]gridCell, bool) {
	if len(p) < 3 {
		return nil, false
	}
	rows := make([][]string, len(p))
	for i, l := range p {
		rows[i] = cellGap.Split(strings.Trim(l.text, "| "), -1)
	}
	width := len(rows[1])
	if len(rows[0]) == width-1 && p[0].indent > p[1].indent {
		rows[0] = append([]string{""}, rows[0]...) // the corner is empty
	}
	figures := 0
	for _, row := range rows {
		if len(row) != width || width < 2 || !shortCells(row) {
			return nil, false
		}
		if strings.ContainsFunc(strings.Join(row[1:], ""), unicode.IsNumber) {
			figures++
		}
	}
	if figures*3 < len(rows)*2 {
		return nil, false
	}
	out := make([][]gridCell, len(rows))
	for i, row := range rows {
		for _, c := range row {
			out[i] = append(out[i], gridCell{runs: []run{{text: c}}})
		}
	}
	return out, true
}

// shortCells reports whether the texts of a line may be cells of a table.
func shortCells(row []string) bool {
	for i, c := range row {
		if utf8.RuneCountInString(c) > longestCell || sentence(c) && (i == 0 || len(strings.Fields(c)) > 3) {
			return false
		}
	}
	return !onlyMarker.MatchString(row[0]) && !cellMarker.MatchString(row[0]) && bulletAhead(row[0]+" x") == ""
}
