package document

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// visible maps a character to what a reader sees: every kind of space to a plain
// one, line and paragraph separators to "\n", and -1 for what cannot be seen at
// all: control characters, soft hyphens, zero-width spaces, and the marks that
// turn the direction of text and can make a page show another wording than it
// holds. The joiners of Persian and Indic scripts stay; they change letters.
func visible(r rune) rune {
	switch {
	case ' ' <= r && r < 0x7f: // nearly every character of most texts
		return r
	case r == '\n', r == '\u2028', r == '\u2029':
		return '\n'
	case r == '\t', r == '\v', r == '\f', r == '\r', unicode.Is(unicode.Zs, r):
		return ' '
	case 0x80 <= r && r < 0xA0:
		// C1 controls are windows-1252 read as ISO 8859-1; HTML repairs them in
		// numeric references just so.
		if r = charmap.Windows1252.DecodeByte(byte(r)); r < 0xA0 {
			return -1
		}
		return r
	case r == '\u200c', r == '\u200d':
		return r
	case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == '\ufffc', r&0xFFFE == 0xFFFE, 0xFDD0 <= r && r <= 0xFDEF:
		return -1
	}
	return r
}

// cleanLine returns s as one line of NFC text: visible characters only, white
// space folded to single spaces and trimmed.
func cleanLine(s string) string {
	return strings.Join(strings.Fields(norm.NFC.String(strings.Map(visible, s))), " ")
}

// clean brings every field into the form of the text.
func (m *Meta) clean() {
	for _, f := range []*string{&m.Title, &m.URL, &m.Date, &m.Published, &m.Modified, &m.Captured, &m.Language, &m.Kind, &m.SiteName} {
		*f = cleanLine(*f)
	}
}

// legible reports whether a line says anything: a line of rules, stars or "###"
// does not.
func legible(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}
