package storage

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"readout/timeline"
)

// kept is a store with one of everything.
func kept(tb testing.TB) *DB {
	tb.Helper()
	db, err := Open(filepath.Join(tb.TempDir(), "kept.db"), Options{})
	if err != nil {
		tb.Fatal(err)
	}
	data := []byte("text")
	row := Capture{SHA256: HashOf(data), CapturedAt: time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC)}
	reading := &Reading{Release: &timeline.Release{Series: "AA-BB"}}
	copy(reading.Key[:], row.SHA256[:])
	err = db.Update(context.Background(), func(w Writer) error {
		_, err := w.AddCapture(row, data)
		return errors.Join(err, w.PutReading(reading, [][]string{{"a", "b"}}), w.PutEntry(&Entry{ID: "id", Head: *reading.Release, Current: 1,
			Versions: []Version{{Number: 1, Reading: reading.Key, Sightings: []Sighting{{At: row.CapturedAt, Reading: reading.Key}}}}}),
			w.SetCuration(Curation{"AA-BB", "k", []byte("v")}), w.SetMark("m", 1), w.PutNote(Note{"k", "n", []byte("v")}))
	})
	if err != nil {
		tb.Fatal(err)
	}
	return db
}

// Every way in which buckets can disagree is found, under words that say which.
func TestCheckFinds(t *testing.T) {
	spoil := func(bucket string, fn func(b *bbolt.Bucket, k, v []byte) error) func(*bbolt.Tx) error {
		return func(btx *bbolt.Tx) error {
			b := btx.Bucket([]byte(bucket))
			k, v := b.Cursor().First()
			return fn(b, bytes.Clone(k), bytes.Clone(v))
		}
	}
	drop := func(bucket string) func(*bbolt.Tx) error {
		return spoil(bucket, func(b *bbolt.Bucket, k, _ []byte) error { return b.Delete(k) })
	}
	move := func(bucket string) func(*bbolt.Tx) error { // the record to another key
		return spoil(bucket, func(b *bbolt.Bucket, k, v []byte) error {
			err := b.Delete(k)
			k[len(k)-1] ^= 1
			return errors.Join(err, b.Put(k, v))
		})
	}
	twice := func(bucket string) func(*bbolt.Tx) error { // the record under a second key
		return spoil(bucket, func(b *bbolt.Bucket, k, v []byte) error {
			k[len(k)-1] ^= 1
			return b.Put(k, v)
		})
	}
	for _, c := range []struct {
		name, want string
		spoil      func(*bbolt.Tx) error
	}{
		{"bucket gone", "bucket mark is missing", func(btx *bbolt.Tx) error { return btx.DeleteBucket([]byte(tMark)) }},
		{"bytes gone", "not found", drop(tBlob)},
		{"bytes moved", "not found", move(tBlob)},
		{"bytes twice", "table blob has 2 rows for 1", twice(tBlob)},
		{"other bytes", "another hash", func(btx *bbolt.Tx) error {
			return btx.Bucket([]byte(tBlob)).Put(seqKey(1), []byte{0x28, 0xb5, 0x2f, 0xfd, 0, 0, 1, 0, 0})
		}},
		{"capture gone", "have no capture", drop(tCapture)},
		{"capture moved", "checksum", move(tCapture)},
		{"log gone", "is not in it", drop(tLog)},
		{"log moved", "checksum", move(tLog)},
		{"first event gone", "are missing", drop(tBorn)},
		{"first event of nothing", "have no capture", twice(tBorn)},
		{"another first event", "is not noted", spoil(tBorn, func(b *bbolt.Bucket, k, _ []byte) error { return b.Put(k, seqKey(2)) })},
		{"reading gone", "not found", drop(tReading)},
		{"reading moved", "not found", move(tReading)},
		{"number gone", "table reading has 1 rows for 0 readings", drop(tNumber)},
		{"numbered twice", "the number of another", twice(tNumber)},
		{"place gone", "does not stand in release id", drop(tPlace)},
		{"place moved", "checksum", move(tPlace)},
		{"entry gone", "table day has 1 rows for 0", drop(tEntry)},
		{"entry moved", "checksum", move(tEntry)},
		{"day gone", "not in the index day", drop(tDay)},
		{"day of nothing", "table when has 2 rows for 1", twice(tWhen)},
		{"when gone", "not in the index when", drop(tWhen)},
		{"first sight gone", "not in the index seen", drop(tSeen)},
		{"series gone", "is counted wrongly", drop(tSeries)},
		{"counts gone", "the counts say", func(btx *bbolt.Tx) error { return btx.Bucket([]byte(tMeta)).Delete(metaCounts) }},
		{"curation moved", "checksum", move(tCuration)},
		{"mark moved", "checksum", move(tMark)},
		{"note moved", "checksum", move(tNote)},
		{"segment gone", "has 0 readings of 1", drop(tSegment)},
		{"segment empty", "has no postings", drop(tPost)},
		{"block moved", "checksum", move(tPost)},
	} {
		t.Run(c.name, func(t *testing.T) {
			db := kept(t)
			if found, err := db.Check(context.Background()); err != nil || len(found) > 0 {
				t.Fatalf("before: %q, %v", found, err)
			}
			if err := db.with(false, func(s *session) error { return s.Update(c.spoil) }); err != nil {
				t.Fatal(err)
			}
			found, err := db.Check(context.Background())
			if err != nil || !strings.Contains(strings.Join(found, "\n"), c.want) {
				t.Errorf("Check = %q, %v, want one with %q", found, err, c.want)
			}
			if _, _, err := db.Compact(context.Background()); !errors.Is(err, ErrDamaged) {
				t.Errorf("Compact of a damaged store = %v", err)
			}
		})
	}
}

