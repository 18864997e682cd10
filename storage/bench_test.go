package storage_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"readout/storage"
	"readout/storage/storagetest"
)

// filled returns a store of n documents, written in batches.
func filled(tb testing.TB, docs []*storagetest.Sample, batch int) *storage.DB {
	tb.Helper()
	db, err := storage.Open(filepath.Join(tb.TempDir(), "bench.db"), storage.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	for len(docs) > 0 {
		n := min(batch, len(docs))
		if err := db.Update(context.Background(), func(w storage.Writer) error { return storagetest.Put(w, docs[:n]...) }); err != nil {
			tb.Fatal(err)
		}
		docs = docs[n:]
	}
	return db
}

func BenchmarkIngest(b *testing.B) {
	docs := storagetest.Samples(1000, 30, 1)
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

func benchmarkView(b *testing.B, fn func(storage.Reader, []*storagetest.Sample, *rand.Rand) error) {
	docs := storagetest.Samples(2000, 30, 1)
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
	benchmarkView(b, func(r storage.Reader, docs []*storagetest.Sample, rng *rand.Rand) error {
		data, err := r.Blob(docs[rng.IntN(len(docs))].Capture.SHA256)
		b.SetBytes(int64(len(data)))
		return err
	})
}

func BenchmarkReading(b *testing.B) {
	benchmarkView(b, func(r storage.Reader, docs []*storagetest.Sample, rng *rand.Rand) error {
		_, err := r.Reading(docs[rng.IntN(len(docs))].Reading.Key)
		return err
	})
}

// BenchmarkEntries scans the thousand entries with one prefix.
func BenchmarkEntries(b *testing.B) {
	benchmarkView(b, func(r storage.Reader, _ []*storagetest.Sample, _ *rand.Rand) error {
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
			benchmarkView(b, func(r storage.Reader, _ []*storagetest.Sample, _ *rand.Rand) error {
				lists, err := r.Lists(word)
				if err != nil {
					return err
				}
				_, err = lists.Postings(nil)
				return err
			})
		})
	}
}

// BenchmarkView is what opening costs: locks, file, transaction.
func BenchmarkView(b *testing.B) {
	db := filled(b, storagetest.Samples(500, 30, 1), 500)
	for b.Loop() {
		if err := db.View(context.Background(), func(storage.Reader) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}
