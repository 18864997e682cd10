package storage

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
)

// maxTerm is how many bytes of a term make its key. The rest of a longer one is
// hashed: bbolt refuses keys above 32 KB, and one word of a document without spaces
// must not keep a whole batch out.
const maxTerm = 256

// termKey is the key of a term, which is never empty.
func termKey(term string) []byte {
	if len(term) < maxTerm {
		return append([]byte{'t'}, term...)
	}
	sum := sha256.Sum256([]byte(term))
	return slices.Concat([]byte{'h'}, []byte(term[:maxTerm-len(sum)]), sum[:])
}

// index gives the reading a number and notes its terms for flush.
func (t *tx) index(key ReadingKey, terms [][]string) error {
	if err := t.unindex(key); err != nil {
		return err
	}
	docs := t.bucket(bDoc)
	n, err := docs.NextSequence()
	if err != nil {
		return err
	}
	if n > math.MaxUint32 {
		return errors.New("the search index has no number left for a reading")
	}
	if err := docs.Put(numKey(uint32(n)), key[:]); err != nil {
		return err
	}
	if t.fresh == nil {
		t.fresh = map[string]*postingList{}
	}
	addPostings(t.fresh, uint32(n), terms)
	t.numbered++
	return t.bucket(bDocOf).Put(key[:], numKey(uint32(n)))
}

// unindex takes the number of a reading away. Its postings stay until their segment
// is merged; a number that means nothing is passed over.
func (t *tx) unindex(key ReadingKey) error {
	numbers := t.bucket(bDocOf)
	n := bytes.Clone(numbers.Get(key[:]))
	if n == nil {
		return nil
	}
	if err := numbers.Delete(key[:]); err != nil {
		return err
	}
	return t.bucket(bDoc).Delete(n)
}

func (t *tx) Postings(term string) ([]Posting, error) {
	var out []Posting
	post, docs, key := t.bucket(bPost), t.bucket(bDoc), termKey(term)
	c := t.bucket(bSegment).Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		segment := post.Bucket(k)
		if segment == nil {
			return nil, fmt.Errorf("%w: segment %x has no postings", ErrDamaged, k)
		}
		list, err := segmentList(k, key, segment.Get(key))
		if err != nil {
			return nil, err
		}
		out = slices.Grow(out, len(list))
		for _, p := range list {
			// A number without a reading was replaced or forgotten.
			if key := docs.Get(numKey(p.doc)); len(key) == len(ReadingKey{}) {
				out = append(out, Posting{ReadingKey(key), int(p.statement), p.decode()})
			}
		}
	}
	slices.SortFunc(out, func(a, b Posting) int {
		return cmp.Or(bytes.Compare(a.Reading[:], b.Reading[:]), cmp.Compare(a.Statement, b.Statement))
	})
	return out, nil
}

// posting is a Posting by number. Its positions stay encoded: merging passes them
// on as they are.
type posting struct {
	doc, statement uint32
	positions      []byte // how many, then the steps between them, as varints
}

// decode returns the positions; scanPostings has seen that they are whole.
func (p posting) decode() []int {
	count, n := binary.Uvarint(p.positions)
	out := make([]int, count)
	last := 0
	for i := range out {
		step, size := binary.Uvarint(p.positions[n:])
		n += size
		last += int(step)
		out[i] = last
	}
	return out
}

// postingList is the list of one term while it grows: for each posting the step
// from the document before, the statement, and the positions, all varints.
type postingList struct {
	doc   uint32 // of the last posting
	bytes []byte // room for the checksum first, see sealList
}

func newPostingList(room int) *postingList {
	return &postingList{bytes: make([]byte, checksumSize, checksumSize+room)}
}

// add appends a posting; documents come in ascending order.
func (l *postingList) add(doc, statement uint32, positions []byte) {
	l.bytes = binary.AppendUvarint(l.bytes, uint64(doc-l.doc))
	l.bytes = binary.AppendUvarint(l.bytes, uint64(statement))
	l.bytes = append(l.bytes, positions...)
	l.doc = doc
}

// occurrence is one term of a statement.
type occurrence struct {
	term string
	at   int
}

// addPostings appends the postings of one document, whose number is above all that
// are in lists.
func addPostings(lists map[string]*postingList, doc uint32, terms [][]string) {
	var sorted []occurrence
	var positions []byte
	for s, statement := range terms {
		sorted = sorted[:0]
		for i, term := range statement {
			sorted = append(sorted, occurrence{term, i})
		}
		slices.SortFunc(sorted, func(a, b occurrence) int { return cmp.Or(cmp.Compare(a.term, b.term), cmp.Compare(a.at, b.at)) })
		for rest := sorted; len(rest) > 0; {
			n := 1
			for n < len(rest) && rest[n].term == rest[0].term {
				n++
			}
			positions = appendPositions(positions[:0], rest[:n])
			list := lists[rest[0].term]
			if list == nil {
				list = newPostingList(16)
				lists[rest[0].term] = list
			}
			list.add(doc, uint32(s), positions)
			rest = rest[n:]
		}
	}
}

// appendPositions appends how many occurrences there are and the steps between them.
func appendPositions(b []byte, same []occurrence) []byte {
	b = binary.AppendUvarint(b, uint64(len(same)))
	last := 0
	for _, o := range same {
		b = binary.AppendUvarint(b, uint64(o.at-last))
		last = o.at
	}
	return b
}

// scanPostings reads a list without its checksum. The result shares the bytes of b.
func scanPostings(b []byte) ([]posting, error) {
	var out []posting
	doc := uint64(0)
	for len(b) > 0 {
		step, n := uvarint32(b)
		statement, m := uvarint32(b[n:])
		if n == 0 || m == 0 {
			return nil, errList
		}
		b = b[n+m:]
		size := positionsSize(b)
		doc += step
		if size == 0 || doc > math.MaxUint32 {
			return nil, errList
		}
		out = append(out, posting{uint32(doc), uint32(statement), b[:size]})
		b = b[size:]
	}
	return out, nil
}

var errList = fmt.Errorf("%w: a list of postings", ErrDamaged)

// positionsSize returns how many bytes at the start of b are whole positions, 0 for none.
func positionsSize(b []byte) int {
	count, at := uvarint32(b)
	if at == 0 || count == 0 {
		return 0
	}
	for sum := uint64(0); count > 0; count-- {
		step, n := uvarint32(b[at:])
		if sum += step; n == 0 || sum > math.MaxUint32 {
			return 0
		}
		at += n
	}
	return at
}

// uvarint32 reads a number of at most 32 bits and how many bytes it takes, 0 for none.
func uvarint32(b []byte) (uint64, int) {
	v, n := binary.Uvarint(b)
	if n <= 0 || v > math.MaxUint32 {
		return 0, 0
	}
	return v, n
}

// sortedKeys returns the keys of m in order: bbolt takes keys in order some
// twenty times faster than at random.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
