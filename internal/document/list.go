package document

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// item walks one list item; its first flow takes the label.
func (w *htmlReader) item(n *html.Node, label string) {
	w.shape = Block{Kind: ListItem, Level: max(w.depth, 1), Label: label}
	w.children(n)
	w.flush()
	w.shape = Block{Kind: Paragraph}
}

func (w *htmlReader) list(n *html.Node) {
	w.depth++
	number := 1
	if v, err := strconv.Atoi(attr(n, "start")); err == nil {
		number = v
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Li || w.page.skip(c, w.out, w.meta) {
			if c.DataAtom != atom.Li {
				w.node(c)
			} else {
				w.besides(c)
			}
			continue
		}
		label := "-"
		if n.DataAtom == atom.Ol {
			if v, err := strconv.Atoi(attr(c, "value")); err == nil {
				number = v
			}
			label = ordinal(number, attr(n, "type"))
			number++
		}
		w.flush()
		saved := *w
		if a := alignment(c); a != "" {
			w.align = a
		}
		if _, ok := w.page.notes.marks[c]; ok {
			w.note = c
		}
		w.item(c, label)
		w.note = saved.note
		w.strong, w.link, w.align, w.depth = saved.strong, saved.link, saved.align, saved.depth
	}
}

// ordinal is the label that a browser prints before item n of an <ol type=style>.
func ordinal(n int, style string) string {
	switch {
	case style == "a" && 1 <= n && n <= 26:
		return string(rune('a'+n-1)) + "."
	case style == "A" && 1 <= n && n <= 26:
		return string(rune('A'+n-1)) + "."
	case style == "i" && 1 <= n && n <= 399:
		return strings.ToLower(roman(n)) + "."
	case style == "I" && 1 <= n && n <= 399:
		return roman(n) + "."
	}
	return strconv.Itoa(n) + "."
}

// roman writes 1 to 399 in Roman numerals.
func roman(n int) string {
	var b strings.Builder
	for _, d := range []struct {
		value  int
		letter string
	}{{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.value; n -= d.value {
			b.WriteString(d.letter)
		}
	}
	return b.String()
}

// hasTerms reports whether a list of terms names any: one without was how pages
// indented a paragraph.
func hasTerms(list *html.Node) bool {
	for c := range list.Descendants() {
		if c.DataAtom == atom.Dt {
			return true
		}
	}
	return false
}
