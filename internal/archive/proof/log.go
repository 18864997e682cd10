package proof

import (
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Log is the tree of a log of records. It keeps the hashes of records that were added to
// it; those of records before them come from whoever kept them, see [Resume]. The zero Log
// is empty.
type Log struct {
	kept  int64                                   // records whose hashes read gives
	read  func(record int64) ([]tlog.Hash, error) // nil where kept is 0
	fresh [][]tlog.Hash                           // of the records from kept on
}

// Resume returns a log of so many records. Read gives what [Log.Add] returned for one of
// them.
func Resume(records int64, read func(record int64) ([]tlog.Hash, error)) *Log {
	return &Log{kept: records, read: read}
}

// Size is how many records the log has.
func (l *Log) Size() int64 { return l.kept + int64(len(l.fresh)) }

// Add appends a record and returns the hashes that it completes: its own, then those of the
// whole subtrees that end with it, the smallest first.
func (l *Log) Add(record []byte) ([]tlog.Hash, error) {
	hashes, err := tlog.StoredHashes(l.Size(), record, tlog.HashReaderFunc(l.hashes))
	if err != nil {
		return nil, err
	}
	l.fresh = append(l.fresh, hashes)
	return hashes, nil
}

// hashes returns the hashes at some places of the order in which tlog lays them out.
func (l *Log) hashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		level, n := tlog.SplitStoredHashIndex(x)
		record := (n+1)<<level - 1 // the subtree is whole with this one
		completed, err := l.completedBy(record)
		if err != nil {
			return nil, err
		}
		if level >= len(completed) {
			return nil, fmt.Errorf("record %d of the log completes %d hashes, not %d", record, len(completed), level+1)
		}
		out[i] = completed[level]
	}
	return out, nil
}

func (l *Log) completedBy(record int64) ([]tlog.Hash, error) {
	switch {
	case record < l.kept:
		return l.read(record)
	case record < l.Size():
		return l.fresh[record-l.kept], nil
	}
	return nil, fmt.Errorf("the log has no record %d", record)
}

// Head returns the head of the first so many records. It is [ErrShorter] where the log has
// fewer.
func (l *Log) Head(size int64) (Head, error) {
	if size > l.Size() {
		return Head{}, fmt.Errorf("%w: it has %d records, the head commits to %d", ErrShorter, l.Size(), size)
	}
	root, err := tlog.TreeHash(size, tlog.HashReaderFunc(l.hashes))
	return Head{size, root}, err
}

// ErrShorter is returned where a log has fewer records than a head commits to.
var ErrShorter = errors.New("captures were removed from the log")

// ErrAltered is returned where a log does not begin with the records that a head commits to.
var ErrAltered = errors.New("the log does not begin with the captures of that head: some were removed, replaced or put in between")

// Begins reports whether the log still begins with what an earlier head commits to: nil,
// [ErrShorter] or [ErrAltered].
func (l *Log) Begins(earlier Head) error {
	now, err := l.Head(earlier.Size)
	if err == nil && now != earlier {
		err = ErrAltered
	}
	return err
}
