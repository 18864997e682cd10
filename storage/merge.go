package storage

import (
	"bytes"
	"context"
	"encoding/binary"
	"iter"
	"slices"
)

// mergeStep is how many bytes of blocks a merge writes in one transaction.
const mergeStep = 4 << 20

// Merge joins segments of the search index where many stand, in several short
// transactions. It may be broken off anywhere, and other processes may write between
// its steps. Where another process merges it is left to that one: two that took over from
// each other would never end. Nothing that can be read changes.
func (db *DB) Merge(ctx context.Context) error {
	var release func()
	defer func() {
		if release != nil {
			release()
		}
	}()
	for {
		m := &merging{}
		begun := false // by somebody else, who may have been killed
		err := db.View(ctx, func(r Reader) (err error) {
			t := r.(*tx)
			if m.from, err = t.mergeable(); err != nil {
				return err
			}
			v, err := t.rows.Get(tMeta, metaMerging)
			begun = v != nil
			return err
		})
		if err != nil || len(m.from) == 0 && !begun {
			return err
		}
		if release == nil {
			alone := false
			if release, alone, err = db.Claim(ctx, "merge"); err != nil || !alone {
				return err
			}
			continue // what was seen may have been merged since
		}
		m.written = len(m.from) == 0 // there is only to be tidied up after another
		for !m.done {
			if err := db.Update(ctx, func(w Writer) error { return w.(*tx).mergeSome(m) }); err != nil {
				return err
			}
		}
		if m.overtaken {
			return nil
		}
	}
}

// merging is a merge on its way.
type merging struct {
	from    []segment // what is merged
	into    []byte    // the number of the new segment, nil before the first step
	after   []byte    // the last term that was written
	clean   bool      // what an earlier merge left behind is gone
	written bool      // all terms are
	done    bool
	// overtaken is that another process began after this one, and has it to do now.
	overtaken bool
}

// mergeable returns the first fan or more segments of one size, nil for none.
func (t *tx) mergeable() ([]segment, error) {
	all, err := t.segments()
	if err != nil {
		return nil, err
	}
	tiers := map[int][]segment{}
	for _, s := range all {
		tier := 0
		for size := uint64(fan); size <= uint64(s.readings); size *= fan {
			tier++
		}
		tiers[tier] = append(tiers[tier], s)
	}
	for _, tier := range sortedKeys(tiers) {
		if len(tiers[tier]) >= fan {
			return tiers[tier], nil
		}
	}
	return nil, nil
}

// mergeSome does one step of a merge. The meta table says whose merge is on its way:
// who begins one takes it over, and what was written of the one before is removed.
func (t *tx) mergeSome(m *merging) error {
	if m.into == nil {
		n, err := t.next(metaSegments)
		if err != nil {
			return err
		}
		m.into = numKey(n)
		return t.rows.Put(tMeta, metaMerging, m.into)
	}
	owner, err := t.rows.Get(tMeta, metaMerging)
	if err != nil {
		return err
	}
	there, err := t.stand(m.from)
	switch {
	case err != nil:
		return err
	case !bytes.Equal(owner, m.into), !there && !m.written: // somebody else merges, or has done so
		m.done, m.overtaken = true, true
		return nil
	case !m.clean:
		m.clean, err = t.sweepBlocks(m.into)
		return err
	case !m.written:
		return t.mergeBlocks(m)
	}
	if m.done, err = t.sweepBlocks(m.into); err != nil || !m.done {
		return err
	}
	return t.rows.Delete(tMeta, metaMerging)
}

// stand reports whether all segments are there.
func (t *tx) stand(segments []segment) (bool, error) {
	for _, s := range segments {
		v, err := t.rows.Get(tSegment, s.name)
		if err != nil || v == nil {
			return false, err
		}
	}
	return true, nil
}

// mergeBlocks writes the next terms of a merge, and puts the new segment in the place
// of the old ones once it has written all.
func (t *tx) mergeBlocks(m *merging) error {
	lists, more, err := t.nextTerms(m)
	if err != nil {
		return err
	}
	w := blockWriter{tx: t, segment: m.into}
	for _, l := range lists {
		if err := w.add(l); err != nil {
			return err
		}
	}
	if err := w.flush(); err != nil || more {
		return err
	}
	m.written = true
	readings := uint32(0)
	for _, s := range m.from {
		readings += s.readings
		if err := t.rows.Delete(tSegment, s.name); err != nil {
			return err
		}
	}
	return t.rows.Put(tSegment, m.into, numKey(readings))
}

