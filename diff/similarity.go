package diff

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/letters"
	"readout/timeline"
)

// unit is a statement as the alignment sees it.
type unit struct {
	st      *timeline.Statement
	heading string  // of its section, folded
	matters []int32 // numbers of its topics and its heading
	key     int32   // equal for statements that say the same in the same words
	tokens  []token
	words   vector // folded words, weighed by rarity
	grams   vector // sequences of four letters
	content vector // words without what is said of every subject; between meetings only
	frame   bool   // it makes no point; between meetings only
	ready   bool   // words and grams are filled
}

// normalKey is the text under which statements are the same: compatibility forms,
// quotation marks and white space aside. Case is kept: it can carry meaning.
func normalKey(text string) string {
	if plain(text) {
		return text
	}
	return strings.Join(strings.Fields(letters.Normal(text)), " ")
}

// plain reports whether text is ASCII with single spaces between its words and no
// other white space: then it is its own normal form.
func plain(text string) bool {
	space := true // also at the beginning
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c >= utf8.RuneSelf || '\t' <= c && c <= '\r':
			return false
		case c == ' ':
			if space {
				return false
			}
			space = true
		default:
			space = false
		}
	}
	return !space || text == ""
}

// vectors fills the vectors of the unit, if it has none yet.
func (b *bench) vectors(u *unit) *unit {
	if !u.ready {
		u.ready = true
		u.words = b.wordVector(b.tokensOf(u))
		u.grams = b.gramVector(u.st.Text)
	}
	return u
}

// tokensOf returns the tokens of the unit, which are made once.
func (b *bench) tokensOf(u *unit) []token {
	if u.tokens == nil {
		u.tokens = b.vocabulary.tokenize(u.st.Text)
	}
	return u.tokens
}

// wordVector weighs each folded word by how rare it is among the statements of
// both sides.
func (b *bench) wordVector(ts []token) vector {
	v := vector{terms: b.countWords(ts)}
	b.weighRare(v.terms)
	v.measure()
	return v
}

// weighRare multiplies the weight of each word by its rarity.
func (b *bench) weighRare(terms []term) {
	for i := range terms {
		terms[i].weight *= b.rarity(int32(terms[i].id))
	}
}

// countWords weighs each folded word by how often it stands among the tokens.
func (b *bench) countWords(ts []token) []term {
	ids := b.scratch[:0]
	for _, t := range ts {
		if e := &b.vocabulary.entries[t.id]; e.word {
			ids = append(ids, uint32(e.folded))
		}
	}
	b.scratch = ids
	return b.words.tally(make([]term, 0, len(ids)), ids)
}

// gramVector counts the sequences of four letters and digits, a space standing for
// whatever lies between words; ideographs and kana count in twos, for they carry
// about as much as two letters do. Sequences are told apart by a hash of gramBits:
// one pair of different ones in 65,536 shares its number.
func (b *bench) gramVector(text string) vector {
	if !letters.ASCII(text) {
		text = letters.Normal(text)
	}
	ids := b.scratch[:0]
	var window uint64 // the last four runes, 16 bits each
	width := 0
	push := func(r rune) {
		window = window<<16 | uint64(uint16(r))
		width++
		switch {
		case wide(r):
			ids = append(ids, mix(window&0xFFFFFFFF))
		case width >= 4:
			ids = append(ids, mix(window))
		}
	}
	space := true
	push(' ')
	for _, r := range text {
		if r < 0x80 {
			switch {
			case 'A' <= r && r <= 'Z':
				r += 'a' - 'A'
			case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			default:
				r = ' '
			}
		} else if letters.Word(r) {
			r = unicode.ToLower(r)
		} else {
			r = ' '
		}
		if r == ' ' {
			if space {
				continue
			}
			space = true
		} else {
			space = false
		}
		push(r)
	}
	if !space {
		push(' ')
	}
	b.scratch = ids
	v := vector{terms: b.grams.tally(make([]term, 0, len(ids)), ids)}
	v.measure()
	return v
}

// gramBits is the width of a letter sequence's number.
const gramBits = 16

// wide reports whether r is an ideograph or kana.
func wide(r rune) bool {
	return r >= 0x3040 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// mix spreads 64 bits over gramBits (the finisher of MurmurHash3, public domain).
func mix(x uint64) uint32 {
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	return uint32(x >> (64 - gramBits))
}

// likeness is the blend of the cosines of two units, or of two sums of units, from
// their scalar products and the products of their lengths. Letters are the better
// witness (inflection, spelling, compounds); rare words tell statements of one
// formula apart.
func (t tuning) likeness(words, wordNorms, grams, gramNorms float64) float64 {
	s := 0.0
	if wordNorms > 0 {
		s += t.words * words / wordNorms
	}
	if gramNorms > 0 {
		s += (1 - t.words) * grams / gramNorms
	}
	return min(s, 1)
}
