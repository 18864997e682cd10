package storage_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"readout/storage"
	"readout/storage/storagetest"
)

func TestConform(t *testing.T) {
	storagetest.Conform(t, func(tb testing.TB) storagetest.Store {
		db := storagetest.Open(tb)
		storagetest.Update(tb, db, func(storage.Writer) error { return nil })
		return db
	})
}

// A rehearsal does what a store does, over one that is empty and over none.
func TestConformRehearsal(t *testing.T) {
	storagetest.Conform(t, func(tb testing.TB) storagetest.Store {
		db := storagetest.Open(tb)
		storagetest.Update(tb, db, func(storage.Writer) error { return nil })
		return db.Rehearse()
	})
	storagetest.Conform(t, func(tb testing.TB) storagetest.Store { return storagetest.Open(tb).Rehearse() })
}

// What is written to a rehearsal goes over what is there, and nothing of it is kept.
func TestRehearsalKeepsNothing(t *testing.T) {
	db := storagetest.Open(t)
	storagetest.Update(t, db, func(w storage.Writer) error { return storagetest.Put(w, storagetest.Samples(4, 2, 1)...) })
	before := contents(t, db)
	trial := db.Rehearse()
	change := func(w storage.Writer) error {
		return errors.Join(w.DeleteEntry("release-000003"), w.DeleteReading(before.Readings[0].Key), storagetest.Put(w, storagetest.Samples(2, 2, 9)...))
	}
	storagetest.Update(t, trial, change)
	rehearsed := contents(t, trial)
	if d := storagetest.Diff(before, contents(t, db)); d != "" {
		t.Errorf("after a rehearsal (-before +after):\n%s", d)
	}
	storagetest.Update(t, db, change)
	if d := storagetest.Diff(contents(t, db), rehearsed); d != "" {
		t.Errorf("a rehearsal (-what is done +what was tried):\n%s", d)
	}
}

// contents is all that db holds.
func contents(tb testing.TB, db *storage.DB) (c *storagetest.Contents) {
	tb.Helper()
	storagetest.View(tb, db, func(r storage.Reader) (err error) {
		c, err = storagetest.Dump(r, "word0000", "word0001")
		return err
	})
	return c
}

// reopened names the store at path.
func reopened(tb testing.TB, path string) *storage.DB {
	tb.Helper()
	db, err := storage.Open(path, storage.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return db
}

func TestNoStoreYet(t *testing.T) {
	if _, err := storage.Open("", storage.Options{}); err == nil {
		t.Error("Open of no path: no error")
	}
	dir := t.TempDir()
	empty := filepath.Join(dir, "empty")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	for _, path := range []string{filepath.Join(dir, "none"), empty} {
		db := reopened(t, path)
		_, check := db.Check(ctx)
		_, _, compact := db.Compact(ctx)
		for name, err := range map[string]error{
			"View":    db.View(ctx, func(storage.Reader) error { return nil }),
			"Backup":  db.Backup(ctx, filepath.Join(dir, "backup")),
			"Check":   check,
			"Compact": compact,
		} {
			if !errors.Is(err, storage.ErrNoStore) {
				t.Errorf("%s of %s = %v, want ErrNoStore", name, path, err)
			}
		}
		storagetest.Update(t, db, func(storage.Writer) error { return nil })
		storagetest.Check(t, db)
	}
	if info, err := os.Stat(empty); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("a store in place of an empty file: %v, %v, want its permissions 0600", info.Mode(), err)
	}
}

func TestUpdateMakesDirectories(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "b", "readout.db")
	db := reopened(t, path)
	storagetest.Update(t, db, func(w storage.Writer) error { return storagetest.Put(w, storagetest.Samples(1, 1, 1)...) })
	left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left beside the store: %q, %v", left, err)
	}
}

