package storagetest

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"readout/storage"
	"readout/timeline"
)

// Conform tests what every engine has to do. Open returns a new, empty store each
// time; it may write into it to make it exist.
func Conform(t *testing.T, open func(testing.TB) Store) {
	cases := []struct {
		name string
		run  func(*testing.T, Store)
	}{
		{"captures", captures},
		{"capture with wrong hash", wrongHash},
		{"all or nothing", atomic},
		{"own writes", ownWrites},
		{"readings", readings},
		{"entries", entries},
		{"entries of a series", entriesOf},
		{"names that cannot be kept", badNames},
		{"curation", curation},
		{"marks", marks},
		{"log", log},
		{"nothing there", nothing},
		{"stopping early", stopping},
		{"values outlive the transaction", outlive},
		{"postings", postings},
		{"postings of odd terms", oddTerms},
		{"postings agree with a model", postingsModel},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { c.run(t, open(t)) })
	}
}

// row returns a capture of data, seen on a day of March 2031.
func row(data string, day int) storage.Capture {
	return storage.Capture{SHA256: storage.HashOf([]byte(data)), CapturedAt: time.Date(2031, 3, day, 8, 30, 0, 5, time.UTC), Name: "in.txt"}
}

func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	if d := Diff(want, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

func captures(t *testing.T, s Store) {
	full := row("one", 2)
	full.URL, full.MediaType, full.Overrides = "https://example.org/1", "text/plain", json.RawMessage(`{"title":"T"}`)
	noted := full
	noted.NotedAt = time.Date(2031, 4, 1, 0, 0, 0, 0, time.UTC)
	elsewhere := row("one", 1)
	elsewhere.CapturedAt = elsewhere.CapturedAt.In(time.FixedZone("", 9*3600))
	rows := []storage.Capture{full, noted, elsewhere, row("two", 1)}
	Update(t, s, func(w storage.Writer) error {
		for _, again := range []bool{false, true} {
			for _, c := range rows {
				data := "one"
				if c.SHA256 != full.SHA256 {
					data = "two"
				}
				added, err := w.AddCapture(c, []byte(data))
				if err != nil || added == again {
					t.Errorf("AddCapture(%v) = %v, %v the second time is %v", c, added, err, again)
				}
			}
		}
		return nil
	})
	View(t, s, func(r storage.Reader) error {
		of, err := collect(r.CapturesOf(full.SHA256))
		if err != nil {
			return err
		}
		utc := elsewhere
		utc.CapturedAt = utc.CapturedAt.UTC()
		if len(of) != 3 {
			t.Fatalf("%d captures of the first bytes, want 3", len(of))
		}
		equal(t, "the earliest capture", of[0], utc)
		if !reflect.DeepEqual(of[1:], []storage.Capture{full, noted}) && !reflect.DeepEqual(of[1:], []storage.Capture{noted, full}) {
			t.Errorf("captures at one time = %v", of[1:])
		}
		all, err := collect(r.Captures())
		if err != nil {
			return err
		}
		sorted := slices.IsSortedFunc(all, func(a, b storage.Capture) int { return slices.Compare(a.SHA256[:], b.SHA256[:]) })
		if len(all) != 4 || !sorted {
			t.Errorf("Captures() = %v", all)
		}
		data, err := r.Blob(full.SHA256)
		equal(t, "bytes", string(data), "one")
		return err
	})
}

func wrongHash(t *testing.T, s Store) {
	Update(t, s, func(w storage.Writer) error {
		if _, err := w.AddCapture(row("one", 1), []byte("other")); err == nil {
			t.Error("AddCapture takes bytes with another hash")
		}
		return nil
	})
}

func atomic(t *testing.T, s Store) {
	before := dumped(t, s)
	no := errors.New("no")
	err := s.Update(context.Background(), func(w storage.Writer) error {
		return errors.Join(Put(w, Samples(3, 2, 1)...), w.SetMark("m", 1), no)
	})
	if !errors.Is(err, no) {
		t.Errorf("Update returned %v, want what its function returned", err)
	}
	equal(t, "after an update that failed", dumped(t, s), before)
}

func dumped(t *testing.T, s Store, terms ...string) (c *Contents) {
	t.Helper()
	View(t, s, func(r storage.Reader) (err error) {
		c, err = Dump(r, terms...)
		return err
	})
	return c
}

func ownWrites(t *testing.T, s Store) {
	sample := Samples(1, 2, 1)[0]
	Update(t, s, func(w storage.Writer) error {
		if err := Put(w, sample); err != nil {
			return err
		}
		c, err := Dump(w)
		if err != nil {
			return err
		}
		if len(c.Captures) != 1 || len(c.Readings) != 1 || len(c.Entries) != 1 || w.Seq() != 1 {
			t.Errorf("a transaction sees of its own writes %+v", c)
		}
		return nil
	})
}

func readings(t *testing.T, s Store) {
	sample := Samples(1, 3, 1)[0]
	want := sample.Reading
	want.Release.Participants = []timeline.Participant{{}}
	want.Release.Statements[1].Text = "<b> & \u2028 \x00"
	put := func(w storage.Writer) error { return w.PutReading(want, sample.Terms) }
	Update(t, s, put)
	View(t, s, func(r storage.Reader) error {
		got, err := r.Reading(want.Key)
		if err != nil {
			return err
		}
		equal(t, "reading", got, want)
		all, err := collect(r.Readings())
		if err != nil {
			return err
		}
		equal(t, "readings", all, []*storage.Reading{want})
		facts, err := r.Facts(want.Key)
		equal(t, "facts", string(facts), string(want.Facts))
		return err
	})
	Update(t, s, put)
	View(t, s, func(r storage.Reader) error {
		events, err := collect(r.Log(0))
		// The first one too, since no capture of the same bytes came with it.
		equal(t, "log", events, []storage.Event{
			{Seq: 1, Kind: storage.ReadingReplaced, Reading: want.Key}, {Seq: 2, Kind: storage.ReadingReplaced, Reading: want.Key}})
		return err
	})
	for range 2 { // the second time there is none
		Update(t, s, func(w storage.Writer) error { return w.DeleteReading(want.Key) })
	}
	View(t, s, func(r storage.Reader) error {
		if _, err := r.Reading(want.Key); !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("a reading that was deleted: %v", err)
		}
		return nil
	})
}

