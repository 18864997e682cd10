package show

import (
	"slices"
	"strings"

	"github.com/rivo/uniseg"

	"readout/internal/letters"
)

// span is a piece of text in one ink.
type span struct {
	text string
	ink  ink
}

// paragraph is running text to be wrapped: pieces of text in their inks, and the
// places where no line may break although Unicode would allow it.
type paragraph struct {
	spans []span
	keep  []int // byte offsets into the joined text
	size  int
}

// add appends text, cleaned but for its outer spaces, which matter between
// spans.
func (p *paragraph) add(i ink, text string) {
	clean := letters.Clean(text)
	if clean == "" {
		if text != "" && strings.TrimSpace(text) == "" {
			clean = " "
		}
	} else {
		if isSpace(text[0]) {
			clean = " " + clean
		}
		if isSpace(text[len(text)-1]) {
			clean += " "
		}
	}
	p.raw(i, clean)
}

func (p *paragraph) raw(i ink, text string) {
	if text == "" {
		return
	}
	p.spans = append(p.spans, span{text, i})
	p.size += len(text)
}

// whole appends text of which no word is broken, whatever Unicode allows inside it:
// ids, addresses and commands, which people copy.
func (p *paragraph) whole(i ink, text string) {
	for word := range strings.FieldsSeq(letters.Clean(text)) {
		if p.size > 0 && !p.endsInSpace() {
			p.raw(plain, " ")
		}
		for at := 0; at < len(word); {
			piece, _, _, _ := uniseg.FirstLineSegmentInString(word[at:], -1)
			if at += len(piece); at < len(word) {
				p.keep = append(p.keep, p.size+at)
			}
		}
		p.raw(i, word)
	}
}

// whole returns a paragraph of one ink of which no word is broken.
func whole(i ink, s string) *paragraph {
	p := &paragraph{}
	p.whole(i, s)
	return p
}

// join appends another paragraph.
func (p *paragraph) join(q *paragraph) {
	for _, k := range q.keep {
		p.keep = append(p.keep, k+p.size)
	}
	p.spans = append(p.spans, q.spans...)
	p.size += q.size
}

// glue forbids a line break at the end of what was added so far.
func (p *paragraph) glue() { p.keep = append(p.keep, p.size) }

func isSpace(b byte) bool { return b == ' ' || b == '\n' || b == '\t' }

// lines lays the paragraph out in lines of at most width columns, breaking where
// UAX #14 allows it. A piece wider than the width stands on a line of its own.
func (p *paragraph) lines(s Style, width int) []string {
	var joined strings.Builder
	for _, sp := range p.spans {
		joined.WriteString(sp.text)
	}
	text := joined.String()
	var out []string
	start, columns := 0, 0
	for at := 0; at < len(text); {
		end := p.segment(text, at)
		w := cells(strings.TrimRight(text[at:end], " "))
		if columns+w > width && at > start {
			out = append(out, p.paint(s, start, at, text))
			start, columns = at, 0
		}
		columns += cells(text[at:end])
		at = end
	}
	if start < len(text) {
		out = append(out, p.paint(s, start, len(text), text))
	}
	return out
}

// segment returns where the unbreakable piece of text that begins at from ends.
func (p *paragraph) segment(text string, from int) int {
	end := from
	for {
		end += unbroken(text[end:])
		if end >= len(text) || !slices.Contains(p.keep, end) {
			return end
		}
	}
}

// unbroken returns how many bytes at the head of text no line is broken in.
func unbroken(text string) int {
	if n := plainWord(text); n > 0 {
		return n
	}
	piece, _, _, _ := uniseg.FirstLineSegmentInString(text, -1)
	return len(piece)
}

// plainWord returns the length of a word of the letters of ASCII at the head of text
// and the spaces after it, where another letter follows: UAX #14 allows a break there
// and nowhere before. It returns 0 where something else stands there.
func plainWord(text string) int {
	letters := 0
	for letters < len(text) && isLetter(text[letters]) {
		letters++
	}
	end := letters
	for end < len(text) && text[end] == ' ' {
		end++
	}
	if letters == 0 || end == letters || end == len(text) || !isLetter(text[end]) {
		return 0
	}
	return end
}

func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

// cells is how many columns s takes.
func cells(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || '~' < s[i] {
			return uniseg.StringWidth(s)
		}
	}
	return len(s)
}

// paint returns the bytes of one line, spaces at its end cut, in their inks.
func (p *paragraph) paint(s Style, from, to int, text string) string {
	to = from + len(strings.TrimRight(text[from:to], " "))
	var b strings.Builder
	at := 0
	for _, sp := range p.spans {
		lo, hi := max(from, at), min(to, at+len(sp.text))
		if lo < hi {
			b.WriteString(s.paint(sp.ink, text[lo:hi]))
		}
		at += len(sp.text)
	}
	return b.String()
}

// block returns the paragraph as lines that all begin with indent, but for the
// first, which begins with lead. Both are as wide as they print; lead may carry
// colour.
func (p *paragraph) block(s Style, lead, indent string, width int) string {
	var b strings.Builder
	for i, line := range p.lines(s, max(width-len(indent), 20)) {
		if i == 0 {
			b.WriteString(lead)
		} else {
			b.WriteString(indent)
		}
		b.WriteString(line)
		b.WriteByte('\n')
	}
	return b.String()
}

// text returns a paragraph of one ink.
func text(i ink, s string) *paragraph {
	p := &paragraph{}
	p.add(i, s)
	return p
}

// fit cuts text to the given number of columns, an ellipsis at the end where
// something was cut.
func fit(text string, columns int) string {
	if cells(text) <= columns {
		return text
	}
	var b strings.Builder
	left := columns - 1
	g := uniseg.NewGraphemes(text)
	for g.Next() {
		if left -= g.Width(); left < 0 {
			break
		}
		b.WriteString(g.Str())
	}
	return strings.TrimRight(b.String(), " ") + "…"
}

// pad fills text with spaces up to the given number of columns, on the left
// where right is aligned to.
func pad(text string, columns int, right bool) string {
	fill := strings.Repeat(" ", max(0, columns-cells(text)))
	if right {
		return fill + text
	}
	return text + fill
}
