package storage

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"time"

	"github.com/klauspost/compress/zstd"

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
func checked(bucket string, key, record []byte) ([]byte, error) {
	if len(record) < checksumSize || checksum(key, record[checksumSize:]) != binary.BigEndian.Uint32(record) {
		return nil, fmt.Errorf("%w: %s record %x has a wrong checksum", ErrDamaged, bucket, key)
	}
	return record[checksumSize:], nil
}

// unseal returns a copy of the payload of a record.
func unseal(bucket string, key, record []byte) ([]byte, error) {
	payload, err := checked(bucket, key, record)
	return bytes.Clone(payload), err
}

// timeSize is the length of an encoded time.
const timeSize = 12

// appendTime appends t so that keys sort as times do: the sign of the seconds since
// 1970 is flipped, so that earlier times come first as unsigned numbers too.
func appendTime(b []byte, t time.Time) []byte {
	b = binary.BigEndian.AppendUint64(b, uint64(t.Unix())^1<<63)
	return binary.BigEndian.AppendUint32(b, uint32(t.Nanosecond()))
}

func seqKey(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

func numKey(n uint32) []byte { return binary.BigEndian.AppendUint32(nil, n) }

// captureKey sorts captures by their bytes and then by time. The tail tells apart
// rows that differ only in what was said about them.
func captureKey(c Capture) ([]byte, []byte, error) {
	c.CapturedAt = c.CapturedAt.UTC()
	if !c.NotedAt.IsZero() {
		c.NotedAt = c.NotedAt.UTC()
	}
	payload, err := json.Marshal(c)
	if err != nil {
		return nil, nil, err
	}
	tail := sha256.Sum256(payload)
	key := appendTime(append(make([]byte, 0, len(c.SHA256)+timeSize+8), c.SHA256[:]...), c.CapturedAt)
	return append(key, tail[:8]...), payload, nil
}

// indexDay is the day under which the index keeps a release. Nobody is shown it: a
// release without a day stands under that of its capture there, and last in timeline.
func indexDay(r *timeline.Release) timeline.Date {
	if day := r.Day(); !day.IsZero() || r.CapturedAt.IsZero() {
		return day
	}
	return timeline.DateOf(r.CapturedAt.UTC())
}

// dayKey sorts entries by series, then day, then id. An unknown day is empty and
// sorts first.
// No series holds a 0; PutEntry sees to it.
func dayKey(series timeline.SeriesID, day timeline.Date, id string) []byte {
	return fmt.Appendf(nil, "%s\x00%s\x00%s", series, day, id)
}

func curationKey(series timeline.SeriesID, kind string) []byte {
	return fmt.Appendf(nil, "%s\x00%s", series, kind)
}

// packer compresses and expands. It is safe for concurrent use.
type packer struct {
	enc *zstd.Encoder
	dec *zstd.Decoder
}

// maxExpanded bounds what one value may expand to: a damaged file must not be able
// to ask for all memory.
const maxExpanded = 1 << 30

func newPacker() (*packer, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20))
	if err != nil {
		return nil, err
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxExpanded))
	if err != nil {
		return nil, err
	}
	return &packer{enc, dec}, nil
}

func (p *packer) pack(data []byte) []byte { return p.enc.EncodeAll(data, nil) }

func (p *packer) unpack(data []byte) ([]byte, error) {
	out, err := p.dec.DecodeAll(data, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	return out, nil
}
