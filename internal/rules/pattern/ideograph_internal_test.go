package pattern

import (
	"testing"
	"unicode"
)

// TestIdeographs: what is passed by without the tables of Unicode is what they say.
func TestIdeographs(t *testing.T) {
	some := 0
	for r := range rune(unicode.MaxRune) {
		if !ideograph(r) {
			continue
		}
		some++
		if !unicode.IsLetter(r) || unicode.SimpleFold(r) != r {
			t.Errorf("%q is no letter without case", r)
		}
	}
	if some < 30_000 {
		t.Errorf("%d ideographs", some)
	}
}
