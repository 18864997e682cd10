package archive

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"readout/timeline"
)

// fingerprint is the same for two texts that differ only in white space, punctuation, the
// case of letters and markup. Every line counts that was read out of the document, in the
// order in which it stands, whether it was taken for a heading, a statement, a cell or a
// name: another layout of the same words is no other text. The title, the day, the notes
// and the captions have no place in that order and count beside it, the notes without
// their numbers.
func fingerprint(r *timeline.Release) string {
	var b strings.Builder
	for _, role := range []timeline.Role{timeline.RoleTitle, timeline.RoleDay, timeline.RoleNote, timeline.RoleCaption} {
		for _, text := range textsOf(r, role) {
			writeLetters(&b, text)
			b.WriteByte('\n')
		}
		b.WriteByte('\n')
	}
	for _, s := range inOrder(r) {
		writeLetters(&b, s)
	}
	for _, l := range r.Lines {
		if inText(l) && l.End == 0 {
			b.WriteByte('\n')
			writeLetters(&b, l.Text)
		}
	}
	return digest(b.String())
}

// textsOf are the texts of one role. Days count as days, in order and each once: the same
// one may be printed in several ways and places.
func textsOf(r *timeline.Release, role timeline.Role) []string {
	var out []string
	for _, l := range r.Lines {
		switch {
		case l.Role != role:
		case role == timeline.RoleDay:
			out = append(out, l.Day.String())
		default:
			out = append(out, l.Text)
		}
	}
	if role == timeline.RoleDay {
		slices.Sort(out)
		out = slices.Compact(out)
	}
	return out
}

// inText reports whether a line counts where it stands in the text.
func inText(l timeline.Line) bool {
	switch l.Role {
	case timeline.RoleTitle, timeline.RoleDay, timeline.RoleNote, timeline.RoleCaption:
		return false
	}
	return true
}

// inOrder returns the headings, statements and lines of the text as they stand. A heading
// stands before the first statement below it.
func inOrder(r *timeline.Release) []string {
	type placed struct {
		at   int
		text string
	}
	var all []placed
	next := 0
	for _, s := range r.Statements {
		for ; next <= s.Section && next < len(r.Sections); next++ {
			all = append(all, placed{s.Start, r.Sections[next].Heading})
		}
		all = append(all, placed{s.Start, s.Text})
	}
	for ; next < len(r.Sections); next++ {
		all = append(all, placed{len(r.Text), r.Sections[next].Heading})
	}
	for _, l := range r.Lines {
		if inText(l) && l.End > 0 {
			all = append(all, placed{l.Start, l.Text})
		}
	}
	slices.SortStableFunc(all, func(a, b placed) int { return cmp.Compare(a.at, b.at) })
	out := make([]string, len(all))
	for i, p := range all {
		out[i] = p.text
	}
	return out
}

// writeLetters writes what counts of a text: letters in lower case and digits, signs
// of currency and per cent, and a point between digits. A ministry that writes
// "Suk-yeol" and then "Suk Yeol" has not altered what was said; nor has one that sets
// the vowel points of Arabic or Hebrew, or writes the digits of another script.
func writeLetters(b *strings.Builder, text string) {
	rs := []rune(norm.NFKC.String(text))
	for i, r := range rs {
		point := r == '.' && i > 0 && i+1 < len(rs) && unicode.IsDigit(rs[i-1]) && unicode.IsDigit(rs[i+1])
		switch {
		case unicode.IsDigit(r):
			b.WriteRune(westernDigit(r))
		case vowelPoint(r):
		case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r), unicode.Is(unicode.Sc, r), r == '%', point:
			b.WriteRune(unicode.ToLower(r))
		}
	}
}

// westernDigit returns the digit 0 to 9 of the same value. The digits of every script
// follow each other from their zero (Unicode Standard, section 4.6).
func westernDigit(r rune) rune {
	zero := r
	for unicode.IsDigit(zero-1) && r-zero < 9 {
		zero--
	}
	if !unicode.IsDigit(zero + 9) { // runs of digits stand side by side
		return r
	}
	return '0' + (r - zero)
}

// vowelPoint reports whether r is a point or stroke that Arabic and Hebrew may be written
// with or without.
func vowelPoint(r rune) bool {
	switch {
	case r == 0x0640, r == 0x0670, 0x064B <= r && r <= 0x0652, 0x0656 <= r && r <= 0x065F:
		return true
	}
	return 0x0591 <= r && r <= 0x05C7 && unicode.IsMark(r)
}
