package storage

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"iter"

	"readout/timeline"
)

// Counts are how much a store keeps. They are counted up and down with every write, so
// that nobody has to go through everything.
type Counts struct {
	Releases   int `cbor:"1,keyasint"`
	Versions   int `cbor:"2,keyasint"`
	Captures   int `cbor:"3,keyasint"`
	Statements int `cbor:"4,keyasint"` // of current versions
	Series     int `cbor:"5,keyasint"`
}

// SeriesRow is a series in short.
type SeriesRow struct {
	ID          timeline.SeriesID
	Releases    int
	Statements  int           // of current versions
	First, Last timeline.Date // of its releases' days
	// State names what the series consists of: which releases, in which current
	// readings, and what these were made from. It does not depend on the order in
	// which they came in; equal states, equal texts.
	State Hash
}

// seriesRecord is what is kept of a series.
type seriesRecord struct {
	Releases   int  `cbor:"1,keyasint"`
	Statements int  `cbor:"2,keyasint"`
	State      Hash `cbor:"3,keyasint"`
}

func (t *tx) Counts() (Counts, error) {
	if t.counts != nil {
		return *t.counts, nil
	}
	var n Counts
	err := t.load(tMeta, metaCounts, &n)
	if errors.Is(err, ErrNotFound) {
		err = nil
	}
	return n, err
}

// count changes the counts, which are written at the end of the transaction.
func (t *tx) count(change func(*Counts)) error {
	n, err := t.Counts()
	if err != nil {
		return err
	}
	change(&n)
	t.counts = &n
	return nil
}

func (t *tx) flushCounts() error {
	if t.counts == nil {
		return nil
	}
	return t.save(tMeta, metaCounts, *t.counts)
}

// tally counts an entry in (sign 1) or out (sign -1).
func (t *tx) tally(e *Entry, sign int) error {
	r, err := t.seriesRecord(e.Head.Series)
	if err != nil {
		return err
	}
	there := r.Releases > 0
	r.add(e, sign)
	key := seriesKey(e.Head.Series)
	if r.Releases > 0 {
		err = t.save(tSeries, key, r)
	} else {
		err = t.rows.Delete(tSeries, key)
	}
	if err != nil {
		return err
	}
	return t.count(func(n *Counts) {
		n.Releases += sign
		n.Versions += sign * len(e.Versions)
		n.Statements += sign * e.Statements
		if there != (r.Releases > 0) {
			n.Series += sign
		}
	})
}

// add counts an entry in (sign 1) or out (sign -1).
func (r *seriesRecord) add(e *Entry, sign int) {
	r.Releases += sign
	r.Statements += sign * e.Statements
	state := e.state()
	for i := range r.State {
		r.State[i] ^= state[i]
	}
}

// state is the share of an entry in SeriesRow.State. The shares are joined by
// exclusive or, so that they can be taken out again.
func (e *Entry) state() Hash {
	v := e.Versions[e.Current-1]
	return sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%x", e.ID, e.Made, v.Reading[:]))
}

// seriesKey is the key of a series in short: bbolt takes no empty key.
func seriesKey(id timeline.SeriesID) []byte { return []byte("s" + string(id)) }

func (t *tx) seriesRecord(id timeline.SeriesID) (seriesRecord, error) {
	var r seriesRecord
	err := t.load(tSeries, seriesKey(id), &r)
	if errors.Is(err, ErrNotFound) {
		err = nil
	}
	return r, err
}

func (t *tx) SeriesRow(id timeline.SeriesID) (SeriesRow, error) {
	r, err := t.seriesRecord(id)
	if err == nil && r.Releases == 0 {
		err = fmt.Errorf("series %q: %w", id, ErrNotFound)
	}
	if err != nil {
		return SeriesRow{ID: id}, err
	}
	return t.seriesRow(id, r)
}

