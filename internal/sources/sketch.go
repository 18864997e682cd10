package sources

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"unicode"
)

// Sketch is a small sample of a text by which a later text can be told to be a
// version of it or another one altogether: the smallest hashes of its runs of eight
// letters (bottom-k sampling, Broder 1997). Which runs are sampled depends on the
// runs alone, so texts that share runs share samples.
type Sketch []uint32

const (
	sketchRun  = 8
	sketchSize = 64
)

// sketch samples a text.
func sketch(text string) Sketch {
	var rs []rune
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			rs = append(rs, unicode.ToLower(r))
		}
	}
	hashes := map[uint32]bool{}
	for i := 0; i+sketchRun <= len(rs); i++ {
		h := fnv.New32a()
		h.Write([]byte(string(rs[i : i+sketchRun]))) // a hash.Hash never fails
		hashes[h.Sum32()] = true
	}
	all := slices.Sorted(maps.Keys(hashes))
	return all[:min(len(all), sketchSize)]
}

// unlike reports whether two texts share next to nothing. It is false where either
// is too short to say.
func (s Sketch) unlike(t Sketch) bool {
	size := min(len(s), len(t))
	if size < sketchSize/4 {
		return false
	}
	union := slices.Compact(slices.Sorted(slices.Values(slices.Concat(s, t))))[:size]
	shared := 0
	for _, h := range union {
		_, a := slices.BinarySearch(s, h)
		_, b := slices.BinarySearch(t, h)
		if a && b {
			shared++
		}
	}
	return shared*32 <= size
}

// printOf is the same for the same text.
func printOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:12])
}

// MarshalText packs the sketch.
func (s Sketch) MarshalText() ([]byte, error) {
	b := make([]byte, 0, 4*len(s))
	for _, h := range s {
		b = binary.BigEndian.AppendUint32(b, h)
	}
	return []byte(base64.RawStdEncoding.EncodeToString(b)), nil
}

// UnmarshalText unpacks what MarshalText packed.
func (s *Sketch) UnmarshalText(text []byte) error {
	b, err := base64.RawStdEncoding.DecodeString(string(text))
	if err != nil || len(b)%4 != 0 {
		return fmt.Errorf("sketch %q is damaged", text)
	}
	*s = nil
	for ; len(b) > 0; b = b[4:] {
		*s = append(*s, binary.BigEndian.Uint32(b))
	}
	return nil
}
