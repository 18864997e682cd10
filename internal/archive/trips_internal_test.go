package archive

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"readout/storage/postgres"
	"readout/storage/postgres/clustertest"
)

// What is asked of a server far away costs mostly the time until its answer is there: how
// many answers are waited for one after another is held here, and is the same in an
// archive whose series are long and in one that has many. Each question is asked by an
// archive that has just been opened, as a command does.
func TestRoundTrips(t *testing.T) {
	server := clustertest.Start(t, "fsync=off", "synchronous_commit=off", "full_page_writes=off")
	for _, size := range []struct {
		name             string
		series, releases int // beside those that are asked about
	}{
		{"small", others, fewOthers}, {"long", others, 5 * fewOthers}, {"wide", 10 * others, 5 * fewOthers},
	} {
		wire, url := server.Wire(t)
		askOnce(t, url, func(a *Archive) error { fill(t, a, size.series, size.releases); return nil })
		for _, c := range append(costQuestions(), ofAll(size.releases)...) {
			askOnce(t, url, c.ask) // it may make what is then kept
			before, waited := wire.Trips(), wire.Waited()
			askOnce(t, url, c.ask)
			trips := wire.Trips() - before
			t.Logf("%-5s %-26s %3d round trips, %v", size.name, c.name, trips, (wire.Waited() - waited).Round(100*time.Microsecond))
			if trips > c.trips {
				t.Errorf("%s, %s: %d round trips, want at most %d", size.name, c.name, trips, c.trips)
			}
		}
	}
}

// askOnce asks a question of the store behind a URL as a command does, over a connection
// of its own.
func askOnce(t *testing.T, url string, ask func(*Archive) error) {
	t.Helper()
	db, err := postgres.Open(url, postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	a, err := Open(Options{Store: db, Key: filepath.Join(t.TempDir(), "heads.key"), Now: func() time.Time { return seenAt }})
	if err == nil {
		err = ask(a)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// ofAll are questions whose answer has all releases, which come some at a time.
func ofAll(releases int) []costQuestion {
	ctx := context.Background()
	return []costQuestion{
		{"phrase of all", 15 + releases/20, func(a *Archive) error {
			_, err := a.Phrase(ctx, "krill quota", PhraseFilter{})
			return err
		}},
		{"phrase of all, the newest", 24, func(a *Archive) error {
			_, err := a.Phrase(ctx, "krill quota", PhraseFilter{Limit: 20})
			return err
		}},
		{"search of all, the newest", 24, func(a *Archive) error {
			_, err := a.Search(ctx, "krill", SearchFilter{Limit: 20})
			return err
		}},
	}
}