func (t *tx) seriesRow(id timeline.SeriesID, r seriesRecord) (SeriesRow, error) {
	row := SeriesRow{ID: id, Releases: r.Releases, Statements: r.Statements, State: r.State}
	prefix := dayPrefix(id)
	last, err := t.rows.Last(tDay, prefix)
	if err != nil {
		return row, err
	}
	row.Last = dayIn(bytes.TrimPrefix(last, prefix))
	row.First, err = t.firstDay(tDay, prefix)
	return row, err
}

// dayPrefix is what the rows of a series in the index of days begin with.
func dayPrefix(id timeline.SeriesID) []byte { return append([]byte(id), 0) }

// known is where the days begin under a prefix of an index of days, behind the unknown.
func known(prefix []byte) []byte { return append(bytes.Clone(prefix), '0') }

// firstDay is the first day that an index of days has under a prefix, zero for none.
func (t *tx) firstDay(index string, prefix []byte) (timeline.Date, error) {
	for row, err := range t.rows.Scan(index, known(prefix)) {
		if err != nil || !bytes.HasPrefix(row.Key, prefix) {
			return timeline.Date{}, err
		}
		return dayIn(row.Key[len(prefix):]), nil
	}
	return timeline.Date{}, nil
}

// dayIn reads the day that stands before a zero byte, zero where it is none.
func dayIn(key []byte) timeline.Date {
	day, _, _ := bytes.Cut(key, []byte{0})
	d, err := timeline.ParseDate(string(day))
	if err != nil {
		return timeline.Date{}
	}
	return d
}

func (t *tx) SeriesRows() iter.Seq2[SeriesRow, error] {
	return func(yield func(SeriesRow, error) bool) {
		some := make([]Row, 0, t.together())
		for row, err := range t.scan(tSeries, nil) {
			if err != nil {
				yield(SeriesRow{}, err)
				return
			}
			if some = append(some, row); len(some) < cap(some) {
				continue
			}
			if !t.yieldSeries(some, yield) {
				return
			}
			some = some[:0]
		}
		t.yieldSeries(some, yield)
	}
}

// yieldSeries yields the series whose rows are given, and reports whether to go on.
func (t *tx) yieldSeries(some []Row, yield func(SeriesRow, error) bool) bool {
	err := t.aheadDays(keysOf(some, func(row Row) timeline.SeriesID { return timeline.SeriesID(row.Key[1:]) }))
	if err != nil {
		yield(SeriesRow{}, err)
		return false
	}
	for _, row := range some {
		var r seriesRecord
		var out SeriesRow
		err := t.packer.decode(tSeries, row.Value, &r)
		if err == nil {
			out, err = t.seriesRow(timeline.SeriesID(row.Key[1:]), r)
		}
		if !yield(out, err) || err != nil {
			return false
		}
	}
	return true
}

func (t *tx) Days() (first, last timeline.Date, err error) {
	k, err := t.rows.Last(tWhen, nil)
	if err != nil {
		return first, last, err
	}
	first, err = t.firstDay(tWhen, nil)
	return first, dayIn(k), err
}

// recount makes all counts from the entries and captures.
func (t *tx) recount() error {
	keys, err := t.collectKeys(tSeries, nil)
	if err != nil {
		return err
	}
	for _, k := range keys {
		if err := t.rows.Delete(tSeries, k); err != nil {
			return err
		}
	}
	t.counts = &Counts{}
	for _, err := range t.keys(tCapture, nil) {
		if err != nil {
			return err
		}
		t.counts.Captures++
	}
	var entries []*Entry
	for row, err := range t.keys(tEntry, nil) {
		if err != nil {
			return err
		}
		if packed, err := checked(tEntry, row.Key, row.Value); err == nil { // Check tells of the others
			if e, err := t.openEntry(packed); err == nil {
				entries = append(entries, e)
			}
		}
	}
	for _, e := range entries {
		if err := t.tally(e, 1); err != nil {
			return err
		}
	}
	return nil
}
