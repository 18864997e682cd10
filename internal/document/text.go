package document

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"readout/internal/letters"
	"readout/internal/rules/pattern"
)

// textLine is one line of a plain text, visible characters only.
type textLine struct {
	indent int // columns of leading space
	text   string
}

// text adds the blocks of a plain text. Blank lines part paragraphs; inside them a
// line break stays, unless the text is hard-wrapped prose, in which a break at the
// right margin is a space. Indentation nests list items.
func (b *builder) text(s string) {
	paragraphs := textParagraphs(s)
	wrap := measureWrap(paragraphs)
	var indents []int
	for _, p := range paragraphs {
		if grid, ok := textTable(p); ok {
			b.table(grid)
			continue
		}
		for _, block := range wrap.join(p) {
			shape := Block{Kind: Paragraph}
			if bulletMarker.MatchString(block.pieces[0]) {
				shape.Level = nest(&indents, block.indent)
			} else {
				indents = nil
			}
			b.flow(shape, []run{{text: strings.Join(block.pieces, "")}})
		}
	}
}

// nest returns the depth from 1 of an item indented so far, given the indents of
// the items that are open around it.
func nest(open *[]int, indent int) int {
	s := *open
	for len(s) > 0 && s[len(s)-1] > indent {
		s = s[:len(s)-1]
	}
	if len(s) == 0 || s[len(s)-1] < indent {
		s = append(s, indent)
	}
	*open = s
	return len(s)
}

// textParagraphs cuts a plain text into paragraphs of lines.
func textParagraphs(s string) [][]textLine {
	var out [][]textLine
	var cur []textLine
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	for raw := range strings.SplitSeq(s, "\n") {
		if !printable(raw) {
			raw = norm.NFC.String(mapVisibleKeepingIndent(raw))
		}
		for row := range strings.SplitSeq(raw, "\n") {
			t := strings.TrimLeft(row, " ")
			l := textLine{indent: len(row) - len(t), text: strings.TrimRight(t, " ")}
			if l.text != "" {
				cur = append(cur, l)
			} else if len(cur) > 0 {
				out, cur = append(out, cur), nil
			}
		}
	}
	if len(cur) > 0 {
		out = append(out, cur)
	}
	return out
}

// printable reports whether s is of printed characters of ASCII and spaces alone.
func printable(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || '~' < s[i] {
			return false
		}
	}
	return true
}

// mapVisibleKeepingIndent is strings.Map(visible, s) with tabs and full-width
// spaces as wide as they are printed.
func mapVisibleKeepingIndent(s string) string {
	s = strings.ReplaceAll(s, "\u3000", "  ")
	return strings.Map(visible, strings.ReplaceAll(s, "\t", "    "))
}

// wrapping says how a plain text is wrapped. The zero wrapping keeps every break.
type wrapping struct {
	width int             // columns of the longest usual line, 0 for a text that is not wrapped
	words map[string]bool // the words of the text, to tell hyphens from hyphenation
	// hyphenates says that a typesetter hyphenated the text: a hyphen of which the
	// words do not say what it is, is his.
	hyphenates bool
}

const (
	narrowest = 40  // columns: anything narrower is a table or verse
	widest    = 120 // columns: longer lines are not broken by a margin
)

// measureWrap decides whether a text is hard-wrapped prose: no line goes beyond a
// margin, and most of the lines that another line follows come near it.
func measureWrap(paragraphs [][]textLine) wrapping {
	width, breaks := 0, 0
	for _, p := range paragraphs {
		for i, l := range p {
			width = max(width, columns(l.text)+l.indent)
			if i+1 < len(p) && !startsItem(p[i+1].text) {
				breaks++
			}
		}
	}
	if width < narrowest || width > widest || breaks < 3 {
		return wrapping{}
	}
	near := 0
	for _, p := range paragraphs {
		for i, l := range p[:len(p)-1] {
			if !startsItem(p[i+1].text) && atMargin(l, p[i+1], width) {
				near++
			}
		}
	}
	if near*3 < breaks*2 {
		return wrapping{}
	}
	w := wrapping{width: width, words: map[string]bool{}}
	for _, p := range paragraphs {
		for _, l := range p {
			for f := range strings.FieldsSeq(l.text) {
				w.words[bareWord(f)] = true
			}
		}
	}
	return w
}

