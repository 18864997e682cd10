package storage

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"time"

	"readout/timeline"
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// checksumSize is how many bytes of a record its checksum takes.
const checksumSize = 4

// checksum covers the key, so that a record that turns up in another place is
// noticed too.
func checksum(key, payload []byte) uint32 {
	return crc32.Update(crc32.Checksum(key, castagnoli), castagnoli, payload)
}

// seal makes the record of payload under key.
func seal(key, payload []byte) []byte {
	record := make([]byte, 0, checksumSize+len(payload))
	return append(binary.BigEndian.AppendUint32(record, checksum(key, payload)), payload...)
}

// checked returns the payload of a record, which shares its bytes.
func checked(table string, key, record []byte) ([]byte, error) {
	if len(record) < checksumSize || checksum(key, record[checksumSize:]) != binary.BigEndian.Uint32(record) {
		return nil, &damagedRow{table, bytes.Clone(key)}
	}
	return record[checksumSize:], nil
}

// damagedRow is ErrDamaged for a record that has not its checksum.
type damagedRow struct {
	table string
	key   []byte
}

func (e *damagedRow) Error() string {
	return fmt.Sprintf("%v: %s record %s has a wrong checksum", ErrDamaged, e.table, keyInWords(e.key))
}

// keyInWords is a key as people can read it: the text that it is or begins with, else the first
// of its bytes.
func keyInWords(key []byte) string {
	text, rest, _ := bytes.Cut(key, []byte{0})
	switch {
	case len(text) == 0 || !isText(text):
		return fmt.Sprintf("%x", key[:min(8, len(key))])
	case len(rest) == 0 || !isText(rest):
		return fmt.Sprintf("%q", text)
	}
	return fmt.Sprintf("%q", text) + " " + fmt.Sprintf("%q", rest)
}

func (e *damagedRow) Unwrap() error { return ErrDamaged }

// timeSize is the length of an encoded time.
const timeSize = 12

// appendTime appends t so that keys sort as times do: the sign of the seconds since
// 1970 is flipped, so that earlier times come first as unsigned numbers too.
func appendTime(b []byte, t time.Time) []byte {
	b = binary.BigEndian.AppendUint64(b, uint64(t.Unix())^1<<63)
	return binary.BigEndian.AppendUint32(b, uint32(t.Nanosecond()))
}

// timeIn reads what appendTime wrote at the front of b.
func timeIn(b []byte) time.Time {
	return time.Unix(int64(binary.BigEndian.Uint64(b)^1<<63), int64(binary.BigEndian.Uint32(b[8:]))).UTC()
}

func seqKey(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

func numKey(n uint32) []byte { return binary.BigEndian.AppendUint32(nil, n) }

// captureKey sorts captures by their bytes and then by time. The tail tells apart
// rows that differ only in what was said about them. The second value is the row as
// it is kept, in UTC.
func captureKey(c Capture) ([]byte, Capture, error) {
	c.CapturedAt = c.CapturedAt.UTC()
	if !c.NotedAt.IsZero() {
		c.NotedAt = c.NotedAt.UTC()
	}
	if !c.ReceivedAt.IsZero() {
		c.ReceivedAt = c.ReceivedAt.UTC()
	}
	payload, err := json.Marshal(c)
	if err != nil {
		return nil, c, err
	}
	tail := sha256.Sum256(payload)
	key := appendTime(append(make([]byte, 0, len(c.SHA256)+timeSize+8), c.SHA256[:]...), c.CapturedAt)
	return append(key, tail[:8]...), c, nil
}

// dayKey sorts entries by series, then day, then id. An unknown day is empty and
// sorts first.
// No series holds a 0; PutEntry sees to it.
func dayKey(series timeline.SeriesID, day timeline.Date, id string) []byte {
	return fmt.Appendf(nil, "%s\x00%s\x00%s", series, day, id)
}

// whenKey sorts entries by day, then id.
func whenKey(day timeline.Date, id string) []byte { return fmt.Appendf(nil, "%s\x00%s", day, id) }

// seenKey sorts the spells of versions by when they began.
func seenKey(at time.Time, id string) []byte { return append(appendTime(nil, at), id...) }

func curationKey(series timeline.SeriesID, kind string) []byte {
	return fmt.Appendf(nil, "%s\x00%s", series, kind)
}
