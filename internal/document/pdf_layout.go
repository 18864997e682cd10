package document

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// layout is how the text of a PDF file is set. Lengths are in points.
type layout struct {
	wrapping
	size        float64 // of the running text
	leading     float64 // from one line of a paragraph to the next
	left, right float64 // margins of the running text
	indented    bool    // paragraphs open with an indent, not with space above
	first       float64 // where their first lines begin, if indented
	marks       map[string]bool
}

// measureLayout measures the running text, which is what is set in the given size.
func measureLayout(lines []printed, size float64) *layout {
	l := &layout{size: size, wrapping: wrapping{words: map[string]bool{}}}
	var gaps, rights []float64
	body := lines[:0:0]
	for _, p := range lines {
		for f := range strings.FieldsSeq(p.text) {
			l.words[bareWord(f)] = true
		}
		if math.Abs(p.size-size) < 0.08*size {
			body = append(body, p)
			rights = append(rights, p.right)
		}
	}
	l.right = quantile(rights, 0.97, 0)
	l.left = mostly([][]printed{body}, func(p printed) float64 { return p.left }, 1)
	// Where the margin broke a sentence, the gap is surely one within a paragraph.
	var sure []float64
	for i, p := range body[:max(len(body)-1, 0)] {
		next := body[i+1]
		if gap := p.base - next.base; p.page == next.page && gap > 0.8*size && gap < 4*size {
			gaps = append(gaps, gap)
			if l.full(p, next) && !sentence(p.text) {
				sure = append(sure, gap)
			}
		}
	}
	l.leading = quantile(sure, 0.5, quantile(gaps, 0.2, 1.2*size))
	var firsts []printed
	for i, p := range body[:max(len(body)-1, 0)] {
		if l.indent(p) && math.Abs(body[i+1].left-l.left) < 2 {
			firsts = append(firsts, printed{left: p.left, text: "x"})
		}
	}
	l.indented = len(firsts)*20 > len(body)
	l.first = mostly([][]printed{firsts}, func(p printed) float64 { return p.left }, 1)
	l.hyphenates = l.hyphenated(lines)
	return l
}

// quantile returns the value at fraction q of the sorted values, or else where
// there are none.
func quantile(values []float64, q, otherwise float64) float64 {
	if len(values) == 0 {
		return otherwise
	}
	slices.Sort(values)
	return values[int(q*float64(len(values)-1))]
}

// hyphenated reports whether the text was hyphenated by the typesetter: of the
// hyphens at line ends of which the text's other words say what they are, most are
// no part of their words.
func (l *layout) hyphenated(lines []printed) bool {
	cut, own := 0, 0
	for i, p := range lines[:max(len(lines)-1, 0)] {
		stem, ok := strings.CutSuffix(p.text, "-")
		if !ok {
			continue
		}
		stem = stem[strings.LastIndexByte(stem, ' ')+1:]
		tail, _, _ := strings.Cut(lines[i+1].text, " ")
		switch whole, hyphened := l.words[bareWord(stem+tail)], l.words[bareWord(stem+"-"+tail)]; {
		case whole && !hyphened:
			cut++
		case hyphened || l.words[bareWord(stem)] && l.words[bareWord(tail)]:
			own++
		}
	}
	return cut > own
}

// indent reports whether a line begins right of the margin, as the first line of a
// paragraph may.
func (l *layout) indent(p printed) bool {
	d := p.left - l.left
	return d > 0.5*p.size && d < 8*p.size
}

// centered reports whether a line is centred between the margins or on the page. A
// first line of a paragraph may happen to be.
func (l *layout) centered(p printed) bool {
	if l.indented && math.Abs(p.left-l.first) < 1.5 {
		return false
	}
	mid := (p.left + p.right) / 2
	return p.left > l.left+2*p.size && p.right < l.right-2*p.size &&
		(math.Abs(mid-p.mid) < p.size || math.Abs(mid-(l.left+l.right)/2) < p.size)
}

// flushRight reports whether a line is set to the right margin and begins well
// right of the left one.
func (l *layout) flushRight(p printed) bool {
	return math.Abs(p.right-l.right) < p.size && p.left > l.left+0.25*(l.right-l.left)
}

// alignment returns how a paragraph is set: "center", "right" or "". A centred line
// may fill the whole width if another does not.
func (l *layout) alignment(par []printed) string {
	centered, right := false, true
	for _, p := range par {
		centered = centered || l.centered(p)
		right = right && l.flushRight(p)
	}
	for _, p := range par {
		centered = centered && math.Abs(p.left+p.right-par[0].left-par[0].right) < 2*p.size
	}
	switch {
	case centered:
		return "center"
	case right:
		return "right"
	}
	return ""
}

