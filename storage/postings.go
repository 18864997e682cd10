package storage

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
)

// Postings are written once per transaction as a segment that never changes:
// adding to one growing list per term would rewrite the commonest lists for every
// document. When fan segments of about the same size stand, they are merged into
// one. A reading that is replaced gets a new number; its old number means nothing
// any more and is left out when the segment is merged.

// fan is how many segments of one tier are merged into one of the next.
const fan = 8

// indexed is a numbered reading whose postings wait to be written.
type indexed struct {
	doc   uint32
	terms [][]string
}

// posting is a Posting by number.
type posting struct {
	doc, statement uint32
	positions      []uint32
}

// index gives the reading a number and keeps its terms for flush.
func (t *tx) index(key ReadingKey, terms [][]string) error {
	if err := t.unindex(key); err != nil {
		return err
	}
	docs := t.bucket(bDoc)
	n, err := docs.NextSequence()
	if err != nil {
		return err
	}
	if err := docs.Put(numKey(uint32(n)), key[:]); err != nil {
		return err
	}
	t.fresh = append(t.fresh, indexed{uint32(n), terms})
	return t.bucket(bDocOf).Put(key[:], numKey(uint32(n)))
}

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

// flush writes the postings of the readings of this transaction as one segment.
func (t *tx) flush() error {
	if len(t.fresh) == 0 {
		return nil
	}
	lists := map[string][]posting{}
	for _, d := range t.fresh {
		for s, terms := range d.terms {
			at := map[string][]uint32{}
			for i, term := range terms {
				at[term] = append(at[term], uint32(i))
			}
			for term, positions := range at {
				lists[term] = append(lists[term], posting{d.doc, uint32(s), positions})
			}
		}
	}
	if err := t.writeSegment(lists, len(t.fresh)); err != nil {
		return err
	}
	t.fresh = nil
	return t.merge()
}

func (t *tx) writeSegment(lists map[string][]posting, docs int) error {
	segments := t.bucket(bSegment)
	n, err := segments.NextSequence()
	if err != nil {
		return err
	}
	prefix := numKey(uint32(n))
	post := t.bucket(bPost)
	for _, term := range sortedKeys(lists) {
		list := lists[term]
		slices.SortFunc(list, comparePostings)
		if err := post.Put(slices.Concat(prefix, []byte(term)), encodePostings(list)); err != nil {
			return err
		}
	}
	return segments.Put(prefix, numKey(uint32(docs)))
}

func comparePostings(a, b posting) int {
	return cmp.Or(cmp.Compare(a.doc, b.doc), cmp.Compare(a.statement, b.statement))
}

// segments returns the prefixes of the segments, by tier.
func (t *tx) segments() map[int][][]byte {
	out := map[int][][]byte{}
	c := t.bucket(bSegment).Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		tier, size := 0, uint32(fan)
		for len(v) == 4 && size <= binary.BigEndian.Uint32(v) {
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
		lists := map[string][]posting{}
		live := map[uint32]bool{}
		post := t.bucket(bPost)
		for _, prefix := range tiers[tier] {
			var keys [][]byte
			c := post.Cursor()
			for k, v := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, v = c.Next() {
				list, err := decodePostings(v)
				if err != nil {
					return err
				}
				for _, p := range list {
					if t.bucket(bDoc).Get(numKey(p.doc)) != nil {
						live[p.doc] = true
						term := string(k[len(prefix):])
						lists[term] = append(lists[term], p)
					}
				}
				keys = append(keys, bytes.Clone(k))
			}
			for _, k := range keys {
				if err := post.Delete(k); err != nil {
					return err
				}
			}
			if err := t.bucket(bSegment).Delete(prefix); err != nil {
				return err
			}
		}
		if err := t.writeSegment(lists, len(live)); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) Postings(term string) ([]Posting, error) {
	var out []Posting
	post, docs := t.bucket(bPost), t.bucket(bDoc)
	c := t.bucket(bSegment).Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		list, err := decodePostings(post.Get(slices.Concat(k, []byte(term))))
		if err != nil {
			return nil, err
		}
		for _, p := range list {
			key := docs.Get(numKey(p.doc))
			if key == nil {
				continue
			}
			q := Posting{Statement: int(p.statement), Positions: make([]int, len(p.positions))}
			copy(q.Reading[:], key)
			for i, n := range p.positions {
				q.Positions[i] = int(n)
			}
			out = append(out, q)
		}
	}
	slices.SortFunc(out, func(a, b Posting) int {
		return cmp.Or(bytes.Compare(a.Reading[:], b.Reading[:]), cmp.Compare(a.Statement, b.Statement))
	})
	return out, nil
}

// encodePostings writes a list as varints: for each posting the step from the
// document before, the statement, how many positions, and the steps between them.
func encodePostings(list []posting) []byte {
	var out []byte
	doc := uint32(0)
	for _, p := range list {
		out = binary.AppendUvarint(out, uint64(p.doc-doc))
		out = binary.AppendUvarint(out, uint64(p.statement))
		out = binary.AppendUvarint(out, uint64(len(p.positions)))
		doc = p.doc
		last := uint32(0)
		for _, n := range p.positions {
			out = binary.AppendUvarint(out, uint64(n-last))
			last = n
		}
	}
	return out
}

// decodePostings reads what encodePostings wrote. The result shares nothing with b.
func decodePostings(b []byte) ([]posting, error) {
	var out []posting
	next := func() uint32 {
		v, n := binary.Uvarint(b)
		if n <= 0 || v > 1<<32-1 {
			b = nil
			return 0
		}
		b = b[n:]
		return uint32(v)
	}
	doc := uint32(0)
	for len(b) > 0 {
		doc += next()
		p := posting{doc: doc, statement: next()}
		count := next()
		if count == 0 || int(count) > len(b) {
			return nil, fmt.Errorf("%w: a list of postings", ErrDamaged)
		}
		last := uint32(0)
		for range count {
			last += next()
			p.positions = append(p.positions, last)
		}
		out = append(out, p)
	}
	return out, nil
}
