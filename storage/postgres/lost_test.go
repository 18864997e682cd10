package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"readout/storage"
	"readout/storage/postgres"
	"readout/storage/postgres/clustertest"
	"readout/storage/storagetest"
)

// A write whose end was not heard of is there once, and so is one that was not heard.
func TestLostConnection(t *testing.T) {
	server := clustertest.Start(t, fast...)
	for name, x := range map[string]clustertest.Cut{
		"before the commit is heard":       {At: "commit\x00", Heard: false},
		"after the commit, before it says": {At: "commit\x00", Heard: true},
		"as the transaction begins":        {At: "pg_advisory_xact_lock", Heard: false},
		"in the midst of reading":          {At: "get:capture", Heard: false},
	} {
		t.Run(name, func(t *testing.T) {
			wire, url := server.Wire(t)
			said := 0
			db := openAt(t, url, postgres.Options{LockTimeout: 20 * time.Second, Say: func(string) { said++ }})
			for i := range 4 {
				if i == 2 {
					wire.CutAt(x)
				}
				capture, data := numbered(i)
				storagetest.Update(t, db, func(w storage.Writer) error {
					_, err := w.AddCapture(capture, data)
					return err
				})
			}
			if !wire.WasCut() || said != 1 {
				t.Errorf("the connection was cut: %t, and %d times something was said", wire.WasCut(), said)
			}
			storagetest.View(t, db, func(r storage.Reader) error {
				if r.Seq() != 4 {
					t.Errorf("the log has %d lines after 4 captures", r.Seq())
				}
				return nil
			})
			storagetest.Check(t, db)
		})
	}
}

// A reader whose connection breaks goes on where nothing was written meanwhile, and is
// told where something was.
func TestReaderLosesItsConnection(t *testing.T) {
	server := clustertest.Start(t, fast...)
	wire, url := server.Wire(t)
	db := openAt(t, url, postgres.Options{LockTimeout: 20 * time.Second})
	put := func(i int) {
		storagetest.Update(t, db, func(w storage.Writer) error {
			capture, data := numbered(i)
			_, err := w.AddCapture(capture, data)
			return err
		})
	}
	put(0)
	read := func(mark string, meanwhile func()) error {
		return db.View(t.Context(), func(r storage.Reader) error {
			if _, err := r.Entry("nothing"); !errors.Is(err, storage.ErrNotFound) {
				return err
			}
			meanwhile()
			wire.CutAt(clustertest.Cut{At: mark})
			_, err := r.Mark(mark)
			if errors.Is(err, storage.ErrNotFound) {
				err = nil
			}
			return err
		})
	}
	if err := read("one", func() {}); err != nil {
		t.Errorf("a reader whose connection broke: %v", err)
	}
	if err := read("two", func() { put(1) }); err == nil {
		t.Error("a reader went on with rows of another time")
	}
}

