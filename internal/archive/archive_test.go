package archive_test

import (
	"context"
	"fmt"
	"iter"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"readout/internal/archive"
	"readout/internal/reading"
	"readout/storage"
	"readout/timeline"
)

// noon is the clock of every test.
var noon = time.Date(2036, 5, 1, 12, 0, 0, 0, time.UTC)

func open(tb testing.TB) *archive.Archive {
	tb.Helper()
	a, err := archive.Open(archive.Options{Path: filepath.Join(tb.TempDir(), "readout.db"), Now: func() time.Time { return noon }})
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

func each(inputs ...archive.Input) iter.Seq2[archive.Input, error] {
	return func(yield func(archive.Input, error) bool) {
		for _, in := range inputs {
			if !yield(in, nil) {
				return
			}
		}
	}
}

func ingest(tb testing.TB, a *archive.Archive, inputs ...archive.Input) []archive.Result {
	tb.Helper()
	report, err := a.Ingest(context.Background(), each(inputs...), archive.IngestOptions{})
	if err != nil {
		tb.Fatal(err)
	}
	for _, r := range report.Results {
		if r.Status == archive.Failed {
			tb.Fatalf("Ingest(%s): %s", r.Input, r.Error)
		}
	}
	return report.Results
}

// page is a short release of two invented ministers.
func page(body string) []byte {
	return []byte("Telephone Talk between the Foreign Ministers of Norway and Uruguay\n\nOctober 2, 2031\n\n" + body + "\n")
}

var parties = reading.Overrides{Parties: []timeline.Party{"NO", "UY"}}

func TestIngestTwiceIsUnchanged(t *testing.T) {
	a := open(t)
	in := archive.Input{Name: "a.txt", Data: page("The two ministers agreed on the krill quota."), Overrides: parties}
	first := ingest(t, a, in)
	if first[0].Status != archive.New || first[0].Series != "NO-UY" || first[0].Version != 1 {
		t.Fatalf("first Ingest = %+v, want a new release of NO-UY", first[0])
	}
	if again := ingest(t, a, in); again[0].Status != archive.Unchanged || again[0].Release != first[0].Release {
		t.Errorf("second Ingest = %+v, want unchanged %s", again[0], first[0].Release)
	}
}

func TestVersionsFollowTheTimeOfCapture(t *testing.T) {
	a := open(t)
	o := parties
	o.Source = "https://mfa.example/talk"
	old := archive.Input{Name: "old", Data: page("The two ministers agreed on the krill quota."), Overrides: o, CapturedAt: noon.AddDate(0, 0, -9)}
	spaced := archive.Input{Name: "spaced", Data: page("The two ministers  agreed on the krill\nquota."), Overrides: o, CapturedAt: noon.AddDate(0, 0, -8)}
	edited := archive.Input{Name: "edited", Data: page("The two ministers discussed the krill quota."), Overrides: o, CapturedAt: noon.AddDate(0, 0, -7)}
	got := ingest(t, a, edited, old, spaced)
	id := got[0].Release
	for i, want := range []int{2, 1, 1} {
		if got[i].Release != id || got[i].Version != want {
			t.Errorf("%s is version %d of %s, want version %d of %s", got[i].Input, got[i].Version, got[i].Release, want, id)
		}
	}
	ctx := context.Background()
	log, err := a.Log(ctx, archive.Ref{ID: id})
	if err != nil || len(log) != 2 || log[0].Captures != 2 {
		t.Fatalf("Log = %+v, %v; want two versions, the first captured twice", log, err)
	}
	r, err := a.Release(ctx, archive.Ref{ID: id, Date: timeline.DateOf(old.CapturedAt)})
	if err != nil || r.Version != 1 || r.Statements[0].ID != id+"@v1#1" {
		t.Errorf("Release on the first day = %+v, %v; want version 1", r, err)
	}
	if r, err := a.Release(ctx, archive.Ref{ID: id[:12]}); err != nil || r.Version != 2 {
		t.Errorf("Release by prefix = %+v, %v; want version 2", r, err)
	}
}

// Two meetings whose texts have the same title and say nothing but their date are
// two releases.
func TestUndatedMeetingsStayApart(t *testing.T) {
	a := open(t)
	text := "Norway-Uruguay Foreign Ministers' Meeting\n\n%s\n\nThe two ministers agreed on the krill quota.\n"
	ingest(t, a,
		archive.Input{Name: "a.txt", Data: fmt.Appendf(nil, text, "April 17, 2031")},
		archive.Input{Name: "b.txt", Data: fmt.Appendf(nil, text, "February 3, 2032")},
	)
	list, err := a.List(context.Background(), archive.ListFilter{})
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 2 {
		t.Errorf("%d releases, want 2", len(list))
	}
}

// TestFetchesAfter sees that notes are read again after a write, also after one that
// leaves nothing in the log, and only then.
func TestFetchesAfter(t *testing.T) {
	ctx := context.Background()
	a := open(t)
	note := storage.Fetch{Key: "https://mfa.example/1", Notes: []byte("{}")}
	var moment archive.Moment
	for range 2 { // the second time nothing of the note is new but that it was written
		if err := a.NoteFetches(ctx, []storage.Fetch{note}); err != nil {
			t.Fatal(err)
		}
		for _, written := range []bool{true, false} {
			notes, now, err := a.FetchesAfter(ctx, moment)
			if err != nil || (notes != nil) != written {
				t.Fatalf("FetchesAfter(%v) = %v, %v, %v; want notes: %v", moment, notes, now, err, written)
			}
			moment = now
		}
	}
}

// TestMoreStatementsThanAnyRelease: a text of more statements than any release has is
// refused, before it costs the series that it would belong to.
func TestMoreStatementsThanAnyRelease(t *testing.T) {
	arch, err := archive.Open(archive.Options{Path: filepath.Join(t.TempDir(), "a.db")})
	if err != nil {
		t.Fatal(err)
	}
	text := "Norway-Uruguay Foreign Ministers' Meeting\n\n" + strings.Repeat("They met. ", 30_000)
	report, err := arch.Ingest(t.Context(), func(yield func(archive.Input, error) bool) {
		yield(archive.Input{Name: "long.txt", Data: []byte(text)}, nil)
	}, archive.IngestOptions{})
	if err != nil || report.Failed != 1 || !strings.Contains(report.Results[0].Error, "statements are more than any release has") {
		t.Errorf("Ingest = %+v, %v", report, err)
	}
}

// TestMediaTypeIsClean: what a header says of a document steers no terminal, wherever the
// header came from.
func TestMediaTypeIsClean(t *testing.T) {
	a := open(t)
	text := "Norway-Uruguay Foreign Ministers' Meeting\n\nApril 17, 2031\n\nThe two ministers met."
	report, err := a.Ingest(t.Context(), func(yield func(archive.Input, error) bool) {
		yield(archive.Input{Name: "a.txt", Data: []byte(text), MediaType: "text/plain\x1b[2J; charset=\u202eutf-8\x07"}, nil)
	}, archive.IngestOptions{})
	if err != nil || report.New != 1 {
		t.Fatalf("Ingest = %+v, %v", report, err)
	}
	c, err := a.Raw(t.Context(), archive.Ref{ID: report.Results[0].Release})
	if err != nil || c.MediaType != "text/plain; charset=utf-8" {
		t.Errorf("the type is kept as %q, %v", c.MediaType, err)
	}
}
