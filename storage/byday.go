package storage

import (
	"fmt"
	"iter"
	"slices"
	"time"

	"readout/timeline"
)

// DayIDs are the ids of the releases of one day, in order.
type DayIDs struct {
	Day timeline.Date
	IDs []string
}

func (t *tx) ByDay(until timeline.Date) iter.Seq2[DayIDs, error] {
	return func(yield func(DayIDs, error) bool) {
		if until.IsZero() && !t.yieldUndated(yield) {
			return
		}
		first, last, err := t.Days()
		if err != nil {
			yield(DayIDs{}, err)
			return
		}
		if !until.IsZero() && until.Before(last) {
			last = until
		}
		for day := last; !last.IsZero() && !day.Before(first); day = endBefore(day) {
			if day == last || day.Month() == time.December {
				err = t.aheadYear(day)
			}
			if err != nil {
				yield(DayIDs{}, err)
				return
			}
			if !t.yieldMonth(day, yield) {
				return
			}
		}
	}
}

// monthOf is what the keys of a month begin with in the index of days.
func monthOf(day timeline.Date) []byte { return []byte(day.String()[:len("2006-01-")]) }

// aheadYear has the last key of each month come, from that of a day back to the first of its year:
// most months of some archives have no release.
func (t *tx) aheadYear(day timeline.Date) error {
	var months []timeline.Date
	for d := day; d.Year() == day.Year(); d = endBefore(d) {
		months = append(months, d)
	}
	return fetchEnds(t, tWhen, months, func(d timeline.Date) Ends { return Ends{Prefix: monthOf(d)} })
}

// endBefore is the last day of the month before that of a day.
func endBefore(day timeline.Date) timeline.Date { return day.AddDays(-day.Day()) }

// yieldUndated yields the releases without a day and reports whether to go on.
func (t *tx) yieldUndated(yield func(DayIDs, error) bool) bool {
	keys, err := t.collectPart(tWhen, []byte{0})
	if err != nil {
		yield(DayIDs{}, err)
		return false
	}
	for _, key := range slices.Backward(keys) {
		if !yield(DayIDs{IDs: []string{indexed(key, 1)}}, nil) {
			return false
		}
	}
	return true
}

// yieldMonth yields the days of a month from one backwards, and reports whether to go on.
func (t *tx) yieldMonth(last timeline.Date, yield func(DayIDs, error) bool) bool {
	keys, err := t.collectPart(tWhen, monthOf(last))
	if err != nil {
		yield(DayIDs{}, err)
		return false
	}
	for len(keys) > 0 {
		day := DayIDs{Day: dayIn(keys[len(keys)-1])}
		from := slices.IndexFunc(keys, func(k []byte) bool { return dayIn(k) == day.Day })
		for _, k := range keys[from:] {
			day.IDs = append(day.IDs, indexed(k, 1))
		}
		keys = keys[:from]
		if !last.Before(day.Day) && !yield(day, nil) {
			return false
		}
	}
	return true
}

// collectPart is collectKeys of what comes in one answer where the rows are far away, and in none
// where it is known that nothing is there.
func (t *tx) collectPart(table string, prefix []byte) ([][]byte, error) {
	if end, err := t.rows.Last(table, prefix); err != nil || end == nil {
		return nil, err
	}
	if f, ok := t.rows.(Fetcher); ok {
		if err := f.FetchParts(table, []Ends{{From: prefix, Prefix: prefix}}); err != nil {
			return nil, err
		}
	}
	return t.collectKeys(table, prefix)
}

func (t *tx) CurrentReading(id string) (ReadingKey, error) {
	key, err := t.currentReading(id)
	if err != nil {
		return key, fmt.Errorf("release %q: %w", id, err)
	}
	return key, nil
}

// currentReading is CurrentReading; its errors do not say of which release.
func (t *tx) currentReading(id string) (key ReadingKey, err error) {
	packed, err := t.get(tEntry, []byte(id))
	if err != nil {
		return key, err
	}
	plain, err := t.unpack(packed)
	if err != nil {
		return key, err
	}
	var r struct {
		Versions []struct {
			Reading ReadingKey `cbor:"3,keyasint"`
		} `cbor:"4,keyasint"`
		Current int `cbor:"5,keyasint"`
	}
	if err := t.packer.decode(tEntry, plain, &r); err != nil {
		return key, err
	}
	if r.Current < 1 || r.Current > len(r.Versions) {
		return key, fmt.Errorf("%w: it has no current version", ErrDamaged)
	}
	return r.Versions[r.Current-1].Reading, nil
}
