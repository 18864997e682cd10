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

// seal makes the record of payload under key. The checksum covers the key, so a
// record that turns up in another place is noticed too.
func seal(key, payload []byte) []byte {
	sum := crc32.Update(crc32.Checksum(key, castagnoli), castagnoli, payload)
	return append(binary.BigEndian.AppendUint32(make([]byte, 0, 4+len(payload)), sum), payload...)
}

// unseal returns a copy of the payload of a record.
func unseal(bucket string, key, record []byte) ([]byte, error) {
	if len(record) < 4 || crc32.Update(crc32.Checksum(key, castagnoli), castagnoli, record[4:]) != binary.BigEndian.Uint32(record) {
		return nil, fmt.Errorf("%w: %s record %x has a wrong checksum", ErrDamaged, bucket, key)
	}
	return bytes.Clone(record[4:]), nil
}

// epoch moves the earliest time Go can name by year to 0, so that times before
// 1970 sort first as unsigned numbers.
const epoch = 62135596800

// timeSize is the length of an encoded time.
const timeSize = 12

// appendTime appends t so that keys sort as times do.
func appendTime(b []byte, t time.Time) []byte {
	b = binary.BigEndian.AppendUint64(b, uint64(t.Unix()+epoch))
	return binary.BigEndian.AppendUint32(b, uint32(t.Nanosecond()))
}

// decodeTime reads what appendTime wrote.
func decodeTime(b []byte) (time.Time, error) {
	if len(b) < timeSize {
		return time.Time{}, fmt.Errorf("%w: time of %d bytes", ErrDamaged, len(b))
	}
	return time.Unix(int64(binary.BigEndian.Uint64(b))-epoch, int64(binary.BigEndian.Uint32(b[8:]))).UTC(), nil
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

// dayKey sorts entries by series, then day, then id. An unknown day is empty and
// sorts first, as it does in timeline.
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
