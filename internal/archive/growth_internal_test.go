package archive

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"readout/storage"
	"readout/timeline"
)

// The two archives that are compared: the same series that is asked about, and few or
// many releases of others.
const (
	fewOthers  = 150
	manyOthers = 10 * fewOthers
)

// others is the number of series beside the one that is asked about.
const others = 6

// grown is an archive of a dozen releases of NO-UY and n of other series. They are
// invented readings: to take in documents would take longer than the test.
func grown(t *testing.T, n int) *Archive {
	t.Helper()
	a, err := Open(Options{Path: filepath.Join(t.TempDir(), "readout.db"), Now: func() time.Time { return seenAt }})
	if err != nil {
		t.Fatal(err)
	}
	fill(t, a, others, n)
	return a
}

// takeIn keeps invented captures in one batch and catalogues them.
func takeIn(t *testing.T, a *Archive, puts []func(storage.Writer) (storage.Hash, error)) {
	t.Helper()
	err := a.db.Update(context.Background(), func(w storage.Writer) error {
		var hashes []storage.Hash
		for _, put := range puts {
			h, err := put(w)
			if err != nil {
				return err
			}
			hashes = append(hashes, h)
		}
		return recatalogue(w, hashes)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// fill makes an archive one that was grown, with n releases of so many other series.
func fill(t *testing.T, a *Archive, others, n int) {
	t.Helper()
	put := func(series timeline.SeriesID, from, to int) {
		var puts []func(storage.Writer) (storage.Hash, error)
		for i := from; i < to; i++ {
			puts = append(puts, func(w storage.Writer) (storage.Hash, error) { return invent(w, series, i) })
		}
		takeIn(t, a, puts)
	}
	put("NO-UY", 0, 12)
	for s := range others {
		for from := 0; from < n/others; from += 100 {
			put(timeline.SeriesID(fmt.Sprintf("%c%c-NO", 'A'+s/26, 'A'+s%26)), from, min(from+100, n/others))
		}
	}
	if err := a.db.Merge(context.Background()); err != nil {
		t.Fatal(err)
	}
	if _, err := a.refreshViews(context.Background(), ingestWait, nil); err != nil {
		t.Fatal(err)
	}
}

// invent keeps a document of a series, read as three statements.
func invent(w storage.Writer, series timeline.SeriesID, i int) (storage.Hash, error) {
	data := fmt.Appendf(nil, "%s %d", series, i)
	c := storage.Capture{SHA256: storage.HashOf(data), CapturedAt: seenAt.Add(time.Duration(i) * time.Hour)}
	if _, err := w.AddCapture(c, data); err != nil {
		return c.SHA256, err
	}
	r := &timeline.Release{Title: fmt.Sprint("Talks ", i), Held: timeline.DateOf(seenAt.AddDate(0, 0, -i)), Series: series, Parties: series.Parties(), Kind: timeline.KindMeeting,
		Sections: []timeline.Section{{Heading: "Fisheries", Depth: 1}}}
	for k, text := range []string{"They discussed the krill quota.", fmt.Sprintf("They agreed on plan %d of %s.", i, series), "They welcomed the observers."} {
		r.Statements = append(r.Statements, timeline.Statement{Text: text, Path: []string{}, Speakers: r.Parties, Act: timeline.ActAgree, Section: -1 + k%2})
	}
	if series == "NO-UY" && i == 3 {
		r.Statements[0].Text = "They named the narwhal."
	}
	b, err := json.Marshal(facts{Inputs: "x", Print: string(data), Count: 3, URL: fmt.Sprintf("https://mfa.example/%s/%d", series, i)})
	if err != nil {
		return c.SHA256, err
	}
	return c.SHA256, w.PutReading(&storage.Reading{Key: readingKey(c.SHA256, ""), Facts: b, Release: r}, terms(r))
}

// costQuestion is something that an archive is asked, or told to keep, whose cost must not
// grow with the archive.
type costQuestion struct {
	name string
	// trips is how many answers of a server may be waited for one after another by an
	// archive that was just opened, however large; those that make its connection included.
	trips int
	ask   func(*Archive) error
}

func costQuestions() []costQuestion {
	ctx := context.Background()
	series := timeline.SeriesID("NO-UY")
	day := timeline.DateOf(seenAt.AddDate(0, 0, -5)).String()
	next := 0
	return []costQuestion{
		{"take in one", 37, func(a *Archive) error {
			next++
			text := fmt.Sprintf("Talks between the Foreign Ministers of Norway and Uruguay\n\nJune 1, 2032\n\nThe two ministers discussed ferry %d.\n", next)
			_, err := a.Ingest(ctx, only1(Input{Name: "new.txt", Data: []byte(text)}), IngestOptions{})
			return err
		}},
		{"take in what is there", 25, func(a *Archive) error {
			_, err := a.Ingest(ctx, only1(Input{Name: "old.txt", Data: []byte("NO-UY 4")}), IngestOptions{})
			return err
		}},
		{"show", 17, func(a *Archive) error { _, err := a.Release(ctx, Ref{ID: "2031-04-26-no-uy"}); return err }},
		{"show of a day", 19, func(a *Archive) error {
			err := a.view(ctx, func(r storage.Reader) error {
				_, err := collect(r.EntriesOn(timeline.DateOf(seenAt.AddDate(9, 0, 0))))
				return err
			})
			_, missing := a.Release(ctx, Ref{ID: day + "-no-uy"})
			if err == nil {
				err = missing
			}
			return err
		}},
		{"list of a series", 7, func(a *Archive) error { _, err := a.List(ctx, ListFilter{Series: &series}); return err }},
		{"list of the newest", 15, func(a *Archive) error { _, err := a.List(ctx, ListFilter{Limit: 5}); return err }},
		{"list since a day", 15, func(a *Archive) error {
			_, err := a.List(ctx, ListFilter{Since: timeline.DateOf(seenAt.AddDate(0, 0, -2))})
			return err
		}},
		{"series", 10, func(a *Archive) error { _, err := a.SeriesList(ctx); return err }},
		{"series that name a topic", 11, func(a *Archive) error { _, err := a.SeriesNaming(ctx, "narwhal"); return err }},
		{"a series whole", 18, func(a *Archive) error { _, err := a.Series(ctx, series, SeriesOptions{}); return err }},
		{"search", 13, func(a *Archive) error { _, err := a.Search(ctx, "narwhal", SearchFilter{}); return err }},
		{"search in a series", 15, func(a *Archive) error {
			_, err := a.Search(ctx, "observers", SearchFilter{Series: &series})
			return err
		}},
		{"search of a beginning", 13, func(a *Archive) error { _, err := a.Search(ctx, "narw", SearchFilter{}); return err }},
		{"phrase", 18, func(a *Archive) error {
			_, err := a.Phrase(ctx, "named the narwhal", PhraseFilter{})
			return err
		}},
		{"counts", 6, func(a *Archive) error { _, err := a.Stats(ctx); return err }},
		{"changes since a time", 5, func(a *Archive) error { _, err := a.ChangedSince(ctx, seenAt.AddDate(9, 0, 0)); return err }},
		{"changes since an event", 8, func(a *Archive) error {
			s, err := a.Stats(ctx)
			if err == nil {
				_, _, err = a.Changed(ctx, s.Events)
			}
			return err
		}},
	}
}

// A question about little, and taking in one release, cost as much in a large archive
// as in a small one. It is measured in allocations, which do not depend on the machine.
func TestCostDoesNotGrow(t *testing.T) {
	small, large := grown(t, fewOthers), grown(t, manyOthers)
	for _, c := range costQuestions() {
		few, many := allocations(t, small, c.ask), allocations(t, large, c.ask)
		t.Logf("%-26s %6d allocations, %6d in ten times as much", c.name, few, many)
		if many > few+few/3+100 {
			t.Errorf("%s: %d allocations, and %d in an archive ten times as large", c.name, few, many)
		}
	}
}

// Of the newest of many hits those that are not shown cost no more than to look up where
// they stand: nothing of them is decoded. A search of common words does not even look.
func TestHitsNotShownCostLittle(t *testing.T) {
	ctx := context.Background()
	small, large := grown(t, fewOthers), grown(t, manyOthers)
	for _, c := range []struct {
		name   string
		perHit int // allocations to learn where a reading stands
		most   int // allocations beside these
		ask    func(*Archive) error
	}{
		{"phrase", 15, 0, func(a *Archive) error { _, err := a.Phrase(ctx, "krill quota", PhraseFilter{Limit: 20}); return err }},
		{"search", 0, 60 * firstNewest, func(a *Archive) error {
			_, err := a.Search(ctx, `"krill quota"`, SearchFilter{Limit: 20})
			return err
		}},
	} {
		few, many := allocations(t, small, c.ask), allocations(t, large, c.ask)
		t.Logf("%s: %d allocations, and %d", c.name, few, many)
		if more := int(many) - int(few); more > c.most+c.perHit*(manyOthers-fewOthers) {
			t.Errorf("%s: %d allocations more for %d hits that are not shown", c.name, more, manyOthers-fewOthers)
		}
	}
}

// The newest hits are the first of all hits, whether they were looked for among the newest
// releases alone or among all, and whatever else is asked of them.
func TestNewestHitsAreTheFirst(t *testing.T) {
	ctx := context.Background()
	a := grown(t, manyOthers)
	for i := range 3 {
		text := fmt.Sprintf("On fisheries\n\nThe two sides discussed the krill quota and ferry %d.\n", i)
		if _, err := a.Ingest(ctx, only1(Input{Name: fmt.Sprint(i, ".txt"), Data: []byte(text)}), IngestOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	day := func(before int) timeline.Date { return timeline.DateOf(seenAt.AddDate(0, 0, -before)) }
	for name, f := range map[string]SearchFilter{
		"all": {}, "since": {Since: day(40)}, "until": {Until: day(30)}, "both": {Since: day(90), Until: day(80)},
		"speaker": {Speaker: "UY"}, "act": {Act: timeline.ActAgree}, "before all": {Until: day(9999)},
	} {
		for _, words := range []string{`"krill quota"`, "discussed kri", "krill -ferry", "krill -quota", "narwhal"} {
			f.Limit = 0
			all, err := a.Search(ctx, words, f)
			if err != nil {
				t.Fatal(err)
			}
			for _, f.Limit = range []int{1, 60, 400} {
				got, err := a.Search(ctx, words, f)
				if err != nil {
					t.Fatal(err)
				}
				if d := cmp.Diff(idsOf(all[:min(len(all), f.Limit)]), idsOf(got)); d != "" {
					t.Errorf("%s, %s, the newest %d of %d (-want +got):\n%s", name, words, f.Limit, len(all), d)
				}
			}
		}
	}
}

// A list of the newest, or since a day, is part of the list of all.
func TestNewestOfAList(t *testing.T) {
	ctx := context.Background()
	a := grown(t, fewOthers)
	if _, err := a.Ingest(ctx, only1(Input{Name: "undated.txt", Data: []byte("On krill\n\nThe quota stands.\n")}), IngestOptions{}); err != nil {
		t.Fatal(err)
	}
	list := func(f ListFilter) []*timeline.Release {
		out, err := a.List(ctx, f)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	all, series := list(ListFilter{}), timeline.SeriesID("NO-UY")
	since := timeline.DateOf(seenAt.AddDate(0, 0, -7))
	for name, f := range map[string]ListFilter{
		"newest": {Limit: 1}, "more": {Limit: 20}, "since": {Since: since}, "until": {Until: since, Limit: 9},
		"series": {Series: &series, Since: since, Limit: 3}, "kind": {Kind: timeline.KindMeeting, Limit: 12},
	} {
		var want []*timeline.Release
		for _, r := range all {
			if f.match(r) && (f.Series == nil || r.Series == *f.Series) {
				want = append(want, r)
			}
		}
		if f.Limit > 0 {
			want = want[max(0, len(want)-f.Limit):]
		}
		if d := cmp.Diff(want, list(f), cmpopts.EquateComparable(timeline.Date{})); d != "" || len(want) == 0 {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

func idsOf(hits []Hit) []string {
	var out []string
	for _, h := range hits {
		out = append(out, h.Release.ID+" "+h.Statement.ID)
	}
	return out
}

func only1(in Input) func(func(Input, error) bool) {
	return func(yield func(Input, error) bool) { yield(in, nil) }
}

// allocations counts those of the second call: the first may make what is then kept.
func allocations(t *testing.T, a *Archive, ask func(*Archive) error) uint64 {
	t.Helper()
	var before, after runtime.MemStats
	for range 2 {
		runtime.ReadMemStats(&before)
		if err := ask(a); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
	}
	return after.Mallocs - before.Mallocs
}
