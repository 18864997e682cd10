package diff

import (
	"crypto/sha256"
	"encoding/binary"
)

// Memory keeps small answers about two wordings, so that what was worked out for one answer need not be
// worked out again for the next. What is kept stands under a digest of everything that it follows from but
// the rules: whoever hands a memory out starts a new one where rules or program are others.
type Memory interface {
	// Recall returns what is kept under a digest, and false where nothing is.
	Recall(Digest) ([]byte, bool)
	// Keep keeps an answer.
	Keep(Digest, []byte)
}

// Digest names what an answer follows from.
type Digest [16]byte

// DigestOf returns the digest of some texts in their order.
func DigestOf(kind string, texts ...string) Digest {
	b := make([]byte, 0, 512) // two sentences: rarely more
	for _, s := range append([]string{kind}, texts...) {
		b = append(binary.AppendUvarint(b, uint64(len(s))), s...)
	}
	sum := sha256.Sum256(b)
	return Digest(sum[:len(Digest{})])
}
