package postgres_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"readout/storage"
	"readout/storage/postgres"
	"readout/storage/postgres/clustertest"
	"readout/storage/storagetest"
)

// put adds an invented capture.
func put(tb testing.TB, db *storage.DB, i int) {
	tb.Helper()
	capture, data := numbered(i)
	storagetest.Update(tb, db, func(w storage.Writer) error {
		_, err := w.AddCapture(capture, data)
		return err
	})
}

// The tables are those that the store needs, and the migrations lead there and back.
func TestMigrations(t *testing.T) {
	server := clustertest.Start(t, fast...)
	url := server.URL()
	schema := schemaOf(url)
	tables := func() []string {
		return strings.Fields(server.SQL(t, "select table_name from information_schema.tables where table_schema = '"+schema+"' order by 1"))
	}
	newest, err := postgres.Migrate(t.Context(), url, -1, false, postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := slices.Sorted(slices.Values(append(storage.Tables(), "store", "commit")))
	if d := storagetest.Diff(want, tables()); d != "" {
		t.Errorf("tables (-want +got):\n%s", d)
	}
	for to := newest.To - 1; to >= 0; to-- {
		plan, err := postgres.Migrate(t.Context(), url, to, false, postgres.Options{})
		if err != nil || plan.From != to+1 || len(plan.Statements) == 0 {
			t.Fatalf("back to %d: %+v, %v", to, plan, err)
		}
	}
	if left := tables(); len(left) > 0 {
		t.Errorf("left after all was undone: %v", left)
	}
	db := openAt(t, url, postgres.Options{})
	if err := db.Exists(); !errors.Is(err, storage.ErrNoStore) {
		t.Errorf("no tables: %v, want ErrNoStore", err)
	}
	put(t, db, 0)
	back, err := postgres.Migrate(t.Context(), url, 1, true, postgres.Options{})
	if err != nil || len(back.Steps) != newest.To-1 || !strings.HasPrefix(back.Statements[0], "drop table") ||
		!strings.Contains(back.Steps[len(back.Steps)-1], "tokens of commits") {
		t.Errorf("the newest is undone first: %+v, %v", back, err)
	}
	if _, err := postgres.Migrate(t.Context(), url, 0, false, postgres.Options{}); !errors.Is(err, storage.ErrStands) {
		t.Errorf("tables with captures were dropped: %v", err)
	}
	server.SQL(t, fmt.Sprintf("update %s.store set migration = 99", schema))
	if err := db.Exists(); !errors.Is(err, storage.ErrVersion) {
		t.Errorf("tables of a newer program: %v, want ErrVersion", err)
	}
}

// A role that may only read reads, and is told so where it writes.
func TestRoleThatReads(t *testing.T) {
	server := clustertest.Start(t, fast...)
	url := server.URL()
	schema := schemaOf(url)
	owner := openAt(t, url, postgres.Options{})
	put(t, owner, 0)
	server.SQL(t, fmt.Sprintf("create role web login; grant usage on schema %s to web; grant select on all tables in schema %s to web", schema, schema))
	web := openAt(t, strings.Replace(url, "readout@", "web@", 1), postgres.Options{})
	storagetest.View(t, web, func(r storage.Reader) error {
		if r.Seq() != 1 {
			t.Errorf("the log has %d lines", r.Seq())
		}
		return nil
	})
	err := web.Update(t.Context(), func(w storage.Writer) error { return w.SetMark("m", 1) })
	if !errors.Is(err, storage.ErrReadOnly) {
		t.Errorf("a role that may only read wrote: %v", err)
	}
}

// Who reads at a standby finds what this process has just written at the primary, however
// late the standby is.
func TestReadYourWritesOnStandby(t *testing.T) {
	if testing.Short() {
		t.Skip("starts two servers")
	}
	primary := clustertest.Start(t, fast...)
	standby := primary.Standby(t, "b", "recovery_min_apply_delay=300ms")
	url := fmt.Sprintf("postgres://readout@127.0.0.1:%d,127.0.0.1:%d/postgres?target_session_attrs=prefer-standby", primary.Port, standby.Port)
	db := openAt(t, url, postgres.Options{})
	for i := range 3 {
		put(t, db, i)
		storagetest.View(t, db, func(r storage.Reader) error {
			if got := r.Seq(); got != uint64(i+1) {
				t.Errorf("after %d writes the standby has %d", i+1, got)
			}
			return nil
		})
	}
	there := standby.SQL(t, "select pg_is_in_recovery(), count(*) from readout.log")
	if there != "t|3" {
		t.Errorf("the standby has %q", there)
	}
	only := openAt(t, fmt.Sprintf("postgres://readout@127.0.0.1:%d/postgres", standby.Port), postgres.Options{LockTimeout: time.Second})
	if err := only.Update(t.Context(), func(w storage.Writer) error { return w.SetMark("m", 1) }); !errors.Is(err, storage.ErrReadOnly) {
		t.Errorf("a standby was written to: %v", err)
	}
	warnings, err := db.Warnings(t.Context())
	if err != nil || !slices.ContainsFunc(warnings, func(w string) bool { return strings.Contains(w, "synchronous_standby_names is empty") }) {
		t.Errorf("warnings of a server without synchronous standbys: %q, %v", warnings, err)
	}
}

// Many writers at once end, each with all of what it wrote, and no reader sees a half.
func TestManyWriters(t *testing.T) {
	server := clustertest.Start(t, append(fast, "max_connections=100")...)
	url := server.URL()
	const writers, batches, size = 6, 5, 4
	var all sync.WaitGroup
	stop := make(chan struct{})
	reader := openAt(t, url, postgres.Options{})
	storagetest.Update(t, reader, func(storage.Writer) error { return nil })
	read := sync.WaitGroup{}
	read.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			if err := countWhole(reader, size); err != nil {
				t.Error(err)
				return
			}
		}
	})
	for n := range writers {
		all.Go(func() {
			db, err := postgres.Open(url, postgres.Options{LockTimeout: time.Minute})
			if err != nil {
				t.Error(err)
				return
			}
			defer db.Close()
			for b := range batches {
				if err := putSome(db, (n*batches+b)*size, size); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	close(stop)
	read.Wait()
	storagetest.View(t, reader, func(r storage.Reader) error {
		if r.Seq() != writers*batches*size {
			t.Errorf("the log has %d lines, want %d", r.Seq(), writers*batches*size)
		}
		return nil
	})
	storagetest.Check(t, reader)
}

// A password is in no name and no error.
func TestRedact(t *testing.T) {
	for url, want := range map[string]string{
		"postgres://desk:geheim@db.example:5432/readout":                  "postgres://desk@db.example:5432/readout",
		"postgres://desk:ge@heim@a,b/readout?target_session_attrs=any":    "postgres://desk@a,b/readout?target_session_attrs=any",
		"postgresql://db.example/readout?user=desk&pass%77ord=geheim&x=1": "postgresql://db.example/readout?user=desk&x=1",
		"postgres://desk@db.example/readout?sslmode=verify-full":          "postgres://desk@db.example/readout?sslmode=verify-full",
		"/home/desk/readout.db":                                           "/home/desk/readout.db",
	} {
		if got := postgres.Redact(url); got != want {
			t.Errorf("Redact(%q) = %q, want %q", url, got, want)
		}
	}
	for _, bad := range []string{"postgres://desk:geheim@[::1/readout", "postgres://desk:geheim@host:port/readout", "postgres://desk:geheim@host/x?search_path=", "postgres://desk:geheim@host/x?statement_timeout=soon"} {
		if _, err := postgres.Open(bad, postgres.Options{}); err != nil && strings.Contains(err.Error(), "geheim") {
			t.Errorf("Open(%q): %v", bad, err)
		}
	}
}
