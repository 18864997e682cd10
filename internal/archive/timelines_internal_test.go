package archive

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"readout/diff"
	"readout/diff/formula"
	"readout/internal/ask"
	"readout/storage"
	"readout/timeline"
)

// longSeries is an archive of n invented releases of NO-UY, a week apart, whose statements come and go,
// return, and are said more and less firmly; some meetings have two accounts.
func longSeries(t *testing.T, n int) *Archive {
	t.Helper()
	a, err := Open(Options{Path: filepath.Join(t.TempDir(), "readout.db"), Now: func() time.Time { return seenAt }})
	if err != nil {
		t.Fatal(err)
	}
	var puts []func(storage.Writer) (storage.Hash, error)
	for i := range n {
		issuers := []timeline.Party{"NO", "UY"}[:1+i%2*(i%3/2)]
		for _, issuer := range issuers {
			puts = append(puts, func(w storage.Writer) (storage.Hash, error) { return inventTalks(w, i, issuer) })
		}
	}
	takeIn(t, a, puts)
	return a
}

// inventTalks keeps the account that a party gives of the i-th meeting.
func inventTalks(w storage.Writer, i int, issuer timeline.Party) (storage.Hash, error) {
	data := fmt.Appendf(nil, "%s %d", issuer, i)
	c := storage.Capture{SHA256: storage.HashOf(data), CapturedAt: seenAt.Add(time.Duration(i) * time.Hour)}
	if _, err := w.AddCapture(c, data); err != nil {
		return c.SHA256, err
	}
	both := []timeline.Party{"NO", "UY"}
	r := &timeline.Release{Title: fmt.Sprint("Talks ", i), Held: timeline.DateOf(seenAt.AddDate(0, 0, -7*i)), Series: "NO-UY", Parties: both, Issuer: issuer,
		Kind: timeline.KindMeeting, Sections: []timeline.Section{{Heading: "Krill quota", Depth: 1}, {Heading: "Ferries", Depth: 1}}}
	verbs := []struct {
		word string
		act  timeline.Act
	}{{"agreed on", timeline.ActAgree}, {"discussed", timeline.ActDiscuss}, {"confirmed", timeline.ActConfirm}}
	say := func(section int, act timeline.Act, text string) {
		r.Statements = append(r.Statements, timeline.Statement{Text: text, Path: []string{}, Speakers: both, Act: act, Section: section})
	}
	v := verbs[i/3%len(verbs)]
	if i%5 != 4 {
		say(0, v.act, "The two ministers "+v.word+" the lasting protection of the krill quota off the southern shelf.")
		say(0, timeline.ActState, fmt.Sprintf("The quota of the year stands at %d tonnes of krill.", 100+i/4))
	}
	if i%4 < 2 {
		say(0, timeline.ActExpress, "They expressed concern about the unlicensed catch of krill near the islands.")
	}
	say(1, timeline.ActWelcome, fmt.Sprintf("They welcomed ferry number %d between the ports.", i))
	b, err := json.Marshal(facts{Inputs: "x", Print: string(data), Count: len(r.Statements), URL: fmt.Sprintf("https://mfa.example/%s/%d", issuer, i)})
	if err != nil {
		return c.SHA256, err
	}
	return c.SHA256, w.PutReading(&storage.Reading{Key: readingKey(c.SHA256, ""), Facts: b, Release: r}, terms(r))
}

// What a timeline says is all that is kept of it: not the texts behind it.
var saidByTimelines = cmp.Options{cmpopts.EquateComparable(timeline.Date{}), cmpopts.IgnoreFields(ask.MatrixMeeting{}, "Meeting"),
	cmpopts.IgnoreFields(ask.Cell{}, "Said", "Lost"), cmpopts.IgnoreUnexported(ask.Cell{})}

