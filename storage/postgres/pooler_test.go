package postgres_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"readout/storage"
	"readout/storage/postgres"
	"readout/storage/postgres/clustertest"
	"readout/storage/storagetest"
)

// Behind a pooler that shares connections by the transaction everything works where the
// address says so, and where it does not the error says what to put into it.
func TestPooler(t *testing.T) {
	server := clustertest.Start(t, fast...)
	url := server.Pooler(t)
	said := crowd(t, url+"&default_query_exec_mode=exec")
	if said != nil {
		t.Errorf("behind a pooler: %v", said)
	}
	db := openAt(t, url+"&default_query_exec_mode=exec", postgres.Options{LockTimeout: 5 * time.Second})
	storagetest.Check(t, db)
	claimOnce(t, db)
	if said := crowd(t, url); said == nil || !strings.Contains(said.Error(), "put default_query_exec_mode=exec into the address") {
		t.Errorf("behind a pooler that the address does not name: %v", said)
	}
}

// crowd has several clients write and read at once, and returns the first error.
func crowd(t *testing.T, url string) error {
	t.Helper()
	const clients, each = 6, 8
	failed := make(chan error, clients)
	var all sync.WaitGroup
	for n := range clients {
		db := openAt(t, url, postgres.Options{LockTimeout: time.Minute})
		all.Go(func() {
			for i := range each {
				if err := putAndGet(db, n*each+i); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	all.Wait()
	close(failed)
	return <-failed
}

// putAndGet adds an invented capture and reads it.
func putAndGet(db *storage.DB, i int) error {
	capture, data := numbered(i)
	err := db.Update(context.Background(), func(w storage.Writer) error {
		_, err := w.AddCapture(capture, data)
		return err
	})
	if err != nil {
		return err
	}
	return db.View(context.Background(), func(r storage.Reader) error {
		_, err := r.Blob(capture.SHA256)
		return err
	})
}

// claimOnce claims a name, which nobody else can have meanwhile, and can again afterwards.
func claimOnce(t *testing.T, db *storage.DB) {
	t.Helper()
	claim := func(want bool) func() {
		release, got, err := db.Claim(t.Context(), "pull")
		if err != nil || got != want {
			t.Fatalf("claim: %t, %v, want %t", got, err, want)
		}
		return release
	}
	release := claim(true)
	claim(false)
	release()
	claim(true)()
}
