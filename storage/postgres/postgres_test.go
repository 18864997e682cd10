package postgres_test

import (
	"strings"
	"testing"

	"readout/storage"
	"readout/storage/postgres"
	"readout/storage/postgres/clustertest"
	"readout/storage/storagetest"
)

// fast are settings of servers that nobody pulls the plug of.
var fast = []string{"fsync=off", "synchronous_commit=off", "full_page_writes=off"}

// opened names an empty store of its own on a server, which is checked when the test ends.
func opened(tb testing.TB, s *clustertest.Server) *storage.DB {
	tb.Helper()
	db := openAt(tb, s.URL(), postgres.Options{})
	tb.Cleanup(func() { storagetest.Check(tb, db) })
	return db
}

// openAt names the store behind a URL until the test ends.
func openAt(tb testing.TB, url string, o postgres.Options) *storage.DB {
	tb.Helper()
	db, err := postgres.Open(url, o)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(db.Close)
	return db
}

// schemaOf is the schema that a URL of a test server names.
func schemaOf(url string) string { return url[strings.LastIndexByte(url, '=')+1:] }

func TestConform(t *testing.T) {
	server := clustertest.Start(t, fast...)
	storagetest.Conform(t, func(tb testing.TB) storagetest.Store {
		db := opened(tb, server)
		storagetest.Update(tb, db, func(storage.Writer) error { return nil })
		return db
	})
}

// A rehearsal over a server does what a store does.
func TestConformRehearsal(t *testing.T) {
	server := clustertest.Start(t, fast...)
	storagetest.Conform(t, func(tb testing.TB) storagetest.Store { return opened(tb, server).Rehearse() })
}
