package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"readout/internal/letters"
)

// Text is the text layer of a file.
type Text struct {
	Title string // as the file gives it; often a file name
	Pages []Page
}

// Page is one page.
type Page struct {
	Width, Height float64 // in points, as shown
	Lines         []Line  // in the order of the file, which is mostly that of reading
}

// Line is one printed line. Its place is given in points from the left and bottom
// edge of the page as it is shown.
type Line struct {
	Left, Right float64
	Base        float64 // what the letters stand on
	Size        float64 // of the font that most of it is set in
	Spans       []Span
	// Hyphen reports whether the line ends within a word: its last character is
	// the hyphen there, which may be the word's own.
	Hyphen bool
}

// Span is a stretch of a line that is set alike. Spaces belong to either side.
type Span struct {
	Text   string
	Bold   bool
	Raised bool // smaller and above the line, as marks of footnotes are
}

// Text returns the text of the line without what is raised.
func (l Line) Text() string {
	var b strings.Builder
	for _, s := range l.Spans {
		if !s.Raised {
			b.WriteString(s.Text)
		}
	}
	return strings.TrimSpace(b.String())
}

// lines cuts characters into lines; right gives the right edge of one. What is not
// set upright (watermarks, marginal notes up the side) is left out.
func lines(chars []char, right func(char) float64) []Line {
	var out []Line
	var cur []char
	var last char // the last one that has a place
	flush := func(hyphened bool) {
		if l, ok := newLine(cur, right); ok {
			l.Hyphen = hyphened
			out = append(out, l)
		}
		cur = nil
	}
	for _, c := range chars {
		switch {
		case c.r == hyphen:
			c.r = '-'
			cur = append(cur, c)
			flush(true)
		case c.r == eol:
			flush(false)
		case c.askew:
		default:
			if !c.added {
				if len(cur) > 0 && c.x < last.x && math.Abs(c.y-last.y) > 0.8*max(c.size, last.size) {
					flush(false) // a new line, although the file sets no line end
				}
				last = c
			}
			cur = append(cur, c)
		}
	}
	flush(false)
	return out
}

// newLine makes a line of characters; it reports false where nothing is printed.
func newLine(chars []char, right func(char) float64) (Line, bool) {
	blank := func(c char) bool { return unicode.IsSpace(c.r) }
	for len(chars) > 0 && blank(chars[0]) {
		chars = chars[1:]
	}
	for len(chars) > 0 && blank(chars[len(chars)-1]) {
		chars = chars[:len(chars)-1]
	}
	placed := slices.DeleteFunc(slices.Clone(chars), func(c char) bool { return c.added || blank(c) })
	if len(placed) == 0 {
		return Line{}, false
	}
	l := Line{Left: placed[0].x}
	l.Size, l.Base = body(placed)
	for _, c := range placed {
		l.Left = min(l.Left, c.x)
		l.Right = max(l.Right, c.x)
	}
	l.Right = max(l.Right, right(placed[len(placed)-1]))
	l.Spans = spans(chars, l)
	return l, true
}

// joined joins lines that PDFium cut at a raised mark: pieces on one base, each
// right of the one before.
func joined(in []Line) []Line {
	var out []Line
	for _, l := range in {
		if k := len(out) - 1; k >= 0 && !out[k].Hyphen {
			a := &out[k]
			gap := l.Left - a.Right
			raised := l.Size < 0.85*a.Size && l.Base > a.Base+0.1*a.Size && l.Base < a.Base+0.8*a.Size
			if gap > -0.3*a.Size && gap < 1.5*a.Size && (raised || math.Abs(l.Base-a.Base) < 0.1*a.Size) {
				if raised {
					for i := range l.Spans {
						l.Spans[i].Raised = true
					}
				} else if gap > 0.15*a.Size {
					l.Spans[0].Text = " " + l.Spans[0].Text
				}
				a.Spans = append(a.Spans, l.Spans...)
				a.Right, a.Hyphen = max(a.Right, l.Right), l.Hyphen
				continue
			}
		}
		out = append(out, l)
	}
	return out
}

// body returns the size and the base of most of the characters.
func body(chars []char) (size, base float64) {
	type setting struct{ size, base float64 }
	count := map[setting]int{}
	var seen []setting
	for _, c := range chars {
		s := setting{math.Round(c.size*10) / 10, math.Round(c.y*10) / 10}
		if count[s] == 0 {
			seen = append(seen, s)
		}
		count[s]++
	}
	best := slices.MaxFunc(seen, func(a, b setting) int { return count[a] - count[b] })
	return best.size, best.base
}

// spans groups the characters of a line by how they are set.
func spans(chars []char, l Line) []Span {
	var out []Span
	var b strings.Builder
	var cur Span
	end := func() {
		if b.Len() > 0 {
			cur.Text = b.String()
			out = append(out, cur)
			b.Reset()
		}
	}
	for i, c := range chars {
		if c.r == ' ' && tight(chars, i) {
			continue
		}
		if c.added {
			b.WriteRune(c.r)
			continue
		}
		raised := c.size < 0.85*l.Size && c.y > l.Base+0.15*l.Size && !unicode.IsSpace(c.r)
		if c.r != ' ' && (c.bold != cur.Bold || raised != cur.Raised) {
			end()
			cur = Span{Bold: c.bold, Raised: raised}
		}
		b.WriteRune(c.r)
	}
	end()
	return out
}

// tight reports whether the space at i is only the air that typesetters leave
// between a character of a script without spaces and a figure or
// letter.
func tight(chars []char, i int) bool {
	if i == 0 || i+1 >= len(chars) || chars[i-1].added || chars[i+1].added {
		return false
	}
	a, b := chars[i-1], chars[i+1]
	if !ideographic(a.r) && !ideographic(b.r) {
		return false
	}
	width := 0.6 * a.size
	if ideographic(a.r) {
		width = a.size
	}
	return b.x-a.x-width < 0.45*b.size
}

// ideographic reports whether a character fills a square and takes no spaces.
func ideographic(r rune) bool {
	return letters.Ideograph(r) || 0x3000 <= r && r <= 0x303F || 0xFF01 <= r && r <= 0xFF60
}
