package tabular_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/ncruces/go-sqlite3"
	"github.com/parquet-go/parquet-go"

	"readout/internal/show/publish"
	"readout/internal/show/tabular"
)

// tables are two tables with every type of column; rows are those of the first.
func tables(rows ...[]string) []publish.Table {
	return []publish.Table{
		{Name: "order", Rows: rows, Columns: []publish.Column{
			{Name: "id", Key: true}, {Name: "end", Type: publish.Whole}, {Name: "alike", Type: publish.Decimal}, {Name: "doubt", Type: publish.Truth},
		}},
		{Name: "note", Columns: []publish.Column{{Name: "of", Of: "order"}}, Rows: [][]string{{"krill"}}},
	}
}

// write makes a writer and gives it tables, twice where there are two.
func write(t *testing.T, w tabular.Writer, err error, pieces ...[]publish.Table) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pieces {
		err = errors.Join(err, w.Write(p))
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestSQLite(t *testing.T) {
	var made [2][]byte
	for i := range made {
		path := filepath.Join(t.TempDir(), "x.sqlite")
		if err := os.WriteFile(path, []byte("what stood there"), 0o600); err != nil {
			t.Fatal(err)
		}
		first := tables([]string{"krill", "7", "0.250", "true"})
		w, err := tabular.SQLite(path, tables())
		write(t, w, err, first, tables([]string{"it's 北", "", "", ""}))
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		made[i] = data
		if i == 0 {
			askDatabase(t, path)
		}
	}
	if !bytes.Equal(made[0], made[1]) {
		t.Error("the same tables gave two databases")
	}
}

// askDatabase reads the rows of TestSQLite back.
func askDatabase(t *testing.T, path string) {
	db, err := sqlite3.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	s, _, err := db.Prepare(`SELECT o.id || ' ' || (o."end" + 1) || ' ' || (o.alike * 2) || ' ' || o.doubt FROM note JOIN "order" o ON o.id = note."of"
		UNION SELECT id || ' ' || ("end" IS NULL AND alike IS NULL AND doubt IS NULL) FROM "order" WHERE "end" IS NULL ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var got []string
	for s.Step() {
		got = append(got, s.ColumnText(0))
	}
	if diff := cmp.Diff([]string{"it's 北 1", "krill 8 0.5 1"}, got); diff != "" || s.Err() != nil {
		t.Errorf("rows (-want +got), %v:\n%s", s.Err(), diff)
	}
}

// TestSQLiteKeepsWhatStands refuses a row and expects the older file, with nothing beside it.
func TestSQLiteKeepsWhatStands(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "x.sqlite")
	w, err := tabular.SQLite(path, tables())
	write(t, w, err, tables([]string{"krill", "7", "", ""}))
	w, err = tabular.SQLite(path, tables())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write(tables([]string{"krill", "seven", "", ""})); err == nil {
		t.Error("a number that is none was written")
	}
	if err := w.Discard(); err != nil {
		t.Error(err)
	}
	askFor(t, dir, "x.sqlite")
}

func askFor(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

func TestParquet(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	w, err := tabular.Parquet(dir, tables())
	write(t, w, err, tables([]string{"krill", "7", "0.250", "true"}), tables([]string{"ice", "", "", ""}))
	askFor(t, dir, "note.parquet", "order.parquet")
	type row struct {
		ID    string   `parquet:"id"`
		End   *int64   `parquet:"end"`
		Alike *float64 `parquet:"alike"`
		Doubt *bool    `parquet:"doubt"`
	}
	rows, err := parquet.ReadFile[row](filepath.Join(dir, "order.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	seven, quarter, yes := int64(7), .25, true
	if diff := cmp.Diff([]row{{"krill", &seven, &quarter, &yes}, {ID: "ice"}}, rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	first, err := os.ReadFile(filepath.Join(dir, "order.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	w, err = tabular.Parquet(dir, tables())
	write(t, w, err, tables([]string{"krill", "7", "0.250", "true"}), tables([]string{"ice", "", "", ""}))
	if second, err := os.ReadFile(filepath.Join(dir, "order.parquet")); err != nil || !bytes.Equal(first, second) {
		t.Errorf("the same tables gave two files, %v", err)
	}
}

func TestCSV(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	w, err := tabular.CSV(dir, tables())
	write(t, w, err, tables([]string{"krill", "7", "0.250", "true"}), tables([]string{`a "b", c`, "", "", ""}))
	got, err := os.ReadFile(filepath.Join(dir, "order.csv"))
	if want := "id,end,alike,doubt\nkrill,7,0.250,true\n\"a \"\"b\"\", c\",,,\n"; err != nil || string(got) != want {
		t.Errorf("order.csv = %q, %v; want %q", got, err, want)
	}
}

// TestParquetAsOthersReadIt writes rows of every kind, more than a row group holds and more
// columns than a short list has, and reads them by a library.
func TestParquetAsOthersReadIt(t *testing.T) {
	long := strings.Repeat("the two ministers agreed ", 400)
	table := publish.Table{Name: "statement"}
	for n := range 17 {
		table.Columns = append(table.Columns, publish.Column{Name: fmt.Sprintf("z%02d", 16-n), Type: []publish.ColumnType{publish.Text, publish.Whole, publish.Decimal, publish.Truth}[n%4]})
	}
	var want [][]string
	for n := range 800 {
		row := make([]string, len(table.Columns))
		for i := range row {
			if (n+i)%3 > 0 {
				row[i] = []string{fmt.Sprint(n, " 北 ", long), fmt.Sprint(-n), fmt.Sprint(float64(n) / 8), fmt.Sprint(n%2 == 0)}[i%4]
			}
		}
		want = append(want, row)
	}
	dir := t.TempDir()
	w, err := tabular.Parquet(dir, []publish.Table{table})
	table.Rows = want
	write(t, w, err, []publish.Table{table})

	f, err := os.Open(filepath.Join(dir, "statement.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	file, err := parquet.OpenFile(f, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	if n := len(file.RowGroups()); n < 2 {
		t.Errorf("%d row groups, want several", n)
	}
	var names []string
	for _, c := range file.Schema().Columns() {
		names = append(names, c[0])
	}
	if diff := cmp.Diff(table.Names(), names); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
	var got [][]string
	for _, g := range file.RowGroups() {
		rows := g.Rows()
		buffer := make([]parquet.Row, 512)
		for {
			n, err := rows.ReadRows(buffer)
			for _, r := range buffer[:n] {
				cells := make([]string, len(r))
				for i, v := range r {
					if !v.IsNull() {
						cells[i] = v.String()
					}
				}
				got = append(got, cells)
			}
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.EqualFunc(want, got, slices.Equal) {
		t.Errorf("%d rows were written, and not these %d read", len(want), len(got))
	}
}
