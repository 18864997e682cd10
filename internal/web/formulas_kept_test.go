package web_test

import (
	"context"
	"testing"

	"readout/diff"
	"readout/diff/formula"
	"readout/internal/archive"
	"readout/internal/web"
)

// searched is an archive that counts how often formulas are looked for.
type searched struct {
	*archive.Archive
	times int
}

func (s *searched) Formulas(ctx context.Context, of *archive.Series, find func(diff.Memory) []formula.Formula) []formula.Formula {
	return s.Archive.Formulas(ctx, of, func(m diff.Memory) []formula.Formula {
		s.times++
		return find(m)
	})
}

// A server that starts anew does not look again for the formulas that an earlier one has found.
func TestFormulasOutliveAServer(t *testing.T) {
	source := &searched{Archive: seeded(t)}
	first := page(t, newServer(t, web.Options{Source: source}), "/series/NO-UY")
	if source.times != 1 {
		t.Fatalf("the first page looked for formulas %d times, want once", source.times)
	}
	if again := page(t, newServer(t, web.Options{Source: source}), "/series/NO-UY"); again != first || source.times != 1 {
		t.Errorf("after a new start they were looked for %d times more, and the page is the same: %t", source.times-1, again == first)
	}
}