// An entry that cannot be read any more is put anew without leaving its old day.
func TestPutEntryOverDamage(t *testing.T) {
	db := kept(t)
	err := db.with(false, func(s *session) error {
		return s.Update(func(btx *bbolt.Tx) error { return btx.Bucket([]byte(tEntry)).Put([]byte("id"), []byte("?????")) })
	})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(context.Background(), func(w Writer) error {
		return w.PutEntry(&Entry{ID: "id", Head: timeline.Release{Series: "CC-DD"}, Current: 1, Versions: make([]Version, 1)})
	})
	if found, cerr := db.Check(context.Background()); err != nil || cerr != nil || len(found) > 0 {
		t.Errorf("PutEntry: %v; Check = %q, %v", err, found, cerr)
	}
}

func TestCheckStops(t *testing.T) {
	db := kept(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := db.Check(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Check of a context that is done = %v", err)
	}
}

// FuzzPages: whatever is written over a store, the walk neither panics nor runs on,
// and what it passes bbolt's own check survives.
func FuzzPages(f *testing.F) {
	file := fileOf(f, kept(f))
	f.Add(uint32(0), []byte{})
	f.Add(uint32(2*4096+8), []byte{1})
	f.Add(uint32(3*4096+20), []byte("\xff\xff\xff\xff"))
	f.Add(uint32(4*4096), []byte{5, 0, 0, 0, 0, 0, 0, 0, 1})
	f.Fuzz(func(t *testing.T, at uint32, over []byte) {
		b := bytes.Clone(file)
		copy(b[int(at)%len(b):], over)
		path := filepath.Join(t.TempDir(), "fuzz.db")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		db, err := Open(path, Options{LockTimeout: time.Second})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Check(context.Background()); err != nil && !errors.Is(err, ErrVersion) {
			t.Errorf("Check: %v", err)
		}
	})
}

// fileOf is the file of a store up to the last page in use.
func fileOf(tb testing.TB, db *DB) []byte {
	tb.Helper()
	b, err := os.ReadFile(db.path)
	if err != nil {
		tb.Fatal(err)
	}
	m := readMetas(bytes.NewReader(b)).newest
	return b[:m.high*m.pageSize]
}