// bareWord returns a word in lower case without the punctuation around it.
func bareWord(s string) string {
	return strings.ToLower(strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }))
}

// slack is how many columns short of the margin a wrapped line may end although
// the next word had room: not every wrapper is greedy, nor has one margin.
const slack = 12

// atMargin reports whether the break after l is one that a margin at the given
// width explains.
func atMargin(l, next textLine, width int) bool {
	word, _, _ := strings.Cut(next.text, " ")
	return l.indent+columns(l.text)+1+columns(word)+slack > width
}

// columns is the width of s on a terminal: East Asian characters take two.
func columns(s string) int {
	if printable(s) {
		return len(s)
	}
	n := 0
	for _, r := range s {
		n++
		if isWide(r) {
			n++
		}
	}
	return n
}

// isWide reports whether r is printed two columns wide and written without spaces.
func isWide(r rune) bool {
	return r >= 0x2E80 && (letters.Ideograph(r) || 0x3000 <= r && r <= 0x303F || 0xFF01 <= r && r <= 0xFF60)
}

var bracketed = pattern.New(`^[(（\[［].*[)）\]］]$`)

// startsItem reports whether a line begins something new: a printed number, a
// bullet, a line in brackets, a caption.
func startsItem(s string) bool {
	return numberMarker.MatchString(s) || bulletMarker.MatchString(s) || bracketed.MatchString(s)
}

// textBlock is a block of a plain text, in pieces that follow each other directly.
type textBlock struct {
	indent int
	pieces []string
}

func newTextBlock(l textLine) textBlock { return textBlock{l.indent, []string{l.text}} }

// join makes blocks of the lines of one paragraph: what the wrapper cut is joined
// by spaces, what the author broke stays broken by "\n", and items are parted.
func (w wrapping) join(p []textLine) []textBlock {
	out := []textBlock{newTextBlock(p[0])}
	last := p[0]
	for _, l := range p[1:] {
		cur := &out[len(out)-1]
		wrapped := w.width > 0 && atMargin(last, l, w.width)
		switch {
		case bulletMarker.MatchString(l.text):
			out = append(out, newTextBlock(l))
		case numberMarker.MatchString(l.text):
			// A figure that happens to begin a line is none of the author's numbers.
			if wrapped && !sentence(last.text) && !numberMarker.MatchString(cur.pieces[0]) {
				cur.pieces = append(cur.pieces, " ", l.text)
			} else {
				out = append(out, newTextBlock(l))
			}
		case wrapped && !bracketed.MatchString(l.text):
			end := &cur.pieces[len(cur.pieces)-1]
			cut, space := w.glue(*end, l.text)
			*end = (*end)[:len(*end)-cut]
			cur.pieces = append(cur.pieces, space, l.text)
		case columns(last.text) > widest && sentence(last.text):
			out = append(out, newTextBlock(l)) // one paragraph a line
		default:
			cur.pieces = append(cur.pieces, "\n", l.text)
		}
		last = l
	}
	return out
}

// glue says how to join two lines of wrapped prose: how many bytes to cut from the
// end of the first, and what to put between them. A hyphen at the break is a
// hyphenation where the text has the word without it elsewhere; else it is the
// author's own, and stays without a space ("cross-" + "border") unless a
// coordination follows ("mid-" + "and").
func (w wrapping) glue(a, b string) (cut int, space string) {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	if isWide(last) && isWide(first) {
		return 0, ""
	}
	head := a[strings.LastIndexByte(a, ' ')+1:]
	if last == '—' && head != "—" {
		return 0, "" // a dash set without spaces, as its other side shows
	}
	tail, _, _ := strings.Cut(b, " ")
	stem, ok := strings.CutSuffix(head, "-")
	if !ok || !legible(stem) || !unicode.IsLetter(first) && !unicode.IsDigit(first) {
		return 0, " "
	}
	switch bareWord(tail) {
	case "and", "or", "to":
		return 0, " "
	}
	whole, hyphened := w.words[bareWord(stem+tail)], w.words[bareWord(stem+"-"+tail)]
	if unicode.IsLower(first) && !hyphened && (whole || w.hyphenates) {
		return 1, ""
	}
	return 0, ""
}
