package storage_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"readout/storage"
	"readout/storage/storagetest"
)

// The tests of this file start the test binary again as other processes; what such a
// process does stands in its environment.
const (
	roleVar  = "STORAGE_TEST_ROLE"
	pathVar  = "STORAGE_TEST_PATH"
	countVar = "STORAGE_TEST_COUNT"
)

func TestMain(m *testing.M) {
	role := os.Getenv(roleVar)
	if role == "" {
		os.Exit(m.Run())
	}
	count, err := strconv.Atoi(os.Getenv(countVar))
	if err == nil {
		err = play(role, os.Getenv(pathVar), count)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// play is the whole work of another process.
func play(role, path string, count int) error {
	db, err := storage.Open(path, storage.Options{})
	if err != nil {
		return err
	}
	switch role {
	case "write":
		return writeMany(db, count)
	case "read":
		return readMany(db, count)
	case "hold": // the store until the input ends
		return db.Update(context.Background(), func(storage.Writer) error { return hold() })
	case "hold reading":
		return db.View(context.Background(), func(storage.Reader) error { return hold() })
	}
	return fmt.Errorf("unknown role %q", role)
}

func hold() error {
	fmt.Println("inside")
	_, err := io.Copy(io.Discard, os.Stdin)
	return err
}

// writeMany makes count small updates with documents of its own.
func writeMany(db *storage.DB, count int) error {
	for i, s := range storagetest.Samples(count, 2, uint64(os.Getpid())) {
		s.Entry.ID = fmt.Sprintf("%d-%d", os.Getpid(), i)
		s.Entry.Head.ID = s.Entry.ID
		if err := db.Update(context.Background(), func(w storage.Writer) error { return storagetest.Put(w, s) }); err != nil {
			return fmt.Errorf("update %d: %w", i, err)
		}
	}
	return nil
}

// readMany looks count times, and each time the parts of the store agree.
func readMany(db *storage.DB, count int) error {
	for i := range count {
		c, err := dump(db)
		if err != nil {
			return fmt.Errorf("view %d: %w", i, err)
		}
		if n := len(c.Log); len(c.Captures) != n || len(c.Readings) != n || len(c.Entries) != n {
			return fmt.Errorf("view %d: half an update is seen: %d events, %d captures, %d readings, %d releases", i, n, len(c.Captures), len(c.Readings), len(c.Entries))
		}
	}
	return nil
}

// command is another process that has yet to be started.
func command(tb testing.TB, role, path string, count int) *exec.Cmd {
	tb.Helper()
	self, err := os.Executable()
	if err != nil {
		tb.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	tb.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, self)
	cmd.Env = append(os.Environ(), roleVar+"="+role, pathVar+"="+path, countVar+"="+strconv.Itoa(count))
	cmd.Stderr = os.Stderr
	return cmd
}

// Readers and writers in several processes never make each other fail, and every
// write is there in the end.
func TestProcesses(t *testing.T) {
	db := storagetest.Open(t)
	storagetest.Update(t, db, func(storage.Writer) error { return nil })
	const writers, readers, updates = 3, 2, 25
	var all []*exec.Cmd
	for range writers {
		all = append(all, command(t, "write", db.Path(), updates))
	}
	for range readers {
		all = append(all, command(t, "read", db.Path(), updates))
	}
	for _, cmd := range all {
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
	}
	for _, cmd := range all {
		if err := cmd.Wait(); err != nil {
			t.Errorf("process %s: %v", cmd.Env[len(cmd.Env)-3], err)
		}
	}
	if got := len(contents(t, db).Entries); got != writers*updates {
		t.Errorf("%d releases are kept, want %d", got, writers*updates)
	}
}

// A writer that is killed at any moment, also while it creates the store, leaves one
// that opens, holds whole updates only and can be written on.
func TestKilledWriters(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 8))
	for round := range 4 {
		path := filepath.Join(t.TempDir(), "killed.db")
		for range 5 {
			cmd := command(t, "write", path, 10_000)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Duration(rng.IntN(40)) * time.Millisecond)
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			if err := cmd.Wait(); err == nil {
				t.Fatal("the writer was done before it was killed")
			}
			db := reopened(t, path)
			storagetest.Check(t, db)
			if err := readMany(db, 1); err != nil && !errors.Is(err, storage.ErrNoStore) {
				t.Errorf("round %d: %v", round, err)
			}
		}
		db := reopened(t, path)
		if err := writeMany(db, 1); err != nil {
			t.Errorf("round %d: %v", round, err)
		}
		left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".*"))
		if err != nil || len(left) > 0 {
			t.Errorf("round %d: left beside the store: %q, %v", round, left, err)
		}
	}
}

