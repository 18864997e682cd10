package archive

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"readout/storage"
	"readout/timeline"
)

// seenAt is when the invented captures begin.
var seenAt = time.Date(2031, 5, 1, 9, 0, 0, 0, time.UTC)

// event is one change of a store: bytes that are captured and read, a correction of
// what was said about them, or a reading that comes out otherwise or not at all.
type event struct {
	capture storage.Capture
	data    []byte
	print   string
	title   string
	url     string
	held    int
	lose    bool // the reading is deleted
}

// events invents changes in which everything happens that decides what is one release
// and what it is called: one address, one text at two addresses, ids given by the user
// that clash with those of others and with their hashes, corrections, lost readings.
func events(rng *rand.Rand, n int) []event {
	var out []event
	for i := range n {
		k := rng.IntN(n/2 + 1)
		e := event{data: fmt.Appendf(nil, "document %d", k), print: fmt.Sprint("print ", rng.IntN(6)), title: fmt.Sprint("Talks ", rng.IntN(3)),
			held: rng.IntN(3), lose: rng.IntN(10) == 0}
		if rng.IntN(3) > 0 {
			e.url = fmt.Sprintf("https://mfa.example/%d", rng.IntN(n/3+1))
		}
		var said said
		switch rng.IntN(6) {
		case 0:
			said.ID = []string{"a", "a-0b1c", "2031-05-01-talks-0", "2031-05-01-talks-0-16ef"}[rng.IntN(4)]
		case 1:
			said.Source = fmt.Sprintf("https://mirror.example/%d", rng.IntN(3))
		}
		e.capture = storage.Capture{SHA256: storage.HashOf(e.data), CapturedAt: seenAt.Add(time.Duration(rng.IntN(4)) * time.Hour), Overrides: said.encode()}
		if rng.IntN(4) == 0 {
			e.capture.NotedAt = seenAt.Add(time.Duration(100+i) * time.Hour)
		}
		out = append(out, e)
	}
	return out
}

// apply does what an ingest does with a document that reads as the event says.
func (e event) apply(w storage.Writer) error {
	if _, err := w.AddCapture(e.capture, e.data); err != nil {
		return err
	}
	rows, err := collect(w.CapturesOf(e.capture.SHA256))
	if err != nil {
		return err
	}
	strands, err := strandsOf(rows)
	if err != nil {
		return err
	}
	live := false
	for _, s := range strands {
		live = live || s.key == readingKey(e.capture.SHA256, "")
		b, err := json.Marshal(facts{Inputs: e.title + e.print, URL: e.url, Print: e.print, Count: e.held + 1})
		if err != nil {
			return err
		}
		held, err := timeline.NewDate(2031, time.May, 1+e.held)
		if err != nil {
			return err
		}
		r := &storage.Reading{Key: s.key, Facts: b, Release: &timeline.Release{Title: e.title, Held: held}}
		if err := w.PutReading(r, nil); err != nil {
			return err
		}
		if e.lose {
			if err := w.DeleteReading(s.key); err != nil {
				return err
			}
		}
	}
	if !live {
		return w.DeleteReading(readingKey(e.capture.SHA256, ""))
	}
	return nil
}

// Whatever changes, in whatever batches, what is kept of the catalogue is what the
// function over everything says, and so are the notes by which it was found.
func TestCatalogueByComponent(t *testing.T) {
	ctx := context.Background()
	for seed := range uint64(25) {
		rng := rand.New(rand.NewPCG(seed, 7))
		a, err := Open(Options{Path: filepath.Join(t.TempDir(), "readout.db")})
		if err != nil {
			t.Fatal(err)
		}
		for batch := range slices.Chunk(events(rng, 40), 1+rng.IntN(9)) {
			if e, ok := squatter(t, a, rng); ok {
				batch = append(slices.Clone(batch), e)
			}
			err := a.db.Update(ctx, func(w storage.Writer) error {
				var hashes []storage.Hash
				for _, e := range batch {
					if err := e.apply(w); err != nil {
						return err
					}
					hashes = append(hashes, e.capture.SHA256)
				}
				return recatalogue(w, hashes)
			})
			if err != nil {
				t.Fatal(err)
			}
			compareWithOracle(t, a)
			if t.Failed() {
				t.Fatalf("with seed %d", seed)
			}
		}
		if found, err := a.file.Check(ctx); err != nil || len(found) > 0 {
			t.Errorf("Check = %q, %v", found, err)
		}
	}
}

// squatter is a document to which the user gives the id that another release has got
// because it could not have the one it wanted.
func squatter(t *testing.T, a *Archive, rng *rand.Rand) (event, bool) {
	t.Helper()
	var ids []string
	err := a.view(context.Background(), func(r storage.Reader) error {
		for e, err := range r.Entries("") {
			if err != nil {
				return err
			}
			if e.ID != e.Base {
				ids = append(ids, e.ID)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(ids) == 0 || rng.IntN(3) > 0 {
		return event{}, false
	}
	e := event{data: fmt.Appendf(nil, "squatter %d", rng.IntN(9)), print: fmt.Sprint(rng.IntN(99)), title: "Elsewhere"}
	e.capture = storage.Capture{SHA256: storage.HashOf(e.data), CapturedAt: seenAt, Overrides: said{ID: ids[rng.IntN(len(ids))]}.encode()}
	return e, true
}

func compareWithOracle(t *testing.T, a *Archive) {
	t.Helper()
	err := a.db.View(context.Background(), func(r storage.Reader) error {
		want, err := wanted(r)
		if err != nil {
			return err
		}
		have, err := collect(r.Entries(""))
		if err != nil {
			return err
		}
		if d := cmp.Diff(lines(t, want), lines(t, have)); d != "" {
			t.Errorf("the catalogue (-of everything +by component):\n%s", d)
		}
		c := &audit{ctx: context.Background(), r: r}
		err = c.run()
		for _, f := range c.found {
			if !strings.Contains(f, "is in no release") { // a lost reading is
				t.Error(f)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// lines are entries as they can be compared and read.
func lines(t *testing.T, entries []*storage.Entry) []string {
	t.Helper()
	var out []string
	for _, e := range entries {
		b, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(b))
	}
	return out
}

// A base that somebody else begins to want changes what others are called, and so does
// one that nobody wants any more.
func TestNames(t *testing.T) {
	sum := func(first byte) (s [32]byte) {
		for i := range s {
			s[i] = first
		}
		return s
	}
	none := func(string) bool { return false }
	for _, c := range []struct {
		name  string
		all   []claim
		taken func(string) bool
		want  []string
	}{
		{"alone", []claim{{"a", false, sum(1)}}, none, []string{"a"}},
		{"two", []claim{{"a", false, sum(1)}, {"a", false, sum(2)}}, none, []string{"a-0101", "a-0202"}},
		{"one was given it", []claim{{"a", true, sum(1)}, {"a", false, sum(2)}}, none, []string{"a", "a-0202"}},
		{"both were given it", []claim{{"a", true, sum(1)}, {"a", true, sum(2)}}, none, []string{"a-0101", "a-0202"}},
		{"another has the hash", []claim{{"a", false, sum(1)}, {"a", false, sum(2)}}, func(id string) bool { return id == "a-0202" }, []string{"a-01010", "a-02020"}},
	} {
		if got := names(c.all, c.taken); !slices.Equal(got, c.want) {
			t.Errorf("%s: names = %q, want %q", c.name, got, c.want)
		}
	}
	if got := rivals("a-02020"); !slices.Equal(got, []string{"a-02020", "a"}) {
		t.Errorf("rivals of a-02020 = %q", got)
	}
}