// full reports whether the margin explains that the line ends where it does: the
// first word of the next had no room. Hard spaces, which the file does not tell
// from others, may keep several words together; so a line within a sentence may be
// a fifth short.
func (l *layout) full(a, b printed) bool {
	n := utf8.RuneCountInString(a.text)
	if n == 0 {
		return false
	}
	letters := b.head
	width := float64(letters+1) * (a.right - a.left) / float64(n)
	room := l.right - a.right
	if l.centered(a) {
		room = l.right - l.left - (a.right - a.left)
	}
	if strings.HasSuffix(a.text, "-") && startsLower(b.text) {
		return true
	}
	measure := l.right - l.left
	if !sentence(a.text) && !a.bold && !l.centered(a) && room < 0.2*measure {
		return true
	}
	return room < 1.3*width+0.04*measure
}

// joint says how a line continues the paragraph of the lines before it.
type joint int

const (
	apart  joint = iota // it begins a paragraph
	broken              // the author broke the line before
	onward              // the margin did
)

// paragraphs groups the lines.
func (l *layout) paragraphs(lines []printed) [][]printed {
	var out [][]printed
	for _, p := range lines {
		if k := len(out) - 1; k >= 0 && l.joint(out[k], p) != apart {
			out[k] = append(out[k], p)
		} else {
			out = append(out, []printed{p})
		}
	}
	return out
}

// joint decides how line b stands to the paragraph before it.
func (l *layout) joint(par []printed, b printed) joint {
	a := par[len(par)-1]
	full := l.full(a, b)
	lower := startsLower(b.text)
	switch {
	case math.Abs(a.size-b.size) > 0.08*max(a.size, b.size):
		return apart
	case a.bold && !b.boldHead && !(full && lower), b.bold && !a.bold && !full:
		return apart
	case startsItem(b.text) && !(full && !sentence(a.text) && !startsItem(par[0].text)):
		return apart
	}
	if gap := a.base - b.base; a.page == b.page && gap > 0 {
		lead := l.leading * a.size / l.size
		switch {
		case gap > 1.2*lead, !l.aligned(par, b):
			return apart
		case full:
			return onward
		case sentence(a.text), strings.HasSuffix(a.text, ":"):
			return apart
		}
		return broken
	}
	switch {
	case l.centered(a) != l.centered(b):
		return apart
	case !full && !lower:
		return apart
	case !sentence(a.text):
		return onward
	case l.indented && l.indent(b), !full:
		return apart
	}
	return onward
}

// aligned reports whether line b begins where a line of the paragraph may: under
// the lines before it, left of an indented first line, or right of an item's mark.
func (l *layout) aligned(par []printed, b printed) bool {
	a := par[len(par)-1]
	slack := 0.5 * b.size
	if l.indented && len(par) == 1 && math.Abs(a.left-l.first) < slack && math.Abs(b.left-l.first) < slack {
		return false // both are first lines
	}
	if math.Abs(a.left-b.left) < slack || l.centered(b) && math.Abs(a.left+a.right-b.left-b.right) < 2*slack ||
		l.flushRight(a) && l.flushRight(b) {
		return true
	}
	if len(par) > 1 && par[len(par)-2].page == a.page {
		return false
	}
	d := b.left - a.left
	if startsItem(a.text) {
		return d > 0 && d < 8*b.size
	}
	return d < 0 && d > -8*b.size && l.full(a, b)
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// shape returns the kind of block that a paragraph is: short text that is larger
// than the running text is a heading.
func (l *layout) shape(par []printed) Block {
	shape := Block{Kind: Paragraph, Align: l.alignment(par)}
	if ratio := par[0].size / l.size; ratio > 1.12 && len(par) <= 4 {
		shape.Kind, shape.Level = Heading, 3
		switch {
		case ratio > 1.5:
			shape.Level = 1
		case ratio > 1.25:
			shape.Level = 2
		}
	}
	return shape
}

// runs returns the text of a paragraph: what the margin broke is joined, a hyphen
// there undone where it is none of the word's own, and the marks of notes are left
// out.
func (l *layout) runs(par []printed) []run {
	var out []run
	for i, p := range par {
		if i > 0 {
			between := "\n"
			if l.joint(par[:i], p) != broken {
				a := par[i-1].text
				cut, space := l.glue(a, p.text)
				trimRuns(out, cut)
				between = space
			}
			out = append(out, run{text: between, strong: p.boldHead})
		}
		for _, r := range p.runs {
			if r.note {
				if l.marks[r.text] {
					continue
				}
				r.note = false
			}
			out = append(out, r)
		}
	}
	return out
}

// trimRuns cuts the space at the end of the text and n bytes before it.
func trimRuns(runs []run, n int) {
	for i := len(runs) - 1; i >= 0; i-- {
		t := strings.TrimRight(runs[i].text, " ")
		k := min(n, len(t))
		runs[i].text = t[:len(t)-k]
		if n -= k; n == 0 && runs[i].text != "" {
			return
		}
	}
}