// holder starts a process that is inside the store until the test ends.
func holder(t *testing.T, role, path string) {
	t.Helper()
	cmd := command(t, role, path, 0)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close() // ends it
		if err := cmd.Wait(); err != nil {
			t.Errorf("%s: %v", role, err)
		}
	})
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatalf("%s said %q, %v", role, line, err)
	}
}

func TestLocked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "locked.db")
	if err := writeMany(reopened(t, path), 1); err != nil {
		t.Fatal(err)
	}
	db, err := storage.Open(path, storage.Options{LockTimeout: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	view := func(ctx context.Context) error { return db.View(ctx, func(storage.Reader) error { return nil }) }
	update := func(ctx context.Context) error { return db.Update(ctx, func(storage.Writer) error { return nil }) }
	ctx := context.Background()
	t.Run("by a writer", func(t *testing.T) {
		holder(t, "hold", path)
		for name, fn := range map[string]func(context.Context) error{"View": view, "Update": update} {
			if err := fn(ctx); !errors.Is(err, storage.ErrLocked) {
				t.Errorf("%s = %v, want ErrLocked", name, err)
			}
		}
		// The caller's own limit is not told as a lock.
		patient := reopened(t, path)
		short, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
		defer cancel()
		err := patient.View(short, func(storage.Reader) error { return nil })
		if !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, storage.ErrLocked) {
			t.Errorf("View with a deadline = %v", err)
		}
	})
	t.Run("by a reader", func(t *testing.T) {
		holder(t, "hold reading", path)
		if err := view(ctx); err != nil {
			t.Errorf("View beside a reader = %v", err)
		}
		if err := update(ctx); !errors.Is(err, storage.ErrLocked) {
			t.Errorf("Update beside a reader = %v, want ErrLocked", err)
		}
		if err := view(ctx); err != nil {
			t.Errorf("View after a writer gave up = %v", err)
		}
	})
	if err := errors.Join(view(ctx), update(ctx)); err != nil {
		t.Errorf("after everybody left: %v", err)
	}
}

// A store that may be read but whose directory or file may not be written can be read, and whoever would write
// is told that.
func TestReadOnlyDirectory(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("permissions are others there")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "mine.db")
	db := reopened(t, path)
	if err := writeMany(db, 1); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{path + ".gate", path + ".rw"} {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
	mode := func(dirMode, fileMode os.FileMode) {
		t.Helper()
		if err := errors.Join(os.Chmod(filepath.Dir(dir), 0o755), os.Chmod(dir, dirMode), os.Chmod(path, fileMode)); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o755) }) // for TempDir to remove it
	asStranger := asStranger(t)
	for _, m := range []struct {
		what      string
		dir, file os.FileMode
		said      string
	}{
		{"a folder", 0o555, 0o644, "no file can be made beside it"},
		{"a file", 0o777, 0o444, "open " + path},
	} {
		mode(m.dir, m.file)
		asStranger(func() {
			if err := readMany(db, 1); err != nil {
				t.Errorf("%s: %v", m.what, err)
			}
			err := db.Update(t.Context(), func(storage.Writer) error { return nil })
			if !errors.Is(err, storage.ErrReadOnly) || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), m.said) {
				t.Errorf("%s: Update = %v, want that %v", m.what, err, storage.ErrReadOnly)
			}
		})
	}
	mode(0o555, 0o644)
	asStranger(func() {
		err := reopened(t, filepath.Join(dir, "other.db")).Update(t.Context(), func(storage.Writer) error { return nil })
		if err == nil || errors.Is(err, storage.ErrReadOnly) || !strings.HasPrefix(err.Error(), "create store: ") {
			t.Errorf("a store of its own in that folder: %v", err)
		}
	})
}