// TestKeptTimeline checks that a timeline that is kept says what one says that is laid out anew,
// whole and cut to days and last entries, and that one that does not hold is not shown.
func TestKeptTimeline(t *testing.T) {
	ctx := context.Background()
	a := longSeries(t, LongTimeline+20)
	s, err := a.Series(ctx, "NO-UY", SeriesOptions{})
	if err != nil {
		t.Fatal(err)
	}
	topic := s.Topics.Topics[0]
	lay := func(f timeline.Filter) (*ask.Thread, *ask.Timeline) {
		th := ask.Follow(s.Topics, topic.ID, f, diff.Options{})
		return th, ask.NewTimeline(th, ask.TimelineView{Lulls: timeline.Lulls(s.Releases), Formulas: formula.Find(s.Releases, formula.Options{})})
	}
	if got := a.KeptTimeline(ctx, s.ID, topic.Name, timeline.Filter{}, 0); got != nil {
		t.Fatal("a timeline is shown that nobody kept")
	}
	a.KeepTimeline(ctx, s, first(lay(timeline.Filter{})), second(lay(timeline.Filter{})))
	day := func(i int) timeline.Date { return s.Releases[i].Day() }
	for name, c := range map[string]struct {
		filter timeline.Filter
		last   int
	}{
		"whole":        {},
		"last":         {last: 7},
		"more than is": {last: 1000},
		"since":        {filter: timeline.Filter{Since: day(30)}},
		"until":        {filter: timeline.Filter{Until: day(40)}},
		"between":      {filter: timeline.Filter{Since: day(10), Until: day(70)}, last: 20},
		"none":         {filter: timeline.Filter{Since: day(0).AddDays(-20), Until: day(0).AddDays(-10)}},
	} {
		got, want := a.KeptTimeline(ctx, s.ID, topic.Name, c.filter, c.last), second(lay(c.filter)).Last(c.last)
		if got == nil {
			t.Errorf("%s: nothing is kept", name)
		} else if d := cmp.Diff(want, got, saidByTimelines); d != "" {
			t.Errorf("%s (-laid out +kept):\n%s", name, d)
		}
	}
	if len(second(lay(timeline.Filter{})).Entries) < LongTimeline+20 || topic.Statements < LongTimeline {
		t.Errorf("the topic %q is not long enough to show anything", topic.Name)
	}
	for name, f := range map[string]timeline.Filter{"speakers": {Speakers: []timeline.Party{"NO"}}, "kinds": {Kinds: []timeline.Kind{timeline.KindCall}}} {
		if a.KeptTimeline(ctx, s.ID, topic.Name, f, 0) != nil {
			t.Errorf("a filter of %s is answered without the releases", name)
		}
	}
	if a.KeptTimeline(ctx, s.ID, "krill and something", timeline.Filter{}, 0) != nil {
		t.Error("free words are taken for the name of a topic")
	}
	text := "Talks between the Foreign Ministers of Norway and Uruguay\n\nJune 1, 2032\n\nThe two ministers discussed the krill quota.\n"
	if _, err := a.Ingest(ctx, only1(Input{Name: "new.txt", Data: []byte(text)}), IngestOptions{}); err != nil {
		t.Fatal(err)
	}
	if a.KeptTimeline(ctx, s.ID, topic.Name, timeline.Filter{}, 0) != nil {
		t.Error("the timeline before a release came in is shown after it")
	}
}

func first[A, B any](a A, _ B) A  { return a }
func second[A, B any](_ A, b B) B { return b }

// TestCutBesideAMeeting checks that a timeline is not cut between two releases that may be about one
// meeting: what is left might be another meeting than it was.
func TestCutBesideAMeeting(t *testing.T) {
	day := func(n int) timeline.Date {
		return timeline.DateOf(time.Date(2031, 3, n, 0, 0, 0, 0, time.UTC))
	}
	o := &ask.Outline{Entries: []ask.OutlineEntry{{Day: day(2), First: day(2), Last: day(2)}, {Day: day(8), First: day(7), Last: day(9)}, {Day: day(10), First: day(9), Last: day(11)}},
		Meetings: [][]int{{0}, {1}, {2}}}
	if _, _, ok := o.Cut(timeline.Filter{Since: day(9)}, 0); ok {
		t.Error("cut between two calls a day apart")
	}
	if _, _, ok := o.Cut(timeline.Filter{Since: day(5)}, 0); !ok {
		t.Error("not cut where nothing is near")
	}
	o.Head.Unsettled = []ask.Unsettled{{}}
	if _, _, ok := o.Cut(timeline.Filter{Since: day(5)}, 0); ok {
		t.Error("cut though it is not known what some release raises")
	}
}

// TestEveryFieldIsKept checks that each field of a timeline that is no part of its JSON says whether it
// is kept: one that does not would be lost in silence.
func TestEveryFieldIsKept(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var look func(x reflect.Type)
	look = func(x reflect.Type) {
		switch x.Kind() {
		case reflect.Pointer, reflect.Slice:
			look(x.Elem())
		case reflect.Map:
			look(x.Elem())
		case reflect.Struct:
			if seen[x] {
				return
			}
			seen[x] = true
			for i := range x.NumField() {
				f := x.Field(i)
				kept, said := f.Tag.Lookup("cbor")
				switch {
				case !f.IsExported() || kept == "-":
				case f.Tag.Get("json") == "-" && !said:
					t.Errorf("%s.%s has no tag that says whether it is kept", x, f.Name)
				default:
					look(f.Type)
				}
			}
		}
	}
	look(reflect.TypeFor[ask.Outline]())
	look(reflect.TypeFor[ask.TimelineEntry]())
	look(reflect.TypeFor[ask.TimelineMeeting]())
}
