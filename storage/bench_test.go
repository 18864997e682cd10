package storage_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"readout/storage"
	"readout/timeline"
)

// made is one invented document with everything that the store keeps of it.
type made struct {
	capture storage.Capture
	data    []byte
	reading *storage.Reading
	terms   [][]string
	entry   *storage.Entry
}

// invent makes n documents of some 5 KB, the same ones for the same seed. Words
// come from a list of 5,000 with the frequencies of prose (Zipf).
func invent(n int, seed uint64) []*made {
	rng := rand.New(rand.NewPCG(seed, 1))
	zipf := rand.NewZipf(rng, 1.1, 3, 4999)
	out := make([]*made, n)
	for i := range out {
		out[i] = inventOne(i, zipf)
	}
	return out
}

func inventOne(i int, zipf *rand.Zipf) *made {
	const statements, words = 30, 25
	day, _ := timeline.ParseDate(time.Date(2031, 1, 1+i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
	r := &timeline.Release{Title: fmt.Sprintf("Meeting %d", i), Held: day, Language: "en",
		Parties: []timeline.Party{"AA", "BB"}, Series: "AA-BB", Sections: []timeline.Section{{Number: "1", Heading: "Talks", Depth: 1}}}
	m := &made{}
	var text strings.Builder
	for s := range statements {
		terms := make([]string, words)
		for w := range terms {
			terms[w] = fmt.Sprintf("word%04d", zipf.Uint64())
		}
		start := text.Len()
		text.WriteString(strings.Join(terms, " "))
		r.Statements = append(r.Statements, timeline.Statement{ID: fmt.Sprintf("#%d", s+1), Path: []string{"1"},
			Text: text.String()[start:], Start: start, End: text.Len(), Speakers: []timeline.Party{"AA"}, Act: "state", Topics: []string{}})
		text.WriteString("\n\n")
		m.terms = append(m.terms, terms)
	}
	r.Text = text.String()
	m.data = []byte(r.Text)
	hash := storage.HashOf(m.data)
	r.SHA256 = hash.String()
	m.capture = storage.Capture{SHA256: hash, CapturedAt: time.Date(2031, 1, 1+i, 9, 0, 0, 0, time.UTC), Name: fmt.Sprintf("%d.txt", i)}
	r.CapturedAt = m.capture.CapturedAt
	m.reading = &storage.Reading{Revision: 1, Facts: json.RawMessage(`{"print":"x"}`), Release: r}
	copy(m.reading.Key[:], hash[:])
	head := *r
	head.ID, head.Sections, head.Statements, head.Text = fmt.Sprintf("release-%06d", i), nil, nil, ""
	m.entry = &storage.Entry{ID: head.ID, Identity: head.ID, Head: head, Current: 1, Versions: []storage.Version{{
		Number: 1, Fingerprint: "x", Reading: m.reading.Key, Sightings: []storage.Sighting{{At: r.CapturedAt, Reading: m.reading.Key}}}}}
	return m
}

func put(w storage.Writer, docs []*made) error {
	for _, m := range docs {
		if _, err := w.AddCapture(m.capture, m.data); err != nil {
			return err
		}
		err := errors.Join(w.PutReading(m.reading, m.terms), w.PutEntry(m.entry))
		if err != nil {
			return err
		}
	}
	return nil
}

// filled returns a store of n documents, written in batches.
func filled(tb testing.TB, docs []*made, batch int) *storage.DB {
	tb.Helper()
	db, err := storage.Open(filepath.Join(tb.TempDir(), "bench.db"), storage.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	for len(docs) > 0 {
		n := min(batch, len(docs))
		if err := db.Update(context.Background(), func(w storage.Writer) error { return put(w, docs[:n]) }); err != nil {
			tb.Fatal(err)
		}
		docs = docs[n:]
	}
	return db
}

func BenchmarkIngest(b *testing.B) {
	docs := invent(1000, 1)
	for _, batch := range []int{1, 100, 500} {
		b.Run(fmt.Sprintf("batch=%d", batch), func(b *testing.B) {
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				filled(b, docs, batch)
				n += len(docs)
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "documents/s")
		})
	}
}

func benchmarkView(b *testing.B, fn func(storage.Reader, []*made, *rand.Rand) error) {
	docs := invent(2000, 1)
	db := filled(b, docs, 500)
	rng := rand.New(rand.NewPCG(2, 2))
	b.ReportAllocs()
	err := db.View(context.Background(), func(r storage.Reader) error {
		for b.Loop() {
			if err := fn(r, docs, rng); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

func BenchmarkBlob(b *testing.B) {
	benchmarkView(b, func(r storage.Reader, docs []*made, rng *rand.Rand) error {
		data, err := r.Blob(docs[rng.IntN(len(docs))].capture.SHA256)
		b.SetBytes(int64(len(data)))
		return err
	})
}

func BenchmarkReading(b *testing.B) {
	benchmarkView(b, func(r storage.Reader, docs []*made, rng *rand.Rand) error {
		_, err := r.Reading(docs[rng.IntN(len(docs))].reading.Key)
		return err
	})
}

// BenchmarkEntries scans the thousand entries with one prefix.
func BenchmarkEntries(b *testing.B) {
	benchmarkView(b, func(r storage.Reader, _ []*made, _ *rand.Rand) error {
		for _, err := range r.Entries("release-000") {
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func BenchmarkPostings(b *testing.B) {
	for _, word := range []string{"word0000", "word0100", "word4000", "absent"} {
		b.Run(word, func(b *testing.B) {
			benchmarkView(b, func(r storage.Reader, _ []*made, _ *rand.Rand) error {
				_, err := r.Postings(word)
				return err
			})
		})
	}
}

// BenchmarkView is what opening costs: locks, file, transaction.
func BenchmarkView(b *testing.B) {
	db := filled(b, invent(500, 1), 500)
	for b.Loop() {
		if err := db.View(context.Background(), func(storage.Reader) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}