func entries(t *testing.T, s Store) {
	reading := Samples(1, 1, 1)[0].Reading
	ids := []string{"2031-02-a", "2031-01-b", "2031-01-a", "2031-01"}
	Update(t, s, func(w storage.Writer) error {
		for _, id := range ids {
			if err := w.PutEntry(entryOf(id, reading)); err != nil {
				return err
			}
		}
		return nil
	})
	View(t, s, func(r storage.Reader) error {
		got, err := collect(r.Entries("2031-01"))
		equal(t, "ids with a prefix", idsOf(got), []string{"2031-01", "2031-01-a", "2031-01-b"})
		if err != nil {
			return err
		}
		e, err := r.Entry("2031-01")
		equal(t, "entry", e, entryOf("2031-01", reading))
		return err
	})
	for range 2 {
		Update(t, s, func(w storage.Writer) error { return w.DeleteEntry("2031-01") })
	}
	View(t, s, func(r storage.Reader) error {
		got, err := collect(r.Entries(""))
		equal(t, "ids after one is deleted", idsOf(got), []string{"2031-01-a", "2031-01-b", "2031-02-a"})
		return err
	})
}

func entriesOf(t *testing.T, s Store) {
	put := func(id string, series timeline.SeriesID, day string) {
		e := entryOf(id, Samples(1, 1, 1)[0].Reading)
		held, err := timeline.ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		e.Head.Series, e.Head.Held, e.Head.Published, e.Head.CapturedAt = series, held, timeline.Date{}, time.Time{}
		Update(t, s, func(w storage.Writer) error { return w.PutEntry(e) })
	}
	want := func(series timeline.SeriesID, ids ...string) {
		t.Helper()
		View(t, s, func(r storage.Reader) error {
			got, err := collect(r.EntriesOf(series))
			equal(t, "series "+string(series), idsOf(got), ids)
			return err
		})
	}
	put("d", "AA-BB", "2031-10-02")
	put("c", "AA-BB", "2031-09-30")
	put("b", "AA-BB", "2031-10-02")
	put("a", "AA-BB-CC", "2031-01-01")
	put("e", "AA-BB", "")
	before := digests(t, s)
	put("c", "AA-BB", "2031-09-30")
	equal(t, "digests after an entry was put again as it was", digests(t, s), before)
	put("c", "AA-BB", "2031-09-29")
	for id, d := range digests(t, s) {
		if (d != before[id]) != (id == "c") {
			t.Errorf("the digest of %s after c was changed: %s, before it %s", id, d, before[id])
		}
	}
	want("AA-BB", "e", "c", "b", "d")
	want("AA-BB-CC", "a")
	want("AA")
	put("c", "AA-BB-CC", "2030-01-01") // moves
	put("d", "AA-BB", "2031-10-01")
	want("AA-BB", "e", "d", "b")
	want("AA-BB-CC", "c", "a")
}

func badNames(t *testing.T, s Store) {
	reading := Samples(1, 1, 1)[0].Reading
	odd := entryOf("a", reading)
	odd.Head.Series = "A\x00B"
	Update(t, s, func(w storage.Writer) error {
		for name, err := range map[string]error{
			"entry without id":       w.PutEntry(entryOf("", reading)),
			"entry of an odd series": w.PutEntry(odd),
			"mark without name":      w.SetMark("", 1),
			"curation without kind":  w.SetCuration(storage.Curation{Series: "A", Value: []byte("x")}),
			"odd curation":           w.SetCuration(storage.Curation{Series: "A\x00", Kind: "k", Value: []byte("x")}),
			"reading of no release":  w.PutReading(&storage.Reading{}, nil),
		} {
			if err == nil {
				t.Errorf("%s: no error", name)
			}
		}
		return nil
	})
}

// digests returns those of all entries.
func digests(t *testing.T, s Store) map[string]storage.Hash {
	t.Helper()
	out := map[string]storage.Hash{}
	View(t, s, func(r storage.Reader) error {
		for d, err := range r.EntryDigests() {
			if err != nil {
				return err
			}
			out[d.ID] = d.Digest
		}
		return nil
	})
	return out
}
