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

	"readout/internal/reading"
	"readout/storage"
	"readout/timeline"
)

// timed measures for how long a store is held alone, from when it is open to when all
// is written.
type timed struct {
	engine
	held, shared atomic.Int64 // nanoseconds
}

func (t *timed) View(ctx context.Context, fn func(storage.Reader) error) error {
	return t.engine.View(ctx, func(r storage.Reader) error {
		began := time.Now()
		defer func() { t.shared.Add(int64(time.Since(began))) }()
		return fn(r)
	})
}

func (t *timed) Update(ctx context.Context, fn func(storage.Writer) error) error {
	var began time.Time
	err := t.engine.Update(ctx, func(w storage.Writer) error {
		began = time.Now()
		return fn(w)
	})
	t.held.Add(int64(time.Since(began)))
	return err
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
			o := reading.Overrides{Parties: []timeline.Party{"NO", "UY"}, Source: fmt.Sprintf("https://mfa.example/talks/%d", i)}
			in := Input{Name: fmt.Sprintf("talk-%d.txt", i), Data: []byte(b.String()), CapturedAt: day, Overrides: o}
			if !yield(in, nil) {
				return
			}
		}
	}
}

// BenchmarkIngestOneInto5000 takes documents one by one into an archive of 100,000
// statements. Beside the time of each it reports for how long nobody else could read
// (held) and for how long nobody else could write either (shared).
func BenchmarkIngestOneInto5000(b *testing.B) {
	a, clock := archiveOf5000(b)
	for next := 5000; b.Loop(); next++ {
		take(b, a, next, 1)
	}
	clock.report(b)
}

// BenchmarkIngest1100Into5000 takes in 1,100 documents at once.
func BenchmarkIngest1100Into5000(b *testing.B) {
	a, clock := archiveOf5000(b)
	for next := 5000; b.Loop(); next += 1100 {
		take(b, a, next, 1100)
	}
	clock.report(b)
}

func archiveOf5000(b *testing.B) (*Archive, *timed) {
	b.Helper()
	a, err := Open(Options{Path: filepath.Join(b.TempDir(), "readout.db")})
	if err != nil {
		b.Fatal(err)
	}
	take(b, a, 0, 5000)
	clock := &timed{engine: a.db}
	a.db = clock
	return a, clock
}

func take(b *testing.B, a *Archive, first, n int) {
	b.Helper()
	report, err := a.Ingest(context.Background(), talks(first, n), IngestOptions{})
	if err != nil || report.New != n {
		b.Fatalf("Ingest = %d new of %d, %v", report.New, n, err)
	}
}

func (t *timed) report(b *testing.B) {
	b.ReportMetric(float64(t.held.Load())/1e6/float64(b.N), "held-ms/op")
	b.ReportMetric(float64(t.shared.Load())/1e6/float64(b.N), "shared-ms/op")
}
