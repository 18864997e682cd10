package storage

import (
	"encoding/binary"
	"fmt"

	"go.etcd.io/bbolt"
)

// Format is the version of the file format that this package writes.
const Format = 2

// The names of the tables; doc.go says what they hold.
const (
	tMeta     = "meta"
	tDict     = "dict"
	tSpare    = "spare"
	tBlob     = "blob"
	tCapture  = "capture"
	tLog      = "log"
	tBorn     = "born"
	tGone     = "gone"
	tCuration = "curation"
	tMark     = "mark"
	tFetch    = "fetch"
	tNumber   = "number"
	tReading  = "reading"
	tPlace    = "place"
	tEntry    = "entry"
	tDay      = "day"
	tWhen     = "when"
	tSeen     = "seen"
	tSeries   = "series"
	tSegment  = "segment"
	tPost     = "post"
	tNote     = "note"
)

func tables() []string {
	return []string{tMeta, tDict, tSpare, tBlob, tCapture, tLog, tBorn, tGone, tCuration, tMark, tFetch,
		tNumber, tReading, tPlace, tEntry, tDay, tWhen, tSeen, tSeries, tSegment, tPost, tNote}
}

// later are the tables that stores of this format which were made earlier do not have. What
// is not there is empty.
var later = map[string]bool{tGone: true, tSpare: true}

// growing are the tables whose new keys stand after all others, or nearly.
var growing = map[string]bool{tBlob: true, tLog: true, tReading: true, tPlace: true, tSegment: true, tPost: true}

// The keys of the meta table.
var (
	metaFormat   = []byte("format")
	metaReadings = []byte("readings") // the number of the last reading
	metaSegments = []byte("segments") // the number of the last segment
	metaMerging  = []byte("merging")  // the number of the segment that a merge writes
	metaDict     = []byte("dict")     // the number of the dictionary that is packed with
	metaCounts   = []byte("counts")   // see Counts
)

// format lays out an empty store.
func format(btx *bbolt.Tx) error {
	for _, name := range tables() {
		if _, err := btx.CreateBucketIfNotExists([]byte(name)); err != nil {
			return err
		}
	}
	return btx.Bucket([]byte(tMeta)).Put(metaFormat, numKey(Format))
}

// formatOf reads the format version of the file.
func formatOf(btx *bbolt.Tx) (uint32, error) {
	b := btx.Bucket([]byte(tMeta))
	if b == nil {
		return 0, fmt.Errorf("%w: the file is not a readout store", ErrVersion)
	}
	v := b.Get(metaFormat)
	if len(v) != 4 {
		return 0, fmt.Errorf("%w: the file does not say its format", ErrVersion)
	}
	n := binary.BigEndian.Uint32(v)
	if n > Format {
		return 0, fmt.Errorf("%w: the file has format %d, this program knows up to %d; a newer readout is needed",
			ErrVersion, n, Format)
	}
	return n, nil
}

// checkFormat reports whether the file can be read as it is: [ErrOutdated] where it
// has to be brought over first.
func checkFormat(btx *bbolt.Tx) error {
	n, err := formatOf(btx)
	switch {
	case err != nil || n == Format:
		return err
	case n == 1:
		return fmt.Errorf("%w: the file has format %d", ErrOutdated, n)
	}
	return fmt.Errorf("%w: the file has format %d, which was never released", ErrVersion, n)
}
