package document

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// cells returns the cells of a table by rows, without those of tables inside it.
func cells(table *html.Node) [][]*html.Node {
	var rows [][]*html.Node
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch c.DataAtom {
			case atom.Tr:
				var row []*html.Node
				for d := c.FirstChild; d != nil; d = d.NextSibling {
					if d.DataAtom == atom.Td || d.DataAtom == atom.Th {
						row = append(row, d)
					}
				}
				rows = append(rows, row)
			case atom.Tbody, atom.Thead, atom.Tfoot:
				walk(c)
			}
		}
	}
	walk(table)
	return rows
}

// headsRow reports whether a cell is the first of a row of several.
func headsRow(cell *html.Node) bool {
	for c := cell.PrevSibling; c != nil; c = c.PrevSibling {
		if c.Type == html.ElementNode {
			return false
		}
	}
	return nextElement(cell) != nil
}

// table walks a table: one of data gives a block a row, one that only lays out the
// page gives what its cells hold.
func (w *htmlReader) table(n *html.Node) {
	rows := cells(n)
	if !w.page.isData(n, rows) {
		w.children(n)
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Caption {
			w.out.caption(cleanLine(spacedText(c)))
		}
	}
	var grid [][]gridCell
	for _, row := range rows {
		out := make([]gridCell, 0, len(row))
		for _, cell := range row {
			c := gridCell{
				head: cell.DataAtom == atom.Th || cell.Parent.Parent.DataAtom == atom.Thead,
				cols: span(cell, "colspan"),
				rows: span(cell, "rowspan"),
			}
			w.inlineOnly(cell, &c.runs)
			out = append(out, c)
		}
		grid = append(grid, out)
	}
	w.out.table(grid)
}

// span reads how many columns or rows a cell takes.
func span(cell *html.Node, key string) int {
	asked := strings.TrimSpace(attr(cell, key))
	if asked == "" {
		return 1 // of most cells; the error of Atoi takes memory
	}
	n, err := strconv.Atoi(asked)
	if err != nil {
		return 1
	}
	return n
}

// inlineOnly gathers the visible text under n as one line.
func (w *htmlReader) inlineOnly(n *html.Node, runs *[]run) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			*runs = append(*runs, run{text: unbreak(c.Data), strong: isBold(c, n)})
		case c.Type == html.ElementNode && !invisible(c):
			if blockTags[c.DataAtom] || c.DataAtom == atom.Br {
				*runs = append(*runs, run{text: " "})
			}
			w.inlineOnly(c, runs)
		}
	}
}

// isBold reports whether a text node is set in bold by an element below cell's content.
func isBold(text, top *html.Node) bool {
	for p := text.Parent; p != nil; p = p.Parent {
		if isStrong(p) {
			return true
		}
		if p == top && blockTags[p.DataAtom] {
			return false
		}
	}
	return false
}

// isData reports whether a table holds data rather than lays out a page: several
// short cells a row, several rows, several cells filled in most of them, and nothing in
// them that a page is built of.
func (p *page) isData(n *html.Node, rows [][]*html.Node) bool {
	w := p.weights[n]
	if w.images > 0 || len(rows) < 2 {
		return false
	}
	total, count, head := 0, 0, false
	full := 0 // rows that say something in several cells
	for _, row := range rows {
		filled := 0
		for _, cell := range row {
			if p.weights[cell].letters > 0 {
				filled++
			}
			total += p.weights[cell].letters
			count++
			head = head || cell.DataAtom == atom.Th
			if p.weights[cell].letters > 160 || onlyMarker.MatchString(cleanLine(textContent(cell))) {
				return false
			}
			for c := range cell.Descendants() {
				switch c.DataAtom {
				case atom.Table, atom.Ul, atom.Ol, atom.Dl, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Hr, atom.Form:
					return false
				}
			}
		}
		if filled > 1 {
			full++
		}
	}
	if count < 2*len(rows)-1 || count == 0 || full*2 < len(rows) {
		return false
	}
	border := attr(n, "border")
	return head || border != "" && border != "0" || len(rows) >= 3 && total/count <= 40
}

// postData reports whether an element is the small table above a post that gives
// its date, department and number of readers, and hands the date to meta.
func (p *page) postData(n *html.Node, w weight, meta *Meta) bool {
	if n.DataAtom != atom.Table && n.DataAtom != atom.Dl || w.letters > 200 || w.heading {
		return false
	}
	var texts []string
	for c := range n.Descendants() {
		switch c.DataAtom {
		case atom.Td, atom.Th, atom.Dt, atom.Dd:
			texts = append(texts, cleanLine(textContent(c)))
		}
	}
	labels, date := 0, ""
	for i, t := range texts {
		key := strings.TrimSpace(strings.TrimRight(strings.ToLower(t), ":："))
		if !p.words.has("label", key) {
			continue
		}
		labels++
		if p.words.has("date", key) && i+1 < len(texts) {
			date = texts[i+1]
		}
	}
	if labels == 0 || labels*2 < len(texts)-1 {
		return false
	}
	if meta.Published == "" {
		meta.Published = date
	}
	return true
}
