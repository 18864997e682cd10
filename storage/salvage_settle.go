package storage

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
)

// prove looks which bytes are those of a capture, by their hash, and notes where they
// stand. Of several copies one that has its hash is kept.
func (w *wreck) prove(t *tx) {
	wanted := map[Hash]bool{}
	for key := range w.rowsOf(tCapture) {
		wanted[Hash([]byte(key[:len(Hash{})]))] = true
	}
	for seq, copies := range w.blobs {
		for _, e := range copies {
			packed, err := w.read(e)
			if err != nil {
				continue
			}
			data, err := t.unpack(packed)
			if h := HashOf(data); err == nil && wanted[h] {
				w.blobs[seq] = []extent{e}
				w.put(tBorn, bytes.Clone(h[:]), seqKey(seq))
				break
			}
		}
	}
}

// settle puts the rows in order, takes out the captures whose bytes are gone with what
// tells of them, and returns these.
func (w *wreck) settle(t *tx) []Lost {
	w.bury(t)
	w.sift(t)
	w.prove(t)
	w.sort()
	called := t.called()
	lost := map[Hash]Lost{}
	for key := range w.rowsOf(tCapture) {
		c, err := t.capture([]byte(key))
		if err == nil {
			_, err = t.Blob(c.SHA256)
		}
		if err != nil {
			l := lostCapture(key, called)
			l.Name = c.Name
			lost[l.SHA256] = l
			delete(w.over[tCapture].rows, key)
		}
	}
	for seq, value := range w.rowsOf(tLog) {
		key := string(value[checksumSize+1:])
		if w.known(key) {
			continue
		}
		if l := lostCapture(key, called); lost[l.SHA256].SHA256 != l.SHA256 {
			lost[l.SHA256] = l
		}
		delete(w.over[tLog].rows, seq)
	}
	for h, l := range called {
		if _, err := t.Blob(h); err != nil && lost[h].SHA256 != h && !w.known(string(h[:])) {
			lost[h] = l
		}
	}
	delete(w.over, tEntry)
	return slices.SortedFunc(maps.Values(lost), func(a, b Lost) int {
		return cmp.Or(cmp.Compare(a.Release, b.Release), a.CapturedAt.Compare(b.CapturedAt),
			bytes.Compare(a.SHA256[:], b.SHA256[:]))
	})
}

// bury takes withdrawn bytes out of what is salvaged: pages that are free may still hold
// the rows of their captures.
func (w *wreck) bury(t *tx) {
	for key := range w.rowsOf(tGone) {
		if _, err := t.Withdrawal(Hash([]byte(key))); err != nil {
			delete(w.over[tGone].rows, key) // something else, with a key as long
		}
	}
	for _, row := range w.rowsOf(tLog) {
		key := row[checksumSize+1:]
		if Kind(row[checksumSize]) != CaptureWithdrawn || w.known(string(key)) {
			continue
		}
		if record, err := w.packer.encode(withdrawalRecord{Reason: lostReason}); err == nil {
			w.put(tGone, key, seal(key, record))
		}
	}
	for key, row := range w.rowsOf(tCapture) {
		if w.rowsOf(tGone)[key[:len(Hash{})]] != nil {
			w.put(tGone, []byte(key), row)
			delete(w.over[tCapture].rows, key)
		}
	}
}

// sift takes out rows that are none of captures: other tables have keys as long.
func (w *wreck) sift(t *tx) {
	for key := range w.rowsOf(tCapture) {
		c, err := t.capture([]byte(key))
		if err == nil {
			var again []byte
			if again, _, err = captureKey(c); err == nil && string(again) == key {
				continue
			}
		}
		delete(w.over[tCapture].rows, key)
	}
}

// lostReason stands for the reason of a withdrawal that only the log tells of any more.
const lostReason = "the reason could not be read any more"

// known reports whether the capture under a key, or the withdrawal under a hash, is there.
func (w *wreck) known(key string) bool {
	return w.rowsOf(tCapture)[key] != nil || w.rowsOf(tGone)[key] != nil
}

// rowsOf are the rows of a table, nil for none.
func (w *wreck) rowsOf(table string) map[string][]byte {
	if w.over[table] == nil {
		return nil
	}
	return w.over[table].rows
}

// lostCapture is what the key of a capture tells, and the catalogue of its bytes.
func lostCapture(key string, called map[Hash]Lost) Lost {
	h := Hash([]byte(key[:len(Hash{})]))
	l := called[h]
	l.SHA256, l.CapturedAt = h, timeIn([]byte(key[len(h):]))
	return l
}
