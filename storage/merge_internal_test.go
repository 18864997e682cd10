package storage

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"testing"

	"readout/timeline"
)

// scattered is a store whose search index stands in many pieces, some of whose readings
// have been replaced.
func scattered(t *testing.T) *DB {
	t.Helper()
	db, err := Open(filepath.Join(t.TempDir(), "scattered.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(9, 9))
	for i := range 100 {
		r := &Reading{Release: &timeline.Release{Title: fmt.Sprint(i)}}
		r.Key[0] = byte(rng.IntN(80))
		terms := [][]string{{"krill", fmt.Sprint("word", rng.IntN(20))}, {fmt.Sprint("word", rng.IntN(20)), "krill", "krill"}}
		if err := db.Update(context.Background(), func(w Writer) error { return w.PutReading(r, terms) }); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

// found are the postings of readings that are kept, as they can be compared.
func found(t *testing.T, db *DB) (out []string, segments int) {
	t.Helper()
	err := db.View(context.Background(), func(r Reader) error {
		list, err := r.(*tx).segments()
		segments = len(list)
		if err != nil {
			return err
		}
		for i := range 21 {
			term := fmt.Sprint("word", i)
			if i == 20 {
				term = "krill"
			}
			lists, err := r.Lists(term)
			if err != nil {
				return err
			}
			all, err := lists.Postings(nil)
			if err != nil {
				return err
			}
			for _, p := range all {
				if kept, err := r.Numbered(p.Number); err == nil {
					out = append(out, fmt.Sprint(term, kept.Key, p.Statement, p.Positions()))
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out, segments
}

func checkWhole(t *testing.T, db *DB) {
	t.Helper()
	if found, err := db.Check(context.Background()); err != nil || len(found) > 0 {
		t.Errorf("Check = %q, %v", found, err)
	}
}

// A merge leaves few pieces that say the same, and no block that nobody reads.
func TestMerge(t *testing.T) {
	db := scattered(t)
	want, before := found(t, db)
	if err := db.Merge(context.Background()); err != nil {
		t.Fatal(err)
	}
	got, after := found(t, db)
	if !reflect.DeepEqual(got, want) {
		t.Errorf("after a merge %d postings are found, before it %d", len(got), len(want))
	}
	if before < 100 || after > 2*fan {
		t.Errorf("%d segments became %d", before, after)
	}
	if n := strayBlocks(t, db); n > 0 {
		t.Errorf("%d blocks of segments that do not stand", n)
	}
	checkWhole(t, db)
}

// Two merges at once, and one that is broken off after any step, lose nothing: the next
// one does the work and removes what is left.
func TestMergeBrokenOff(t *testing.T) {
	ctx := context.Background()
	for steps := range 6 {
		db := scattered(t)
		want, _ := found(t, db)
		var first, second merging
		for _, m := range []*merging{&first, &second} {
			if err := db.View(ctx, func(r Reader) (err error) { m.from, err = r.(*tx).mergeable(); return err }); err != nil {
				t.Fatal(err)
			}
		}
		for i := range 2 * steps { // in turns, then both stop
			m := []*merging{&first, &second}[i%2]
			if m.done {
				continue
			}
			if err := db.Update(ctx, func(w Writer) error { return w.(*tx).mergeSome(m) }); err != nil {
				t.Fatal(err)
			}
		}
		if got, _ := found(t, db); !reflect.DeepEqual(got, want) {
			t.Fatalf("%d steps of two merges: %d postings are found, not %d", steps, len(got), len(want))
		}
		checkWhole(t, db)
		if err := db.Merge(ctx); err != nil {
			t.Fatal(err)
		}
		if got, _ := found(t, db); !reflect.DeepEqual(got, want) || strayBlocks(t, db) > 0 {
			t.Errorf("a merge after %d steps of two others: %d postings, want %d; %d stray blocks", steps, len(got), len(want), strayBlocks(t, db))
		}
		checkWhole(t, db)
	}
}

// strayBlocks counts the blocks of segments that do not stand.
func strayBlocks(t *testing.T, db *DB) (n int) {
	t.Helper()
	err := db.View(context.Background(), func(r Reader) error {
		x := r.(*tx)
		for row, err := range x.rows.Scan(tPost, nil) {
			if err != nil {
				return err
			}
			if v, err := x.rows.Get(tSegment, row.Key[:4]); err != nil || v == nil {
				n++
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
