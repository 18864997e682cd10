package storage

import (
	"encoding/binary"
	"fmt"
	"math/bits"
)

// The text of a release stands in the captured bytes already, in pieces: between the
// marks of a page, or as it is. A delta says which pieces; where a text cannot be found
// in its bytes it is spelled out.
//
// A delta is a sequence of: how many bytes follow that are spelled out, these, how far
// the piece to copy begins behind the end of the one before (signed), and how long it
// is. The length of a text does not matter: it ends with its delta.

const (
	seedSize   = 8  // bytes that must be equal for a piece to be looked at
	leastPiece = 12 // bytes of a piece that is worth naming
)

// appendDelta appends the delta that makes text out of base.
func appendDelta(out []byte, base, text []byte) []byte {
	seeds := newSeeds(base)
	spelled, end := 0, 0 // what is not written yet begins there; the last piece ends there
	for at := 0; at+seedSize <= len(text); {
		from := seeds.find(base, text[at:])
		length := 0
		for from >= 0 && at+length < len(text) && from+length < len(base) && base[from+length] == text[at+length] {
			length++
		}
		if length < leastPiece {
			at++
			continue
		}
		for from > 0 && at > spelled && base[from-1] == text[at-1] {
			from, at, length = from-1, at-1, length+1
		}
		out = appendBytes(out, text[spelled:at])
		out = binary.AppendVarint(out, int64(from-end))
		out = binary.AppendUvarint(out, uint64(length))
		at += length
		spelled, end = at, from+length
	}
	if spelled < len(text) {
		out = appendBytes(out, text[spelled:])
	}
	return out
}

// applyDelta makes the text again.
func applyDelta(base, delta []byte) ([]byte, error) {
	bad := fmt.Errorf("%w: a text that is kept as pieces of its bytes", ErrDamaged)
	var text []byte
	end := 0
	for len(delta) > 0 {
		spelled, rest, ok := cutBytes(delta)
		if !ok {
			return nil, bad
		}
		text = append(text, spelled...)
		if delta = rest; len(delta) == 0 {
			break
		}
		step, n := binary.Varint(delta)
		if n <= 0 {
			return nil, bad
		}
		length, m := binary.Uvarint(delta[n:])
		from := int64(end) + step
		if m <= 0 || from < 0 || from > int64(len(base)) || length > uint64(int64(len(base))-from) ||
			len(text)+int(length) > maxExpanded {
			return nil, bad
		}
		delta = delta[n+m:]
		end = int(from) + int(length)
		text = append(text, base[from:end]...)
	}
	return text, nil
}

// seeds are the places in some bytes by what stands there: of equal ones, and of those
// that share a slot, the last.
type seeds struct {
	places []int32 // plus one
	bits   int
}

func newSeeds(base []byte) seeds {
	s := seeds{bits: min(max(bits.Len(uint(len(base))), 8), 16)}
	s.places = make([]int32, 1<<s.bits)
	for i := 0; i+seedSize <= len(base); i++ {
		s.places[s.slot(base[i:])] = int32(i + 1)
	}
	return s
}

func (s seeds) slot(b []byte) uint64 {
	const spread = 0x9E3779B97F4A7C15 // 2^64 divided by the golden ratio
	return binary.LittleEndian.Uint64(b) * spread >> (64 - s.bits)
}

// find returns where the first bytes of text may stand in base, -1 for nowhere.
func (s seeds) find(base, text []byte) int {
	i := int(s.places[s.slot(text)]) - 1
	if i < 0 || string(base[i:i+seedSize]) != string(text[:seedSize]) {
		return -1
	}
	return i
}
