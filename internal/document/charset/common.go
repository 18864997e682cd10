package charset

import (
	_ "embed"
	"strings"
	"unicode"
)

//go:embed common.txt
var commonText string

// rarity says how rare a letter is: from 0 for the commonest of its alphabet to 1.
type rarity map[rune]float64

// rarities reads common.txt. In scripts of thousands of signs all that are named
// there are common; in an alphabet the place counts.
func rarities(file string) rarity {
	out := rarity{}
	for line := range strings.Lines(file) {
		alphabet, letters, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		all := strings.Fields(letters)
		for i, l := range all {
			r := []rune(l)[0]
			switch _, known := out[r]; {
			case alphabet == "han" || alphabet == "hangul":
				out[r] = 0
			case !known:
				out[r] = float64(i) / float64(len(all))
			}
		}
	}
	return out
}

// of returns the rarity of a letter, whatever its case.
func (c rarity) of(r rune) float64 {
	if v, ok := c[unicode.ToLower(r)]; ok {
		return v
	}
	return 1
}
