package archive

import (
	"context"
	"errors"
	"math"

	"readout/storage"
	"readout/timeline"
)

// The lists of common words are long, and to look up the day of every statement in them, in order
// to show the newest hundred, takes time that grows with the archive. So the newest releases are
// searched first, some days and then more of them, where that is less work: of n releases in which
// a share p has the words, limit / p are looked at instead of p * n.

const (
	// firstNewest is how many releases are searched first, and mostNewest is up to how many.
	firstNewest = 128
	mostNewest  = 64 * firstNewest
	// dearer is how much more it takes to search a release than to look up where a hit stands.
	dearer = 2
	// perPosting is how many bytes of a list one statement takes at least.
	perPosting = 4
)

// worth reports whether to search the newest releases is less work, where so many hits are expected
// of so many releases.
func (f SearchFilter) worth(hits, of, total int) bool {
	return float64(hits)*float64(hits)*float64(total) > float64(dearer*f.Limit)*float64(of)*float64(of)
}

// newest returns as many hits as are asked for, out of the newest releases alone, and none where
// these have not so many, or where it is less work to look at all hits.
func (f SearchFilter) newest(ctx context.Context, r storage.Reader, q query) ([]Hit, error) {
	if f.Limit == 0 || f.Series != nil {
		return nil, nil
	}
	counts, err := r.Counts()
	if err != nil {
		return nil, err
	}
	most, err := q.most(r)
	if err != nil || !f.worth(most, counts.Releases, counts.Releases) {
		return nil, err
	}
	until, err := lastDay(r, f.Since, f.Until)
	if err != nil {
		return nil, err
	}
	var hits []Hit
	var ids []string // that are not searched yet
	seen, next := 0, firstNewest
	for day, err := range r.ByDay(until) {
		if err != nil {
			return nil, err
		}
		if day.Day.Before(f.Since) || seen+len(day.IDs) > mostNewest {
			break
		}
		if seen+len(day.IDs) > next {
			if hits, err = f.hitsIn(ctx, r, q, ids, hits); err != nil || f.full(hits) {
				return hits, err
			}
			if !f.worth(len(hits), seen, counts.Releases) {
				return nil, nil
			}
			ids, next = ids[:0], 4*next
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

// most is how many statements a query finds at most, by the word that the fewest have. A last word
// that may go on is taken as it is: where nothing has it whole, nothing is found.
func (q query) most(r storage.Reader) (int, error) {
	most := math.MaxInt
	for _, p := range q.all {
		for _, x := range p {
			list := r.Lists
			if x.more {
				list = r.ListsBelow
			}
			lists, err := list(x.term)
			if err != nil {
				return 0, err
			}
			most = min(most, lists.Size()/perPosting)
		}
	}
	return most, nil
}

// listKeeper is a reader that reads the lists of a word once.
type listKeeper struct {
	storage.Reader
	lists, below map[string]storage.Lists
}

func keepLists(r storage.Reader) *listKeeper {
	return &listKeeper{r, map[string]storage.Lists{}, map[string]storage.Lists{}}
}

// Lists is [storage.Reader.Lists].
func (k *listKeeper) Lists(term string) (storage.Lists, error) {
	return keptIn(k.lists, term, k.Reader.Lists)
}

// ListsBelow is [storage.Reader.ListsBelow].
func (k *listKeeper) ListsBelow(prefix string) (storage.Lists, error) {
	return keptIn(k.below, prefix, k.Reader.ListsBelow)
}

func keptIn(kept map[string]storage.Lists, term string, read func(string) (storage.Lists, error)) (storage.Lists, error) {
	if l, ok := kept[term]; ok {
		return l, nil
	}
	l, err := read(term)
	if err == nil {
		kept[term] = l
	}
	return l, err
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
