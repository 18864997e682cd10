package storage

import (
	"errors"
	"fmt"
	"os"
)

// Salvage reads what is still whole of a store, however damaged its file is: every
// capture whose row has its checksum and whose bytes have their hash, the decisions of
// people, and marks. It hands fn a reader of these alone, and what is missing. The file is
// only read, with every offset checked: its pages are gone through one by one, those that
// no other leads to any more as well, so that no broken link can hide a page or lead round
// in a circle. The caller sees to it that nobody writes to the file.
func Salvage(path string, fn func(Reader, Damage) error) error {
	w, err := swept(path)
	if err != nil {
		return err
	}
	defer w.file.Close()
	t := &tx{rows: w, packer: w.packer}
	w.damage.Lost = w.settle(t)
	return fn(t, w.damage)
}

// swept opens a file and finds what rows its pages have.
func swept(path string) (*wreck, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	packer, err := newPacker()
	w := &wreck{file: f, packer: packer, over: map[string]*written{}, blobs: map[uint64][]extent{}}
	if err == nil {
		err = w.sweep()
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return w, nil
}

// Salvageable is [DB.Exists] for [Salvage], which needs none of the heads that tell a file to be a store, since
// both of them may be what is damaged: a file without them is a store where any row of it proves itself.
func (db *DB) Salvageable() error {
	err := db.exists()
	if !errors.Is(err, ErrVersion) {
		return err
	}
	rows, broken := HasRows(db.path)
	switch {
	case broken != nil:
		return broken
	case rows:
		return nil
	}
	return err
}

// HasRows reports whether a file has any row that proves itself to be of a store.
func HasRows(path string) (bool, error) {
	w, err := swept(path)
	if err != nil {
		return false, err
	}
	return len(w.over) > 0, w.file.Close()
}

// Damage is what is missing in a damaged store.
type Damage struct {
	Lost  []Lost // captures, in order of release and time
	Pages int    // in use, and unreadable or not there: what stood only there is not in Lost
}

// wreck is what was found in the pages of a damaged file: small rows in memory, captured
// bytes where they stand in the file. It is the Rows of a transaction that reads.
type wreck struct {
	rehearsed
	file   *os.File
	packer *packer
	over   map[string]*written
	blobs  map[uint64][]extent // by their number; several of one, where a page was copied
	damage Damage
}

// extent is a piece of the file.
type extent struct{ at, size int64 }
