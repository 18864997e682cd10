package archive_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"readout/internal/archive"
)

// expiring is a context that is over once it was asked so often.
type expiring struct {
	context.Context
	left atomic.Int64
	over chan struct{}
}

func expiringAfter(asked int) *expiring {
	e := &expiring{Context: context.Background(), over: make(chan struct{})}
	e.left.Store(int64(asked))
	return e
}

func (e *expiring) Done() <-chan struct{} {
	if e.left.Add(-1) == -1 {
		close(e.over)
	}
	return e.over
}

func (e *expiring) Err() error {
	if e.left.Load() < 0 {
		return context.Canceled
	}
	return nil
}

// names lists what is in a folder.
func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

// TestFailedRepairLeavesNothing: a repair that is ended at any moment leaves no file and no folder behind, since half a
// store would be taken for a whole one, and what was there before stays.
func TestFailedRepairLeavesNothing(t *testing.T) {
	a := open(t)
	for i := range 3 {
		ingest(t, a, archive.Input{Name: "a.txt", Data: page(fmt.Sprintf("The two ministers agreed on %d krill quotas.", i)), Overrides: parties})
	}
	dir := t.TempDir()
	ended, whole := 0, false
	for asked := 0; !whole && asked < 200; asked++ {
		report, err := a.Repair(expiringAfter(asked), "", filepath.Join(dir, "new", "folder", "out.db"))
		switch left := names(t, dir); {
		case err == nil:
			whole = true
			if report.Salvaged != 3 {
				t.Errorf("a whole repair: %+v", report)
			}
		case !errors.Is(err, context.Canceled):
			t.Fatal(err)
		case len(left) > 0:
			t.Fatalf("ended at question %d: %q stays", asked, left)
		default:
			ended++
		}
	}
	if ended == 0 || !whole {
		t.Errorf("%d repairs were ended; one came to its end: %v", ended, whole)
	}

	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "out.db.key"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Repair(expiringAfter(1), "", filepath.Join(dir, "out.db")); err == nil {
		t.Error("it did not end")
	}
	if left := names(t, dir); len(left) != 1 || left[0] != "out.db.key" {
		t.Errorf("of a key that was there before %q stays", left)
	}
}
