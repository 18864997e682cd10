package tabular

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/ncruces/go-sqlite3"
	_ "github.com/ncruces/go-sqlite3/embed" // the database itself, which runs in a sandbox

	"readout/internal/show/publish"
)

// sqliteWriter fills a database beside the file that it becomes.
type sqliteWriter struct {
	path, making string
	db           *sqlite3.Conn
	insert       []*sqlite3.Stmt
}

// SQLite writes the tables into a database at path. What stands there is replaced when the
// new one is whole.
func SQLite(path string, tables []publish.Table) (Writer, error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.tmp")
	if err != nil {
		return nil, err
	}
	w := &sqliteWriter{path: path, making: f.Name()}
	if err := f.Close(); err != nil {
		return nil, err
	}
	if err := w.prepare(tables); err != nil {
		return nil, errors.Join(err, w.Discard())
	}
	return w, nil
}

// prepare opens the database, in one transaction without a journal: nobody reads it before
// it is whole.
func (w *sqliteWriter) prepare(tables []publish.Table) (err error) {
	if w.db, err = sqlite3.Open(w.making); err != nil {
		return err
	}
	if err := w.db.Exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; BEGIN"); err != nil {
		return err
	}
	for _, t := range tables {
		if err := w.db.Exec(createTable(t)); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
		marks := strings.TrimSuffix(strings.Repeat("?, ", len(t.Columns)), ", ")
		s, _, err := w.db.Prepare(fmt.Sprintf("INSERT INTO %s VALUES (%s)", quoted(t.Name), marks))
		if err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
		w.insert = append(w.insert, s)
	}
	return nil
}

// createTable returns the statement that makes a table. Its references are for programs that
// show them as links.
func createTable(t publish.Table) string {
	types := map[publish.ColumnType]string{
		publish.Text:    "TEXT",
		publish.Whole:   "INTEGER",
		publish.Decimal: "REAL",
		publish.Truth:   "INTEGER",
	}
	columns := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = quoted(c.Name) + " " + types[c.Type]
		if c.Key {
			columns[i] += " PRIMARY KEY"
		}
		if c.Of != "" {
			columns[i] += fmt.Sprintf(" REFERENCES %s (%s)", quoted(c.Of), quoted("id"))
		}
	}
	return fmt.Sprintf("CREATE TABLE %s (\n  %s\n)", quoted(t.Name), strings.Join(columns, ",\n  "))
}

// quoted writes a name so that it is none of the words of SQL.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// Write implements Writer.
func (w *sqliteWriter) Write(tables []publish.Table) error {
	for i, t := range tables {
		for _, row := range t.Rows {
			if err := w.add(w.insert[i], t, row); err != nil {
				return fmt.Errorf("table %s: %w", t.Name, err)
			}
		}
	}
	return nil
}

// add inserts one row.
func (w *sqliteWriter) add(s *sqlite3.Stmt, t publish.Table, row []string) error {
	for i, text := range row {
		v, err := value(t.Columns[i].Type, text)
		if err != nil {
			return err
		}
		switch v := v.(type) {
		case nil:
			err = s.BindNull(i + 1)
		case int64:
			err = s.BindInt64(i+1, v)
		case float64:
			err = s.BindFloat(i+1, v)
		case bool:
			err = s.BindBool(i+1, v)
		case string:
			err = s.BindText(i+1, v)
		}
		if err != nil {
			return err
		}
	}
	return s.Exec()
}

// Close implements Writer.
func (w *sqliteWriter) Close() error {
	err := w.db.Exec("COMMIT")
	for _, s := range w.insert {
		err = errors.Join(err, s.Close())
	}
	err = errors.Join(err, w.db.Close())
	if err == nil {
		err = os.Chmod(w.making, 0o644)
	}
	if err == nil {
		err = os.Rename(w.making, w.path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(w.making))
	}
	return nil
}

// Discard implements Writer.
func (w *sqliteWriter) Discard() error {
	var err error
	if w.db != nil {
		for _, s := range w.insert {
			err = errors.Join(err, s.Close())
		}
		err = errors.Join(err, w.db.Close())
	}
	return errors.Join(err, os.Remove(w.making))
}
