package charset

import (
	"strings"
	"sync"
	"unicode"

	"readout/internal/rules/list"
)

// Letters say how rare each letter is in the texts of its alphabet. The zero Letters are
// the built-in ones.
type Letters struct{ rarity func() rarity }

// builtInLetters are the lines of the built-in file, read when an encoding must be guessed.
var builtInLetters = sync.OnceValue(func() rarity { return rarities(list.BuiltIn("letters.txt")) })

// NewLetters returns the letters of a book of rules: letters.txt.
func NewLetters(b *list.Book) Letters {
	if !b.Changed("letters.txt") {
		return Letters{}
	}
	return Letters{sync.OnceValue(func() rarity { return rarities(b.Lines("letters.txt")) })}
}

// all returns the rarity of every letter.
func (l Letters) all() rarity {
	if l.rarity == nil {
		return builtInLetters()
	}
	return l.rarity()
}

// rarity says how rare a letter is: from 0 for the commonest of its alphabet to 1.
type rarity map[rune]float64

// rarities reads the lines of letters.txt. In scripts of thousands of signs all that are
// named there are common; in an alphabet the place counts.
func rarities(lines []list.Line) rarity {
	out := rarity{}
	for _, line := range lines {
		f := line.Fields()
		all := strings.Fields(f[1])
		for i, l := range all {
			r := []rune(l)[0]
			switch _, known := out[r]; {
			case f[0] == "han" || f[0] == "hangul":
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
