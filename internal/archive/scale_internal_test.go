package archive

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"readout/seeds"
	"readout/storage"
	"readout/storage/postgres"
	"readout/timeline"
)

var (
	scale     = flag.Int("scale", 0, "how many releases TestScale makes; 0 leaves it out")
	scaleKeep = flag.String("scale-keep", "", "a directory in which TestScale leaves the store, and the texts as files; none where empty")
	scaleDB   = flag.String("scale-db", "", "the address of a server, postgres://…, on which TestScale makes the store; a file where empty")
	scaleText = flag.Int("scale-texts", 0, "how many of the texts are left as files too, one each")
)

const (
	// perSeries is how many releases a series of TestScale has.
	perSeries = 40
	// scaleBatch is how many are kept in one transaction: an archive of that size is
	// brought over, not gathered day by day.
	scaleBatch = 4000
	// scaleRare is how many releases have a word that no other has, however many there are.
	scaleRare = 12
)

// TestScale makes an archive of any size out of the readings of the embedded releases
// and says what it costs to write, how large it is, and what questions take. It is run
// by hand, for docs/benchmarks.md:
//
//	go test ./internal/archive -run TestScale -v -timeout 10h -scale 1000000 -scale-keep DIR
//	go test ./internal/archive -run TestScale -v -timeout 10h -scale 1000000 -scale-db postgres://…
func TestScale(t *testing.T) {
	if *scale == 0 {
		t.Skip("-scale says how large")
	}
	ctx := context.Background()
	dir := *scaleKeep
	if dir == "" {
		dir = t.TempDir()
	}
	a, err := Open(Options{Path: filepath.Join(dir, "scale.db"), Store: scaleStore(t), Key: filepath.Join(dir, "scale.key")})
	if err != nil {
		t.Fatal(err)
	}
	models := seedReadings(t, a)
	text, began := 0, time.Now()
	for from := 0; from < *scale; from += scaleBatch {
		err := a.db.Update(ctx, func(w storage.Writer) error {
			var hashes []storage.Hash
			for i := from; i < min(from+scaleBatch, *scale); i++ {
				c, data, r := multiply(models[i%len(models)], i)
				text += len(data)
				if err := leaveText(dir, i, data); err != nil {
					return err
				}
				if _, err := w.AddCapture(c, data); err != nil {
					return err
				}
				if err := w.PutReading(r, terms(r.Release)); err != nil {
					return err
				}
				hashes = append(hashes, c.SHA256)
			}
			return recatalogue(w, hashes)
		})
		if err == nil {
			err = a.db.Merge(ctx)
		}
		if err != nil {
			t.Fatal(err)
		}
		if done := from + scaleBatch; done%(25*scaleBatch) == 0 {
			t.Logf("%d releases after %v", done, time.Since(began).Round(time.Second))
		}
	}
	took := time.Since(began)
	size, err := a.Size(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d releases of %d bytes of text: %v for each without reading it, %.2f bytes of store for each of text",
		*scale, text / *scale, took/time.Duration(*scale), float64(size)/float64(text))
	sayCosts(t, a)
}

// scaleStore is the store on the server of -scale-db, nil where there is none.
func scaleStore(t *testing.T) *storage.DB {
	t.Helper()
	if *scaleDB == "" {
		return nil
	}
	db, err := postgres.Open(*scaleDB, postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	if err := db.Exists(); !errors.Is(err, storage.ErrNoStore) {
		t.Fatalf("%s is not empty: %v", db.Path(), err)
	}
	return db
}

// leaveText writes one of the first texts to a file of its own, a thousand to a directory.
func leaveText(dir string, i int, data []byte) error {
	if i >= *scaleText {
		return nil
	}
	dir = filepath.Join(dir, "texts", fmt.Sprintf("%04d", i/1000))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, fmt.Sprintf("%03d.txt", i%1000)), data, 0o644)
}

