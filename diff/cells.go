package diff

import (
	"slices"
	"strings"

	"readout/timeline"
)

// A table is compared as its readers read it: a cell by the names of its row and its
// column. First the tables are paired, then within two tables the columns and the rows,
// then the cells that stand in both. A row or a column that came or went is told once,
// not cell by cell; one that was only renamed is the change of one cell.

// mostPairs bounds how many pairs of rows or columns are looked at; beyond it only equal
// places are paired.
const mostPairs = 1 << 20

// leastAlike is the share of cells that two rows, columns or tables must have in common
// to be one that was altered.
const leastAlike = 0.5

// grid is one table of a release.
type grid struct {
	number  int
	rows    []int // the numbers of its rows, in order
	columns []int
	at      map[[2]int]line  // by row and column
	across  map[int][]string // the compared texts of each row, in order
	down    map[int][]string // of each column
}

// tablesOf puts the cells of a release together again.
func tablesOf(cells []line) []*grid {
	var out []*grid
	for _, l := range cells {
		if l.Cell == nil {
			continue
		}
		if len(out) == 0 || out[len(out)-1].number != l.Cell.Table {
			out = append(out, &grid{number: l.Cell.Table, at: map[[2]int]line{}, across: map[int][]string{}, down: map[int][]string{}})
		}
		t := out[len(out)-1]
		t.at[[2]int{l.Cell.Row, l.Cell.Column}] = l
		t.rows, t.columns = append(t.rows, l.Cell.Row), append(t.columns, l.Cell.Column)
		key := normalKey(l.Text)
		t.across[l.Cell.Row] = append(t.across[l.Cell.Row], key)
		t.down[l.Cell.Column] = append(t.down[l.Cell.Column], key)
	}
	for _, t := range out {
		for _, axis := range []*[]int{&t.rows, &t.columns} {
			slices.Sort(*axis)
			*axis = slices.Compact(*axis)
		}
	}
	return out
}

// compareTables returns what was altered in the tables of a release.
func compareTables(old, new []line, o Options) []Change {
	olds, news := tablesOf(old), tablesOf(new)
	var out []Change
	used := map[*grid]bool{}
	for _, b := range news {
		a := closest(olds, b, used)
		if a == nil {
			out = append(out, whollyNew(b, New)...)
			continue
		}
		used[a] = true
		out = append(out, compareTable(a, b, o)...)
	}
	for _, a := range olds {
		if !used[a] {
			out = append(out, whollyNew(a, Dropped)...)
		}
	}
	return out
}

// closest returns the table among those not used that shares most cells with b, the first
// of several, or nil. Where each text has one table left, it is that one.
func closest(olds []*grid, b *grid, used map[*grid]bool) *grid {
	var best *grid
	most, left := 0.0, 0
	for _, a := range olds {
		if used[a] {
			continue
		}
		left++
		if s := alike(a.texts(), b.texts()); s > most {
			best, most = a, s
		}
	}
	if most >= leastAlike/2 || left == 1 && len(olds) == 1 && most > 0 {
		return best
	}
	return nil
}

// texts are the compared texts of a table.
func (t *grid) texts() []string {
	var out []string
	for _, r := range t.rows {
		out = append(out, t.across[r]...)
	}
	return out
}

// alike is the share of texts that two lists have in common.
func alike(a, b []string) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	count := map[string]int{}
	for _, s := range a {
		count[s]++
	}
	shared := 0
	for _, s := range b {
		if count[s] > 0 {
			count[s]--
			shared++
		}
	}
	return 2 * float64(shared) / float64(len(a)+len(b))
}

// compareTable compares two versions of one table.
func compareTable(a, b *grid, o Options) []Change {
	columns := pairUp(a.columns, b.columns, func(i int) string { return a.first(0, i) }, func(j int) string { return b.first(0, j) },
		func(i, j int) float64 { return alike(a.down[i], b.down[j]) })
	rows := pairUp(a.rows, b.rows, func(i int) string { return a.first(i, 0) }, func(j int) string { return b.first(j, 0) },
		func(i, j int) float64 { return alike(a.across[i], b.across[j]) })
	var out []Change
	for _, r := range rows {
		switch {
		case r[0] == 0:
			out = append(out, b.stretch(r[1], 0, New))
			continue
		case r[1] == 0:
			out = append(out, a.stretch(r[0], 0, Dropped))
			continue
		}
		for _, c := range columns {
			if c[0] > 0 && c[1] > 0 {
				out = append(out, cellChange(a, b, [2]int{r[0], c[0]}, [2]int{r[1], c[1]}, o)...)
			}
		}
	}
	for _, c := range columns {
		switch {
		case c[0] == 0:
			out = append(out, b.stretch(0, c[1], New))
		case c[1] == 0:
			out = append(out, a.stretch(0, c[0], Dropped))
		}
	}
	return out
}

