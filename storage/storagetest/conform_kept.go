package storagetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"testing"

	"readout/storage"
	"readout/timeline"
)

func curation(t *testing.T, s Store) {
	set := func(series timeline.SeriesID, kind string, value []byte) {
		t.Helper()
		Update(t, s, func(w storage.Writer) error {
			return w.SetCuration(storage.Curation{Series: series, Kind: kind, Value: value})
		})
	}
	set("B", "topics", []byte("1"))
	set("A", "topics", []byte("2"))
	set("A", "other", []byte{})
	set("A", "topics", []byte("3"))
	set("A", "topics", []byte("3")) // no change, no event
	set("C", "topics", nil)         // nor this
	View(t, s, func(r storage.Reader) error {
		all, err := collect(r.Curations())
		equal(t, "curations", all, []storage.Curation{{
			Series: "A",
			Kind:   "other",
			Value:  []byte{},
		}, {Series: "A", Kind: "topics", Value: []byte("3")}, {Series: "B", Kind: "topics", Value: []byte("1")}})
		if err != nil {
			return err
		}
		one, err := r.Curation("A", "topics")
		equal(t, "curation", string(one), "3")
		equal(t, "events", r.Seq(), uint64(4))
		return err
	})
	set("A", "topics", nil)
	View(t, s, func(r storage.Reader) error {
		if _, err := r.Curation("A", "topics"); !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("curation that was forgotten: %v", err)
		}
		events, err := collect(r.Log(4))
		equal(t, "event", events, []storage.Event{{Seq: 5, Kind: storage.CurationChanged, Series: "A"}})
		return err
	})
}

func marks(t *testing.T, s Store) {
	for _, n := range []uint64{7, 1<<63 + 1} {
		Update(t, s, func(w storage.Writer) error { return w.SetMark("mail", n) })
		View(t, s, func(r storage.Reader) error {
			got, err := r.Mark("mail")
			equal(t, "mark", got, n)
			if err != nil {
				return err
			}
			all, err := r.Marks()
			equal(t, "marks", all, map[string]uint64{"mail": n})
			return err
		})
	}
}

func log(t *testing.T, s Store) {
	samples := Samples(12, 1, 1)
	for _, sample := range samples {
		Update(t, s, func(w storage.Writer) error { return Put(w, sample) })
	}
	View(t, s, func(r storage.Reader) error {
		for _, after := range []uint64{0, 5, 12, 99} {
			events, err := collect(r.Log(after))
			if err != nil {
				return err
			}
			var want []storage.Event
			for i := int(after); i < len(samples); i++ {
				want = append(want, storage.Event{Seq: uint64(i) + 1, Kind: storage.CaptureAdded, Capture: samples[i].Capture})
			}
			equal(t, fmt.Sprintf("log after %d", after), events, want)
		}
		return nil
	})
}

func nothing(t *testing.T, s Store) {
	View(t, s, func(r storage.Reader) error {
		_, blob := r.Blob(storage.Hash{})
		_, reading := r.Reading(storage.ReadingKey{})
		_, entry := r.Entry("x")
		_, cur := r.Curation("A", "k")
		_, mark := r.Mark("m")
		for name, err := range map[string]error{"Blob": blob, "Reading": reading, "Entry": entry, "Curation": cur, "Mark": mark} {
			if !errors.Is(err, storage.ErrNotFound) {
				t.Errorf("%s of nothing = %v, want ErrNotFound", name, err)
			}
		}
		list, err := postingsOf(r, "word")
		if err != nil || len(list) != 0 {
			t.Errorf("Postings of nothing = %v, %v", list, err)
		}
		if r.Seq() != 0 {
			t.Errorf("Seq of nothing = %d", r.Seq())
		}
		return nil
	})
}

// stopping leaves every sequence after its first value.
func stopping(t *testing.T, s Store) {
	Update(t, s, func(w storage.Writer) error {
		a := w.SetCuration(storage.Curation{Series: "A", Kind: "k", Value: []byte("1")})
		b := w.SetCuration(storage.Curation{Series: "B", Kind: "k", Value: []byte("1")})
		return errors.Join(a, b, Put(w, Samples(3, 1, 1)...))
	})
	View(t, s, func(r storage.Reader) error {
		return errors.Join(first(r.Log(0)), first(r.Captures()), first(r.CapturesOf(Samples(1, 1, 1)[0].Capture.SHA256)),
			first(r.Readings()),
			first(r.Entries("")), first(r.EntryDigests()), first(r.EntriesOf("AA-BB")), first(r.Curations()))
	})
}

func first[T any](seq iter.Seq2[T, error]) error {
	for _, err := range seq {
		return err
	}
	return errors.New("a sequence is empty")
}

// outlive keeps values beyond their transaction while the store is written over.
func outlive(t *testing.T, s Store) {
	samples := Samples(20, 5, 1)
	Update(t, s, func(w storage.Writer) error {
		return errors.Join(Put(w, samples...), w.SetCuration(storage.Curation{Series: "A", Kind: "k", Value: []byte("some value")}))
	})
	kept := dumped(t, s, "word0000")
	before, err := json.Marshal(kept)
	if err != nil {
		t.Fatal(err)
	}
	for round := range 5 {
		Update(t, s, func(w storage.Writer) error {
			for _, sample := range samples {
				if err := errors.Join(w.DeleteReading(sample.Reading.Key), w.DeleteEntry(sample.Entry.ID)); err != nil {
					return err
				}
			}
			return Put(w, Samples(20, 5, uint64(round)+2)...)
		})
	}
	after, err := json.Marshal(kept)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "values kept beyond their transaction", string(after), string(before))
}
