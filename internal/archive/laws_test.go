package archive_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"readout/internal/archive"
	"readout/internal/reading"
	"readout/storage"
	"readout/timeline"
)

// documents are fictional captures with everything that could let an order show:
// two versions, a version that comes back, one page at two addresses, one meeting
// twice a day, and a correction by the user.
func documents() []archive.Input {
	at := func(url string, day int, body string) archive.Input {
		o := parties
		o.Source = url
		return archive.Input{Name: fmt.Sprintf("%s-%d.txt", filepath.Base(url), day), Data: page(body), CapturedAt: noon.AddDate(0, 0, day), Overrides: o}
	}
	const krill = "The two ministers agreed on the krill quota."
	corrected := archive.Input{Name: "plain.txt", Data: page("The two ministers discussed the certificates of seafarers and their observers."), CapturedAt: noon}
	held, _ := timeline.ParseDate("2031-10-03")
	said := corrected
	said.Overrides = reading.Overrides{Held: held, Parties: parties.Parties}
	return []archive.Input{
		at("https://mfa.example/a", 0, krill),
		at("https://mfa.example/a", 1, "The two ministers discussed the krill quota."),
		at("https://mfa.example/a", 2, krill),
		at("https://mirror.example/a", 0, krill),
		at("https://mfa.example/b", 0, "The two ministers confirmed the ammonia corridor."),
		at("https://mfa.example/c", 0, "The two ministers welcomed the observers."),
		corrected, said,
	}
}

func export(tb testing.TB, a *archive.Archive) string {
	tb.Helper()
	var b bytes.Buffer
	if err := a.Export(context.Background(), &b); err != nil {
		tb.Fatal(err)
	}
	if found, err := a.Check(context.Background()); err != nil || len(found) > 0 {
		tb.Fatalf("Check() = %q, %v, want nothing", found, err)
	}
	return b.String()
}

func TestOrderOfIngestionDoesNotShow(t *testing.T) {
	docs := documents()
	a := open(t)
	ingest(t, a, docs...)
	want := answers(export(t, a))
	r := rand.New(rand.NewPCG(1, 2))
	for range 12 {
		r.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
		a := open(t)
		cut := r.IntN(len(docs))
		ingest(t, a, docs[:cut]...)
		ingest(t, a, docs[cut:]...)
		if d := cmp.Diff(want, answers(export(t, a))); d != "" {
			t.Fatalf("Export after another order (-first +other):\n%s", d)
		}
	}
}

// answers are the derived lines of an export.
func answers(export string) string {
	var out []byte
	for line := range bytes.Lines([]byte(export)) {
		if !bytes.HasPrefix(line, []byte(`{"type":"capture"`)) {
			out = append(out, line...)
		}
	}
	return string(out)
}

func TestImportGivesTheSameArchive(t *testing.T) {
	ctx := context.Background()
	a := open(t)
	ingest(t, a, documents()...)
	err := a.Curate(ctx, "NO-UY", func(c timeline.Curation) (timeline.Curation, error) {
		c.Decisions = append(c.Decisions, timeline.Decision{Op: timeline.Pin, Topic: "krill", Text: "the krill quota"})
		return c, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := export(t, a)
	b := open(t)
	if _, err := b.Import(ctx, bytes.NewReader([]byte(want))); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, export(t, b)); d != "" {
		t.Errorf("Export after Import (-want +got):\n%s", d)
	}
	report, err := b.Reindex(ctx)
	if err != nil || report.Changed != 0 || len(report.Failed) > 0 {
		t.Errorf("Reindex = %+v, %v; want no change by the same rules", report, err)
	}
}

func TestOnePageAtTwoAddressesIsOneRelease(t *testing.T) {
	a := open(t)
	got := ingest(t, a, documents()...)
	if got[0].Release != got[3].Release {
		t.Errorf("the page and its mirror are %s and %s, want one release", got[0].Release, got[3].Release)
	}
	ids := map[string]bool{got[0].Release: true, got[4].Release: true, got[5].Release: true}
	if len(ids) != 3 {
		t.Errorf("three meetings have the ids %v, want three", ids)
	}
	var ambiguous *archive.AmbiguousError
	if _, err := a.Release(context.Background(), archive.Ref{ID: "2031-10-02"}); !errors.As(err, &ambiguous) || len(ambiguous.Candidates) != 3 {
		t.Errorf("Release(a day of three) = %v, want three candidates", err)
	}
	if _, err := a.Release(context.Background(), archive.Ref{ID: "2031-10-22-no-uy"}); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("Release(no such id) = %v, want ErrNotFound", err)
	}
}

func TestSearch(t *testing.T) {
	a := open(t)
	ingest(t, a, documents()...)
	for _, c := range []struct {
		query string
		want  int
	}{
		{"krill", 1}, {"KRILL quota", 1}, {`"quota krill"`, 0}, {`"krill quota"`, 1}, {"ministers -krill", 3}, {"ministers", 4}, {"herring", 0},
	} {
		hits, err := a.Search(context.Background(), c.query, archive.SearchFilter{})
		if err != nil || len(hits) != c.want {
			t.Errorf("Search(%s) = %d hits, %v; want %d", c.query, len(hits), err, c.want)
		}
	}
	if _, err := a.Search(context.Background(), `"open`, archive.SearchFilter{}); err == nil {
		t.Error("Search with an open quotation mark succeeded")
	}
}

