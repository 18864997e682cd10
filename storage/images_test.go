package storage_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"readout/storage"
	"readout/storage/storagetest"
)

// images is how many files are tried as a crash of the machine would leave them.
// docs/durability.md says how many it were once.
var images = flag.Int("images", 80, "how many images of a crash are tried")

const (
	pageSize = 4096
	sector   = 512 // what a disk writes whole or not at all
)

// step is what one call did to the file.
type step struct {
	name        string
	before      []byte // nil where there was no file
	after       []byte
	had, has    *storagetest.Contents
	replacement bool // a new file was written beside the store, synced, and renamed
}

// steps makes a store, writes to it in every way, and keeps what each call did.
func steps(t *testing.T, seed uint64) []step {
	t.Helper()
	db := storagetest.Open(t)
	var out []step
	var last step
	do := func(name string, replacement bool, fn func() error) {
		if err := fn(); err != nil {
			t.Fatal(err)
		}
		file, err := os.ReadFile(db.Path())
		if err != nil {
			t.Fatal(err)
		}
		last = step{name, last.after, file, last.has, contents(t, db), replacement}
		out = append(out, last)
	}
	update := func(name string, fn func(storage.Writer) error) {
		do(name, false, func() error { return db.Update(context.Background(), fn) })
	}
	do("create", true, func() error { return db.Update(context.Background(), func(storage.Writer) error { return nil }) })
	samples := storagetest.Samples(30, 4, seed)
	for i := range 10 {
		update("batch", func(w storage.Writer) error { return storagetest.Put(w, samples[3*i:3*i+3]...) })
		update("decision", func(w storage.Writer) error {
			return errors.Join(w.SetMark("m", uint64(i)), w.SetCuration(storage.Curation{Series: "AA-BB", Kind: "k", Value: []byte{byte(i)}}),
				w.PutFetch(storage.Fetch{Key: fmt.Sprint(i), Standing: "gone"}), w.PutNote(storage.Note{Kind: "n", Key: fmt.Sprint(i % 3), Value: []byte{byte(i)}}))
		})
		update("read again", func(w storage.Writer) error {
			again := *samples[i].Reading
			again.Revision = 2
			return w.PutReading(&again, samples[i].Terms)
		})
		if i%4 == 3 {
			update("withdraw", func(w storage.Writer) error {
				s := samples[3*i]
				_, err := w.Withdraw(storage.Withdrawal{SHA256: s.Capture.SHA256, Reason: "tried"})
				return errors.Join(err, w.DeleteEntry(s.Entry.ID), w.DeleteReading(s.Reading.Key))
			})
			do("compact", true, func() error {
				_, _, err := db.Compact(context.Background())
				return err
			})
		}
	}
	return out
}

// changedPages are the numbers of the pages that a step wrote, without the two at the head
// of the file, of which it wrote one.
func (s step) changedPages() (pages []int, meta int) {
	for n := 0; n*pageSize < len(s.after); n++ {
		old := []byte{}
		if n*pageSize < len(s.before) {
			old = page(s.before, n)
		}
		switch {
		case bytes.Equal(old, page(s.after, n)):
		case n < 2:
			meta = n
		default:
			pages = append(pages, n)
		}
	}
	return pages, meta
}

func page(b []byte, n int) []byte { return b[n*pageSize : min(len(b), (n+1)*pageSize)] }

// crash is a file as a crash would leave it in the midst of a step that writes pages, waits
// until they are on the disk, and then writes a page at the head of the file. Synced says
// that it came so far; tear that the writes not yet synced were torn.
func (s step) crash(rng *rand.Rand, synced, tear, head bool) []byte {
	image := slices.Clone(s.before)
	if len(s.after) > len(image) && (synced || rng.IntN(2) == 0) { // it has grown
		image = append(image, make([]byte, len(s.after)-len(image))...)
	}
	pages, meta := s.changedPages()
	for _, n := range pages {
		switch {
		case (n+1)*pageSize > len(image):
		case synced:
			copy(image[n*pageSize:], page(s.after, n))
		case rng.IntN(3) == 0: // lost
		default:
			for at := n * pageSize; at < (n+1)*pageSize; at += sector {
				if !tear || rng.IntN(2) == 0 {
					copy(image[at:at+sector], s.after[at:])
				}
			}
		}
	}
	if head {
		copy(image[meta*pageSize:], s.after[meta*pageSize:(meta+1)*pageSize])
		if tear && synced { // within the 64 bytes that matter
			at := meta*pageSize + 16 + rng.IntN(64)
			copy(image[at:(meta+1)*pageSize], s.before[at:])
		}
	}
	return image
}

