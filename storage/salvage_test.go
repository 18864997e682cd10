package storage_test

import (
	"context"
	"errors"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/storage"
	"readout/storage/storagetest"
)

// saved is what a salvage brought.
type saved struct {
	captures, lost []storage.Hash
	pages          int // that are lost
	curations      int
	marks          map[string]uint64
}

// salvage reads a file that holds data, and sees that all captured bytes it is given have
// their hash.
func salvage(t *testing.T, data []byte) (s saved) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "hurt.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	err := storage.Salvage(path, func(r storage.Reader, d storage.Damage) (err error) {
		s.pages = d.Pages
		for _, l := range d.Lost {
			s.lost = append(s.lost, l.SHA256)
		}
		for c, err := range r.Captures() {
			if err != nil {
				return err
			}
			b, err := r.Blob(c.SHA256)
			if err != nil || storage.HashOf(b) != c.SHA256 {
				t.Errorf("salvaged capture %s: %d bytes, %v", c.SHA256, len(b), err)
			}
			s.captures = append(s.captures, c.SHA256)
		}
		for _, err := range r.Curations() {
			if err != nil {
				return err
			}
			s.curations++
		}
		for _, err := range r.Log(0) { // tells of nothing that is not there
			if err != nil {
				return err
			}
		}
		s.marks, err = r.Marks()
		return err
	})
	if err != nil {
		t.Errorf("Salvage: %v", err)
	}
	return s
}

// TestSalvageOfAWholeStore brings all of it.
func TestSalvageOfAWholeStore(t *testing.T) {
	file, want := small(t)
	s := salvage(t, file)
	var captured []storage.Hash
	for _, c := range want.Captures {
		captured = append(captured, c.SHA256)
	}
	if d := cmp.Diff(captured, s.captures); d != "" || len(s.lost) > 0 || s.pages != 0 || s.curations != 1 || s.marks["m"] != 11 {
		t.Errorf("captures (-want +got):\n%slost %v, curations %d, marks %v", d, s.lost, s.curations, s.marks)
	}
}

// TestSalvageOfDamage flips bits, zeroes pages and cuts files: what is salvaged is right, and
// what is not is named, as long as anything tells of it.
func TestSalvageOfDamage(t *testing.T) {
	file, want := small(t)
	rng := rand.New(rand.NewPCG(17, 4))
	damage := map[string]func(b []byte) []byte{
		"a bit": func(b []byte) []byte { b[8192+rng.IntN(len(b)-8192)] ^= 1 << rng.IntN(8); return b },
		"twenty bits": func(b []byte) []byte {
			for range 20 {
				b[8192+rng.IntN(len(b)-8192)] ^= 1 << rng.IntN(8)
			}
			return b
		},
		"a page": func(b []byte) []byte { at := 4096 * (2 + rng.IntN(len(b)/4096-2)); clear(b[at : at+4096]); return b },
		"metas":  func(b []byte) []byte { clear(b[:8192]); return b },
		"cut":    func(b []byte) []byte { return b[:8192+rng.IntN(len(b)-8192)] },
	}
	for _, kind := range slices.Sorted(maps.Keys(damage)) {
		pages := 0
		for range 40 {
			s := salvage(t, damage[kind](slices.Clone(file)))
			known := append(slices.Clone(s.captures), s.lost...)
			for _, h := range known {
				if !slices.ContainsFunc(want.Captures, func(c storage.Capture) bool { return c.SHA256 == h }) {
					t.Fatalf("%s: %s was never captured", kind, h)
				}
			}
			slices.SortFunc(known, func(a, b storage.Hash) int { return slices.Compare(a[:], b[:]) })
			if unknown := len(want.Captures) - len(slices.Compact(known)); unknown > 0 && (kind == "a bit" || kind != "twenty bits" && s.pages == 0) {
				t.Errorf("%s: %d captures are neither salvaged nor named; %d pages said to be lost", kind, unknown, s.pages)
			}
			pages += s.pages
			if kind == "metas" && len(s.captures) != len(want.Captures) {
				t.Errorf("without meta pages %d of %d captures", len(s.captures), len(want.Captures))
			}
		}
		if (kind == "a page" || kind == "cut") && pages < 20 { // some were free
			t.Errorf("%s: 40 files lack %d pages", kind, pages)
		}
	}
}