// cellChange compares one cell.
func cellChange(a, b *grid, from, to [2]int, o Options) []Change {
	x, had := a.at[from]
	y, has := b.at[to]
	switch {
	case !had && !has, had && has && x.key() == y.key():
		return nil
	case !had:
		return []Change{single(y, New)}
	case !has:
		return []Change{single(x, Dropped)}
	}
	return []Change{replaced(x, y, o)}
}

// first returns the text at the head of a row or a column, by which readers know it.
func (t *grid) first(row, column int) string {
	at := [2]int{row, column}
	if column == 0 {
		at[1] = t.columns[0]
	} else {
		at[0] = t.rows[0]
	}
	return normalKey(t.at[at].Text)
}

// pairUp pairs the rows or columns of two tables in order; 0 stands for none. Those of
// one name are one, as long as their order holds; between them those that share most of
// their cells; and where as many are left on both sides, in order.
func pairUp(olds, news []int, oldName, newName func(int) string, like func(i, j int) float64) [][2]int {
	same := func(i, j int) bool {
		name := oldName(i)
		return name == newName(j) && (name != "" || like(i, j) > 0)
	}
	var out [][2]int
	at, done := 0, 0
	between := func(oldEnd, newEnd int) {
		out = append(out, fill(olds[at:oldEnd], news[done:newEnd], like)...)
		at, done = oldEnd, newEnd
	}
	for _, p := range commonOrder(len(olds), len(news), func(i, j int) bool { return same(olds[i], news[j]) }) {
		between(p[0], p[1])
		out = append(out, [2]int{olds[p[0]], news[p[1]]})
		at, done = p[0]+1, p[1]+1
	}
	between(len(olds), len(news))
	return out
}

// fill pairs what stands between two pairs.
func fill(olds, news []int, like func(i, j int) float64) [][2]int {
	if len(olds) == len(news) && len(olds) == 1 && like(olds[0], news[0]) > 0 {
		return [][2]int{{olds[0], news[0]}}
	}
	var out [][2]int
	at := 0
	for _, p := range commonOrder(len(olds), len(news), func(i, j int) bool { return like(olds[i], news[j]) >= leastAlike }) {
		for ; at < p[0]; at++ {
			out = append(out, [2]int{olds[at], 0})
		}
		at = p[0] + 1
		out = append(out, [2]int{olds[p[0]], news[p[1]]})
	}
	for ; at < len(olds); at++ {
		out = append(out, [2]int{olds[at], 0})
	}
	for _, j := range news {
		if !slices.ContainsFunc(out, func(p [2]int) bool { return p[1] == j }) {
			out = append(out, [2]int{0, j})
		}
	}
	return out
}

// commonOrder returns the longest list of pairs of places that are the same and in order
// on both sides.
func commonOrder(n, m int, same func(i, j int) bool) [][2]int {
	if n*m > mostPairs {
		var out [][2]int
		for i := range min(n, m) {
			if same(i, i) {
				out = append(out, [2]int{i, i})
			}
		}
		return out
	}
	best := make([][]int, n+1)
	for i := range best {
		best[i] = make([]int, m+1)
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1])
			if same(i, j) {
				best[i][j] = max(best[i][j], best[i+1][j+1]+1)
			}
		}
	}
	var out [][2]int
	for i, j := 0, 0; i < n && j < m; {
		switch {
		case same(i, j) && best[i][j] == best[i+1][j+1]+1:
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		case best[i+1][j] >= best[i][j+1]:
			i++
		default:
			j++
		}
	}
	return out
}

// stretch is the change of a whole row or column, told by the texts of its cells.
func (t *grid) stretch(row, column int, kind Kind) Change {
	var texts []string
	place := timeline.Cell{Table: t.number, Row: row, Column: column}
	for _, r := range t.rows {
		for _, c := range t.columns {
			l, ok := t.at[[2]int{r, c}]
			if !ok || row > 0 && r != row || column > 0 && c != column {
				continue
			}
			texts = append(texts, l.Text)
			if row > 0 && l.Cell.RowName != "" {
				place.RowName = l.Cell.RowName
			}
			if column > 0 && l.Cell.ColumnName != "" {
				place.ColumnName = l.Cell.ColumnName
			}
		}
	}
	return single(line{Line: timeline.Line{Role: timeline.RoleTable, Cell: &place, Text: strings.Join(texts, " | ")}}, kind)
}

// whollyNew are the changes of a table that stands in one version only, a row each.
func whollyNew(t *grid, kind Kind) []Change {
	var out []Change
	for _, r := range t.rows {
		out = append(out, t.stretch(r, 0, kind))
	}
	return out
}

// single is the change of a line that came or went.
func single(l line, kind Kind) Change {
	c := Change{Kind: kind, Role: l.Role, Place: l.Place()}
	if kind == New {
		c.New, c.NewText, c.Edits = []timeline.Statement{statementOf(l)}, l.Text, whole(Insert, l.Text)
		return c
	}
	c.Old, c.OldText, c.Edits = []timeline.Statement{statementOf(l)}, l.Text, whole(Delete, l.Text)
	return c
}
