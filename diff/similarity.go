package diff

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"readout/timeline"
)

// unit is a statement as the alignment sees it.
type unit struct {
	st      *timeline.Statement
	heading string // of its section, folded
	key     int32  // equal for statements that say the same in the same words
	tokens  []token
	words   vector // folded words, weighed by rarity
	grams   vector // sequences of four letters
	ready   bool   // words and grams are filled
}

// vector is a sparse vector, its terms in ascending order, with its length.
type vector struct {
	terms []term
	norm  float64
}

type term struct {
	id     uint32
	weight float32
}

// dot is the scalar product.
func (a *vector) dot(b *vector) float64 {
	var sum float64
	x, y := a.terms, b.terms
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i].id < y[j].id:
			i++
		case x[i].id > y[j].id:
			j++
		default:
			sum += float64(x[i].weight) * float64(y[j].weight)
			i++
			j++
		}
	}
	return sum
}

// normalKey is the text under which statements are the same: compatibility forms,
// quotation marks and white space aside. Case is kept: it can carry meaning.
func normalKey(text string) string {
	if isASCII(text) && !strings.ContainsAny(text, "\t\n\r\v\f") && !strings.Contains(text, "  ") {
		return strings.TrimSpace(text)
	}
	return strings.Join(strings.Fields(normalize(text)), " ")
}

// vectors fills the vectors of the unit, if it has none yet.
func (b *bench) vectors(u *unit) *unit {
	if !u.ready {
		u.ready = true
		u.words = b.wordVector(b.tokensOf(u))
		u.grams = gramVector(u.st.Text, &b.scratch)
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
	v := vector{terms: make([]term, 0, len(ts))}
	for _, t := range ts {
		e := &b.vocabulary.entries[t.id]
		if e.word {
			v.terms = append(v.terms, term{uint32(e.folded), 1})
		}
	}
	v.gather()
	for i := range v.terms {
		v.terms[i].weight *= b.rarity(int32(v.terms[i].id))
	}
	v.measure()
	return v
}

// gather sorts the terms and adds up equal ones.
func (v *vector) gather() {
	slices.SortFunc(v.terms, func(a, b term) int { return int(int64(a.id) - int64(b.id)) })
	n := 0
	for _, t := range v.terms {
		if n > 0 && v.terms[n-1].id == t.id {
			v.terms[n-1].weight += t.weight
			continue
		}
		v.terms[n] = t
		n++
	}
	v.terms = v.terms[:n]
}

// measure sets the length.
func (v *vector) measure() {
	var sum float64
	for _, t := range v.terms {
		sum += float64(t.weight) * float64(t.weight)
	}
	v.norm = math.Sqrt(sum)
}

// gramVector counts the sequences of four letters and digits, a space standing for
// whatever lies between words; ideographs and kana count in twos, for they carry
// about as much as two letters do.
func gramVector(text string, scratch *[]uint32) vector {
	if !isASCII(text) {
		text = normalize(text)
	}
	ids := (*scratch)[:0]
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
		} else if wordRune(r) {
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
	*scratch = ids
	slices.Sort(ids)
	v := vector{terms: make([]term, 0, len(ids))}
	for _, id := range ids {
		if n := len(v.terms); n > 0 && v.terms[n-1].id == id {
			v.terms[n-1].weight++
			continue
		}
		v.terms = append(v.terms, term{id, 1})
	}
	v.measure()
	return v
}

// wide reports whether r is an ideograph or kana.
func wide(r rune) bool {
	return r >= 0x3040 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// mix spreads 64 bits over 32 (the finisher of MurmurHash3, public domain).
func mix(x uint64) uint32 {
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	return uint32(x ^ x>>32)
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

// similarity is the likeness of two units.
func (b *bench) similarity(x, y *unit) float64 {
	b.vectors(x)
	b.vectors(y)
	return b.tuning.likeness(x.words.dot(&y.words), x.words.norm*y.words.norm, x.grams.dot(&y.grams), x.grams.norm*y.grams.norm)
}
