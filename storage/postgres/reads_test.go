package postgres_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"readout/storage"
	"readout/storage/postgres"
	"readout/storage/postgres/clustertest"
	"readout/storage/storagetest"
)

// A long scan comes in pages, each from the key on where the one before ended: every row
// once, in order, however many there are.
func TestScanInPages(t *testing.T) {
	server := clustertest.Start(t, fast...)
	wire, url := server.Wire(t)
	db := openAt(t, url, postgres.Options{})
	const rows = 1300
	if err := putSome(db, 0, rows); err != nil {
		t.Fatal(err)
	}
	before := wire.Trips()
	storagetest.View(t, db, func(r storage.Reader) error {
		last := ""
		n := 0
		for h, err := range r.Hashes(storage.Hash{}) {
			if err != nil {
				return err
			}
			if h.String() <= last {
				t.Fatalf("%s comes after %s", h, last)
			}
			last = h.String()
			n++
		}
		if n != rows {
			t.Errorf("%d rows, want %d", n, rows)
		}
		return nil
	})
	// To begin, pages of 16, 128, 1024 and the rest, and to end.
	if trips := wire.Trips() - before; trips > 7 {
		t.Errorf("%d rows in %d round trips", rows, trips)
	}
}

// A statement that takes too long ends, and the error says what allows more.
func TestStatementTakesTooLong(t *testing.T) {
	server := clustertest.Start(t, fast...)
	url := server.URL()
	db := openAt(t, url+"&statement_timeout=200ms", postgres.Options{})
	put(t, db, 0)
	schema := schemaOf(url)
	over := make(chan struct{})
	go func() { // somebody holds a table
		defer close(over)
		server.SQL(t, fmt.Sprintf("begin; lock table %s.born in access exclusive mode; select pg_sleep(3)", schema))
	}()
	waiting := func() error {
		return db.View(t.Context(), func(r storage.Reader) error {
			capture, _ := numbered(time.Now().Nanosecond()) // nothing that is remembered
			_, err := r.Blob(capture.SHA256)
			return err
		})
	}
	for until := time.Now().Add(2 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		err := waiting()
		if err != nil && strings.Contains(err.Error(), "statement_timeout in the address allows more") {
			break
		}
		if time.Now().After(until) {
			t.Fatalf("a statement waited for a table: %v", err)
		}
	}
	<-over
}

// Who merges the search index is alone with that: several at once would take it over from
// each other without an end.
func TestOneMergesAtATime(t *testing.T) {
	server := clustertest.Start(t, fast...)
	db := opened(t, server)
	for _, s := range storagetest.Samples(8, 3, 1) {
		storagetest.Update(t, db, func(w storage.Writer) error { return storagetest.Put(w, s) })
	}
	writes := func() (n uint64) {
		storagetest.View(t, db, func(r storage.Reader) error {
			n = r.Writes()
			return nil
		})
		return n
	}
	before := writes()
	release, alone, err := db.Claim(t.Context(), "merge")
	if err != nil || !alone {
		t.Fatalf("claim: %t, %v", alone, err)
	}
	if err := db.Merge(context.Background()); err != nil || writes() != before {
		t.Errorf("beside one who merges: %d writes, %v", writes()-before, err)
	}
	release()
	if err := db.Merge(context.Background()); err != nil || writes() == before {
		t.Errorf("nobody merges: %d writes, %v", writes()-before, err)
	}
}
