package storage

import (
	"bytes"
	"encoding/binary"
	"errors"

	"readout/timeline"
)

// Fetcher are [Rows] that are far away: what will be asked for one by one comes at once.
type Fetcher interface {
	// Fetch has the rows under some keys come, for Get to find.
	Fetch(table string, keys [][]byte) error
	// FetchEnds has the first row of a scan and, where Prefix is not empty, the greatest
	// key come for each of some ends, for Scan and Last to find.
	FetchEnds(table string, ends []Ends) error
	// FetchParts has the rows from From on that have Prefix come for each of some parts,
	// for Scan to find.
	FetchParts(table string, parts []Ends) error
}

// Ends are the two ends of a part of a table.
type Ends struct {
	From   []byte // where a scan begins
	Prefix []byte // of the greatest key; empty where that is not asked for
}

// Soon names what will be asked for soon.
type Soon struct {
	Entries   []string // ids
	Current   []string // ids of entries, with the readings of their current versions
	Readings  []ReadingKey
	Numbers   []ReadingKey        // the numbers of readings alone
	Places    []uint32            // numbers of readings
	Series    []timeline.SeriesID // in short
	Members   []timeline.SeriesID // with their entries
	Since     timeline.Date       // of Members: those before this day are left out
	Curations []Curation          // their values are not looked at
	Notes     []Note              // the same
}

// fetch has rows come at once where they are far away.
func (t *tx) fetch(table string, keys [][]byte) error {
	if f, ok := t.rows.(Fetcher); ok && len(keys) > 1 {
		return f.Fetch(table, keys)
	}
	return nil
}

// aheadDays has the first and last days of series come.
func (t *tx) aheadDays(all []timeline.SeriesID) error {
	return fetchEnds(t, tDay, all, func(id timeline.SeriesID) Ends {
		prefix := dayPrefix(id)
		return Ends{From: known(prefix), Prefix: prefix}
	})
}

// fetchEnds has the ends of several things come where the rows are far away.
func fetchEnds[T any](t *tx, table string, all []T, ends func(T) Ends) error {
	f, far := t.rows.(Fetcher)
	if !far || len(all) < 2 {
		return nil
	}
	return f.FetchEnds(table, keysOf(all, ends))
}

func (t *tx) Ahead(s Soon) error {
	if _, far := t.rows.(Fetcher); !far {
		return nil
	}
	for _, x := range []struct {
		table string
		keys  [][]byte
	}{
		{tEntry, keysOf(s.Entries, func(id string) []byte { return []byte(id) })},
		{tNumber, keysOf(s.Numbers, numberKey)},
		{tPlace, keysOf(s.Places, numKey)},
		{tSeries, keysOf(s.Series, seriesKey)},
		{tCuration, keysOf(s.Curations, func(c Curation) []byte { return curationKey(c.Series, c.Kind) })},
		{tNote, keysOf(s.Notes, func(n Note) []byte { return noteKey(n.Kind, n.Key) })},
	} {
		if err := t.fetch(x.table, x.keys); err != nil {
			return err
		}
	}
	if err := errors.Join(t.aheadDays(s.Series), t.aheadMembers(s.Members, s.Since)); err != nil {
		return err
	}
	readings, err := t.currentOf(s.Current)
	if err != nil {
		return err
	}
	return t.aheadReadings(append(readings, s.Readings...))
}

// aheadMembers has the entries of series come that stand under a day or a later one.
func (t *tx) aheadMembers(all []timeline.SeriesID, since timeline.Date) error {
	f, far := t.rows.(Fetcher)
	if !far || len(all) < 2 {
		return nil
	}
	parts := keysOf(all, func(id timeline.SeriesID) Ends { return membersFrom(id, since) })
	if err := f.FetchParts(tDay, parts); err != nil {
		return err
	}
	var entries [][]byte
	for _, p := range parts {
		for row, err := range t.rows.Scan(tDay, p.From) {
			if err != nil {
				return err
			}
			if !bytes.HasPrefix(row.Key, p.Prefix) {
				break
			}
			entries = append(entries, memberOf(row.Key[len(p.Prefix):]))
		}
	}
	return t.fetch(tEntry, entries)
}

// currentOf are the readings of the current versions of entries; one that is not there
// has none.
func (t *tx) currentOf(ids []string) ([]ReadingKey, error) {
	if err := t.fetch(tEntry, keysOf(ids, func(id string) []byte { return []byte(id) })); err != nil {
		return nil, err
	}
	var out []ReadingKey
	for _, id := range ids {
		e, err := t.Entry(id)
		if errors.Is(err, ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, e.Versions[e.Current-1].Reading)
	}
	return out, nil
}

// together is how many rows are asked for at once.
func (t *tx) together() int {
	if _, far := t.rows.(Fetcher); far {
		return 128
	}
	return 1
}

// aheadReadings has readings come with the bytes that they are packed against.
func (t *tx) aheadReadings(readings []ReadingKey) error {
	if len(readings) < 2 {
		return nil
	}
	if err := t.fetch(tNumber, keysOf(readings, numberKey)); err != nil {
		return err
	}
	hash := func(k ReadingKey) []byte {
		h := k.SHA256()
		return h[:]
	}
	if err := t.fetch(tBorn, keysOf(readings, hash)); err != nil {
		return err
	}
	var numbers, born [][]byte
	for _, k := range readings {
		n, err := t.number(k)
		if err != nil {
			return err
		}
		if n != 0 {
			numbers = append(numbers, numKey(n))
		}
		if v, err := t.rows.Get(tBorn, hash(k)); err == nil && len(v) == 8 {
			born = append(born, seqKey(binary.BigEndian.Uint64(v)))
		}
	}
	if err := t.fetch(tReading, numbers); err != nil {
		return err
	}
	return t.fetch(tBlob, born)
}

func keysOf[T, K any](all []T, key func(T) K) []K {
	out := make([]K, len(all))
	for i, x := range all {
		out[i] = key(x)
	}
	return out
}
