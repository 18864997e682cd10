package archive

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strings"

	"readout/storage"
)

// bond is what is noted of some bytes: see [recatalogue].
type bond struct {
	ties   []string   // names of them, see tieName, in order
	claims []claimKey // of the releases that they belong to, in order
}

// tieSize is the length of the name of a tie.
const tieSize = 8

// tieName is a short name of a tie. That two ties have one name would only make more
// be looked at.
func tieName(tie string) string {
	sum := sha256.Sum256([]byte(tie))
	return string(sum[:tieSize])
}

// encode writes how many ties there are, their names, and the claims.
func (b bond) encode() []byte {
	out := binary.AppendUvarint(nil, uint64(len(b.ties)))
	for _, t := range b.ties {
		out = append(out, t...)
	}
	for _, k := range b.claims {
		out = append(binary.AppendUvarint(out, uint64(len(k))), k...)
	}
	return out
}

func decodeBond(v []byte) (b bond, err error) {
	bad := fmt.Errorf("%w: a note of what is tied to some bytes", storage.ErrDamaged)
	count, n := binary.Uvarint(v)
	if n <= 0 || count > uint64(len(v)-n)/tieSize {
		return b, bad
	}
	for v = v[n:]; count > 0; count-- {
		b.ties = append(b.ties, string(v[:tieSize]))
		v = v[tieSize:]
	}
	for len(v) > 0 {
		size, n := binary.Uvarint(v)
		if n <= 0 || size > uint64(len(v)-n) || size <= sha256.Size {
			return b, bad
		}
		b.claims = append(b.claims, claimKey(v[n:n+int(size)]))
		v = v[n+int(size):]
	}
	return b, nil
}

// claimKey finds a claim: its base, a zero byte, and its sum.
type claimKey string

func (c claim) key() claimKey { return claimKey(c.base + "\x00" + string(c.sum[:])) }

func (k claimKey) base() string { return string(k[:max(0, len(k)-sha256.Size-1)]) }

func (k claimKey) sum() (sum [sha256.Size]byte) {
	copy(sum[:], k[max(0, len(k)-sha256.Size):])
	return sum
}

// holding is the id that a claim got.
type holding struct {
	id    string
	fixed bool // see claim
}

// encode writes what the id has behind the base, after a byte that is 1 for fixed.
func (h holding) encode(k claimKey) []byte {
	out := []byte{0}
	if h.fixed {
		out[0] = 1
	}
	return append(out, strings.TrimPrefix(h.id, k.base())...)
}

func decodeHolding(k claimKey, v []byte) (holding, error) {
	if len(v) == 0 || len(k) <= sha256.Size || bytes.IndexByte(v[1:], 0) >= 0 {
		return holding{}, fmt.Errorf("%w: a claim to %q", storage.ErrDamaged, k.base())
	}
	return holding{k.base() + string(v[1:]), v[0] == 1}, nil
}
