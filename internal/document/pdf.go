package document

import (
	"context"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"readout/internal/document/pdf"
	"readout/internal/rules/pattern"
)

// printed is a line on paper, white space folded.
type printed struct {
	page        int
	text        string // without marks of notes
	runs        []run
	left, right float64
	base, size  float64 // of the letters, in points
	mid         float64 // of the page
	bold        bool    // all of it
	boldHead    bool    // its first letter
	mark        string  // of a note, where the line begins with one
	head        int     // letters that the margin cannot part from its beginning
}

// readPDF adds the text of a PDF file: paragraphs whole across lines and pages,
// without what is printed on every page; notes at the end.
func readPDF(b *builder, doc *Document, data []byte, reader *pdf.Reader) error {
	if reader == nil {
		reader = pdf.NewReader(pdf.Options{})
		defer reader.Close()
	}
	text, err := reader.Read(context.Background(), data)
	if err != nil {
		return err
	}
	pages := make([][]printed, len(text.Pages))
	for i, p := range text.Pages {
		for _, l := range p.Lines {
			if pl := newPrinted(l, i, p.Width); pl.text != "" {
				pages[i] = append(pages[i], pl)
			}
		}
	}
	dropRunning(pages)
	size := bodySize(pages)
	notes := takeNotes(pages, size)
	layout := measureLayout(slices.Concat(pages...), size)
	layout.marks = map[string]bool{}
	for _, n := range notes {
		layout.marks[n[0].mark] = true
	}
	for _, p := range layout.paragraphs(slices.Concat(pages...)) {
		b.flow(layout.shape(p), layout.runs(p))
	}
	for _, n := range notes {
		runs := append([]run{{text: n[0].mark + " ", note: true}}, layout.runs(n)...)
		b.flow(Block{Kind: Paragraph}, runs)
	}
	if title := cleanLine(text.Title); len(pages) > 0 && holdsWords(pages[0], title) {
		doc.Meta.Title = title // many a file is titled by its first template
	}
	return nil
}

// holdsWords reports whether nearly all words of a title stand on the page.
func holdsWords(page []printed, title string) bool {
	on := map[string]bool{}
	for _, l := range page {
		for w := range titleWords(l.text) {
			on[w] = true
		}
	}
	words, n := titleWords(title), 0
	for w := range words {
		if on[w] {
			n++
		}
	}
	return len(words) >= 2 && n*5 >= len(words)*4
}

// newPrinted takes over a line of the page with the given number and width.
func newPrinted(l pdf.Line, page int, width float64) printed {
	p := printed{page: page, left: l.Left, right: l.Right, base: l.Base, size: l.Size, mid: width / 2}
	letters, bold := 0, 0
	var text strings.Builder
	for i, s := range l.Spans {
		t := norm.NFC.String(strings.Map(visible, s.Text))
		if s.Raised && noteMark.MatchString(strings.TrimSpace(t)) {
			mark := strings.Trim(t, " []().")
			if i == 0 {
				p.mark = mark
			} else {
				p.runs = append(p.runs, run{text: mark, note: true})
			}
			continue
		}
		for _, r := range t {
			if unicode.IsLetter(r) {
				if letters == 0 {
					p.boldHead = s.Bold
				}
				letters++
				if s.Bold {
					bold++
				}
			}
		}
		text.WriteString(t)
		p.runs = append(p.runs, run{text: t, strong: s.Bold})
	}
	p.text = cleanLine(text.String())
	p.head = unbreakable(l.Text())
	p.bold = bold > 0 && bold == letters
	return p
}

// unbreakable returns how many characters at the head of a line stay on one line:
// those before a space that is not a hard one, or one of a script without spaces.
func unbreakable(s string) int {
	if r, _ := utf8.DecodeRuneInString(s); isWide(r) {
		return 1
	}
	head, _, _ := strings.Cut(s, " ")
	return utf8.RuneCountInString(head)
}

// bodySize returns the font size that most letters are set in.
func bodySize(pages [][]printed) float64 {
	return mostly(pages, func(l printed) float64 { return l.size }, 0.5)
}

// mostly returns the value, rounded to the step, that most letters of the pages
// have; the smallest of several.
func mostly(pages [][]printed, value func(printed) float64, step float64) float64 {
	letters := map[float64]int{}
	for _, page := range pages {
		for _, l := range page {
			letters[math.Round(value(l)/step)*step] += utf8.RuneCountInString(l.text)
		}
	}
	best, most := 0.0, 0
	for v, n := range letters {
		if n > most || n == most && v < best {
			best, most = v, n
		}
	}
	return best
}

// plainMark is the mark of a note that is not raised.
var plainMark = pattern.New(`^(\d{1,3}|[*†‡])\s+`)

// takeNotes removes the footnotes from the pages and returns each as its lines: at
// the foot of a page, smaller than the text, and begun by a mark.
func takeNotes(pages [][]printed, size float64) [][]printed {
	var out [][]printed
	for i, page := range pages {
		var small []int // at the foot, from below
		order := byHeight(page)
		for _, k := range slices.Backward(order) {
			if page[k].size > 0.93*size {
				break
			}
			small = append(small, k)
		}
		slices.Reverse(small)
		begun := false
		taken := map[int]bool{}
		for _, k := range small {
			l := page[k]
			if m := plainMark.FindStringSubmatch(l.text); l.mark == "" && m != nil && len(l.runs) > 0 {
				l.mark, l.text = m[1], l.text[len(m[0]):]
				l.runs[0].text = strings.TrimPrefix(strings.TrimLeft(l.runs[0].text, " "), m[1])
			}
			if l.mark != "" {
				out = append(out, nil)
				begun = true
			}
			if begun {
				out[len(out)-1] = append(out[len(out)-1], l)
				taken[k] = true
			}
		}
		kept := page[:0:0]
		for k, l := range page {
			if !taken[k] {
				kept = append(kept, l)
			}
		}
		pages[i] = kept
	}
	return out
}

// byHeight returns the indices of the lines of a page from its top to its foot.
func byHeight(page []printed) []int {
	order := make([]int, len(page))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch d := page[b].base - page[a].base; {
		case d > 0:
			return 1
		case d < 0:
			return -1
		}
		return 0
	})
	return order
}