// nextTerms returns the next terms of a merge, and whether there are more.
func (t *tx) nextTerms(m *merging) (lists []termList, more bool, err error) {
	alive := map[uint32]bool{}
	size := 0
	for l, err := range t.mergedFrom(m.from, m.after) {
		if err != nil {
			return nil, false, err
		}
		if size >= mergeStep {
			return lists, true, nil
		}
		m.after = append(bytes.Clone(l.term), 0) // the next term is above
		list, err := t.living(l.bytes, alive)
		if err != nil {
			return nil, false, err
		}
		if len(list) > 0 || bytes.Equal(l.term, segmentHead) {
			size += len(list)
			lists = append(lists, termList{l.term, list})
		}
	}
	return lists, false, nil
}

// living returns a list without the postings of readings that are no more.
func (t *tx) living(list []byte, alive map[uint32]bool) ([]byte, error) {
	all, err := scanPostings(nil, list, nil)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(all, comparePostings)
	out := postingList{bytes: make([]byte, 0, len(list))}
	for _, p := range all {
		is, known := alive[p.Number]
		if !known {
			v, err := t.rows.Get(tReading, numKey(p.Number))
			if err != nil {
				return nil, err
			}
			is = v != nil
			alive[p.Number] = is
		}
		if is {
			out.add(p)
		}
	}
	return out.bytes, nil
}

// mergedFrom yields the terms of several segments in order, each with one list for
// all of them.
func (t *tx) mergedFrom(from []segment, term []byte) iter.Seq2[termList, error] {
	return func(yield func(termList, error) bool) {
		heads := make([]termList, len(from))
		next := make([]func() (termList, error, bool), len(from))
		for i, s := range from {
			pull, stop := iter.Pull2(t.listsFrom(s.name, term))
			defer stop()
			next[i] = pull
		}
		advance := func(i int) (err error) {
			var ok bool
			if heads[i], err, ok = next[i](); !ok {
				heads[i].term = nil
			}
			return err
		}
		for i := range from {
			if err := advance(i); err != nil {
				yield(termList{}, err)
				return
			}
		}
		for {
			l, err := joinLeast(heads, advance)
			if l.term == nil && err == nil || !yield(l, err) || err != nil {
				return
			}
		}
	}
}

// joinLeast takes the least term off the heads, with the lists of all that have it.
func joinLeast(heads []termList, advance func(int) error) (termList, error) {
	var least []byte
	for _, h := range heads {
		if h.term != nil && (least == nil || bytes.Compare(h.term, least) < 0) {
			least = h.term
		}
	}
	out := termList{term: least}
	var all []Posting
	for i := range heads {
		if least == nil || heads[i].term == nil || !bytes.Equal(heads[i].term, least) {
			continue
		}
		var err error
		if all, err = scanPostings(all, heads[i].bytes, nil); err != nil {
			return out, err
		}
		if err := advance(i); err != nil {
			return out, err
		}
	}
	slices.SortStableFunc(all, comparePostings)
	list := postingList{}
	for _, p := range all {
		list.add(p)
	}
	out.bytes = list.bytes
	return out, nil
}

// sweepBlocks removes blocks of segments that do not stand, some at a time, and
// reports whether it is done. The blocks of keep are being written.
func (t *tx) sweepBlocks(keep []byte) (done bool, err error) {
	var dead [][]byte
	size := 0
	at := []byte{}
	for {
		number, err := t.firstBlock(at)
		if err != nil {
			return false, err
		}
		if number == nil {
			break
		}
		at = Successor(number)
		listed, err := t.rows.Get(tSegment, number)
		if err != nil {
			return false, err
		}
		if listed == nil && !bytes.Equal(number, keep) {
			for row, err := range t.keys(tPost, number) {
				if err != nil {
					return false, err
				}
				if size += len(row.Value); size > 4*mergeStep {
					return false, t.deleteAll(tPost, dead)
				}
				dead = append(dead, bytes.Clone(row.Key))
			}
		}
		if at == nil {
			break
		}
	}
	return true, t.deleteAll(tPost, dead)
}

// firstBlock is the number of the segment of the first block from a key on, nil for
// none.
func (t *tx) firstBlock(from []byte) ([]byte, error) {
	for row, err := range t.rows.Scan(tPost, from) {
		if err != nil || len(row.Key) < 4 {
			return nil, err
		}
		return binary.BigEndian.AppendUint32(nil, binary.BigEndian.Uint32(row.Key)), nil
	}
	return nil, nil
}

func (t *tx) deleteAll(table string, keys [][]byte) error {
	for _, k := range keys {
		if err := t.rows.Delete(table, k); err != nil {
			return err
		}
	}
	return nil
}
