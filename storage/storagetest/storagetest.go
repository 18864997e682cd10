// Package storagetest helps to test what keeps releases: [Open] makes a store for
// one test, [Samples] invents documents, [Dump] tells all that a store holds, and
// [Conform] holds any engine to what [storage.Reader] and [storage.Writer] promise.
package storagetest

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"readout/storage"
)

// Store is what an engine offers; [storage.DB] does.
type Store interface {
	View(context.Context, func(storage.Reader) error) error
	Update(context.Context, func(storage.Writer) error) error
}

// Open returns a new store in a temporary directory. When the test ends, a check
// of the store has to find nothing.
func Open(tb testing.TB) *storage.DB {
	tb.Helper()
	db, err := storage.Open(filepath.Join(tb.TempDir(), "test.db"), storage.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { Check(tb, db) })
	return db
}

// Check reports an error on tb for everything that is wrong with the store.
func Check(tb testing.TB, db *storage.DB) {
	tb.Helper()
	found, err := db.Check(context.Background())
	if err != nil && !errors.Is(err, storage.ErrNoStore) {
		tb.Errorf("check: %v", err)
	}
	for _, f := range found {
		tb.Errorf("check: %s", f)
	}
}

// View runs fn on the store and ends the test on an error.
func View(tb testing.TB, s Store, fn func(storage.Reader) error) {
	tb.Helper()
	if err := s.View(context.Background(), fn); err != nil {
		tb.Fatalf("view: %v", err)
	}
}

// Update runs fn on the store and ends the test on an error.
func Update(tb testing.TB, s Store, fn func(storage.Writer) error) {
	tb.Helper()
	if err := s.Update(context.Background(), fn); err != nil {
		tb.Fatalf("update: %v", err)
	}
}
