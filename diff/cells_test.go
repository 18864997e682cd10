package diff_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/diff"
	"readout/timeline"
)

// tableOf makes a release with tables; rows are lines, cells are parted by bars, and a
// blank line ends a table. The first row names the columns, the first cell the row.
func tableOf(text string) *timeline.Release {
	r := &timeline.Release{ID: "a"}
	for n, table := range strings.Split(text, "\n\n") {
		var heads []string
		for y, row := range strings.Split(table, "\n") {
			cells := strings.Split(row, "|")
			for x, c := range cells {
				at := &timeline.Cell{Table: n + 1, Row: y + 1, Column: x + 1}
				if y > 0 {
					at.ColumnName = heads[x]
				}
				if x > 0 && y > 0 {
					at.RowName = cells[0]
				}
				r.Lines = append(r.Lines, timeline.Line{Role: timeline.RoleTable, Text: c, Cell: at})
			}
			if y == 0 {
				heads = cells
			}
		}
	}
	return r
}

func TestCompareTables(t *testing.T) {
	const ports = "Port|2041|2042\nIlo|3|4\nCallao|5|6\nBergen|7|8"
	for _, c := range []struct {
		name, old, new string
		want           []string
	}{
		{"nothing", ports, ports, nil},
		{"a cell", ports, strings.Replace(ports, "5|6", "5|9", 1), []string{"table 1, row Callao, column 2042 reworded 6 → 9"}},
		{"a row came in", ports, strings.Replace(ports, "Callao", "Lima|1|2\nCallao", 1), []string{"table 1, row Lima new  → Lima|1|2"}},
		{"a row went", ports, strings.Replace(ports, "Callao|5|6\n", "", 1), []string{"table 1, row Callao dropped Callao|5|6 → "}},
		{"a column came in", ports, "Port|2040|2041|2042\nIlo|2|3|4\nCallao|4|5|6\nBergen|6|7|8", []string{"table 1, column 2040 new  → 2040|2|4|6"}},
		{"a row has another name", ports, strings.Replace(ports, "Callao", "El Callao", 1), []string{"table 1, row 3, column Port reworded Callao → El Callao"}},
		{"a column has another name", ports, strings.Replace(ports, "2042", "2043", 1), []string{"table 1, row 1, column 3 reworded 2042 → 2043"}},
		{"a table before it", ports, "Fund|Sum\nIce|9\n\n" + ports, []string{"table 1, row 1 new  → Fund|Sum", "table 1, row Ice new  → Ice|9"}},
		{"a cell of the second", "Fund|Sum\nIce|9\n\n" + ports, "Fund|Sum\nIce|9\n\n" + strings.Replace(ports, "7|8", "7|1", 1),
			[]string{"table 2, row Bergen, column 2042 reworded 8 → 1"}},
	} {
		var got []string
		for _, x := range diff.Compare(tableOf(c.old), tableOf(c.new), diff.Options{Cause: diff.Record}).Asides {
			if x.Role != timeline.RoleTable {
				t.Errorf("%s: role %q, want table", c.name, x.Role)
			}
			got = append(got, strings.ReplaceAll(fmt.Sprintf("%s %s %s → %s", x.Place, x.Kind, x.OldText, x.NewText), " | ", "|"))
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
	}
}

// The same day printed otherwise, and a note with another number, are no change.
func TestCompareLinesThatAreTheSame(t *testing.T) {
	day, err := timeline.ParseDate("2041-05-03")
	if err != nil {
		t.Fatal(err)
	}
	old := &timeline.Release{ID: "a", Lines: []timeline.Line{{Role: timeline.RoleDay, Text: "3 May 2041", Day: day}, {Role: timeline.RoleNote, Label: "1", Text: "See the protocol."}}}
	new := &timeline.Release{ID: "a", Lines: []timeline.Line{{Role: timeline.RoleDay, Text: "May 3, 2041", Day: day}, {Role: timeline.RoleNote, Label: "2", Text: "See the protocol."}}}
	if r := diff.Compare(old, new, diff.Options{Cause: diff.Record}); r.Asides != nil {
		t.Errorf("Asides = %+v, want none", r.Asides)
	}
	new.Lines[0].Day = day.AddDays(1)
	if r := diff.Compare(old, new, diff.Options{Cause: diff.Record}); len(r.Asides) != 1 || r.Asides[0].Role != timeline.RoleDay || r.Asides[0].Kind != diff.Reworded {
		t.Errorf("Asides = %+v, want the day reworded", r.Asides)
	}
}