func TestUpdateSweepsWhatWasLeft(t *testing.T) {
	db := storagetest.Open(t)
	left := filepath.Join(filepath.Dir(db.Path()), ".test.db.tmp-123-0")
	other := filepath.Join(filepath.Dir(db.Path()), "test.db.tmp-123-0")
	for _, name := range []string{left, other} {
		if err := os.WriteFile(name, []byte("half"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	storagetest.Update(t, db, func(storage.Writer) error { return nil })
	if _, err := os.Stat(left); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the temporary file of a process that was killed: %v", err)
	}
	if _, err := os.Stat(other); err != nil {
		t.Errorf("a user's file: %v", err)
	}
}

// A name that is a symbolic link shares the locks of the store itself, and Compact
// leaves the link in place.
func TestSymbolicLink(t *testing.T) {
	db := storagetest.Open(t)
	storagetest.Update(t, db, func(w storage.Writer) error { return storagetest.Put(w, storagetest.Samples(2, 2, 1)...) })
	link := filepath.Join(t.TempDir(), "link.db")
	if err := os.Symlink(db.Path(), link); err != nil {
		t.Skip(err)
	}
	linked := reopened(t, link)
	if _, _, err := linked.Compact(context.Background()); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("after Compact the link is %v, %v", info, err)
	}
	if d := storagetest.Diff(contents(t, db), contents(t, linked)); d != "" {
		t.Errorf("by two names (-want +got):\n%s", d)
	}
	if _, err := os.Stat(link + ".gate"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a lock file beside the link: %v", err)
	}
}

// What the function itself does wrong is its own matter and no damage, and does not
// keep the store locked.
func TestPanicOfTheCaller(t *testing.T) {
	db := storagetest.Open(t)
	storagetest.Update(t, db, func(w storage.Writer) error { return storagetest.Put(w, storagetest.Samples(2, 2, 1)...) })
	before := contents(t, db)
	ctx := context.Background()
	for name, run := range map[string]func() error{
		"view":   func() error { return db.View(ctx, func(storage.Reader) error { panic("mine") }) },
		"update": func() error { return db.Update(ctx, func(storage.Writer) error { panic("mine") }) },
		"nil":    func() error { return db.View(ctx, func(storage.Reader) error { var p *int; *p = 1; return nil }) },
		"loop": func() error {
			return db.View(ctx, func(r storage.Reader) error {
				for range r.Entries("") {
					panic("mine")
				}
				return nil
			})
		},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: the panic did not come through", name)
				}
			}()
			t.Errorf("%s returned %v", name, run())
		}()
	}
	if d := storagetest.Diff(before, contents(t, db)); d != "" {
		t.Errorf("after panics (-want +got):\n%s", d)
	}
}

func TestBackup(t *testing.T) {
	db := storagetest.Open(t)
	samples := storagetest.Samples(60, 5, 1)
	ctx := context.Background()
	write := func(i int) error {
		return db.Update(ctx, func(w storage.Writer) error { return storagetest.Put(w, samples[i]) })
	}
	if err := write(0); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { // writes while the copies are made
		for i := 1; i < len(samples); i++ {
			if err := write(i); err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	path := filepath.Join(t.TempDir(), "copy.db")
	for range 5 { // each over the one before
		if err := db.Backup(ctx, path); err != nil {
			t.Fatal(err)
		}
		copied := reopened(t, path)
		storagetest.Check(t, copied)
		n := len(contents(t, copied).Entries)
		if got := len(contents(t, copied).Captures); n == 0 || got != n {
			t.Errorf("a copy has %d releases and %d captures", n, got)
		}
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if err := db.Backup(ctx, path); err != nil {
		t.Fatal(err)
	}
	if d := storagetest.Diff(contents(t, db), contents(t, reopened(t, path))); d != "" {
		t.Errorf("copy (-want +got):\n%s", d)
	}
}

func TestBackupRefused(t *testing.T) {
	db := storagetest.Open(t)
	storagetest.Update(t, db, func(storage.Writer) error { return nil })
	ctx := context.Background()
	for _, path := range []string{db.Path(), filepath.Join(t.TempDir(), "no", "such", "directory")} {
		if err := db.Backup(ctx, path); err == nil {
			t.Errorf("Backup(%s): no error", path)
		}
	}
}

func TestCompact(t *testing.T) {
	db := storagetest.Open(t)
	samples := storagetest.Samples(100, 10, 1)
	for n := range samples {
		storagetest.Update(t, db, func(w storage.Writer) error { return storagetest.Put(w, samples[n]) })
	}
	want := contents(t, db)
	before, after, err := db.Compact(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if after >= before {
		t.Errorf("Compact: %d bytes before, %d after", before, after)
	}
	if d := storagetest.Diff(want, contents(t, db)); d != "" {
		t.Errorf("after Compact (-want +got):\n%s", d)
	}
	// Numbers go on where they were: a new reading does not get one in use.
	storagetest.Update(t, db, func(w storage.Writer) error { return storagetest.Put(w, storagetest.Samples(5, 5, 9)...) })
}