// seedReadings reads the embedded releases.
func seedReadings(t *testing.T, a *Archive) []*storage.Reading {
	t.Helper()
	docs, err := seeds.All()
	if err != nil {
		t.Fatal(err)
	}
	var out []*storage.Reading
	for _, d := range docs {
		c := storage.Capture{SHA256: storage.HashOf(d.Data), CapturedAt: d.CapturedAt, Name: d.Name, URL: d.Source}
		strands, err := strandsOf([]storage.Capture{c})
		if err != nil {
			t.Fatal(err)
		}
		r, err := a.read(strands[0], d.Data)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, r)
	}
	return out
}

// multiply makes release number i out of a reading: of another series and day, with a
// word of its own in every statement.
func multiply(model *storage.Reading, i int) (storage.Capture, []byte, *storage.Reading) {
	r := *model.Release
	series := i / perSeries
	r.Parties = []timeline.Party{timeline.Party(fmt.Sprintf("A%03X", series%4096)), timeline.Party(fmt.Sprintf("B%03X", series/4096))}
	r.Series = timeline.SeriesID(string(r.Parties[0]) + "-" + string(r.Parties[1]))
	r.Held, r.HeldUntil = timeline.DateOf(seenAt.AddDate(0, 0, 30*(i%perSeries))), timeline.Date{}
	r.Statements = nil
	var text strings.Builder
	for k, s := range model.Release.Statements {
		s.Text = fmt.Sprintf("%s (plan %d)", s.Text, (i+k)%9973)
		if k == 0 && i%max(1, *scale/scaleRare) == 0 {
			s.Text += " The narwhal was named."
		}
		s.Start = text.Len()
		text.WriteString(s.Text)
		s.End = text.Len()
		text.WriteString("\n\n")
		r.Statements = append(r.Statements, s)
	}
	r.Text = strings.TrimSpace(text.String())
	data := fmt.Appendf(nil, "%s\n\n%d\n", text.String(), i)
	c := storage.Capture{SHA256: storage.HashOf(data), CapturedAt: seenAt.Add(time.Duration(i) * time.Second), Name: fmt.Sprint(i, ".txt")}
	facts := fmt.Appendf(nil, `{"inputs":"x","print":"%d","count":%d,"url":"https://mfa.example/%s/%d"}`, i, len(r.Statements), r.Series, i)
	return c, data, &storage.Reading{Key: readingKey(c.SHA256, ""), Facts: facts, Release: &r}
}

// sayCosts says what questions take, the least of three.
func sayCosts(t *testing.T, a *Archive) {
	t.Helper()
	ctx := context.Background()
	series := timeline.SeriesID("A001-B000")
	for _, c := range []struct {
		name string
		ask  func() error
	}{
		{"take in one", func() error {
			text := fmt.Sprintf("Talks between the Foreign Ministers of Norway and Uruguay\n\nJune 1, 2032\n\nThe two ministers discussed ferry %d.\n", time.Now().UnixNano())
			_, err := a.Ingest(ctx, only1(Input{Name: "new.txt", Data: []byte(text)}), IngestOptions{})
			return err
		}},
		{"a series whole", func() error { _, err := a.Series(ctx, series, SeriesOptions{}); return err }},
		{"search of a rare word", func() error { _, err := a.Search(ctx, `"plan 9972"`, SearchFilter{Limit: 20}); return err }},
		{"search in a series", func() error { _, err := a.Search(ctx, "ministers", SearchFilter{Series: &series}); return err }},
		{"counts", func() error { _, err := a.Stats(ctx); return err }},
		{"changes, none", func() error { _, err := a.ChangedSince(ctx, seenAt.AddDate(90, 0, 0)); return err }},
	} {
		var best time.Duration
		for range 3 {
			began := time.Now()
			if err := c.ask(); err != nil {
				t.Fatal(err)
			}
			if took := time.Since(began); best == 0 || took < best {
				best = took
			}
		}
		t.Logf("%-24s %8.1f ms", c.name, float64(best.Microseconds())/1000)
	}
}
