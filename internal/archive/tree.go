package archive

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sort"

	"golang.org/x/mod/sumdb/tlog"

	"readout/internal/archive/proof"
	"readout/storage"
)

// The log of captures is a transparency log: package proof says what that is. Its tree is
// derived of the log of the store, and kept as notes, so that a head or a proof reads a few
// hashes and not every capture. Whoever finds the notes behind the log goes on in memory;
// whoever writes brings them after it.

// kindTree are the notes of the tree. Under the number of a record stand the number of the
// event that it is of, and the hashes that it completes; under "" how far the tree goes.
const kindTree = "tree"

// treeSize says how far a tree goes.
type treeSize struct {
	records int64  // in the tree
	seq     uint64 // of the last event of the log that it looked at
}

func treeSizeIn(r storage.Reader) (g treeSize, err error) {
	v, err := r.Note(kindTree, "")
	if errors.Is(err, storage.ErrNotFound) {
		return g, nil
	}
	if err == nil && len(v) != 16 {
		err = fmt.Errorf("%w: the tree of the log", storage.ErrDamaged)
	}
	if err != nil {
		return g, err
	}
	return treeSize{int64(binary.BigEndian.Uint64(v)), binary.BigEndian.Uint64(v[8:])}, nil
}

func recordKey(n int64) string { return string(binary.BigEndian.AppendUint64(nil, uint64(n))) }

// treeNote returns the number of the event that a record is of, and its hashes.
func treeNote(r storage.Reader, record int64) (seq uint64, hashes []tlog.Hash, err error) {
	v, err := r.Note(kindTree, recordKey(record))
	if err == nil && len(v)%tlog.HashSize != 8 {
		err = fmt.Errorf("%w: record %d of the tree of the log", storage.ErrDamaged, record)
	}
	if err != nil {
		return 0, nil, err
	}
	seq, v = binary.BigEndian.Uint64(v), v[8:]
	for ; len(v) > 0; v = v[tlog.HashSize:] {
		hashes = append(hashes, tlog.Hash(v[:tlog.HashSize]))
	}
	return seq, hashes, nil
}

// captureLog is the log of captures as it stands.
type captureLog struct {
	*proof.Log
	r     storage.Reader
	kept  int64    // records of which the tree is kept
	fresh []uint64 // events of the records after them
}

// openLog returns the log, of which keep, if any, gets each record that is not kept yet.
func openLog(r storage.Reader, keep func(record int64, seq uint64, hashes []tlog.Hash) error) (*captureLog, error) {
	g, err := treeSizeIn(r)
	if err != nil {
		return nil, err
	}
	l := &captureLog{r: r, kept: g.records, Log: proof.Resume(g.records, func(n int64) ([]tlog.Hash, error) {
		_, hashes, err := treeNote(r, n)
		return hashes, err
	})}
	for e, err := range r.Log(g.seq) {
		if err != nil {
			return nil, err
		}
		record, err := recordOf(r, e)
		if err != nil || record == nil {
			if err != nil {
				return nil, err
			}
			continue
		}
		at := l.Size()
		hashes, err := l.Add(record)
		if err == nil && keep != nil {
			err = keep(at, e.Seq, hashes)
		}
		if err != nil {
			return nil, err
		}
		l.fresh = append(l.fresh, e.Seq)
	}
	return l, nil
}

// recordOf returns what the log of captures has of an event, nil for nothing.
func recordOf(r storage.Reader, e storage.Event) ([]byte, error) {
	switch e.Kind {
	case storage.CaptureAdded:
		return proof.Record(e.Capture)
	case storage.CaptureWithdrawn:
		w, err := r.Withdrawal(e.Withdrawn)
		if err != nil {
			return nil, err
		}
		return proof.WithdrawalRecord(*w)
	}
	return nil, nil
}

// index returns the place in the log of the record of an event, -1 for none.
func (l *captureLog) index(seq uint64) (int64, error) {
	var failed error
	n := sort.Search(int(l.Size()), func(i int) bool {
		s, err := l.seq(int64(i))
		failed = errors.Join(failed, err)
		return s >= seq
	})
	if failed != nil || n == int(l.Size()) {
		return -1, failed
	}
	if s, err := l.seq(int64(n)); err != nil || s != seq {
		return -1, err
	}
	return int64(n), nil
}

// seq is the number of the event of a record.
func (l *captureLog) seq(record int64) (uint64, error) {
	if record >= l.kept {
		return l.fresh[record-l.kept], nil
	}
	seq, _, err := treeNote(l.r, record)
	return seq, err
}

// growTree brings the kept tree after the log. Every transaction that adds to the log of
// captures ends with it.
func growTree(w storage.Writer) error {
	l, err := openLog(w, func(record int64, seq uint64, hashes []tlog.Hash) error {
		v := binary.BigEndian.AppendUint64(make([]byte, 0, 8+len(hashes)*tlog.HashSize), seq)
		for _, h := range hashes {
			v = append(v, h[:]...)
		}
		return w.PutNote(storage.Note{Kind: kindTree, Key: recordKey(record), Value: v})
	})
	if err != nil || len(l.fresh) == 0 {
		return err
	}
	v := binary.BigEndian.AppendUint64(nil, uint64(l.Size()))
	return w.PutNote(storage.Note{Kind: kindTree, Value: binary.BigEndian.AppendUint64(v, w.Seq())})
}

// regrowTree makes the kept tree anew from the log.
func regrowTree(w storage.Writer) error {
	var keys []string
	for n, err := range w.Notes(kindTree, "") {
		if err != nil && !errors.Is(err, storage.ErrDamaged) {
			return err
		}
		if err != nil {
			break // to be written over
		}
		keys = append(keys, n.Key)
	}
	for _, k := range append(keys, "") {
		if err := w.PutNote(storage.Note{Kind: kindTree, Key: k}); err != nil {
			return err
		}
	}
	return growTree(w)
}

// treeFaults compares the kept tree with the log.
func treeFaults(r storage.Reader) (found []string, err error) {
	g, err := treeSizeIn(r)
	if err != nil {
		return []string{err.Error()}, nil
	}
	fresh := &proof.Log{}
	for e, err := range r.Log(0) {
		if err != nil {
			return found, err
		}
		record, err := recordOf(r, e)
		if err != nil {
			return found, err
		}
		if record == nil || fresh.Size() >= g.records {
			continue
		}
		n := fresh.Size()
		want, err := fresh.Add(record)
		if err != nil {
			return found, err
		}
		seq, have, err := treeNote(r, n)
		if err != nil || seq != e.Seq || !slices.Equal(want, have) {
			return append(found, fmt.Sprintf("record %d of the tree of the log is not that of event %d", n, e.Seq)), nil
		}
	}
	if fresh.Size() != g.records {
		found = append(found, fmt.Sprintf("the tree of the log has %d records, the log %d", g.records, fresh.Size()))
	}
	return found, nil
}
