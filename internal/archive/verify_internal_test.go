package archive

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"readout/storage"
)

// BenchmarkVerify reads a store of large captures against itself.
func BenchmarkVerify(b *testing.B) {
	a, err := Open(Options{Path: filepath.Join(b.TempDir(), "a.db")})
	if err != nil {
		b.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(17, 8))
	size := 0
	for i := range 32 {
		var data []byte
		for len(data) < 1<<20 {
			data = fmt.Appendf(data, "<p>The ministers of krill agreed on the quota %d of %d.</p>\n", rng.IntN(1000), rng.IntN(1000))
		}
		size += len(data)
		c := storage.Capture{SHA256: storage.HashOf(data), CapturedAt: seenAt, Name: fmt.Sprint(i, ".html")}
		err := a.db.Update(b.Context(), func(w storage.Writer) error {
			if _, err := w.AddCapture(c, data); err != nil {
				return err
			}
			return growTree(w)
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		if _, err := a.Verify(b.Context(), nil); err != nil {
			b.Fatal(err)
		}
	}
}
