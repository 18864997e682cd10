package storagetest

import (
	"bytes"
	"cmp"
	"errors"
	"iter"
	"maps"
	"reflect"
	"slices"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"readout/storage"
	"readout/timeline"
)

// Contents is all that a store holds, for comparing with cmp or printing as JSON.
type Contents struct {
	Log       []storage.Event
	Captures  []storage.Capture
	Blobs     map[string]string // captured bytes by hash
	Readings  []*storage.Reading
	Texts     []string // of Readings, which JSON leaves out
	Entries   []*storage.Entry
	Series    map[timeline.SeriesID][]string // ids in order of day
	Curations []storage.Curation
	Marks     map[string]uint64
	Postings  map[string][]Posting // of terms asked for
}

// Posting is a storage.Posting of a reading that is kept.
type Posting struct {
	Reading   storage.ReadingKey
	Statement int
	Positions []int
}

// postingsOf returns the postings of a term in order of reading and statement.
func postingsOf(r storage.Reader, term string) ([]Posting, error) {
	lists, err := r.Lists(term)
	if err != nil {
		return nil, err
	}
	list, err := lists.Postings(nil)
	if err != nil {
		return nil, err
	}
	out := []Posting{}
	for _, p := range list {
		reading, err := r.Numbered(p.Number)
		if errors.Is(err, storage.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, Posting{reading.Key, int(p.Statement), p.Positions()})
	}
	slices.SortFunc(out, func(a, b Posting) int {
		return cmp.Or(bytes.Compare(a.Reading[:], b.Reading[:]), a.Statement-b.Statement)
	})
	return out, nil
}

// Dump reads all that a store holds, and the postings of the given terms.
func Dump(r storage.Reader, terms ...string) (c *Contents, err error) {
	c = &Contents{Blobs: map[string]string{}, Series: map[timeline.SeriesID][]string{}, Postings: map[string][]Posting{}}
	if c.Log, err = collect(r.Log(0)); err != nil {
		return nil, err
	}
	if c.Captures, err = collect(r.Captures()); err != nil {
		return nil, err
	}
	for _, row := range c.Captures {
		data, err := r.Blob(row.SHA256)
		if err != nil {
			return nil, err
		}
		c.Blobs[row.SHA256.String()] = string(data)
	}
	if err := c.derived(r, terms); err != nil {
		return nil, err
	}
	if c.Curations, err = collect(r.Curations()); err != nil {
		return nil, err
	}
	c.Marks, err = r.Marks()
	return c, err
}

// derived reads what is made from the captures.
func (c *Contents) derived(r storage.Reader, terms []string) (err error) {
	for whole, err := range r.Readings() {
		if err != nil {
			return err
		}
		c.Readings = append(c.Readings, whole)
		c.Texts = append(c.Texts, whole.Release.Text)
	}
	if c.Entries, err = collect(r.Entries("")); err != nil {
		return err
	}
	series := map[timeline.SeriesID]bool{}
	for _, e := range c.Entries {
		series[e.Head.Series] = true
	}
	for _, id := range slices.Sorted(maps.Keys(series)) {
		entries, err := collect(r.EntriesOf(id))
		if err != nil {
			return err
		}
		c.Series[id] = idsOf(entries)
	}
	for _, term := range terms {
		if c.Postings[term], err = postingsOf(r, term); err != nil {
			return err
		}
	}
	return nil
}

// Diff describes how got differs from want, as go-cmp does; "" means not at all.
func Diff(want, got any) string {
	if reflect.DeepEqual(want, got) {
		return "" // much faster, and nearly always the case
	}
	return gocmp.Diff(want, got, cmpopts.EquateComparable(timeline.Date{}))
}

func idsOf(entries []*storage.Entry) []string {
	var ids []string
	for _, e := range entries {
		ids = append(ids, e.ID)
	}
	return ids
}

// collect returns the values of a sequence up to its first error.
func collect[T any](seq iter.Seq2[T, error]) ([]T, error) {
	var out []T
	for v, err := range seq {
		if err != nil {
			return out, err
		}
		out = append(out, v)
	}
	return out, nil
}
