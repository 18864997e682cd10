package storage_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"readout/internal/archtest/golden"
	"readout/storage"
	"readout/storage/storagetest"
)

// Every format that was ever released has a small file in testdata, which opens for
// ever and holds what stands beside it. With -update the file of the present format
// is written anew: never do so once the format was released.
func TestFormats(t *testing.T) {
	if flag.Lookup("update").Value.String() == "true" {
		writeSample(t, filepath.Join("testdata", "v2.db"))
	}
	for _, name := range []string{"v1", "v2"} {
		t.Run(name, func(t *testing.T) {
			file, err := os.ReadFile(filepath.Join("testdata", name+".db"))
			if err != nil {
				t.Fatal(err)
			}
			db := stored(t, file)
			if err := db.Upgrade(context.Background(), rederive); err != nil {
				t.Fatal(err)
			}
			storagetest.Check(t, db)
			got, err := dump(db)
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			enc := json.NewEncoder(&b)
			enc.SetIndent("", " ")
			if err := enc.Encode(got); err != nil {
				t.Fatal(err)
			}
			golden.Compare(t, filepath.Join("testdata", name+".json"), b.Bytes())
			storagetest.Update(t, db, func(w storage.Writer) error {
				return storagetest.Put(w, storagetest.Samples(1, 1, 99)...)
			})
			storagetest.Check(t, db)
		})
	}
}

// rederive makes again what is derived in the sample of format 1.
func rederive(old storage.Old, put func(func(storage.Writer) error) error) error {
	n := 0
	for r, err := range old.Readings() {
		if err != nil {
			return err
		}
		var terms [][]string
		for _, s := range r.Release.Statements {
			terms = append(terms, strings.Fields(s.Text))
		}
		head := *r.Release
		head.ID, head.Participants, head.Sections, head.Statements, head.Text = fmt.Sprintf("release-%06d", n), nil, nil, nil, ""
		e := &storage.Entry{ID: head.ID, Identity: "id:" + head.ID, Head: head, Current: 1, Versions: []storage.Version{{Number: 1, Fingerprint: "x", Reading: r.Key, Sightings: []storage.Sighting{{At: head.CapturedAt, Reading: r.Key}}}}}
		if err := put(func(w storage.Writer) error { return errors.Join(w.PutReading(r, terms), w.PutEntry(e)) }); err != nil {
			return err
		}
		n++
	}
	return nil
}

// writeSample writes a store with something in every bucket.
func writeSample(t *testing.T, path string) {
	t.Helper()
	db, err := storage.Open(filepath.Join(t.TempDir(), "v.db"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	samples := storagetest.Samples(2, 1, 1)
	noted := samples[0].Capture
	noted.NotedAt = time.Date(2031, 5, 1, 0, 0, 0, 0, time.UTC)
	noted.URL, noted.MediaType, noted.Overrides = "https://example.org/a", "text/plain", json.RawMessage(`{"title":"Another"}`)
	storagetest.Update(t, db, func(w storage.Writer) error { return storagetest.Put(w, samples...) })
	storagetest.Update(t, db, func(w storage.Writer) error {
		if _, err := w.AddCapture(noted, samples[0].Data); err != nil {
			return err
		}
		samples[0].Reading.Revision = 2
		return storagetest.Put(w, samples[0])
	})
	storagetest.Update(t, db, func(w storage.Writer) error {
		if err := w.SetCuration(storage.Curation{Series: "AA-BB", Kind: "topics", Value: []byte("{}")}); err != nil {
			return err
		}
		return errors.Join(w.SetMark("mail", 3), w.PutNote(storage.Note{Kind: "kind", Key: "key", Value: []byte("value")}), w.PutFetch(storage.Fetch{Key: "https://example.org/", Standing: "gone"}))
	})
	if _, _, err := db.Compact(context.Background()); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(db.Path())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, file, 0o644); err != nil {
		t.Fatal(err)
	}
}
