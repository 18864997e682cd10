package storage

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"

	"go.etcd.io/bbolt"
)

// Postings are written once per transaction as a segment that never changes:
// adding to one growing list per term would rewrite the commonest lists for every
// document. A segment is a bucket of its own inside bPost, so that it is written in
// order and dropped whole. When fan segments of about the same size stand, they are
// merged into one. A reading that is replaced gets a new number; its old number
// means nothing any more and is left out when the segment is merged.

// fan is how many segments of one tier are merged into one of the next.
const fan = 8

// flush writes the postings of the readings of this transaction as one segment.
func (t *tx) flush() error {
	if t.numbered == 0 {
		return nil
	}
	lists := make(map[string]*postingList, len(t.fresh))
	for term, list := range t.fresh {
		lists[string(termKey(term))] = list
	}
	if err := t.writeSegment(lists, t.numbered); err != nil {
		return err
	}
	t.fresh, t.numbered = nil, 0
	return t.merge()
}

// writeSegment keeps lists by key of their terms, for some number of documents.
func (t *tx) writeSegment(lists map[string]*postingList, docs int) error {
	segments := t.bucket(bSegment)
	n, err := segments.NextSequence()
	if err != nil {
		return err
	}
	if n > math.MaxUint32 {
		return errors.New("the search index has no number left for a segment")
	}
	name := numKey(uint32(n))
	b, err := t.bucket(bPost).CreateBucket(name)
	if err != nil {
		return err
	}
	b.FillPercent = 1 // keys come in order and none is added later
	for _, term := range sortedKeys(lists) {
		key := []byte(term)
		if err := b.Put(key, sealList(name, key, lists[term].bytes)); err != nil {
			return err
		}
	}
	return segments.Put(name, numKey(uint32(docs)))
}

// sealList fills in the checksum of a list, which covers its place.
func sealList(segment, key, list []byte) []byte {
	binary.BigEndian.PutUint32(list, checksum(slices.Concat(segment, key), list[checksumSize:]))
	return list
}

// segmentList reads the list of a term, empty where record is nil. The result shares
// the bytes of record.
func segmentList(segment, key, record []byte) ([]posting, error) {
	if record == nil {
		return nil, nil
	}
	list, err := checked(bPost, slices.Concat(segment, key), record)
	if err != nil {
		return nil, err
	}
	return scanPostings(list)
}

// segments returns the names of the segments in order, by tier.
func (t *tx) segments() map[int][][]byte {
	out := map[int][][]byte{}
	c := t.bucket(bSegment).Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		tier, size := 0, uint64(fan)
		for len(v) == 4 && size <= uint64(binary.BigEndian.Uint32(v)) {
			tier++
			size *= fan
		}
		out[tier] = append(out[tier], bytes.Clone(k))
	}
	return out
}

// merge joins the segments of every tier that has become full.
func (t *tx) merge() error {
	tiers := t.segments()
	for _, tier := range sortedKeys(tiers) {
		if len(tiers[tier]) < fan {
			continue
		}
		if err := t.join(tiers[tier]); err != nil {
			return err
		}
	}
	return nil
}

// join puts one segment in the place of several.
func (t *tx) join(names [][]byte) error {
	post := t.bucket(bPost)
	found := map[string][]posting{}
	for _, name := range names {
		segment := post.Bucket(name)
		if segment == nil {
			return fmt.Errorf("%w: segment %x has no postings", ErrDamaged, name)
		}
		if err := gather(found, name, segment); err != nil {
			return err
		}
	}
	lists, docs := t.living(found)
	for _, name := range names {
		if err := errors.Join(post.DeleteBucket(name), t.bucket(bSegment).Delete(name)); err != nil {
			return err
		}
	}
	if docs == 0 {
		return nil
	}
	return t.writeSegment(lists, docs)
}

// gather adds the lists of a segment to those found so far.
func gather(found map[string][]posting, name []byte, segment *bbolt.Bucket) error {
	c := segment.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		list, err := segmentList(name, k, v)
		if err != nil {
			return err
		}
		found[string(k)] = append(found[string(k)], list...)
	}
	return nil
}

// living writes the postings of documents that still are, and counts these. Nothing
// is shared with found, whose bytes go with their pages.
func (t *tx) living(found map[string][]posting) (map[string]*postingList, int) {
	docs := t.bucket(bDoc)
	alive := map[uint32]bool{}
	count := 0
	lists := make(map[string]*postingList, len(found))
	for term, list := range found {
		slices.SortFunc(list, func(a, b posting) int {
			return cmp.Or(cmp.Compare(a.doc, b.doc), cmp.Compare(a.statement, b.statement))
		})
		out := newPostingList(8 * len(list))
		for _, p := range list {
			is, known := alive[p.doc]
			if !known {
				is = docs.Get(numKey(p.doc)) != nil
				alive[p.doc] = is
				if is {
					count++
				}
			}
			if is {
				out.add(p.doc, p.statement, p.positions)
			}
		}
		if len(out.bytes) > checksumSize {
			lists[term] = out
		}
	}
	return lists, count
}
