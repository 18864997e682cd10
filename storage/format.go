package storage

import (
	"encoding/binary"
	"fmt"

	"go.etcd.io/bbolt"
)

// Format is the version of the file format that this package writes.
const Format = 1

// The names of the buckets; doc.go says what they hold.
const (
	bMeta     = "meta"
	bBlob     = "blob"
	bCapture  = "capture"
	bLog      = "log"
	bHead     = "head"
	bBody     = "body"
	bEntry    = "entry"
	bDay      = "day"
	bCuration = "curation"
	bMark     = "mark"
	bDoc      = "doc"
	bDocOf    = "docof"
	bSegment  = "segment"
	bPost     = "post"
)

func buckets() []string {
	return []string{bMeta, bBlob, bCapture, bLog, bHead, bBody, bEntry, bDay, bCuration, bMark, bDoc, bDocOf, bSegment, bPost}
}

// format lays out an empty store.
func format(btx *bbolt.Tx) error {
	for _, name := range buckets() {
		if _, err := btx.CreateBucketIfNotExists([]byte(name)); err != nil {
			return err
		}
	}
	return btx.Bucket([]byte(bMeta)).Put([]byte("format"), numKey(Format))
}

// formatOf reads the format version of the file.
func formatOf(btx *bbolt.Tx) (uint32, error) {
	b := btx.Bucket([]byte(bMeta))
	if b == nil {
		return 0, fmt.Errorf("%w: the file is not a readout store", ErrVersion)
	}
	v := b.Get([]byte("format"))
	if len(v) != 4 {
		return 0, fmt.Errorf("%w: the file does not say its format", ErrVersion)
	}
	n := binary.BigEndian.Uint32(v)
	if n > Format {
		return 0, fmt.Errorf("%w: the file has format %d, this program knows up to %d; a newer readout is needed", ErrVersion, n, Format)
	}
	return n, nil
}

// checkFormat reports whether the file can be read as it is.
func checkFormat(btx *bbolt.Tx) error {
	n, err := formatOf(btx)
	if err != nil || n == Format {
		return err
	}
	return fmt.Errorf("%w: the file has format %d, which was never released", ErrVersion, n)
}

// migrate brings the file to the current format inside the caller's transaction:
// a migration that fails leaves it as it was. There is no older format than 1 yet.
func migrate(btx *bbolt.Tx) error { return checkFormat(btx) }
