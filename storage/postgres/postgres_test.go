package postgres_test

import (
	"testing"

	"readout/storage"
	"readout/storage/postgres"
	"readout/storage/postgres/clustertest"
	"readout/storage/storagetest"
)

// fast are settings of servers that nobody pulls the plug of.
var fast = []string{"fsync=off", "synchronous_commit=off", "full_page_writes=off"}

// opened names an empty store of its own on a server.
func opened(tb testing.TB, s *clustertest.Server) *storage.DB {
	tb.Helper()
	db, err := postgres.Open(s.URL(), postgres.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		storagetest.Check(tb, db)
		db.Close()
	})
	return db
}

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
