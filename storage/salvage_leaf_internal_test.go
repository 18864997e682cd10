package storage

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"os"
	"testing"
)

// TestHurtHeadsOfPages: a page whose own head is hurt, or the element that leads to a row, still
// gives every row that is whole.
func TestHurtHeadsOfPages(t *testing.T) {
	db := taught(t)
	file, size := fileOf(t, db), os.Getpagesize()
	all := len(rowsIn(t, db, tCapture))
	rng := rand.New(rand.NewPCG(17, 3))
	tried := 0
	for page := 2; page < len(file)/size; page++ {
		b := file[page*size:]
		if binary.NativeEndian.Uint64(b) != uint64(page) || binary.NativeEndian.Uint16(b[8:]) != leafPage {
			continue
		}
		elements := min(int(binary.NativeEndian.Uint16(b[10:])), (size-pageHeader)/element)
		for _, at := range []int{0, 8, 10, 12, pageHeader + rng.IntN(element*elements), pageHeader + rng.IntN(element*elements),
			pageHeader + element*elements - 1 - rng.IntN(element)} {
			hurt := bytes.Clone(file)
			hurt[page*size+at] ^= 1 << rng.IntN(8)
			if err := os.WriteFile(db.path, hurt, 0o600); err != nil {
				t.Fatal(err)
			}
			back := 0
			err := Salvage(db.path, func(r Reader, _ Damage) error {
				for _, err := range r.Captures() {
					if err != nil {
						return err
					}
					back++
				}
				return nil
			})
			if err != nil || back != all {
				t.Errorf("page %d, byte %d: %d of %d documents came back, %v", page, at, back, all, err)
			}
			tried++
		}
	}
	if tried < 50 {
		t.Errorf("only %d places were hurt", tried)
	}
}
