package storage

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/klauspost/compress/dict"
	"github.com/klauspost/compress/zstd"
)

const (
	enoughToTrain = 200       // readings, before a dictionary is made
	trainOn       = 60        // documents
	longestSample = 8 << 10   // bytes of one document that are looked at
	dictSize      = 32 << 10  // bytes
	privateDicts  = 32768     // the first number that RFC 8878 leaves to private use
	privateRange  = 1<<31 - 1 // no number is above
)

// pack compresses with the dictionary of the store, where it has one.
func (t *tx) pack(data []byte) ([]byte, error) {
	id, err := t.dictInUse()
	if err != nil {
		return nil, err
	}
	if err := t.learn(id); err != nil {
		return nil, err
	}
	return t.packer.pack(id, data)
}

// unpack expands what pack made, or a frame without a dictionary.
func (t *tx) unpack(data []byte) ([]byte, error) {
	var h zstd.Header
	if err := h.Decode(data); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	if err := t.learn(h.DictionaryID); err != nil {
		return nil, err
	}
	return t.packer.unpack(data)
}

func (t *tx) dictInUse() (uint32, error) {
	v, err := t.rows.Get(tMeta, metaDict)
	if err != nil || len(v) != 4 {
		return 0, err
	}
	return binary.BigEndian.Uint32(v), nil
}

// learn makes the packer know a dictionary of the store.
func (t *tx) learn(id uint32) error {
	if t.packer.known(id) {
		return nil
	}
	content, err := t.dict(id)
	if err != nil {
		return fmt.Errorf("%w: dictionary %d: %v", ErrDamaged, id, err)
	}
	t.packer.learn(id, bytes.Clone(content))
	return nil
}

// dict returns a dictionary from wherever it is whole.
func (t *tx) dict(id uint32) (content []byte, err error) {
	for _, table := range []string{tDict, tSpare} {
		for row, scanErr := range t.keys(table, numKey(id)) {
			if scanErr != nil {
				return nil, scanErr
			}
			if content, err = checked(table, row.Key, row.Value); err == nil {
				return content, nil
			}
		}
	}
	return nil, cmp.Or(err, ErrNotFound)
}

// Everything that was packed with a dictionary would be lost with it, so it stands in a second
// table as well, in other pages of the file: a table in bbolt has pages of its own unless it is
// smaller than a quarter of one. The largest page is of 64 KiB.
const spareRoom = 64 << 10 / 4

// spareKey is the key of a spare copy of a dictionary, counted from 0.
func spareKey(id uint32, n int) []byte { return append(numKey(id), byte(n)) }

// spares is how many spare copies there are of a dictionary: of a small one as many as take
// pages of their own.
func spares(content []byte) int { return 1 + spareRoom/len(content) }

// spare sees to it that the dictionary in use is whole in both tables. Stores that were made
// earlier have both copies in the first. A server, which guards its pages itself and is far
// away, is asked only where the dictionary was made in this transaction.
func (t *tx) spare() error {
	if t.together() > 1 && !t.trained {
		return nil
	}
	id, err := t.dictInUse()
	if err != nil || id == 0 {
		return err
	}
	content, err := t.dict(id)
	if errors.Is(err, ErrNotFound) || errors.Is(err, ErrDamaged) {
		return nil // lost already
	}
	if err != nil {
		return err
	}
	content = bytes.Clone(content) // a table must not be written while its rows are looked at
	err = t.mend(tDict, numKey(id), content)
	for n := range spares(content) {
		err = errors.Join(err, t.mend(tSpare, spareKey(id, n), content))
	}
	old, scanErr := t.collectKeys(tDict, numKey(id))
	for _, key := range old {
		if len(key) > len(numKey(id)) {
			err = errors.Join(err, t.rows.Delete(tDict, key))
		}
	}
	return errors.Join(err, scanErr)
}

// mend puts a record, unless it is there and whole.
func (t *tx) mend(table string, key, payload []byte) error {
	_, err := t.get(table, key)
	if errors.Is(err, ErrNotFound) || errors.Is(err, ErrDamaged) {
		return t.put(table, key, payload)
	}
	return err
}

// train makes the dictionary of a store that has none and has come to have documents
// enough. It looks at those that were read first.
func (t *tx) train() error {
	if t.numbered == 0 {
		return nil
	}
	id, err := t.dictInUse()
	if err != nil || id != 0 {
		return err
	}
	samples, err := t.samples()
	if err != nil || len(samples) < enoughToTrain/4 {
		return err
	}
	content, id, err := makeDict(samples)
	if err != nil {
		return nil //nolint:nilerr // documents that have nothing in common: it goes on without
	}
	if err := t.put(tDict, numKey(id), content); err != nil {
		return err
	}
	t.trained = true
	return t.rows.Put(tMeta, metaDict, numKey(id))
}

// samples are the first documents and readings, nil while they are too few.
func (t *tx) samples() ([][]byte, error) {
	v, err := t.rows.Get(tMeta, metaReadings)
	if err != nil || len(v) != 4 || binary.BigEndian.Uint32(v) < enoughToTrain {
		return nil, err
	}
	var out [][]byte
	for row, err := range t.scan(tReading, nil) {
		if err != nil {
			return nil, err
		}
		var r readingRecord
		if err := t.packer.decode(tReading, row.Value, &r); err != nil {
			return nil, err
		}
		release, err := t.unpack(r.Release)
		if err != nil {
			return nil, err
		}
		out = append(out, release[:min(len(release), longestSample)])
		if data, err := t.Blob(r.Key.SHA256()); err == nil { // tests put readings of nothing
			out = append(out, data[:min(len(data), longestSample)])
		}
		if len(out) >= 2*trainOn {
			break
		}
	}
	return out, nil
}

// makeDict trains a dictionary, whose number follows from what is in it.
func makeDict(samples [][]byte) (content []byte, id uint32, err error) {
	o := dict.Options{
		MaxDictSize: dictSize, HashBytes: 6, ZstdDictID: privateDicts, ZstdLevel: zstd.SpeedBetterCompression,
	}
	if content, err = dict.BuildZstdDict(samples, o); err != nil {
		return nil, 0, err
	}
	sum := HashOf(content)
	id = privateDicts + binary.BigEndian.Uint32(sum[:])%(privateRange-privateDicts)
	binary.LittleEndian.PutUint32(content[4:], id) // after the magic number, see dictID
	return content, id, nil
}
