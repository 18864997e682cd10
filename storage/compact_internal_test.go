package storage

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"
)

// patience is a context that is done after so many looks at it.
type patience struct {
	context.Context
	left int
}

func (p *patience) Err() error {
	if p.left--; p.left < 0 {
		return context.Canceled
	}
	return nil
}

// A copy that was broken off goes on where it stopped, unless the store was written to.
func TestCompactGoesOn(t *testing.T) {
	ctx := context.Background()
	db, err := Open(filepath.Join(t.TempDir(), "readout.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	put := func(from, to int) {
		err := db.Update(ctx, func(w Writer) error {
			for i := from; i < to; i++ {
				if err := w.PutNote(Note{Kind: "kind", Key: fmt.Sprintf("%05d", i), Value: make([]byte, 100)}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	put(0, 1000)
	// steps makes the copy with some patience, and says how many steps it took.
	steps := func(most int) (int, error) {
		p := &patience{ctx, most}
		err := db.with(true, func(s *session) error {
			k, err := newPacking(packing(db.path), s.DB)
			if err != nil {
				return err
			}
			return errors.Join(k.run(p, 1000), k.to.Close())
		})
		return most - p.left, err
	}
	if _, err := steps(60); !errors.Is(err, context.Canceled) {
		t.Fatalf("broken off: %v", err)
	}
	rest, err := steps(10_000)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(packing(db.path)); err != nil {
		t.Fatal(err)
	}
	whole, err := steps(10_000)
	if err != nil || rest > whole-30 {
		t.Errorf("the rest of a copy took %d steps of %d, %v", rest, whole, err)
	}
	if !sameRows(t, db.path, packing(db.path)) {
		t.Error("the copy has other rows")
	}
	if _, err := steps(60); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	put(1000, 1001)
	if _, err := os.Stat(packing(db.path)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a copy of what was written to since is kept: %v", err)
	}
	if _, _, err := db.Compact(ctx); err != nil {
		t.Fatal(err)
	}
	if found, err := db.Check(ctx); err != nil || len(found) > 0 {
		t.Errorf("after compact: %q, %v", found, err)
	}
}

// sameRows reports whether two files have the same tables.
func sameRows(t *testing.T, a, b string) bool {
	t.Helper()
	return fmt.Sprint(rowsOf(t, a)) == fmt.Sprint(rowsOf(t, b))
}

func rowsOf(t *testing.T, path string) (out []string) {
	t.Helper()
	file, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	err = file.View(func(btx *bbolt.Tx) error {
		return btx.ForEach(func(name []byte, b *bbolt.Bucket) error {
			return b.ForEach(func(k, v []byte) error {
				out = append(out, fmt.Sprintf("%s %x %x", name, k, v))
				return nil
			})
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
