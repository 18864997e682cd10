package storage

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"strings"

	"readout/timeline"
)

func (t *tx) Curation(series timeline.SeriesID, kind string) ([]byte, error) {
	return t.copyOf(tCuration, curationKey(series, kind))
}

// copyOf is get for a payload that outlives the transaction.
func (t *tx) copyOf(table string, key []byte) ([]byte, error) {
	b, err := t.get(table, key)
	if err != nil {
		return nil, err
	}
	return append(make([]byte, 0, len(b)), b...), nil // not nil where it is empty
}

func (t *tx) Curations() iter.Seq2[Curation, error] {
	return func(yield func(Curation, error) bool) {
		for row, err := range t.scan(tCuration, nil) {
			series, kind, _ := bytes.Cut(row.Key, []byte{0})
			c := Curation{timeline.SeriesID(series), string(kind), append(make([]byte, 0, len(row.Value)), row.Value...)}
			if !yield(c, err) || err != nil {
				return
			}
		}
	}
}

func (t *tx) SetCuration(c Curation) error {
	if c.Kind == "" || strings.ContainsRune(string(c.Series), 0) {
		return fmt.Errorf("curation of series %q and kind %q cannot be kept under such a name", c.Series, c.Kind)
	}
	key := curationKey(c.Series, c.Kind)
	old, err := t.get(tCuration, key)
	if err != nil && !errors.Is(err, ErrNotFound) && !errors.Is(err, ErrDamaged) {
		return err
	}
	if (err == nil) == (c.Value != nil) && !errors.Is(err, ErrDamaged) && bytes.Equal(old, c.Value) {
		return nil // nothing to tell the log
	}
	if c.Value == nil {
		if err := t.rows.Delete(tCuration, key); err != nil {
			return err
		}
	} else if err := t.put(tCuration, key, c.Value); err != nil {
		return err
	}
	return t.log(CurationChanged, []byte(c.Series))
}

func (t *tx) Mark(name string) (uint64, error) {
	b, err := t.get(tMark, []byte(name))
	if err != nil {
		return 0, err
	}
	if len(b) != 8 {
		return 0, fmt.Errorf("%w: mark %q", ErrDamaged, name)
	}
	return binary.BigEndian.Uint64(b), nil
}

func (t *tx) Marks() (map[string]uint64, error) {
	out := map[string]uint64{}
	for row, err := range t.scan(tMark, nil) {
		if err != nil {
			return nil, err
		}
		if len(row.Value) == 8 {
			out[string(row.Key)] = binary.BigEndian.Uint64(row.Value)
		}
	}
	return out, nil
}

func (t *tx) SetMark(name string, seq uint64) error {
	if name == "" {
		return fmt.Errorf("a mark needs a name")
	}
	return t.put(tMark, []byte(name), seqKey(seq))
}
