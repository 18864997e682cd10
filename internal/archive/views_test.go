package archive_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"readout/diff"
	"readout/diff/formula"
	"readout/internal/archive"
	"readout/internal/reading"
	"readout/seeds"
	"readout/storage"
	"readout/timeline"
)

// asked is what is answered about a series, however often it was asked before.
func asked(t *testing.T, a *archive.Archive) any {
	t.Helper()
	ctx := context.Background()
	list, err := a.SeriesList(ctx)
	if err != nil {
		t.Fatal(err)
	}
	s, err := a.Series(ctx, "NO-UY", archive.SeriesOptions{})
	if err != nil {
		t.Fatal(err)
	}
	naming, err := a.SeriesNaming(ctx, "The KRILL quota")
	if err != nil {
		t.Fatal(err)
	}
	var shown []*timeline.Release
	for _, r := range s.Releases {
		one, err := a.Release(ctx, archive.Ref{ID: r.ID})
		if err != nil {
			t.Fatal(err)
		}
		shown = append(shown, one)
	}
	var found [][]timeline.Match
	var reasons [][]timeline.Reason
	for _, q := range []string{"ammonia", "krill", "nothing at all"} {
		found = append(found, s.Topics.Find(q))
	}
	for _, r := range s.Releases {
		for _, st := range r.Statements {
			reasons = append(reasons, s.Topics.Explain(st.ID))
		}
	}
	var formulas [][]formula.Formula
	for _, x := range s.Topics.Topics {
		all := a.Formulas(ctx, s, func(m diff.Memory) []formula.Formula {
			return formula.Find(s.Releases, formula.Options{Least: 2, Memory: m})
		})
		formulas = append(formulas, archive.OnTopic(all, x.ID))
	}
	return []any{list, s.Releases, s.Topics.Topics, shown, naming, found, reasons, formulas}
}

var datesCompare = cmp.Options{cmpopts.EquateComparable(timeline.Date{}), cmpopts.EquateEmpty()}

// What is kept of a series changes no answer: not when it is kept, not when it is
// damaged, not when a person decides otherwise or another text comes in.
func TestViewsChangeNoAnswer(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "readout.db")
	open := func(program string) *archive.Archive {
		a, err := archive.Open(archive.Options{Path: path, Program: program, Now: func() time.Time { return noon }})
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	n := 0
	fresh := func() *archive.Archive { n++; return open(string(rune('a' + n))) } // finds nothing kept
	a := open("")
	compare := func(step string) {
		t.Helper()
		want := asked(t, fresh())
		for _, again := range []string{"first", "second"} {
			if d := cmp.Diff(want, asked(t, a), datesCompare); d != "" {
				t.Errorf("%s, the %s time (-made anew +kept):\n%s", step, again, d)
			}
		}
	}
	docs := documents()
	ingest(t, a, docs[:4]...)
	compare("a few releases")
	ingest(t, a, docs[4:]...)
	compare("more releases")
	err := a.Curate(ctx, "NO-UY", func(c timeline.Curation) (timeline.Curation, error) {
		c.Decisions = append(c.Decisions, timeline.Decision{Op: timeline.Pin, Topic: "krill", Text: "the two ministers agreed on the krill quota."})
		return c, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	compare("a decision")
	spoil(t, path)
	compare("damage")
}

// What is kept of formulas is not looked for again, until another text comes in, and is found
// again where it is damaged.
func TestFormulasAreKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "readout.db")
	a, err := archive.Open(archive.Options{Path: path, Program: "p", Now: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	looked := 0
	find := func() (out []formula.Formula) {
		s, err := a.Series(context.Background(), "NO-UY", archive.SeriesOptions{})
		if err != nil {
			t.Fatal(err)
		}
		all := a.Formulas(context.Background(), s, func(m diff.Memory) []formula.Formula {
			looked++
			return formula.Find(s.Releases, formula.Options{Memory: m})
		})
		for _, x := range s.Topics.Topics {
			out = append(out, archive.OnTopic(all, x.ID)...)
		}
		return out
	}
	docs, err := seeds.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		ingest(t, a, archive.Input{Name: d.Name, Data: d.Data, CapturedAt: d.CapturedAt, Overrides: reading.Overrides{Source: d.Source}})
	}
	first := find()
	if len(first) == 0 || looked != 1 {
		t.Fatalf("%d formulas, looked for %d times; want some, and once", len(first), looked)
	}
	if d := cmp.Diff(first, find(), datesCompare); d != "" || looked != 1 {
		t.Errorf("the second time looked for %d times (-found +kept):\n%s", looked-1, d)
	}
	spoil(t, path)
	if d := cmp.Diff(first, find(), datesCompare); d != "" || looked != 2 {
		t.Errorf("after damage looked for %d times, want 2 (-found +found again):\n%s", looked, d)
	}
	err = a.Curate(context.Background(), "NO-UY", func(c timeline.Curation) (timeline.Curation, error) {
		c.Decisions = append(c.Decisions, timeline.Decision{Op: timeline.Pin, Topic: "krill", Text: "the two ministers agreed on the krill quota."})
		return c, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if find(); looked != 3 {
		t.Errorf("after a decision looked for %d times, want 3", looked)
	}
}

// spoil cuts everything that is kept of a series short.
func spoil(t *testing.T, path string) {
	t.Helper()
	db, err := storage.Open(path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(context.Background(), func(w storage.Writer) error {
		for _, kind := range []string{"view", "labels", "formulas", "turns"} {
			v, err := w.Note(kind, "NO-UY")
			if err != nil {
				return err
			}
			if err := w.PutNote(storage.Note{Kind: kind, Key: "NO-UY", Value: v[:len(v)-1]}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