// A server that nobody reaches is an error within the time given.
func TestNoServer(t *testing.T) {
	db, err := postgres.Open("postgres://desk:geheim@127.0.0.1:1/readout", postgres.Options{LockTimeout: 200 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	err = db.View(t.Context(), func(storage.Reader) error { return nil })
	if err == nil || strings.Contains(err.Error(), "geheim") || !strings.Contains(err.Error(), "desk@127.0.0.1:1/readout") {
		t.Errorf("no server: %v", err)
	}
}

// A second writer waits for the first, and no longer than it was told to.
func TestWritersWait(t *testing.T) {
	server := clustertest.Start(t, fast...)
	url := server.URL()
	first := openAt(t, url, postgres.Options{})
	second := openAt(t, url, postgres.Options{LockTimeout: 100 * time.Millisecond})
	storagetest.Update(t, first, func(storage.Writer) error { return nil })
	storagetest.Update(t, first, func(w storage.Writer) error {
		if err := second.Update(t.Context(), func(storage.Writer) error { return nil }); !errors.Is(err, storage.ErrLocked) {
			t.Errorf("a second writer: %v, want ErrLocked", err)
		}
		storagetest.View(t, second, func(r storage.Reader) error { return nil }) // readers do not wait
		return nil
	})
}

// Many readers share few connections; who finds none in time is told why.
func TestPoolIsFull(t *testing.T) {
	server := clustertest.Start(t, fast...)
	db := openAt(t, server.URL()+"&pool_max_conns=2", postgres.Options{LockTimeout: 300 * time.Millisecond})
	storagetest.Update(t, db, func(storage.Writer) error { return nil })
	ctx := context.Background()
	err := db.View(ctx, func(storage.Reader) error {
		return db.View(ctx, func(storage.Reader) error {
			return db.View(ctx, func(storage.Reader) error { return nil })
		})
	})
	if !errors.Is(err, storage.ErrLocked) || !strings.Contains(err.Error(), "all 2 connections were in use") {
		t.Errorf("a third reader of two connections: %v", err)
	}
}

// The connection that a reader leaves in its transaction is there for whatever comes next,
// and does not stay there.
func TestReaderLeavesItsConnection(t *testing.T) {
	server := clustertest.Start(t, fast...)
	db := openAt(t, server.URL()+"&pool_max_conns=1", postgres.Options{LockTimeout: 20 * time.Second})
	nothing := func(storage.Reader) error { return nil }
	put(t, db, 0)
	for name, next := range map[string]func() error{
		"a reader":          func() error { return db.View(t.Context(), nothing) },
		"a writer":          func() error { return putSome(db, 1, 1) },
		"upkeep":            func() error { _, _, err := db.Compact(t.Context()); return err },
		"a question beside": func() error { _, err := db.Size(t.Context()); return err },
		"all who wait":      func() error { db.Close(); return nil },
		"a reader of a copy": func() error {
			return storage.Copy(t.Context(), db, opened(t, server), storage.CopyOptions{Replace: true})
		},
	} {
		storagetest.View(t, db, nothing)
		if err := next(); err != nil {
			t.Errorf("after a reader, %s: %v", name, err)
		}
	}
	storagetest.View(t, db, nothing)
	server.WaitForSQL(t, "select count(*) from pg_stat_activity where state like 'idle in transaction%'", "0")
}

// Two hundred readers and a writer at once: all end, and nobody sees a half. The readers
// share connections, so that the server need not have one for each.
func TestManyReaders(t *testing.T) {
	server := clustertest.Start(t, fast...)
	const readers, writes, size = 200, 10, 5
	url := server.URL()
	db := openAt(t, url+"&pool_max_conns=40", postgres.Options{LockTimeout: time.Minute})
	storagetest.Update(t, db, func(storage.Writer) error { return nil })
	var all sync.WaitGroup
	var reads atomic.Int64
	over := make(chan struct{})
	for range readers {
		all.Go(func() {
			for done := false; !done; reads.Add(1) {
				select {
				case <-over:
					done = true // after one more
				default:
				}
				if err := countWhole(db, size); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	began, longest := time.Now(), time.Duration(0)
	for n := range writes {
		from := time.Now()
		if err := putSome(db, n*size, size); err != nil {
			t.Error(err)
		}
		longest = max(longest, time.Since(from))
	}
	took := time.Since(began)
	close(over)
	all.Wait()
	t.Logf("%d reads by %d readers beside %d writes in %v, the longest %v", reads.Load(), readers, writes,
		took.Round(time.Millisecond), longest.Round(time.Millisecond))
	storagetest.Check(t, db)
}

// countWhole is an error where a reader sees a part of what is put some captures at once.
func countWhole(db *storage.DB, size int) error {
	return db.View(context.Background(), func(r storage.Reader) error {
		n, err := r.Counts()
		if err == nil && (n.Captures%size != 0 || uint64(n.Captures) != r.Seq()) {
			err = fmt.Errorf("a reader counts %d captures and %d lines of the log", n.Captures, r.Seq())
		}
		return err
	})
}

// putSome adds invented captures in one transaction.
func putSome(db *storage.DB, from, size int) error {
	return db.Update(context.Background(), func(w storage.Writer) error {
		for i := range size {
			capture, data := numbered(from + i)
			if _, err := w.AddCapture(capture, data); err != nil {
				return err
			}
		}
		return nil
	})
}