// TestImages: of a crash of the machine in the midst of any step, with writes that were not
// synced lost, kept or torn, the store is left as it was before or after, whole, and can be
// written on.
func TestImages(t *testing.T) {
	rng := rand.New(rand.NewPCG(17, 6))
	tried, control, failed := 0, 0, 0
	for seed := uint64(1); tried < *images; seed++ {
		for _, s := range steps(t, seed) {
			if tried >= *images {
				break
			}
			if s.replacement {
				tried += replaced(t, rng, s)
				continue
			}
			for name, file := range map[string][]byte{
				"some of the pages": s.crash(rng, false, false, false),
				"torn pages":        s.crash(rng, false, true, false),
				"all of the pages":  s.crash(rng, true, false, false),
				"a torn head":       s.crash(rng, true, true, true),
			} {
				tried++
				if why := s.recovered(t, file, name == "a torn head"); why != "" {
					t.Errorf("%s, a crash that leaves %s: %s", s.name, name, why)
				}
			}
			// Where nothing is synced the head may be there before the pages: the harness
			// has to see what that does.
			control++
			if s.recovered(t, s.crash(rng, false, true, true), true) != "" {
				failed++
			}
		}
	}
	t.Logf("%d images; of %d without syncs %d fail, as they must", tried, control, failed)
	if failed == 0 {
		t.Error("no image without syncs fails: nothing was tried")
	}
}

// recovered says what is wrong with a store that is left as file, "" for nothing. Where the
// head was torn, check may say that.
func (s step) recovered(t *testing.T, file []byte, torn bool) string {
	db := stored(t, file)
	found, err := db.Check(context.Background())
	if torn {
		found = slices.DeleteFunc(found, func(f string) bool { return strings.Contains(f, "meta") })
	}
	if err != nil || len(found) > 0 {
		return fmt.Sprintf("check finds %q, %v", found, err)
	}
	got, err := dump(db)
	if err != nil {
		return err.Error()
	}
	before, after := storagetest.Diff(s.had, got), storagetest.Diff(s.has, got)
	if before != "" && after != "" {
		return "it is neither as before nor as after"
	}
	if err := db.Update(context.Background(), func(w storage.Writer) error { return w.SetMark("after", 1) }); err != nil {
		return "it cannot be written on: " + err.Error()
	}
	return ""
}

// replaced tries the crashes of a step that writes a new file and renames it: before the
// rename the new file may be anything, and after it is whole. It returns how many it tried.
func replaced(t *testing.T, rng *rand.Rand, s step) int {
	const tries = 4
	for range tries {
		path := filepath.Join(t.TempDir(), "store.db")
		if s.before != nil {
			if err := os.WriteFile(path, s.before, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		half := slices.Clone(s.after[:rng.IntN(len(s.after))])
		for at := 0; at+sector <= len(half); at += sector {
			if rng.IntN(3) == 0 {
				clear(half[at : at+sector])
			}
		}
		left := filepath.Join(filepath.Dir(path), ".store.db.tmp-17")
		if err := os.WriteFile(left, half, 0o644); err != nil {
			t.Fatal(err)
		}
		db := reopened(t, path)
		if s.before != nil {
			if got, err := dump(db); err != nil || storagetest.Diff(s.had, got) != "" {
				t.Errorf("%s, a crash before the rename: %v, or not as before", s.name, err)
			}
		}
		storagetest.Update(t, db, func(w storage.Writer) error { return w.SetMark("after", 1) })
		if _, err := os.Stat(left); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s, a crash before the rename: %s is left, %v", s.name, left, err)
		}
	}
	return tries
}
