package storage

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/klauspost/compress/dict"
	"github.com/klauspost/compress/zstd"
)

const (
	enoughToTrain = 200       // readings, before a dictionary is made
	trainOn       = 150       // documents
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
	content, err := t.get(tDict, numKey(id))
	if err != nil {
		content, err = t.get(tDict, dictCopy(id))
	}
	if err != nil {
		return fmt.Errorf("%w: dictionary %d: %v", ErrDamaged, id, err)
	}
	t.packer.learn(id, bytes.Clone(content))
	return nil
}

// dictCopy is the key of the second copy of a dictionary: everything that was packed with it
// would be lost with the only one.
func dictCopy(id uint32) []byte { return append(numKey(id), 1) }

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
	if err != nil || len(samples) < enoughToTrain {
		return err
	}
	content, id, err := makeDict(samples)
	if err != nil {
		return nil //nolint:nilerr // documents that have nothing in common: it goes on without
	}
	if err := errors.Join(t.put(tDict, numKey(id), content), t.put(tDict, dictCopy(id), content)); err != nil {
		return err
	}
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
	binary.LittleEndian.PutUint32(content[4:], id) // after the magic number
	return content, id, nil
}
