package storage

import (
	"context"
	"iter"
)

// Engine is what this package needs of whatever keeps the rows. It stores and looks
// up; everything that knows what a row means stands above it and is written once.
type Engine interface {
	// View runs fn on the rows as they stand. They do not change meanwhile.
	View(ctx context.Context, fn func(Rows) error) error
	// Update runs fn alone and keeps all of what it wrote, or nothing where fn
	// returns an error.
	Update(ctx context.Context, fn func(Rows) error) error
}

// Rows are the tables of an engine in one transaction: rows in order of their keys,
// byte for byte. What it returns is valid until the transaction ends and must not be
// changed. A transaction sees its own writes.
type Rows interface {
	// Get returns the value under key, nil where there is none.
	Get(table string, key []byte) ([]byte, error)
	// Scan yields the rows from a key on, in order. The table must not be written to
	// meanwhile.
	Scan(table string, from []byte) iter.Seq2[Row, error]
	// Last returns the greatest key with a prefix, nil where there is none.
	Last(table string, prefix []byte) ([]byte, error)
	// Put keeps value, which may be empty, under key, in place of what was there. The
	// caller does not change value afterwards.
	Put(table string, key, value []byte) error
	// Delete forgets what is under key; it is no error if there is nothing.
	Delete(table string, key []byte) error
	// Writes counts the transactions that wrote.
	Writes() uint64
}

// Row is one row of a table.
type Row struct{ Key, Value []byte }
