package storage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"readout/timeline"
)

// talks is a store of releases with days and addresses.
func talks(tb testing.TB, releases int) *DB {
	tb.Helper()
	db, err := Open(filepath.Join(tb.TempDir(), "talks.db"), Options{})
	if err != nil {
		tb.Fatal(err)
	}
	err = db.Update(context.Background(), func(w Writer) error {
		for i := range releases {
			data := fmt.Appendf(nil, "The ministers met for talk %d and agreed on %d points.", i, i*i)
			at := time.Date(2031, 1, 1+i, 9, 0, 0, 0, time.UTC)
			row := Capture{SHA256: HashOf(data), CapturedAt: at, Name: fmt.Sprintf("%d.txt", i)}
			r := &Reading{Release: &timeline.Release{Series: "AA-BB", Text: string(data), Held: timeline.DateOf(at), Source: fmt.Sprintf("https://a.example/%d", i)}}
			copy(r.Key[:], row.SHA256[:])
			_, err := w.AddCapture(row, data)
			err = errors.Join(err, w.PutReading(r, [][]string{{"a", fmt.Sprint(i)}}), w.PutEntry(&Entry{ID: fmt.Sprintf("talk-%d", i), Head: *r.Release, Current: 1,
				Versions: []Version{{Number: 1, Reading: r.Key, Sightings: []Sighting{{At: at, Reading: r.Key}}}}}))
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return db
}

// spoilNote puts a note about bytes, whose checksum is wrong.
func spoilNote(btx *bbolt.Tx) error {
	h := HashOf([]byte("x"))
	return btx.Bucket([]byte(tNote)).Put(append([]byte("tie\x0012345678"), h[:]...), []byte("hurt"))
}

var hexHash = regexp.MustCompile(`[0-9a-f]{64}`)

// TestCheckNamesReleases: what is wrong with bytes, captures and readings is said by release,
// day and address, of each that is hurt; by when and whence they were captured, where the
// catalogue does not know; and by a hash only where nothing else is left.
func TestCheckNamesReleases(t *testing.T) {
	const one, two = "talk-1 (2031-01-02, https://a.example/1)", "talk-2 (2031-01-03, https://a.example/2)"
	spoil := func(table string, keys ...[]byte) func(*bbolt.Tx) error {
		return func(btx *bbolt.Tx) error {
			b := btx.Bucket([]byte(table))
			for _, k := range keys {
				v := bytes.Clone(b.Get(k))
				v[len(v)-1] ^= 1
				if err := b.Put(k, v); err != nil {
					return err
				}
			}
			return nil
		}
	}
	rows := func(table string) (keys [][]byte) {
		db := talks(t, 4)
		err := db.with(true, func(s *session) error {
			return s.View(func(btx *bbolt.Tx) error {
				return btx.Bucket([]byte(table)).ForEach(func(k, _ []byte) error { keys = append(keys, bytes.Clone(k)); return nil })
			})
		})
		if err != nil {
			t.Fatal(err)
		}
		return keys
	}
	all := func(fns ...func(*bbolt.Tx) error) func(*bbolt.Tx) error {
		return func(btx *bbolt.Tx) error {
			for _, fn := range fns {
				if err := fn(btx); err != nil {
					return err
				}
			}
			return nil
		}
	}
	for name, c := range map[string]struct {
		spoil func(*bbolt.Tx) error
		want  []string
	}{
		"bytes":        {spoil(tBlob, rows(tBlob)[1:3]...), []string{"captured bytes of " + one, "captured bytes of " + two}},
		"captures":     {spoil(tCapture, rows(tCapture)...), []string{"capture record of " + one, "capture record of " + two}},
		"readings":     {spoil(tReading, rows(tReading)[1:3]...), []string{"the reading of " + one, "the reading of " + two}},
		"places":       {spoil(tPlace, rows(tPlace)[1:3]...), []string{"place record of " + one, "place record of " + two}},
		"entries":      {spoil(tEntry, rows(tEntry)[1:3]...), []string{`entry record "talk-1"`, `entry record "talk-2"`}},
		"notes":        {spoilNote, []string{`note record "tie" has a wrong checksum`}},
		"no catalogue": {all(spoil(tBlob, rows(tBlob)[1]), spoil(tEntry, rows(tEntry)...)), []string{"no release that is known (captured 2031-01-02T09:00:00Z, 1.txt)"}},
		"nothing left": {all(spoil(tBlob, rows(tBlob)...), spoil(tEntry, rows(tEntry)...), spoil(tCapture, rows(tCapture)...)), []string{"no release that is known, SHA-256"}},
	} {
		db := talks(t, 4)
		if err := db.with(false, func(s *session) error { return s.Update(c.spoil) }); err != nil {
			t.Fatal(err)
		}
		found, err := db.Check(context.Background())
		said := strings.Join(found, "\n")
		for _, want := range c.want {
			if err != nil || !strings.Contains(said, want) {
				t.Errorf("%s: Check = %q, %v, want one with %q", name, found, err, want)
			}
		}
		if name != "nothing left" && hexHash.MatchString(said) {
			t.Errorf("%s: a hash in %q", name, found)
		}
	}
}

// TestCheckNamesWhatPagesLost: where pages do not hold together, those are named whose bytes
// are gone.
func TestCheckNamesWhatPagesLost(t *testing.T) {
	db := talks(t, 200)
	file, named := fileOf(t, db), 0
	for at := 2 * os.Getpagesize(); at < len(file); at += os.Getpagesize() {
		hurt := bytes.Clone(file)
		clear(hurt[at : at+os.Getpagesize()])
		if err := os.WriteFile(db.path, hurt, 0o600); err != nil {
			t.Fatal(err)
		}
		found, err := db.Check(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			if strings.Contains(f, "are lost") {
				named++
				if !regexp.MustCompile(`^captured bytes of (talk-\d+|no release that is known) \(`).MatchString(f) {
					t.Errorf("page %d: %q", at/os.Getpagesize(), f)
				}
			}
		}
	}
	if named == 0 {
		t.Error("no release was lost in any page")
	}
}
