package storage_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"readout/storage"
	"readout/storage/storagetest"
)

// small is a store of a few documents, replaced and deleted in part, so that it has
// free pages and several segments, and all that it holds.
func small(tb testing.TB) (file []byte, want *storagetest.Contents) {
	tb.Helper()
	db := storagetest.Open(tb)
	for i, s := range storagetest.Samples(12, 4, 1) {
		storagetest.Update(tb, db, func(w storage.Writer) error {
			again := *s.Reading
			again.Revision = 2
			err := errors.Join(storagetest.Put(w, s), w.SetMark("m", uint64(i)), w.SetCuration(storage.Curation{Series: "AA-BB", Kind: "k", Value: []byte{byte(i)}}))
			if i%3 == 0 {
				err = errors.Join(err, w.PutReading(&again, s.Terms))
			}
			return err
		})
	}
	file, err := os.ReadFile(db.Path())
	if err != nil {
		tb.Fatal(err)
	}
	return file, contents(tb, db)
}

// stored is a store whose file holds data.
func stored(tb testing.TB, data []byte) *storage.DB {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "damaged.db")
	if err := os.WriteFile(path, data, 0o644); err != nil {
		tb.Fatal(err)
	}
	db, err := storage.Open(path, storage.Options{LockTimeout: 2 * time.Second})
	if err != nil {
		tb.Fatal(err)
	}
	return db
}

// dump reads everything.
func dump(db *storage.DB) (c *storagetest.Contents, err error) {
	err = db.View(context.Background(), func(r storage.Reader) (err error) {
		c, err = storagetest.Dump(r, "word0000", "word0001")
		return err
	})
	return c, err
}

// The law of flipped bits: a store in which Check finds nothing reads as it was
// written, and no flip ends the process or leaves the store locked.
func TestFlippedBits(t *testing.T) {
	file, want := small(t)
	rng := rand.New(rand.NewPCG(4, 4))
	flips, found, open := 150, 0, 0
	if testing.Short() {
		flips = 100
	}
	for range flips {
		bit := rng.IntN(8 * len(file))
		data := append([]byte(nil), file...)
		data[bit/8] ^= 1 << (bit % 8)
		db := stored(t, data)
		findings, err := db.Check(context.Background())
		got, readErr := dump(db)
		if errors.Is(readErr, storage.ErrLocked) {
			t.Errorf("bit %d: %v", bit, readErr)
		}
		switch {
		case len(findings) > 0 || err != nil:
			found++
			if readErr == nil && storagetest.Diff(want, got) == "" {
				open++ // in what nobody reads
			}
		case readErr != nil:
			t.Errorf("bit %d: Check finds nothing, reading says %v", bit, readErr)
		default:
			if d := storagetest.Diff(want, got); d != "" {
				t.Errorf("bit %d: Check finds nothing, yet (-want +got):\n%s", bit, d)
			}
		}
	}
	t.Logf("%d flips in %d bytes: %d found, %d of them without effect on what is read", flips, len(file), found, open)
	if found == 0 {
		t.Error("no flip was found")
	}
}

func TestTruncated(t *testing.T) {
	file, want := small(t)
	rng := rand.New(rand.NewPCG(6, 6))
	sizes := []int{1, 79, 80, 4095, 4096, 8191, 8192, 16384, len(file) - 4096, len(file) - 1}
	for range 60 {
		sizes = append(sizes, 1+rng.IntN(len(file)-1))
	}
	for _, size := range sizes {
		db := stored(t, file[:size])
		findings, err := db.Check(context.Background())
		got, readErr := dump(db)
		if len(findings) == 0 && err == nil { // cut in the room kept for growing
			if d := storagetest.Diff(want, got); readErr != nil || d != "" {
				t.Errorf("cut to %d of %d bytes, Check finds nothing: %v (-want +got):\n%s", size, len(file), readErr, d)
			}
			continue
		}
		if !errors.Is(readErr, storage.ErrDamaged) && !errors.Is(readErr, storage.ErrVersion) {
			t.Errorf("cut to %d of %d bytes: reading says %v", size, len(file), readErr)
		}
		if len(findings) > 0 {
			if _, _, err := db.Compact(context.Background()); !errors.Is(err, storage.ErrDamaged) {
				t.Errorf("cut to %d of %d bytes: Compact says %v", size, len(file), err)
			}
		}
	}
}

// Files that are no stores are refused and left as they were.
func TestForeign(t *testing.T) {
	other := filepath.Join(t.TempDir(), "other.db")
	b, err := bbolt.Open(other, 0o644, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = b.Update(func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucket([]byte("somebody's"))
		return err
	})
	if err := errors.Join(err, b.Close()); err != nil {
		t.Fatal(err)
	}
	theirs, err := os.ReadFile(other)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{
		"text":         "A release, and no store.\n",
		"long text":    strings.Repeat("A release, and no store.\n", 1000),
		"one page":     strings.Repeat("x", 5000),
		"bbolt":        string(theirs),
		"sqlite":       "SQLite format 3\x00" + strings.Repeat("\x00", 8176),
		"zeros":        strings.Repeat("\x00", 32768),
		"newer format": string(withFormat(t, 3)),
		"no format":    string(withFormat(t, 0)),
	} {
		t.Run(name, func(t *testing.T) {
			db := stored(t, []byte(data))
			ctx := context.Background()
			_, check := db.Check(ctx)
			_, _, compact := db.Compact(ctx)
			for call, err := range map[string]error{
				"View":    db.View(ctx, func(storage.Reader) error { return nil }),
				"Update":  db.Update(ctx, func(storage.Writer) error { return nil }),
				"Backup":  db.Backup(ctx, filepath.Join(t.TempDir(), "copy")),
				"Check":   check,
				"Compact": compact,
			} {
				if !errors.Is(err, storage.ErrVersion) {
					t.Errorf("%s = %v, want ErrVersion", call, err)
				}
			}
			now, err := os.ReadFile(db.Path())
			if err != nil || string(now) != data {
				t.Errorf("the file was changed: %v", err)
			}
		})
	}
	if err := stored(t, withFormat(t, 3)).View(context.Background(), nil); !strings.Contains(fmt.Sprint(err), "format 3") {
		t.Errorf("a newer format: %v, want one that names it", err)
	}
}

// withFormat is a store that says it has the given format.
func withFormat(t *testing.T, n byte) []byte {
	t.Helper()
	db, err := storage.Open(filepath.Join(t.TempDir(), "format.db"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	storagetest.Update(t, db, func(storage.Writer) error { return nil })
	b, err := bbolt.Open(db.Path(), 0o644, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = b.Update(func(tx *bbolt.Tx) error { return tx.Bucket([]byte("meta")).Put([]byte("format"), []byte{0, 0, 0, n}) })
	if err := errors.Join(err, b.Close()); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(db.Path())
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestDirectoryIsNoStore(t *testing.T) {
	db := reopened(t, t.TempDir())
	for name, err := range map[string]error{
		"View":   db.View(context.Background(), func(storage.Reader) error { return nil }),
		"Update": db.Update(context.Background(), func(storage.Writer) error { return nil }),
	} {
		if err == nil || !strings.Contains(err.Error(), "directory") {
			t.Errorf("%s of a directory = %v", name, err)
		}
	}
}
