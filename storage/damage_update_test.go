//go:build !race

package storage_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"

	"readout/storage"
	"readout/storage/storagetest"
)

// bbolt takes the counts of a damaged page at their word, over which the checks of pointers that
// come with the race detector end the process. CI runs this without it.

// A write on a damaged store must not end the process either.
func TestUpdateOfFlippedBits(t *testing.T) {
	file, _ := small(t)
	rng := rand.New(rand.NewPCG(5, 5))
	for range 60 {
		bit := rng.IntN(8 * len(file))
		data := append([]byte(nil), file...)
		data[bit/8] ^= 1 << (bit % 8)
		db := stored(t, data)
		for range 2 {
			err := db.Update(context.Background(), func(w storage.Writer) error {
				return storagetest.Put(w, storagetest.Samples(3, 2, 7)...)
			})
			if errors.Is(err, storage.ErrLocked) {
				t.Errorf("bit %d: %v", bit, err)
			}
		}
	}
}
