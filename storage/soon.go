package storage

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// Fetcher are [Rows] that are far away: Fetch has many of them come at once, for Get to
// find.
type Fetcher interface {
	Fetch(table string, keys [][]byte) error
}

// Soon names what will be asked for soon.
type Soon struct {
	Entries  []string // ids
	Current  []string // ids of entries, with the readings of their current versions
	Readings []ReadingKey
	Places   []uint32 // numbers of readings
}

// fetch has rows come at once where they are far away.
func (t *tx) fetch(table string, keys [][]byte) error {
	if f, ok := t.rows.(Fetcher); ok && len(keys) > 1 {
		return f.Fetch(table, keys)
	}
	return nil
}

func (t *tx) Ahead(s Soon) error {
	if _, far := t.rows.(Fetcher); !far {
		return nil
	}
	if err := t.fetch(tEntry, keysOf(s.Entries, func(id string) []byte { return []byte(id) })); err != nil {
		return err
	}
	if err := t.fetch(tPlace, keysOf(s.Places, numKey)); err != nil {
		return err
	}
	readings, err := t.currentOf(s.Current)
	if err != nil {
		return err
	}
	return t.aheadReadings(append(readings, s.Readings...))
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
	if err := t.fetch(tNumber, keysOf(readings, func(k ReadingKey) []byte { return bytes.Clone(k[:]) })); err != nil {
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

func keysOf[T any](all []T, key func(T) []byte) [][]byte {
	out := make([][]byte, len(all))
	for i, x := range all {
		out[i] = key(x)
	}
	return out
}
