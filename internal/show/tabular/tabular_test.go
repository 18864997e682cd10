package tabular_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
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
