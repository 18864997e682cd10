package archive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"readout/storage"
)

// A reindex that was broken off goes on where it was, unless it would read by other rules;
// what others have read otherwise meanwhile is read again.
func TestReindexGoesOn(t *testing.T) {
	ctx := context.Background()
	a, err := Open(Options{Path: filepath.Join(t.TempDir(), "readout.db")})
	if err != nil {
		t.Fatal(err)
	}
	const docs = 6
	for i := range docs {
		text := fmt.Sprintf("Talks between the Foreign Ministers of Norway and Uruguay\n\nJune %d, 2032\n\nThe two ministers discussed ferry %d.\n", i+1, i)
		if _, err := a.Ingest(ctx, only1(Input{Name: "new.txt", Data: []byte(text)}), IngestOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	broken := func(reached storage.Hash) {
		t.Helper()
		err := a.db.Update(ctx, func(w storage.Writer) error {
			return w.PutNote(storage.Note{Kind: kindReindex, Value: append([]byte(a.readBy()), reached[:]...)})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	reads := func(what string, want int) {
		t.Helper()
		report, err := a.Reindex(ctx)
		if err != nil || report.Readings != want {
			t.Errorf("%s: %d read again, %v, want %d", what, report.Readings, err, want)
		}
		err = a.view(ctx, func(r storage.Reader) error { _, err := r.Note(kindReindex, ""); return err })
		if !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("%s: how far it came is still noted: %v", what, err)
		}
	}
	var end storage.Hash
	copy(end[:], bytes.Repeat([]byte{0xff}, len(end)))
	var all []storage.Hash
	err = a.view(ctx, func(r storage.Reader) (err error) { all, err = collect(r.Hashes(storage.Hash{})); return err })
	if err != nil {
		t.Fatal(err)
	}
	reads("whole", docs)
	broken(all[2])
	reads("from the third on", docs-2)
	broken(end)
	reads("at the end", 0)

	broken(end)
	err = a.db.Update(ctx, func(w storage.Writer) error {
		r, err := w.Reading(readingKey(all[1], ""))
		if err != nil {
			return err
		}
		r.Facts = bytes.Replace(r.Facts, []byte(`"inputs":"`), []byte(`"inputs":"0`), 1)
		return errors.Join(w.PutReading(r, terms(r.Release)), recatalogue(w, all[1:2]))
	})
	if err != nil {
		t.Fatal(err)
	}
	reads("one was read otherwise", 1)

	broken(all[3])
	a.program = "another"
	reads("by another program", docs)
}
