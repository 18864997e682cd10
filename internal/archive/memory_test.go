package archive_test

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"readout/diff"
	"readout/diff/formula"
	"readout/internal/archive"
	"readout/internal/reading"
	"readout/seeds"
)

// recalling is a memory that counts what it is asked for and has.
type recalling struct {
	diff.Memory
	times *int
}

func (r recalling) Recall(d diff.Digest) ([]byte, bool) {
	b, ok := r.Memory.Recall(d)
	if ok {
		*r.times++
	}
	return b, ok
}

// What is remembered of formulas changes none, in whatever order the texts come in, are corrected and are
// taken back: they are those that are found without it.
func TestMemoryChangesNoFormula(t *testing.T) {
	docs, err := seeds.All()
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	recalled := 0
	for seed := range uint64(2) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		a, err := archive.Open(archive.Options{Path: filepath.Join(t.TempDir(), "readout.db"), Program: "p", Now: func() time.Time { return noon }})
		if err != nil {
			t.Fatal(err)
		}
		compare := func(step string) {
			t.Helper()
			s, err := a.Series(ctx, "NO-UY", archive.SeriesOptions{})
			if err != nil {
				return // no release of it is there yet
			}
			got := a.Formulas(ctx, s, func(m diff.Memory) []formula.Formula {
				return formula.Find(s.Releases, formula.Options{Memory: recalling{m, &recalled}})
			})
			if d := cmp.Diff(formula.Find(s.Releases, formula.Options{}), got, datesCompare); d != "" {
				t.Fatalf("seed %d, %s (-without a memory +with one):\n%s", seed, step, d)
			}
		}
		order := rnd.Perm(len(docs))
		for _, i := range order {
			d := docs[i]
			ingest(t, a, archive.Input{Name: d.Name, Data: d.Data, CapturedAt: d.CapturedAt, Overrides: reading.Overrides{Source: d.Source}})
			compare("with " + d.Name)
		}
		for range 2 {
			s, err := a.Series(ctx, "NO-UY", archive.SeriesOptions{})
			if err != nil {
				t.Fatal(err)
			}
			gone := s.Releases[rnd.IntN(len(s.Releases))].ID
			if _, err := a.Withdraw(ctx, archive.Ref{ID: gone}, "published by mistake"); err != nil {
				t.Fatal(err)
			}
			compare("without " + gone)
		}
	}
	if recalled == 0 {
		t.Error("nothing was remembered from one answer to the next")
	}
}
