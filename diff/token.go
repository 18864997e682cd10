package diff

import (
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/clipperhouse/uax29/v2/words"

	"readout/internal/letters"
)

// A token is a word, a number with its marks, or a punctuation mark: what an
// edit never cuts. White space lies between tokens and belongs to none.
type token struct {
	id         int32 // of its exact text, in the vocabulary
	start, end int32 // byte offsets
}

// vocabulary numbers the distinct tokens of one comparison and says once for
// each what sort of word it is.
type vocabulary struct {
	lexicon *Lexicon
	ids     map[string]int32
	entries []entry
	space   []token // of passing
}

// entry is what is known of a distinct token.
type entry struct {
	text    string
	folded  int32 // id of the folded form, itself where text is folded already
	class   class
	weight  int32 // letters and digits, in runes: the share a token has in a text
	word    bool  // has a letter or digit
	number  bool  // begins with a digit, or with a sign and a digit
	capital bool  // begins with an upper-case letter
}

func newVocabulary(l *Lexicon) *vocabulary {
	return &vocabulary{lexicon: l, ids: make(map[string]int32, 256)}
}

// id numbers the token text.
func (v *vocabulary) id(text string) int32 {
	if id, ok := v.ids[text]; ok {
		return id
	}
	id := int32(len(v.entries))
	v.ids[text] = id
	v.entries = append(v.entries, entry{text: text, folded: id})
	f := letters.Plain(text)
	e := entry{text: text, folded: id, class: v.lexicon.of(f)}
	for i, r := range text {
		letter, digit := unicode.IsLetter(r), unicode.IsDigit(r)
		if letter || digit {
			if !e.word {
				e.number = digit
				e.capital = i == 0 && unicode.IsUpper(r)
			}
			e.word = true
			e.weight++
		}
	}
	if f != text {
		e.folded = v.id(f)
	}
	if _, n := utf8.DecodeLastRuneInString(f); e.number && n < len(f) {
		e.class |= v.lexicon.of(f[len(f)-n:]) & dateUnit
	}
	v.entries[id] = e
	return id
}

// light reports whether the token is a function word or no word at all: on its
// own it says nothing.
func (v *vocabulary) light(id int32) bool {
	e := &v.entries[id]
	return !e.word || e.class&stopWord != 0
}

// tokenize splits text into tokens. Segments are those of Unicode's word
// boundaries (UAX #29), which takes ideographs and Thai letters one by one; then
// joined are what a reader takes as one: the parts of a hyphenated word, an
// abbreviation and its full stop, a number with its currency sign, percent sign
// and magnitude, the unit of a date, the hours and minutes of a time, and whatever a grapheme cluster spans.
func (v *vocabulary) tokenize(text string) []token {
	return v.number(v.split(make([]token, 0, len(text)/5+1), text), text)
}

// passing is tokenize for tokens that are not kept: the next call overwrites them.
func (v *vocabulary) passing(text string) []token {
	v.space = v.number(v.split(v.space, text), text)
	return v.space
}

// number gives the tokens of text their ids.
func (v *vocabulary) number(ts []token, text string) []token {
	for i := range ts {
		ts[i].id = v.id(text[ts[i].start:ts[i].end])
	}
	return ts
}

// split is tokenize without numbering the tokens, into the space of out.
func (v *vocabulary) split(out []token, text string) []token {
	out = out[:0]
	if letters.ASCII(text) {
		return v.join(text, splitASCII(out, text))
	}
	segments := words.FromString(text)
	for segments.Next() {
		s := segments.Value()
		if blank(s) {
			continue
		}
		out = append(out, token{start: int32(segments.Start()), end: int32(segments.End())})
	}
	return v.join(text, joinGraphemes(text, out))
}

func blank(s string) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) {
			return false
		}
	}
	return true
}

// joinGraphemes widens tokens to whole grapheme clusters and joins those that
// share one, such as a Thai consonant and its SARA AM, which UAX #29 tells apart
// as words.
func joinGraphemes(text string, ts []token) []token {
	clusters := graphemes.FromString(text)
	start, end := func() int32 { return int32(clusters.Start()) }, func() int32 { return int32(clusters.End()) }
	more := clusters.Next()
	out := ts[:0]
	for _, t := range ts {
		for more && end() <= t.start {
			more = clusters.Next()
		}
		t.start = min(t.start, start())
		for more && end() < t.end {
			more = clusters.Next()
		}
		t.end = max(t.end, end())
		if n := len(out); n > 0 && out[n-1].end > t.start {
			out[n-1].end = t.end
			continue
		}
		out = append(out, t)
	}
	return out
}

// join applies the rules for what a reader takes as one word.
func (v *vocabulary) join(text string, ts []token) []token {
	out := ts[:0]
	for i := 0; i < len(ts); i++ {
		t := ts[i]
		for {
			n := v.follows(text, t, ts[i+1:])
			if n == 0 {
				break
			}
			i += n
			t.end = ts[i].end
		}
		out = append(out, t)
	}
	return out
}

// follows returns how many of the next tokens belong to t: 0, 1 or 2.
func (v *vocabulary) follows(text string, t token, next []token) int {
	if len(next) == 0 {
		return 0
	}
	s, n := text[t.start:t.end], text[next[0].start:next[0].end]
	touch := next[0].start == t.end
	last, _ := utf8.DecodeLastRuneInString(s)
	switch {
	case touch && len(next) > 1 && next[1].start == next[0].end && hyphen(n) &&
		(letters.Word(last) || last == '.' && len(s) > 1) && startsWord(text[next[1].start:]):
		return 2
	case touch && n == "." && abbreviation(s):
		return 1
	case touch && n == "%" && unicode.IsDigit(last):
		return 1
	case touch && currency(s) && startsDigit(n):
		return 1
	case touch && unicode.IsDigit(last) && v.lexicon.of(n)&dateUnit != 0:
		return 1
	case touch && n == ":" && unicode.IsDigit(last) && len(next) > 1 && next[1].start == next[0].end && startsDigit(text[next[1].start:]):
		return 2
	case !touch && unicode.IsDigit(last) && next[0].start == t.end+1 && v.lexicon.of(letters.Plain(n))&magnitude != 0:
		return 1
	}
	return 0
}

func hyphen(s string) bool { return s == "-" || s == "‐" || s == "‑" }

func startsWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return letters.Word(r)
}

func startsDigit(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsDigit(r)
}

func currency(s string) bool {
	r, n := utf8.DecodeLastRuneInString(s)
	return unicode.Is(unicode.Sc, r) && n == len(s)
}

// abbreviation reports whether s is single letters with full stops between them,
// such as "U.S".
func abbreviation(s string) bool {
	letters := 0
	for _, r := range s {
		if letter := unicode.IsLetter(r); letter == (letters%2 == 1) || !letter && r != '.' {
			return false
		}
		letters++
	}
	return letters >= 3 && letters%2 == 1
}