// TestHeal: the same bytes again mend what cannot be read, and nothing else.
func TestHeal(t *testing.T) {
	db := storagetest.Open(t)
	sample := storagetest.Samples(1, 2, 1)[0]
	storagetest.Update(t, db, func(w storage.Writer) error { return storagetest.Put(w, sample) })
	heal := func(db *storage.DB) (healed bool) {
		storagetest.Update(t, db, func(w storage.Writer) (err error) {
			healed, err = w.Heal(sample.Data)
			return err
		})
		return healed
	}
	if heal(db) {
		t.Error("bytes that can be read were put in again")
	}
	file, err := os.ReadFile(db.Path())
	if err != nil {
		t.Fatal(err)
	}
	hurt := 0
	for at := 8192; at < len(file); at += 7 {
		b := slices.Clone(file)
		b[at] ^= 4
		bad := stored(t, b)
		found, err := bad.Check(context.Background())
		if err != nil || len(found) == 0 || slices.ContainsFunc(found, func(f string) bool {
			return strings.Contains(f, "not found") || // the key was hit
				!strings.Contains(f, "captured bytes") && !strings.Contains(f, "pieces of its bytes") // the text, made of them
		}) {
			continue // something else was hit
		}
		if hurt++; hurt > 5 {
			break
		}
		if !heal(bad) {
			t.Errorf("bit at %d: damaged bytes were left", at)
		}
		if found, err := bad.Check(context.Background()); err != nil || len(found) > 0 {
			t.Errorf("bit at %d, healed: %q, %v", at, found, err)
		}
	}
	if hurt == 0 {
		t.Error("no captured bytes were hit")
	}
}

// TestBackupOfADamagedStore is refused and leaves the good copy alone.
func TestBackupOfADamagedStore(t *testing.T) {
	file, _ := small(t)
	whole, copied := stored(t, file), filepath.Join(t.TempDir(), "copy.db")
	if err := whole.Backup(context.Background(), copied); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(copied)
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	for at := 9000; at < len(file); at += 997 {
		b := slices.Clone(file)
		b[at] ^= 1
		bad := stored(t, b)
		found, err := bad.Check(context.Background())
		if err != nil || len(found) == 0 {
			continue
		}
		refused++
		if err := bad.Backup(context.Background(), copied); !errors.Is(err, storage.ErrDamaged) {
			t.Errorf("bit at %d: backup = %v, want ErrDamaged for %q", at, err, found)
		}
		if now, err := os.ReadFile(copied); err != nil || !slices.Equal(now, good) {
			t.Fatalf("bit at %d: the good copy was replaced, %v", at, err)
		}
	}
	if refused == 0 {
		t.Error("no bit did any damage")
	}
}

// TestWithdrawal: withdrawn bytes are nowhere any more, their captures stand in the log, and
// neither the same bytes nor a salvage of what the file still holds bring them back.
func TestWithdrawal(t *testing.T) {
	db := storagetest.Open(t)
	samples := storagetest.Samples(3, 2, 1)
	storagetest.Update(t, db, func(w storage.Writer) error { return storagetest.Put(w, samples...) })
	gone := samples[1].Capture.SHA256
	withdraw := func() (first bool) {
		storagetest.Update(t, db, func(w storage.Writer) (err error) {
			if err := errors.Join(w.DeleteEntry(samples[1].Entry.ID), w.DeleteReading(samples[1].Reading.Key)); err != nil {
				return err
			}
			first, err = w.Withdraw(storage.Withdrawal{SHA256: gone, Reason: "an invented reason"})
			return err
		})
		return first
	}
	if !withdraw() || withdraw() {
		t.Error("the second withdrawal of the same bytes should be none")
	}
	storagetest.Check(t, db)
	err := db.View(context.Background(), func(r storage.Reader) error {
		if _, err := r.Blob(gone); !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("the bytes are there: %v", err)
		}
		told := 0
		for e, err := range r.Log(0) {
			if err != nil {
				return err
			}
			if e.Kind == storage.CaptureAdded && e.Capture.SHA256 == gone && e.Capture.Name == samples[1].Capture.Name || e.Withdrawn == gone {
				told++
			}
		}
		if told != 2 {
			t.Errorf("the log tells %d times of the bytes, want their capture and their withdrawal", told)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var refused *storage.WithdrawnError
	err = db.Update(context.Background(), func(w storage.Writer) error {
		_, err := w.AddCapture(samples[1].Capture, samples[1].Data)
		return err
	})
	if !errors.As(err, &refused) || refused.Reason != "an invented reason" {
		t.Errorf("the same bytes again: %v", err)
	}
	file, err := os.ReadFile(db.Path())
	if err != nil {
		t.Fatal(err)
	}
	if s := salvage(t, file); slices.Contains(s.captures, gone) || slices.Contains(s.lost, gone) || len(s.captures) != 2 {
		t.Errorf("salvaged %v, lost %v", s.captures, s.lost)
	}
}
