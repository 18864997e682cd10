package storage

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// A dictionary to which no page leads is found by its own bytes, wherever it stands; one that
// was changed is not.
func TestStrayDictionary(t *testing.T) {
	const id = 77
	rng := rand.New(rand.NewPCG(1, 2))
	noise := func(n int) []byte {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(rng.Uint32())
		}
		return b
	}
	dict := binary.LittleEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, dictMagic), id)
	dict = append(dict, noise(20_000)...)
	for _, tt := range []struct {
		name   string
		before int
		key    []byte
		spoil  bool
	}{
		{"at the start", 0, numKey(id), false},
		{"a spare copy", 5003, spareKey(id, 0), false},
		{"the second copy of an older store", 5003, spareKey(id, 1), false},
		{"over the edge of a step", strayStep - 6, numKey(id), false},
		{"changed", 5003, numKey(id), true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			record := seal(tt.key, dict)
			if tt.spoil {
				record[9000] ^= 1
			}
			path := filepath.Join(t.TempDir(), "wreck")
			if err := os.WriteFile(path, bytes.Join([][]byte{noise(tt.before), record, noise(3000)}, nil), 0o600); err != nil {
				t.Fatal(err)
			}
			f, err := os.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			w := &wreck{file: f, over: map[string]*written{}}
			if err := w.strayDicts(); err != nil {
				t.Fatal(err)
			}
			got := w.rowsOf(tDict)[string(numKey(id))]
			if found := bytes.Equal(got, seal(numKey(id), dict)); found == tt.spoil {
				t.Errorf("found %d bytes of %d", len(got), len(record))
			}
		})
	}
}
