package archive

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"readout/internal/archive/address"
	"readout/storage"
)

// lookUp returns the captures of the bytes of the items.
func (in *ingestion) lookUp(ctx context.Context, items []*item) (map[storage.Hash][]storage.Capture, error) {
	known := map[storage.Hash][]storage.Capture{}
	if len(items) == 0 {
		return known, nil
	}
	err := in.db.View(ctx, func(r storage.Reader) error {
		for _, it := range items {
			rows, err := collect(r.CapturesOf(it.hash))
			if err != nil {
				return err
			}
			known[it.hash] = rows
		}
		return nil
	})
	if errors.Is(err, storage.ErrNoStore) {
		err = nil
	}
	return known, err
}

// readAll reads the items that bring something new, in parallel.
func (in *ingestion) readAll(items []*item, known map[storage.Hash][]storage.Capture) {
	work := make(chan *item)
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(items)) {
		wg.Go(func() {
			for it := range work {
				in.readOne(it, known[it.hash])
			}
		})
	}
	for _, it := range items {
		work <- it
	}
	close(work)
	wg.Wait()
}

// readOne reads an item as it will stand beside the captures known so far. It
// writes only to the item and to its own result.
func (in *ingestion) readOne(it *item, known []storage.Capture) {
	row, isNew, err := in.row(it, known)
	if err != nil {
		in.fail(it.result, err)
		return
	}
	if !isNew {
		return
	}
	s, err := strandOf(append(slices.Clone(known), row), row)
	if err != nil {
		in.fail(it.result, err)
		return
	}
	doc, err := in.archive.parse(s, it.input.Data)
	if err != nil {
		in.fail(it.result, err)
		return
	}
	reading, err := in.archive.readingOf(s, doc)
	if err != nil {
		in.fail(it.result, err)
		return
	}
	var f facts
	if err := json.Unmarshal(reading.Facts, &f); err != nil {
		in.fail(it.result, err)
		return
	}
	if in.refuse != nil && len(known) == 0 {
		if err := in.refuse(it.input, doc, reading.Release); err != nil {
			in.refused(it.result, err)
			return
		}
	}
	it.reading, it.inputs, it.own = reading, f.Inputs, f.Captured
}

// strandOf returns the strand that row belongs to.
func strandOf(rows []storage.Capture, row storage.Capture) (*strand, error) {
	strands, err := strandsOf(rows)
	if err != nil {
		return nil, err
	}
	for _, s := range strands {
		if slices.ContainsFunc(s.rows, func(c storage.Capture) bool { return compareCaptures(c, row) == 0 }) {
			return s, nil
		}
	}
	return nil, fmt.Errorf("capture %s belongs to no reading", row.Name)
}

// row makes the capture of an item beside those known of the same bytes, and
// reports whether it says anything new.
func (in *ingestion) row(it *item, known []storage.Capture) (storage.Capture, bool, error) {
	s := saidOf(it.input.Overrides)
	s.Content, s.Remove, s.Unsaid = it.input.Select.Content, it.input.Select.Remove, it.input.unsaid
	row := storage.Capture{SHA256: it.hash, CapturedAt: it.input.CapturedAt.UTC(), Name: it.input.Name,
		MediaType: it.input.MediaType, URL: it.input.URL, Overrides: s.encode(),
		Claimed: !it.input.Witnessed && !it.input.CapturedAt.IsZero()}
	strands, err := strandsOf(known)
	if err != nil {
		return row, false, err
	}
	// The captures that the row joins: those of its identity, or all of them
	// while either side names none.
	identity := s.identity()
	strands = slices.DeleteFunc(strands, func(k *strand) bool {
		return identity != "" && k.said.identity() != "" && k.said.identity() != identity
	})
	explicit := !it.input.CapturedAt.IsZero()
	if len(strands) == 0 {
		if !explicit {
			row.CapturedAt = in.now
			if !it.own.IsZero() {
				row.CapturedAt, row.Claimed = it.own, true
			}
		}
		return row, true, nil
	}
	correction := true
	for _, k := range strands {
		// Without a time of their own the same bytes were not seen anew; the
		// last row is where a correction goes over all that was said before.
		at := row.CapturedAt
		if !explicit {
			at = slices.MaxFunc(k.rows, compareCaptures).CapturedAt
		}
		seen := slices.ContainsFunc(k.rows, func(c storage.Capture) bool { return c.CapturedAt.Equal(at) })
		addressed := it.input.URL == "" || slices.ContainsFunc(k.rows, func(c storage.Capture) bool {
			return address.Canonical(c.URL) == address.Canonical(it.input.URL)
		})
		repeated := string(s.over(k.said).encode()) == string(k.said.encode())
		if seen && addressed && repeated {
			return row, false, nil
		}
		correction = correction && !repeated
		row.CapturedAt = at
	}
	if correction {
		row.NotedAt = in.now
	}
	if !explicit {
		row.Claimed = !slices.ContainsFunc(known, func(c storage.Capture) bool { return c.CapturedAt.Equal(row.CapturedAt) && !c.Claimed })
	}
	return row, true, nil
}
