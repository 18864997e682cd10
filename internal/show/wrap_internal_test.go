package show

import (
	"testing"

	"github.com/rivo/uniseg"
)

// FuzzPlain holds what is quick for ASCII to what Unicode says.
func FuzzPlain(f *testing.F) {
	for _, s := range []string{"", "a b", "word  word", "it's so", "1.5 m", "a -b", "a (b", "co-op x", "a b\u0301", "a \u0301b", "a\tb", "é b", "日本 x", "x\u200db"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		piece, _, _, _ := uniseg.FirstLineSegmentInString(s, -1)
		if got, want := unbroken(s), len(piece); got != want {
			t.Errorf("unbroken(%q) = %d, want %d", s, got, want)
		}
		if got, want := cells(s), uniseg.StringWidth(s); got != want {
			t.Errorf("cells(%q) = %d, want %d", s, got, want)
		}
	})
}
