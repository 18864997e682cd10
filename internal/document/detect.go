package document

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
)

// misfits counts the characters that betray a wrong encoding: replacement
// characters, control characters, private use.
func misfits(text string) (bad, foreign int) {
	for _, r := range text {
		switch {
		case r < 0x80:
			continue
		case r == utf8.RuneError, 0x80 <= r && r < 0xA0, unicode.Is(unicode.Co, r):
			bad++
		}
		foreign++
	}
	return bad, foreign
}

// fits reports whether a decoded text has next to no misfits: less than one
// foreign character in a hundred, as a byte lost on the way makes.
func fits(text string) bool {
	bad, foreign := misfits(text)
	return bad*100 <= foreign
}

// unlisted are single-byte encodings that pages were written in and that the
// detector has no statistics for.
var unlisted = []string{"ibm866", "ibm855", "x-mac-cyrillic", "windows-874"}

// detect decodes bytes that declare no encoding: in the statistically most likely
// one whose decoding holds no misfits. Where that is a single-byte encoding, the
// rarer ones are tried too, and taken if they make markedly better words.
func detect(data []byte) (text, name string) {
	text, name = statistical(data)
	switch name {
	case "big5", "euc-jp", "euc-kr", "gb18030", "gbk", "shift_jis", "iso-2022-jp":
		return text, name
	}
	best := plausibility(text)
	for _, label := range unlisted {
		other := decodeWith(lookup(label), data)
		if p := plausibility(other); p > best+0.02 {
			text, name, best = other, label, p
		}
	}
	return text, name
}

// statistical decodes in the encoding that chardet finds, passing over those in
// which the bytes make no text; windows-1252 where it finds none.
func statistical(data []byte) (text, name string) {
	detector := chardet.NewTextDetector()
	if opensHTML(strings.ToLower(string(data[:min(len(data), 512)]))) {
		detector = chardet.NewHtmlDetector()
	}
	// An error says that nothing was recognised.
	results, _ := detector.DetectAll(data)
	least := -1
	for _, r := range results {
		enc, label := charset.Lookup(r.Charset)
		if enc == nil || r.Confidence < 10 {
			continue
		}
		decoded := decodeWith(enc, data)
		bad, _ := misfits(decoded)
		if least < 0 || bad < least {
			text, name, least = decoded, label, bad
		}
		if bad == 0 {
			break
		}
	}
	if name == "" {
		name = "windows-1252"
		text = decodeWith(lookup(name), data)
	}
	return text, name
}

// plausibility says how much like words the foreign characters of a text look,
// from about -2 to 1: letters beside letters of their own script, capitals only at
// the beginning of words or in words of capitals, no symbols amid letters.
func plausibility(text string) float64 {
	sum, n := 0, 0
	var before rune
	for i, r := range text {
		if r >= 0x80 && n < 1<<15 {
			n++
			after, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
			switch {
			case r == utf8.RuneError, unicode.IsControl(r), unicode.Is(unicode.Co, r):
				sum -= 3
			case unicode.IsLetter(r):
				switch {
				case unicode.IsLetter(before) && script(before) != script(r),
					unicode.IsUpper(r) && unicode.IsLower(before):
					sum -= 2
				case unicode.IsLetter(before) || unicode.IsLetter(after) || unicode.IsMark(after) || unicode.IsMark(before):
					sum++
				}
			case unicode.IsMark(r) && unicode.IsLetter(before):
				sum++
			case unicode.IsSymbol(r) && (unicode.IsLetter(before) || unicode.IsLetter(after)):
				sum -= 2
			}
		}
		before = r
	}
	if n == 0 {
		return 1
	}
	return float64(sum) / float64(n)
}

// script names the script of a letter as far as single-byte encodings mix them.
func script(r rune) *unicode.RangeTable {
	for _, t := range []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Thai} {
		if unicode.Is(t, r) {
			return t
		}
	}
	return nil
}
