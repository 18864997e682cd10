package storage

import (
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
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	defer f.Close()
	packer, err := newPacker()
	if err != nil {
		return err
	}
	w := &wreck{file: f, packer: packer, over: map[string]*written{}, blobs: map[uint64][]extent{}}
	if err := w.sweep(); err != nil {
		return err
	}
	t := &tx{rows: w, packer: packer}
	w.damage.Lost = w.settle(t)
	return fn(t, w.damage)
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
