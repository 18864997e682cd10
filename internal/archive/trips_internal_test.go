package archive

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"readout/storage/postgres"
	"readout/storage/postgres/clustertest"
	"readout/timeline"
)

// What is asked of a server far away costs mostly the time until its answer is there: how
// many answers are waited for one after another is held here. Each question is asked by
// an archive that has just been opened, as a command does.
func TestRoundTrips(t *testing.T) {
	server := clustertest.Start(t, "fsync=off", "synchronous_commit=off", "full_page_writes=off")
	wire, url := server.Wire(t)
	opened := func() *Archive {
		db, err := postgres.Open(url, postgres.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(db.Close)
		a, err := Open(Options{Store: db, Key: filepath.Join(t.TempDir(), "heads.key"), Now: func() time.Time { return seenAt }})
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	fill(t, opened(), fewOthers)
	ctx := context.Background()
	series := timeline.SeriesID("NO-UY")
	next := 0
	for _, c := range []struct {
		name string
		most int
		ask  func(*Archive) error
	}{
		{"take in one", 44, func(a *Archive) error {
			next++
			text := fmt.Sprintf("Talks between the Foreign Ministers of Norway and Uruguay\n\nJune 1, 2032\n\nThe two ministers discussed ferry %d.\n", next)
			_, err := a.Ingest(ctx, only1(Input{Name: "new.txt", Data: []byte(text)}), IngestOptions{})
			return err
		}},
		{"show", 18, func(a *Archive) error { _, err := a.Release(ctx, Ref{ID: "2031-04-26-no-uy"}); return err }},
		{"list of a series", 7, func(a *Archive) error { _, err := a.List(ctx, ListFilter{Series: &series}); return err }},
		{"series", 12, func(a *Archive) error { _, err := a.SeriesList(ctx); return err }},
		{"series that name a topic", 12, func(a *Archive) error { _, err := a.SeriesNaming(ctx, "narwhal"); return err }},
		{"a series whole", 18, func(a *Archive) error { _, err := a.Series(ctx, series, SeriesOptions{}); return err }},
		{"search", 13, func(a *Archive) error { _, err := a.Search(ctx, "narwhal", SearchFilter{}); return err }},
		{"phrase", 28, func(a *Archive) error { _, err := a.Phrase(ctx, "krill quota", PhraseFilter{}); return err }},
	} {
		if err := c.ask(opened()); err != nil { // it may make what is then kept
			t.Fatal(err)
		}
		a := opened()
		before, began := wire.Trips(), time.Now()
		if err := c.ask(a); err != nil {
			t.Fatal(err)
		}
		trips := wire.Trips() - before
		t.Logf("%-26s %3d round trips, %v", c.name, trips, time.Since(began).Round(100*time.Microsecond))
		if trips > c.most {
			t.Errorf("%s: %d round trips, want at most %d", c.name, trips, c.most)
		}
	}
}
