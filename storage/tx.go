package storage

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
)

// tx is a transaction on an engine as a Reader and Writer.
type tx struct {
	rows   Rows
	packer *packer
	// Postings of this transaction, by term, and of how many readings they are;
	// flush writes them.
	fresh    map[string]*growingList
	numbered int
	added    map[Hash]bool           // bytes of which this transaction added a capture
	outlines map[ReadingKey]*Reading // of the readings that it wrote
	blobs    map[Hash][]byte         // captured bytes that it wrote
	counts   *Counts                 // as changed by this transaction, nil for not at all
	trained  bool                    // this transaction made the dictionary
	quiet    bool                    // readings are brought over, not made: the log hears nothing
}

// flush writes what was held back until the end of the transaction.
func (t *tx) flush() error {
	if err := errors.Join(t.train(), t.spare()); err != nil {
		return err
	}
	if err := t.flushPostings(); err != nil {
		return err
	}
	return t.flushCounts()
}

// get returns the payload of the record under key, which shares the engine's bytes.
func (t *tx) get(table string, key []byte) ([]byte, error) {
	v, err := t.rows.Get(table, key)
	if err != nil {
		return nil, err
	}
	if v == nil {
		return nil, fmt.Errorf("%s: %w", table, ErrNotFound)
	}
	return checked(table, key, v)
}

func (t *tx) put(table string, key, payload []byte) error {
	return t.rows.Put(table, key, seal(key, payload))
}

// load decodes the record under key into v.
func (t *tx) load(table string, key []byte, v any) error {
	b, err := t.get(table, key)
	if err != nil {
		return err
	}
	return t.packer.decode(table, b, v)
}

// save keeps the record of v under key.
func (t *tx) save(table string, key []byte, v any) error {
	b, err := t.packer.encode(v)
	if err != nil {
		return err
	}
	return t.put(table, key, b)
}

// scan yields the rows whose keys have a prefix, with the payloads of their records.
func (t *tx) scan(table string, prefix []byte) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for row, err := range t.keys(table, prefix) {
			if err == nil {
				row.Value, err = checked(table, row.Key, row.Value)
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// keys yields the rows whose keys have a prefix, as they are.
func (t *tx) keys(table string, prefix []byte) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for row, err := range t.rows.Scan(table, prefix) {
			if err == nil && !bytes.HasPrefix(row.Key, prefix) || !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// collectKeys returns copies of the keys with a prefix: a table must not be scanned
// while it is written to.
func (t *tx) collectKeys(table string, prefix []byte) ([][]byte, error) {
	var out [][]byte
	for row, err := range t.keys(table, prefix) {
		if err != nil {
			return nil, err
		}
		out = append(out, bytes.Clone(row.Key))
	}
	return out, nil
}

// next counts up one of the numbers in the meta table and returns it: a number is
// never given out twice.
func (t *tx) next(counter []byte) (uint32, error) {
	v, err := t.rows.Get(tMeta, counter)
	if err != nil {
		return 0, err
	}
	n := uint32(0)
	if len(v) == 4 {
		n = binary.BigEndian.Uint32(v)
	}
	if n++; n == 0 {
		return 0, fmt.Errorf("the store has no number left for %s", counter)
	}
	return n, t.rows.Put(tMeta, counter, numKey(n))
}

func (t *tx) Writes() uint64 { return t.rows.Writes() }
