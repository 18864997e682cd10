package archive

import (
	"context"
	"fmt"
	"iter"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"readout/internal/extract"
	"readout/storage"
	"readout/timeline"
)

// timed measures for how long a store is held alone.
type timed struct {
	engine
	held atomic.Int64 // nanoseconds
}

func (t *timed) Update(ctx context.Context, fn func(storage.Writer) error) error {
	return t.engine.Update(ctx, func(w storage.Writer) error {
		began := time.Now()
		defer func() { t.held.Add(int64(time.Since(began))) }()
		return fn(w)
	})
}

// talks are invented releases, numbered from first, of 20 statements each.
func talks(first, n int) iter.Seq2[Input, error] {
	return func(yield func(Input, error) bool) {
		for i := first; i < first+n; i++ {
			var b strings.Builder
			day := time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i%3000)
			fmt.Fprintf(&b, "Telephone Talk between the Foreign Ministers of Norway and Uruguay\n\n%s\n\n", day.Format("January 2, 2006"))
			for j := range 20 {
				fmt.Fprintf(&b, "The two ministers discussed part %d of plan %d for the ferry links.\n\n", j, i)
			}
			o := extract.Overrides{Parties: []timeline.Party{"NO", "UY"}, Source: fmt.Sprintf("https://mfa.example/talks/%d", i)}
			in := Input{Name: fmt.Sprintf("talk-%d.txt", i), Data: []byte(b.String()), CapturedAt: day, Overrides: o}
			if !yield(in, nil) {
				return
			}
		}
	}
}

// BenchmarkIngestOneInto5000 takes documents one by one into an archive of 100,000
// statements. Beside the time of each it reports for how long nobody could read.
func BenchmarkIngestOneInto5000(b *testing.B) { benchmarkIngest(b, 1) }

// BenchmarkIngest1100Into5000 takes in 1,100 documents at once.
func BenchmarkIngest1100Into5000(b *testing.B) { benchmarkIngest(b, 1100) }

func benchmarkIngest(b *testing.B, n int) {
	a, err := Open(Options{Path: filepath.Join(b.TempDir(), "readout.db")})
	if err != nil {
		b.Fatal(err)
	}
	take := func(first, n int) {
		report, err := a.Ingest(context.Background(), talks(first, n), IngestOptions{})
		if err != nil || report.New != n {
			b.Fatalf("Ingest = %d new of %d, %v", report.New, n, err)
		}
	}
	next := 5000
	take(0, next)
	clock := &timed{engine: a.db}
	a.db = clock
	for b.Loop() {
		take(next, n)
		next += n
	}
	b.ReportMetric(float64(clock.held.Load())/1e6/float64(b.N), "held-ms/op")
}
