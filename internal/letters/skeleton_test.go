package letters_test

import (
	"testing"

	"readout/internal/letters"
)

func TestSkeleton(t *testing.T) {
	for _, c := range []struct {
		name, a, b string
		same       bool
	}{
		{"spacing and hyphens", "Yoon Suk-yeol  met", "Yoon Suk Yeol met", true},
		{"quotation marks", "a “shared vision”", "a \"shared vision\"", true},
		{"Arabic digits and doubling", "قبل نهاية ٢٠٣٢ للحصّة", "قبل نهاية 2032 للحصة", true},
		{"Hindi digits", "२०३२ तक", "2032 तक", true},
		{"vowel points of Hebrew", "שָׁלוֹם", "שלום", true},
		{"full width", "１２ ｋｍ", "12 km", true},
		{"a figure", "4 million", "9 million", false},
		{"where the point stands", "1.5 million", "15 million", false},
		{"currency", "€ 5", "$ 5", false},
		{"an accent", "peche", "pêche", false},
		{"the vowels of Hindi", "कि", "की", false},
	} {
		if got := letters.Skeleton(c.a) == letters.Skeleton(c.b); got != c.same {
			t.Errorf("%s: %q and %q have one skeleton: %v, want %v", c.name, c.a, c.b, got, c.same)
		}
	}
}
