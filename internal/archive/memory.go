package archive

import (
	"bytes"
	"context"
	"encoding/binary"
	"maps"
	"slices"

	"readout/diff"
	"readout/storage"
	"readout/timeline"
)

// memory is what is kept about pairs of wordings of a series. It holds for the rules and the program, and
// outlives a change of the texts. Only what was asked for since it was read is kept on, so that it does not
// grow with what has gone.
type memory struct {
	kept map[diff.Digest][]byte
	used map[diff.Digest][]byte
}

// Recall implements [diff.Memory].
func (m *memory) Recall(d diff.Digest) ([]byte, bool) {
	b, ok := m.used[d]
	if !ok {
		if b, ok = m.kept[d]; ok {
			m.used[d] = b
		}
	}
	return b, ok
}

// Keep implements [diff.Memory].
func (m *memory) Keep(d diff.Digest, b []byte) { m.used[d] = b }

// recollect returns the memory of one kind of a series, an empty one where none is kept that holds.
func (a *Archive) recollect(ctx context.Context, kind string, id timeline.SeriesID) *memory {
	m := &memory{used: map[diff.Digest][]byte{}}
	err := a.view(ctx, func(r storage.Reader) error {
		if b, ok := keptUnder(r, kind, id, a.rulesDigest()); ok {
			m.kept = decodeMemory(b)
		}
		return nil
	})
	if err != nil {
		m.kept = nil // whoever asks the releases is told what is wrong
	}
	return m
}

// encode returns what was used: each digest, and the answer behind its length.
func (m *memory) encode() []byte {
	var out []byte
	order := slices.SortedFunc(maps.Keys(m.used), func(a, b diff.Digest) int { return bytes.Compare(a[:], b[:]) })
	for _, d := range order {
		out = append(out, d[:]...)
		out = append(binary.AppendUvarint(out, uint64(len(m.used[d]))), m.used[d]...)
	}
	return out
}

// decodeMemory reads what encode wrote; nothing where it cannot be read.
func decodeMemory(b []byte) map[diff.Digest][]byte {
	out := make(map[diff.Digest][]byte, len(b)/(2*len(diff.Digest{})))
	for len(b) > 0 {
		if len(b) < len(diff.Digest{}) {
			return nil
		}
		d := diff.Digest(b)
		b = b[len(d):]
		size, n := binary.Uvarint(b)
		if n <= 0 || size > uint64(len(b)-n) {
			return nil
		}
		end := n + int(size)
		out[d], b = b[n:end:end], b[end:]
	}
	return out
}
