package storage

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"iter"
	"slices"
)

// Postings are written once per transaction as a segment that never changes: adding
// to one growing list per term would rewrite the commonest lists for every document.
// A segment is a run of blocks: terms in order with their lists, some kilobytes
// together and compressed. A block stands under the number of its segment and its
// last term, so that the first block from (segment, term) on is the one that has it.
//
// When fan segments of about the same size stand, [DB.Merge] puts one in their place,
// some blocks at a time so that nobody waits for it. A segment counts only once it is
// in the table of segments; blocks of others are the rest of a merge that was broken
// off, and are removed by the next.

const (
	fan       = 8       // segments of one size are merged into one of the next
	blockSize = 4 << 10 // bytes of terms and lists, before they are compressed
)

// segment is a row of the table of segments.
type segment struct {
	name     []byte // its number as a key
	readings uint32
}

// segments returns them in order of number.
func (t *tx) segments() ([]segment, error) {
	var out []segment
	for row, err := range t.rows.Scan(tSegment, nil) {
		if err != nil {
			return nil, err
		}
		if len(row.Key) != 4 || len(row.Value) != 4 {
			return nil, fmt.Errorf("%w: segment %x", ErrDamaged, row.Key)
		}
		out = append(out, segment{bytes.Clone(row.Key), binary.BigEndian.Uint32(row.Value)})
	}
	return out, nil
}

// flushPostings writes the postings of the readings of this transaction as a segment.
func (t *tx) flushPostings() error {
	if t.numbered == 0 {
		return nil
	}
	n, err := t.next(metaSegments)
	if err != nil {
		return err
	}
	w := blockWriter{tx: t, segment: numKey(n)}
	if err := w.add(termList{term: segmentHead}); err != nil {
		return err
	}
	lists := make([]termList, 0, len(t.fresh))
	for term, list := range t.fresh {
		lists = append(lists, termList{termKey(term), list.finish()})
	}
	slices.SortFunc(lists, func(a, b termList) int { return bytes.Compare(a.term, b.term) })
	for _, list := range lists {
		if err := w.add(list); err != nil {
			return err
		}
	}
	if err := w.flush(); err != nil {
		return err
	}
	readings := t.numbered
	t.fresh, t.numbered = nil, 0
	return t.rows.Put(tSegment, numKey(n), numKey(uint32(readings)))
}

// termList is a term with its list of postings.
type termList struct{ term, bytes []byte }

// segmentHead is the first term of every segment, with an empty list: it is no term of
// a text, and shows that the blocks of a segment without terms are there.
var segmentHead = []byte{0}

// blockWriter writes the blocks of a segment. Terms come in order.
type blockWriter struct {
	tx      *tx
	segment []byte
	block   []byte
	last    []byte // term of the block
}

// add appends a term: how many bytes it shares with the one before, the rest of it,
// and its list.
func (w *blockWriter) add(l termList) error {
	shared := 0
	for shared < min(len(l.term), len(w.last)) && l.term[shared] == w.last[shared] {
		shared++
	}
	w.block = binary.AppendUvarint(w.block, uint64(shared))
	w.block = appendBytes(w.block, l.term[shared:])
	w.block = appendBytes(w.block, l.bytes)
	w.last = append(w.last[:0], l.term...)
	if len(w.block) < blockSize {
		return nil
	}
	return w.flush()
}

func (w *blockWriter) flush() error {
	if len(w.block) == 0 {
		return nil
	}
	packed, err := w.tx.packer.pack(0, w.block)
	if err != nil {
		return err
	}
	err = w.tx.put(tPost, slices.Concat(w.segment, w.last), packed)
	w.block, w.last = w.block[:0], w.last[:0]
	return err
}

func appendBytes(b, piece []byte) []byte {
	return append(binary.AppendUvarint(b, uint64(len(piece))), piece...)
}

// listsFrom yields the terms of a segment from one on, in order. They are copies.
func (t *tx) listsFrom(segment, from []byte) iter.Seq2[termList, error] {
	return func(yield func(termList, error) bool) {
		for row, err := range t.rows.Scan(tPost, slices.Concat(segment, from)) {
			if err == nil && !bytes.HasPrefix(row.Key, segment) {
				return
			}
			var lists []termList
			if err == nil {
				lists, err = t.openBlock(row)
			}
			if err != nil {
				yield(termList{}, err)
				return
			}
			for _, l := range lists {
				if bytes.Compare(l.term, from) >= 0 && !yield(l, nil) {
					return
				}
			}
		}
	}
}

// openBlock reads a block. Its lists share one copy.
func (t *tx) openBlock(row Row) ([]termList, error) {
	packed, err := checked(tPost, row.Key, row.Value)
	if err != nil {
		return nil, err
	}
	b, err := t.packer.unpack(packed)
	if err != nil {
		return nil, fmt.Errorf("block %x: %w", row.Key, err)
	}
	return scanBlock(b)
}

// scanBlock takes a block apart. The lists share the bytes of b.
func scanBlock(b []byte) ([]termList, error) {
	var out []termList
	var last []byte
	for len(b) > 0 {
		shared, n := uvarint32(b)
		if n == 0 || shared > uint64(len(last)) {
			return nil, errBlock
		}
		rest, b2, ok := cutBytes(b[n:])
		list, b3, ok2 := cutBytes(b2)
		if !ok || !ok2 {
			return nil, errBlock
		}
		last = slices.Concat(last[:shared], rest)
		out = append(out, termList{last, list})
		b = b3
	}
	return out, nil
}

var errBlock = fmt.Errorf("%w: a block of postings", ErrDamaged)

// cutBytes takes what appendBytes wrote from the front of b.
func cutBytes(b []byte) (piece, rest []byte, ok bool) {
	size, n := uvarint32(b)
	if n == 0 || size > uint64(len(b)-n) {
		return nil, nil, false
	}
	return b[n : n+int(size)], b[n+int(size):], true
}
