package storage

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"testing"

	"go.etcd.io/bbolt"
)

// taught is a store with enough short documents to have a dictionary, and one that goes over
// several pages, without free pages.
func taught(t *testing.T) *DB {
	t.Helper()
	db := talks(t, enoughToTrain)
	rng, long := rand.New(rand.NewPCG(3, 4)), []byte("A long one: ")
	for range 20_000 {
		long = append(long, byte('0'+rng.IntN(60)))
	}
	add(t, db, "The ministers met once more and agreed on all points.", "The ministers met for talk 7 and agreed on no points.", string(long))
	if _, _, err := db.Compact(context.Background()); err != nil {
		t.Fatal(err)
	}
	return db
}

// add captures texts.
func add(t *testing.T, db *DB, texts ...string) {
	t.Helper()
	err := db.Update(context.Background(), func(w Writer) error {
		for _, text := range texts {
			if _, err := w.AddCapture(Capture{SHA256: HashOf([]byte(text))}, []byte(text)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// rowsIn are the rows of a table as they stand in the file, keys and values in one.
func rowsIn(t *testing.T, db *DB, table string) (rows [][]byte) {
	t.Helper()
	err := db.with(true, func(s *session) error {
		return s.View(func(btx *bbolt.Tx) error {
			b := btx.Bucket([]byte(table))
			if b == nil {
				return nil
			}
			return b.ForEach(func(k, v []byte) error { rows = append(rows, bytes.Join([][]byte{k, v}, nil)); return nil })
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestEveryPageZeroed: whichever page of a small store is zeroed, every document whose row and
// bytes are whole is salvaged, those too that were packed with the dictionary.
func TestEveryPageZeroed(t *testing.T) {
	db := taught(t)
	file := fileOf(t, db)
	captures, blobs := rowsIn(t, db, tCapture), rowsIn(t, db, tBlob)
	born := map[Hash]uint64{}
	err := db.View(context.Background(), func(r Reader) error {
		for h, err := range r.Hashes(Hash{}) {
			if err != nil {
				return err
			}
			if born[h], err = r.Born(h); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	byBirth := map[string][]byte{}
	for _, row := range blobs {
		byBirth[string(row[:8])] = row
	}
	lost := 0
	for at := 0; at < len(file); at += os.Getpagesize() {
		hurt := bytes.Clone(file)
		clear(hurt[at : at+os.Getpagesize()])
		if err := os.WriteFile(db.path, hurt, 0o600); err != nil {
			t.Fatal(err)
		}
		back := map[Hash]bool{}
		err := Salvage(db.path, func(r Reader, _ Damage) error {
			for c, err := range r.Captures() {
				if err != nil {
					return err
				}
				back[c.SHA256] = true
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range captures {
			h := Hash(row[:len(Hash{})])
			whole := bytes.Contains(hurt, row) && bytes.Contains(hurt, byBirth[string(seqKey(born[h]))])
			if whole && !back[h] {
				t.Errorf("page %d of %d: a document that is whole was not salvaged", at/os.Getpagesize(), len(file)/os.Getpagesize())
			}
			if !whole {
				lost++
			}
		}
	}
	if lost == 0 {
		t.Error("no page had a document")
	}
}

// TestDictionaryOfAnOlderStore: it has both copies in one table; it reads, and the next write
// gives the second copy a table of its own.
func TestDictionaryOfAnOlderStore(t *testing.T) {
	db := taught(t)
	err := db.with(false, func(s *session) error {
		return s.Update(func(btx *bbolt.Tx) error {
			b := btx.Bucket([]byte(tDict))
			k, v := b.Cursor().First()
			id := dictID(v[checksumSize:])
			old := spareKey(id, 1)
			content := bytes.Clone(v[checksumSize:])
			if err := b.Put(old, seal(old, content)); err != nil {
				return err
			}
			if err := b.Delete(bytes.Clone(k)); err != nil { // only the second copy is left
				return err
			}
			return btx.DeleteBucket([]byte(tSpare))
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	whole := func() {
		t.Helper()
		fresh, err := Open(db.path, Options{}) // one that has not met the dictionary
		if err != nil {
			t.Fatal(err)
		}
		if found, err := fresh.Check(context.Background()); err != nil || len(found) > 0 {
			t.Errorf("Check = %q, %v", found, err)
		}
	}
	whole()
	add(t, db, "Another talk of the ministers.")
	whole()
	first, spare := rowsIn(t, db, tDict), rowsIn(t, db, tSpare)
	if len(first) != 1 || len(spare) == 0 || !bytes.HasPrefix(spare[0], first[0][:4]) {
		t.Errorf("after a write there are %d copies in dict and %d in spare", len(first), len(spare))
	}
}

// TestDictionaryIsMended: a write puts a copy that is hurt in place again.
func TestDictionaryIsMended(t *testing.T) {
	for _, table := range []string{tDict, tSpare} {
		db := taught(t)
		want := rowsIn(t, db, table)
		err := db.with(false, func(s *session) error {
			return s.Update(func(btx *bbolt.Tx) error {
				b := btx.Bucket([]byte(table))
				k, v := b.Cursor().First()
				v = bytes.Clone(v)
				v[len(v)/2] ^= 1
				return b.Put(bytes.Clone(k), v)
			})
		})
		if err != nil {
			t.Fatal(err)
		}
		add(t, db, "Another talk of the ministers.")
		if got := rowsIn(t, db, table); !bytes.Equal(bytes.Join(got, nil), bytes.Join(want, nil)) {
			t.Errorf("%s: the copy that was hurt is still there", table)
		}
	}
}
