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
	return t.get(bCuration, curationKey(series, kind))
}

func (t *tx) Curations() iter.Seq2[Curation, error] {
	return func(yield func(Curation, error) bool) {
		for kv, err := range t.scan(bCuration, nil) {
			series, kind, _ := bytes.Cut(kv[0], []byte{0})
			if !yield(Curation{timeline.SeriesID(series), string(kind), kv[1]}, err) || err != nil {
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
	old, err := t.get(bCuration, key)
	if err != nil && !errors.Is(err, ErrNotFound) && !errors.Is(err, ErrDamaged) {
		return err
	}
	if (err == nil) == (c.Value != nil) && !errors.Is(err, ErrDamaged) && bytes.Equal(old, c.Value) {
		return nil // nothing to tell the log
	}
	if c.Value == nil {
		if err := t.bucket(bCuration).Delete(key); err != nil {
			return err
		}
	} else if err := t.put(bCuration, key, c.Value); err != nil {
		return err
	}
	return t.log(CurationChanged, []byte(c.Series))
}

func (t *tx) Mark(name string) (uint64, error) {
	b, err := t.get(bMark, []byte(name))
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
	for kv, err := range t.scan(bMark, nil) {
		if err != nil {
			return nil, err
		}
		if len(kv[1]) == 8 {
			out[string(kv[0])] = binary.BigEndian.Uint64(kv[1])
		}
	}
	return out, nil
}

func (t *tx) SetMark(name string, seq uint64) error {
	if name == "" {
		return fmt.Errorf("a mark needs a name")
	}
	return t.put(bMark, []byte(name), seqKey(seq))
}
