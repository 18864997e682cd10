package storage

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"
)

// Posting says that a statement holds a term.
type Posting struct {
	Number    uint32 // of the reading, see [Reader.Place]
	Statement uint32 // index into Release.Statements
	positions []byte // how many, then the steps between them, as varints
}

// Positions returns where the term stands among the statement's terms, ascending.
func (p Posting) Positions() []int {
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

// maxTerm is how many bytes of a term make its key. The rest of a longer one is
// hashed: one word of a document without spaces must not fill the index.
const maxTerm = 256

// termKey is the key of a term, which is never empty.
func termKey(term string) []byte {
	if len(term) < maxTerm {
		return append([]byte{'t'}, term...)
	}
	sum := sha256.Sum256([]byte(term))
	return slices.Concat([]byte{'h'}, []byte(term[:maxTerm-len(sum)]), sum[:])
}

// index notes the terms of a reading for flush.
func (t *tx) index(number uint32, terms [][]string) {
	if t.fresh == nil {
		t.fresh = map[string]*growingList{}
	}
	addPostings(t.fresh, number, terms)
	t.numbered++
}

// Lists are where a term occurs, as they are kept: common words have long ones, of which
// often little is looked at.
type Lists struct{ lists [][]byte }

// Size is how many bytes the lists take: the fewer, the rarer the term.
func (l Lists) Size() int {
	n := 0
	for _, b := range l.lists {
		n += len(b)
	}
	return n
}

// Postings returns those of the readings that in lets through, nil for all, in order of
// reading and statement.
func (l Lists) Postings(in func(number uint32) bool) ([]Posting, error) {
	var out []Posting
	var err error
	for _, b := range l.lists {
		if out, err = scanPostings(out, b, in); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(out, comparePostings)
	return out, nil
}

func (t *tx) Lists(term string) (Lists, error) {
	key := termKey(term)
	return t.lists(key, func(have []byte) bool { return bytes.Equal(have, key) })
}

func (t *tx) ListsBelow(prefix string) (Lists, error) {
	key := append([]byte{'t'}, prefix...)
	return t.lists(key, func(have []byte) bool { return bytes.HasPrefix(have, key) })
}

// lists returns those of the terms from a key on while they fit, of all segments.
func (t *tx) lists(from []byte, fits func(term []byte) bool) (Lists, error) {
	var out Lists
	names, err := t.segments()
	if err != nil {
		return out, err
	}
	err = fetchEnds(t, tPost, names, func(s segment) Ends { return Ends{From: slices.Concat(s.name, from)} })
	if err != nil {
		return out, err
	}
	for _, s := range names {
		for list, err := range t.listsFrom(s.name, from) {
			if err != nil {
				return out, err
			}
			if !fits(list.term) {
				break
			}
			out.lists = append(out.lists, list.bytes)
		}
	}
	return out, nil
}

func comparePostings(a, b Posting) int {
	return cmp.Or(cmp.Compare(a.Number, b.Number), cmp.Compare(a.Statement, b.Statement))
}

// postingList is the list of one term while it grows: for each posting the step
// from the number before, the statement, and the positions, all varints.
type postingList struct {
	number uint32 // of the last posting
	bytes  []byte
}

// add appends a posting; numbers come in ascending order.
func (l *postingList) add(p Posting) {
	l.bytes = binary.AppendUvarint(l.bytes, uint64(p.Number-l.number))
	l.bytes = binary.AppendUvarint(l.bytes, uint64(p.Statement))
	l.bytes = append(l.bytes, p.positions...)
	l.number = p.Number
}

// growingList is the list of one term to which occurrences are added one by one.
type growingList struct {
	postingList
	open  Posting // of the statement that is being read; its positions are steps alone as yet
	count uint64  // of these, 0 where no posting is open
	last  int     // the last position
}

// note adds an occurrence. They come in ascending order.
func (l *growingList) note(number, statement uint32, at int) {
	if l.open.Number != number || l.open.Statement != statement {
		l.finish()
		l.open.Number, l.open.Statement = number, statement
	}
	l.open.positions = binary.AppendUvarint(l.open.positions, uint64(at-l.last))
	l.count++
	l.last = at
}

// finish closes the posting that is open and returns the list.
func (l *growingList) finish() []byte {
	if l.count > 0 {
		steps := l.open.positions
		l.open.positions = nil
		l.add(l.open)
		l.bytes = append(binary.AppendUvarint(l.bytes, l.count), steps...)
		l.open.positions, l.count, l.last = steps[:0], 0, 0
	}
	return l.bytes
}

// addPostings notes where the terms of one reading stand, whose number is above all that
// are in lists.
func addPostings(lists map[string]*growingList, number uint32, terms [][]string) {
	for s, statement := range terms {
		for at, term := range statement {
			list := lists[term]
			if list == nil {
				list = &growingList{}
				lists[term] = list
			}
			list.note(number, uint32(s), at)
		}
	}
}

// scanPostings appends to out the postings of a list that in lets through, nil for all.
// They share the bytes of b.
func scanPostings(out []Posting, b []byte, in func(number uint32) bool) ([]Posting, error) {
	last, let := uint64(math.MaxUint64), true
	number := uint64(0)
	for len(b) > 0 {
		step, n := uvarint32(b)
		statement, m := uvarint32(b[n:])
		if n == 0 || m == 0 {
			return nil, errList
		}
		b = b[n+m:]
		size := positionsSize(b)
		number += step
		if size == 0 || number > math.MaxUint32 {
			return nil, errList
		}
		if number != last && in != nil {
			last, let = number, in(uint32(number))
		}
		if let {
			out = append(out, Posting{uint32(number), uint32(statement), b[:size:size]})
		}
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

// sortedKeys returns the keys of m in order: an engine takes keys in order some
// twenty times faster than at random.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
