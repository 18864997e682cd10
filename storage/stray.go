package storage

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"
)

// strayStep is how much of a file is looked through at once.
const strayStep = 1 << 20

// strayDicts looks for dictionaries at every place of the file, where no page has led to one: the
// heads of the pages of both copies may be hurt, and in older stores one page leads to both. A dictionary
// proves itself like every record, by the checksum before it, which covers the key that its
// own number makes. Its length is not known: it ends where the checksum is right.
func (w *wreck) strayDicts() error {
	if w.over[tDict] != nil {
		return nil
	}
	magic := binary.BigEndian.AppendUint32(nil, dictMagic)
	step := make([]byte, strayStep+len(magic)-1) // the rest, so that none is cut in two
	for at := int64(0); ; at += strayStep {
		n, err := w.file.ReadAt(step, at)
		if err != nil && err != io.EOF {
			return err
		}
		for from := 0; ; {
			i := bytes.Index(step[from:n], magic)
			if i < 0 {
				break
			}
			from += i + len(magic)
			if err := w.strayDict(at + int64(from-len(magic))); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}

// strayDict keeps the dictionary that begins at a place of the file, if one does.
func (w *wreck) strayDict(at int64) error {
	if at < checksumSize {
		return nil
	}
	record := make([]byte, checksumSize+2*dictSize)
	n, err := w.file.ReadAt(record, at-checksumSize)
	if err != nil && err != io.EOF {
		return err
	}
	record = record[:n]
	if len(record) < checksumSize+8 {
		return nil
	}
	id := dictID(record[checksumSize:])
	for _, key := range [][]byte{numKey(id), spareKey(id, 0), spareKey(id, 1)} {
		if end := recordEnd(key, record); end > 0 {
			w.putDict(record[checksumSize:end])
			return nil
		}
	}
	return nil
}

// recordEnd returns where a record under a key ends that begins the bytes, 0 where none does.
func recordEnd(key, b []byte) int {
	sum := crc32.Checksum(key, castagnoli)
	for i := checksumSize; i < len(b); i++ {
		if sum = crc32.Update(sum, castagnoli, b[i:i+1]); sum == binary.BigEndian.Uint32(b) {
			return i + 1
		}
	}
	return 0
}
