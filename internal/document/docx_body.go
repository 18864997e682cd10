package document

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// docxReader walks the body of a Word document and hands its paragraphs to the
// builder.
type docxReader struct {
	out       *builder
	styles    docxStyles
	numbering docxNumbering
	counters  map[string][]int // of the lists, by abstract numbering: the last number of each level
	restarted map[string]bool  // numberings that override a start and have done so
	notes     map[string]*xmlNode
	referred  []*xmlNode
	note      string // number of the note that is being read, "" in the text

	// A paragraph whose mark was deleted runs on into the next.
	pending  []run
	shape    Block
	numbered string // its printed number
	started  bool
	boxes    []*xmlNode // text boxes anchored in it
}

// blocks walks what stands at the level of paragraphs.
func (w *docxReader) blocks(n *xmlNode) {
	for _, c := range n.children {
		switch c.name {
		case "p":
			w.paragraph(c)
		case "tbl":
			w.flush()
			w.table(c)
		case "del", "moveFrom", "sectPr", "Fallback":
		case "sdt":
			if gallery := c.first("docPartGallery"); gallery == nil || gallery.attr("val") != "Table of Contents" {
				w.blocks(c)
			}
		case "":
		default:
			w.blocks(c) // document, body, content controls, insertions
		}
	}
}

// paragraph adds one paragraph.
func (w *docxReader) paragraph(p *xmlNode) {
	pPr := p.child("pPr")
	look := w.styles.paragraph(pPr)
	if !w.started {
		w.started = true
		w.shape = Block{Kind: Paragraph, Align: look.align}
		w.numbered = w.number(pPr, look)
		switch {
		case look.level > 0:
			w.shape = Block{Kind: Heading, Level: min(look.level, 6), Align: look.align}
		case w.numbered != "":
			level := max(look.listLevel, 0) + 1
			w.shape = Block{Kind: ListItem, Level: level, Label: w.numbered, Align: look.align}
		}
	}
	w.inline(p, look.docxFont)
	if mark := pPr.child("rPr"); mark.child("del") != nil || mark.child("moveFrom") != nil {
		return // the change joins it with the next
	}
	w.flush()
}

// flush ends the paragraph that is being gathered.
func (w *docxReader) flush() {
	runs, shape, number, boxes := w.pending, w.shape, w.numbered, w.boxes
	w.pending, w.started, w.numbered, w.boxes = nil, false, "", nil
	if shape.Kind == Heading && number != "" && utf8.RuneCountInString(number) > 0 {
		runs = append([]run{{text: number + " ", strong: true}}, runs...)
	}
	if w.note != "" && len(runs) > 0 {
		shape = Block{Kind: Paragraph}
		runs = append([]run{{text: w.note + " ", note: true}}, runs...)
	}
	if len(runs) > 0 {
		w.out.flow(shape, runs)
	}
	for _, box := range boxes {
		w.blocks(box)
		w.flush()
	}
}

// inline gathers the text of a paragraph, set in font unless a run says otherwise.
func (w *docxReader) inline(n *xmlNode, font docxFont) {
	for _, c := range n.children {
		switch c.name {
		case "r":
			w.run(c, w.styles.run(c.child("rPr"), font))
		case "", "pPr", "del", "moveFrom", "Fallback", "rt", "instrText", "delText":
		default:
			w.inline(c, font) // links, fields, insertions, content controls, ruby bases
		}
	}
}

// run gathers the text of one run.
func (w *docxReader) run(r *xmlNode, font docxFont) {
	if font.hidden {
		return
	}
	write := func(s string) { w.pending = append(w.pending, run{text: s, strong: font.strong}) }
	for _, c := range r.children {
		switch c.name {
		case "t":
			write(unbreak(c.content()))
		case "tab", "ptab":
			write(" ")
		case "br", "cr":
			if kind := c.attr("type"); kind == "" || kind == "textWrapping" {
				write("\n")
			}
		case "noBreakHyphen":
			write("\u2011")
		case "sym":
			if v, err := strconv.ParseUint(c.attr("char"), 16, 32); err == nil && (v < 0xE000 || v > 0xF8FF) {
				write(string(rune(v))) // the private area of a symbol font says nothing
			}
		case "footnoteReference", "endnoteReference":
			w.refer(strings.TrimSuffix(c.name, "Reference"), c.attr("id"))
		case "", "rPr", "instrText", "delText", "Fallback", "rt":
		case "txbxContent":
			w.boxes = append(w.boxes, c)
		case "ruby":
			w.inline(c, font)
		default:
			w.run(c, font) // drawings and pictures may hold a text box
		}
	}
}

// table adds a table: a row a block where it holds data, else what its cells hold.
func (w *docxReader) table(t *xmlNode) {
	rows := t.all("tr")
	if !docxData(rows) {
		for _, row := range rows {
			for _, cell := range row.all("tc") {
				w.blocks(cell)
				w.flush()
			}
		}
		return
	}
	var grid [][]gridCell
	open := map[int]*gridCell{} // the cells that may go on downwards, by column
	for _, row := range rows {
		trPr := row.child("trPr")
		if trPr.child("del") != nil {
			continue
		}
		cells := row.all("tc")
		out := make([]gridCell, 0, len(cells)) // never moved: open points into it
		column := 0
		for _, cell := range cells {
			props := cell.child("tcPr")
			width := max(1, count(props.child("gridSpan")))
			if merge := props.child("vMerge"); merge != nil && merge.attr("val") != "restart" && open[column] != nil {
				open[column].rows++
			} else {
				out = append(out, gridCell{runs: w.cellRuns(cell), head: trPr.child("tblHeader") != nil, cols: width, rows: 1})
				open[column] = &out[len(out)-1]
			}
			column += width
		}
		grid = append(grid, out)
	}
	w.out.table(grid)
}

// cellRuns gathers the text of a cell as one line.
func (w *docxReader) cellRuns(cell *xmlNode) []run {
	var runs []run
	for _, p := range cell.all("p") {
		w.inline(p, docxFont{})
		runs = append(append(runs, w.pending...), run{text: " "})
		w.pending = nil
	}
	return runs
}

// count reads the number that an element gives as its value, 0 where there is none.
func count(n *xmlNode) int {
	v, err := strconv.Atoi(n.attr("val"))
	if err != nil {
		return 0
	}
	return v
}

// docxData reports whether a table holds data rather than lays out a page: several
// rows of several short cells, none of which holds lists or tables.
func docxData(rows []*xmlNode) bool {
	count := 0
	for _, row := range rows {
		for _, cell := range row.all("tc") {
			count++
			if utf8.RuneCountInString(cell.content()) > 200 || len(cell.all("tbl")) > 0 || len(cell.all("numPr")) > 0 {
				return false
			}
		}
	}
	return len(rows) >= 2 && count >= 2*len(rows)-1
}
