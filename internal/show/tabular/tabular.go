// Package tabular writes tables to files that databases, statistics and spreadsheets read:
// CSV, SQLite, Parquet. The same tables give the same bytes.
package tabular

import (
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"

	"readout/internal/show/publish"
)

// A Writer takes the tables of one series after another, always the same tables in the
// same order, and appends to what it has of each.
type Writer interface {
	// Write appends the rows of every table.
	Write(tables []publish.Table) error
	// Close brings everything to its file.
	Close() error
	// Discard ends the work where something went wrong: a database is not put in its place.
	Discard() error
}

// csvWriter keeps a file a table.
type csvWriter struct {
	files []*os.File
	rows  []*csv.Writer
}

// CSV writes each of the tables into a file NAME.csv of the folder dir, under a line of heads.
// The folder is made where it is not there, files of those names are written anew.
func CSV(dir string, tables []publish.Table) (Writer, error) {
	w := &csvWriter{}
	err := eachFile(dir, ".csv", tables, func(t publish.Table, f *os.File) error {
		w.files, w.rows = append(w.files, f), append(w.rows, csv.NewWriter(f))
		return w.rows[len(w.rows)-1].Write(t.Names())
	})
	if err != nil {
		return nil, errors.Join(err, w.Discard())
	}
	return w, nil
}

// eachFile creates a file for every table.
func eachFile(dir, suffix string, tables []publish.Table, do func(publish.Table, *os.File) error) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for _, t := range tables {
		f, err := os.Create(filepath.Join(dir, t.Name+suffix))
		if err != nil {
			return err
		}
		if err := do(t, f); err != nil {
			return err
		}
	}
	return nil
}

// Write implements Writer.
func (w *csvWriter) Write(tables []publish.Table) error {
	for i, t := range tables {
		if err := w.rows[i].WriteAll(t.Rows); err != nil {
			return err
		}
	}
	return nil
}

// Close implements Writer.
func (w *csvWriter) Close() error {
	var err error
	for i, f := range w.files {
		w.rows[i].Flush()
		err = errors.Join(err, w.rows[i].Error(), f.Close())
	}
	return err
}

// Discard implements Writer.
func (w *csvWriter) Discard() error { return w.Close() }
