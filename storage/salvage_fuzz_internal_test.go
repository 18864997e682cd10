package storage

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// FuzzSalvage: whatever is written over a store, and wherever it is cut, a salvage ends, hands out
// only bytes that have their hash, and names nothing as lost that it hands out.
func FuzzSalvage(f *testing.F) {
	file := fileOf(f, talks(f, 6))
	f.Add(uint32(0), []byte{}, uint32(0))
	f.Add(uint32(2*4096+10), []byte{0xff, 0xff}, uint32(0))
	f.Add(uint32(3*4096+16), []byte("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f"), uint32(0))
	f.Add(uint32(5*4096), make([]byte, 4096), uint32(7000))
	f.Add(uint32(4*4096+16+7), []byte{1}, uint32(0))
	f.Fuzz(func(t *testing.T, at uint32, over []byte, cut uint32) {
		b := bytes.Clone(file)
		copy(b[int(at)%len(b):], over)
		b = b[:len(b)-int(cut)%len(b)]
		path := filepath.Join(t.TempDir(), "wreck.db")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		err := Salvage(path, func(r Reader, d Damage) error {
			back := map[Hash]bool{}
			for c, err := range r.Captures() {
				if err != nil {
					return err
				}
				data, err := r.Blob(c.SHA256)
				if err != nil || HashOf(data) != c.SHA256 {
					t.Errorf("bytes of %s: %v", c.Name, err)
				}
				back[c.SHA256] = true
			}
			for _, l := range d.Lost {
				if back[l.SHA256] {
					t.Errorf("%s is lost and there", l)
				}
			}
			return nil
		})
		if err != nil {
			t.Errorf("Salvage: %v", err)
		}
	})
}
