package archive

import (
	"context"
	"errors"

	"readout/storage"
	"readout/timeline"
)

// The lists of common words are long, and to look up the day of every statement in them, in order
// to show the newest hundred, takes time that grows with the archive. So the newest releases are
// searched first, some days and then more of them: of a common word they have enough.

const (
	// commonWord is from how many bytes on the list of a word is worth that.
	commonWord = 4 << 10
	// firstNewest is how many releases are searched first, and mostNewest is up to how many.
	firstNewest = 128
	mostNewest  = 32 * firstNewest
)

// newest returns as many hits as are asked for, out of the newest releases alone, and none where
// these have not so many, or where the words are rare.
func (f SearchFilter) newest(ctx context.Context, r storage.Reader, q query) ([]Hit, error) {
	if f.Limit == 0 || f.Series != nil {
		return nil, nil
	}
	if common, err := q.common(r); err != nil || !common {
		return nil, err
	}
	until, err := lastDay(r, f.Since, f.Until)
	if err != nil {
		return nil, err
	}
	var hits []Hit
	var ids []string // that are not searched yet
	seen, most := 0, firstNewest
	for day, err := range r.ByDay(until) {
		if err != nil {
			return nil, err
		}
		if day.Day.Before(f.Since) || seen+len(day.IDs) > mostNewest {
			break
		}
		if seen+len(day.IDs) > most {
			if hits, err = f.hitsIn(ctx, r, q, ids, hits); err != nil || f.full(hits) {
				return hits, err
			}
			if len(hits)*mostNewest < f.Limit*seen {
				return nil, nil // too few for so many releases to have enough
			}
			ids, most = ids[:0], 4*most
		}
		ids = append(ids, day.IDs...)
		seen += len(day.IDs)
	}
	if hits, err = f.hitsIn(ctx, r, q, ids, hits); !f.full(hits) {
		return nil, err
	}
	return hits, err
}

// lastDay is the last day between two, zero where both are: releases without a day stand between
// no others.
func lastDay(r storage.Reader, since, until timeline.Date) (timeline.Date, error) {
	if since.IsZero() || !until.IsZero() {
		return until, nil
	}
	_, last, err := r.Days()
	return last, err
}

// currentReadings returns the readings of the current versions of releases.
func currentReadings(r storage.Reader, ids []string) ([]storage.ReadingKey, error) {
	if err := r.Ahead(storage.Soon{Entries: ids}); err != nil {
		return nil, err
	}
	var keys []storage.ReadingKey
	for _, id := range ids {
		key, err := r.CurrentReading(id)
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// hitsIn appends the statements that fit in some releases.
func (f SearchFilter) hitsIn(ctx context.Context, r storage.Reader, q query, ids []string, hits []Hit) ([]Hit, error) {
	keys, err := currentReadings(r, ids)
	if err != nil {
		return nil, err
	}
	some := map[uint32]bool{}
	if err := numbersInto(r, keys, some); err != nil {
		return nil, err
	}
	places, err := q.fit(ctx, r, func(number uint32) bool { return some[number] })
	if err != nil {
		return nil, err
	}
	found, err := f.findings(ctx, r, statementsOf(places))
	if err != nil {
		return nil, err
	}
	return f.hits(ctx, r, hits, found)
}

// common reports whether every word of a query stands in many places. One that may go on is taken
// as it is: where nothing has it whole, nothing is found.
func (q query) common(r storage.Reader) (bool, error) {
	for _, p := range q.all {
		for _, x := range p {
			list := r.Lists
			if x.more {
				list = r.ListsBelow
			}
			if lists, err := list(x.term); err != nil || lists.Size() < commonWord {
				return false, err
			}
		}
	}
	return true, nil
}

// numbersInto notes the numbers of readings.
func numbersInto(r storage.Reader, keys []storage.ReadingKey, numbers map[uint32]bool) error {
	if err := r.Ahead(storage.Soon{Numbers: keys}); err != nil {
		return err
	}
	for _, key := range keys {
		n, err := r.NumberOf(key)
		if errors.Is(err, storage.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		numbers[n] = true
	}
	return nil
}