func TestDryRunStoresNothing(t *testing.T) {
	ctx := context.Background()
	a := open(t)
	for range 2 {
		report, err := a.Ingest(ctx, each(documents()...), archive.IngestOptions{DryRun: true})
		if err != nil || report.New == 0 || report.Failed > 0 {
			t.Fatalf("Ingest(dry run) = %+v, %v", report, err)
		}
	}
	if l, err := a.List(ctx, archive.ListFilter{}); err != nil || len(l) != 0 {
		t.Errorf("List after a dry run = %d releases, %v; want none", len(l), err)
	}
	ingest(t, a, documents()[:1]...)
	before := export(t, a)
	report, err := a.Ingest(ctx, each(documents()...), archive.IngestOptions{DryRun: true})
	if err != nil || report.Unchanged == 0 || report.New == 0 {
		t.Errorf("Ingest(dry run) into a store in use = %+v, %v; want some unchanged, some new", report, err)
	}
	if d := cmp.Diff(before, export(t, a)); d != "" {
		t.Errorf("a dry run changed the store (-before +after):\n%s", d)
	}
}

func TestWritersAndReadersShareTheStore(t *testing.T) {
	a := open(t)
	docs := documents()
	var wg sync.WaitGroup
	for i := range docs {
		wg.Go(func() {
			if r, err := a.Ingest(context.Background(), each(docs[i]), archive.IngestOptions{}); err != nil || r.Failed > 0 {
				t.Errorf("Ingest = %+v, %v", r, err)
			}
		})
		wg.Go(func() {
			if _, err := a.List(context.Background(), archive.ListFilter{}); err != nil {
				t.Errorf("List = %v", err)
			}
		})
	}
	wg.Wait()
	alone := open(t)
	ingest(t, alone, docs...)
	if d := cmp.Diff(answers(export(t, alone)), answers(export(t, a))); d != "" {
		t.Errorf("Export after concurrent ingestion (-alone +together):\n%s", d)
	}
}

func TestAsKnownAt(t *testing.T) {
	ctx := context.Background()
	a := open(t)
	ingest(t, a, documents()...)
	s, err := a.Series(ctx, "NO-UY", archive.SeriesOptions{AsKnownAt: noon.AddDate(0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range s.Releases {
		if r.Versions == 2 && r.Version != 2 {
			t.Errorf("a day later %s stands in version %d, want 2", r.ID, r.Version)
		}
	}
	heads, err := a.List(ctx, archive.ListFilter{AsKnownAt: noon})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range heads {
		if r.Versions != 1 {
			t.Errorf("on the first day %s has %d versions, want the one known then", r.ID, r.Versions)
		}
	}
	if _, err := a.Series(ctx, "NO-UY", archive.SeriesOptions{AsKnownAt: noon.AddDate(0, 0, -1)}); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("Series before the first capture = %v, want ErrNotFound", err)
	}
	var early *archive.NotYetError
	if _, err := a.Releases(ctx, "NO-UY", archive.SeriesOptions{AsKnownAt: noon.AddDate(0, 0, -1)}); !errors.As(err, &early) {
		t.Errorf("Releases before the first capture = %v, want NotYetError", err)
	}
	if _, err := a.Series(ctx, "CL-PE", archive.SeriesOptions{AsKnownAt: noon}); errors.As(err, &early) || !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("a series that is not there = %v, want ErrNotFound alone", err)
	}
}

// A dry run over an archive that has something says what a real one then does.
func TestDryRunForetells(t *testing.T) {
	ctx := context.Background()
	a := open(t)
	docs := documents()
	ingest(t, a, docs[:3]...)
	before := export(t, a)
	said, err := a.Ingest(ctx, each(docs...), archive.IngestOptions{DryRun: true})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(before, export(t, a)); d != "" {
		t.Errorf("Export after a dry run (-before +after):\n%s", d)
	}
	done, err := a.Ingest(ctx, each(docs...), archive.IngestOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(said, done, cmpopts.IgnoreUnexported(archive.Result{}), cmp.Comparer(func(a, b timeline.Date) bool { return a == b })); d != "" {
		t.Errorf("Ingest (-dry run +real):\n%s", d)
	}
}

// Two programs that take in documents at the same time, batch by batch, come to what
// one of them would have made alone.
func TestTwoArchivesOnOneFile(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "readout.db")
	docs := documents()
	for i := range 24 {
		o := parties
		o.Source = fmt.Sprintf("https://mfa.example/%d", i/3) // versions of one page, on both sides
		docs = append(docs, archive.Input{Name: fmt.Sprintf("%d.txt", i), CapturedAt: noon.AddDate(0, 0, i), Overrides: o,
			Data: page(fmt.Sprintf("The two ministers welcomed the observers of fishery %d.", i))})
	}
	var all sync.WaitGroup
	for half := range 2 {
		a, err := archive.Open(archive.Options{Path: path, Now: func() time.Time { return noon }})
		if err != nil {
			t.Fatal(err)
		}
		all.Go(func() {
			for i := half; i < len(docs); i += 2 {
				if r, err := a.Ingest(ctx, each(docs[i]), archive.IngestOptions{}); err != nil || r.Failed > 0 {
					t.Errorf("Ingest(%s) = %+v, %v", docs[i].Name, r, err)
				}
			}
		})
	}
	all.Wait()
	a, err := archive.Open(archive.Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	alone := open(t)
	ingest(t, alone, docs...)
	if d := cmp.Diff(answers(export(t, alone)), answers(export(t, a))); d != "" {
		t.Errorf("Export after two archives took turns (-alone +together):\n%s", d)
	}
}
