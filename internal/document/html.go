package document

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"readout/internal/rules/pattern"
)

// readHTML adds the main text of a page and reads its head.
func readHTML(b *builder, doc *Document, s string, sel Selectors) {
	root, err := html.Parse(strings.NewReader(s))
	if err != nil {
		// The parser gives up on elements nested beyond its limit of 512.
		readTagSoup(b, s)
		return
	}
	sel.apply(root)
	page := newPage(root, b.words)
	b.page = true
	readHead(root, &doc.Meta, b.words)
	b.title = titleWords(doc.Meta.Title)
	w := &htmlReader{out: b, page: page, meta: &doc.Meta, shape: Block{Kind: Paragraph}}
	w.children(page.body)
	w.flush()
}

// readFragment adds all of a piece of HTML, without judging what is furniture.
func readFragment(b *builder, s string) {
	root, err := html.Parse(strings.NewReader(s))
	if err != nil {
		readTagSoup(b, s)
		return
	}
	page := newPage(root, b.words)
	page.fragment = true
	w := &htmlReader{out: b, page: page, meta: &Meta{}, shape: Block{Kind: Paragraph}}
	w.children(page.body)
	w.flush()
}

// unbreak turns the line ends of HTML source, which mean nothing, into spaces.
func unbreak(s string) string { return lineEnds.Replace(s) }

var lineEnds = strings.NewReplacer("\n", " ", "\r", " ", "\u2028", " ", "\u2029", " ")

// blockTags are the elements that begin and end a block of text.
var blockTags = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true, atom.Caption: true,
	atom.Center: true, atom.Dd: true, atom.Details: true, atom.Dialog: true, atom.Dir: true, atom.Div: true, atom.Dl: true,
	atom.Dt: true, atom.Fieldset: true, atom.Figcaption: true, atom.Figure: true, atom.Footer: true, atom.Form: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Header: true,
	atom.Hgroup: true, atom.Hr: true, atom.Html: true, atom.Legend: true, atom.Li: true, atom.Main: true, atom.Menu: true,
	atom.Nav: true, atom.Ol: true, atom.P: true, atom.Pre: true, atom.Section: true, atom.Summary: true, atom.Table: true,
	atom.Tbody: true, atom.Td: true, atom.Tfoot: true, atom.Th: true, atom.Thead: true, atom.Tr: true, atom.Ul: true,
	atom.Xmp: true, atom.Plaintext: true, atom.Listing: true,
}

// headingLevels gives the level of heading elements.
var headingLevels = map[atom.Atom]int{atom.H1: 1, atom.H2: 2, atom.H3: 3, atom.H4: 4, atom.H5: 5, atom.H6: 6}

// htmlReader walks a page and gathers flows of inline text.
type htmlReader struct {
	out    *builder
	page   *page
	meta   *Meta
	shape  Block // of the next flow
	runs   []run
	strong bool
	link   bool
	align  string
	depth  int // of lists
	cell   bool
	first  bool       // in a cell at the head of a row that has others
	note   *html.Node // the note that is being read, or nil
}

// flush ends the flow that is being gathered.
func (w *htmlReader) flush() {
	if len(w.runs) == 0 {
		return
	}
	runs := w.runs
	w.runs = nil
	shape := w.shape
	shape.Align = w.align
	if w.note != nil {
		shape.Note, shape.Mark = true, w.page.notes.marks[w.note]
	}
	if w.cell && w.out.marker == "" {
		if l := lines(runs); len(l) == 1 && (onlyMarker.MatchString(l[0].text) || w.first && cellMarker.MatchString(l[0].text)) {
			w.out.marker = l[0].text
			return
		}
	}
	if w.out.flow(shape, runs) && w.shape.Kind == ListItem {
		w.shape = Block{Kind: Paragraph}
	}
}

func (w *htmlReader) write(s string) {
	w.runs = append(w.runs, run{text: s, strong: w.strong, link: w.link})
}

func (w *htmlReader) children(n *html.Node) {
	apart := stacked(n)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
		if apart {
			w.write("\n\n")
		}
	}
}

// stacked reports whether an element holds nothing but inline elements without a
// space between them: a style sheet sets them one below the other, for else their
// words would run together. A <p> of spans is how word processors cut a sentence.
func stacked(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Div, atom.Header, atom.Section, atom.Article:
	default:
		return false
	}
	count := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Span, atom.A, atom.Time, atom.Label:
			count++
		default:
			return false // text, blocks, emphasis
		}
	}
	return count > 1
}

func (w *htmlReader) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		if n.Data != "" {
			w.write(unbreak(n.Data))
		}
		return
	case html.ElementNode:
	default:
		return
	}
	if w.page.skip(n, w.out, w.meta) {
		w.besides(n)
		if blockTags[n.DataAtom] {
			w.flush()
		}
		return
	}
	saved := *w
	switch {
	case n.DataAtom == atom.Br:
		w.write("\n")
		return
	case isStrong(n):
		w.strong = true
	case n.DataAtom == atom.A && attr(n, "href") != "":
		if w.noteLink(n) {
			return
		}
		w.attached(n)
		w.link = true
	case n.DataAtom == atom.Q:
		w.write("“")
	}
	if w.shape.Kind == Heading && w.besideTitle(n) {
		w.flush()
		w.shape = Block{Kind: Paragraph}
		w.children(n)
		w.flush()
		w.shape, w.strong, w.link = saved.shape, saved.strong, saved.link
		return
	}
	if !blockTags[n.DataAtom] {
		w.children(n)
		if n.DataAtom == atom.Q {
			w.write("”")
		}
		w.strong, w.link = saved.strong, saved.link
		return
	}
	w.flush()
	if _, ok := w.page.notes.marks[n]; ok {
		w.note = n
	}
	w.blockElement(n)
	w.flush()
	w.note = saved.note
	w.strong, w.link, w.align, w.depth, w.cell, w.first = saved.strong, saved.link, saved.align, saved.depth, saved.cell, saved.first
}

// besideTitle reports whether an inline element of a heading is its day or label
// rather than its words: its class says so, and it is not the whole heading.
func (w *htmlReader) besideTitle(n *html.Node) bool {
	if n.DataAtom != atom.Span && n.DataAtom != atom.Time && n.DataAtom != atom.Small || n.Parent == nil {
		return false
	}
	labelled := n.DataAtom == atom.Time || slices.ContainsFunc(classWords(n), func(word string) bool {
		return word == "date" || word == "meta" || word == "time"
	})
	return labelled && w.page.weights[n.Parent].letters > len(cleanLine(textContent(n)))
}

var noteMark = pattern.New(`^[\[(]?(?:\d{1,3}|[*†‡]{1,3})[\])]?\.?$`)

// noteLink writes a link between the text and a footnote, and reports whether n is
// one. The number before a note stays; its mark in the text and the link that
// leads back ("Return to text") go, for they are no words of the text.
func (w *htmlReader) noteLink(n *html.Node) bool {
	if !strings.Contains(attr(n, "href"), "#") {
		return false
	}
	text := cleanLine(textContent(n))
	switch {
	case w.page.words.has("back", strings.ToLower(strings.TrimRight(text, "."))):
		w.runs = append(w.runs, run{note: true})
		return true
	case !noteMark.MatchString(text):
		return false
	}
	for _, r := range w.runs {
		if strings.TrimSpace(r.text) != "" {
			last := &w.runs[len(w.runs)-1]
			last.text = strings.TrimRight(last.text, " ")
			return true
		}
	}
	w.runs = append(w.runs, run{text: text + " ", note: true})
	return true
}

// blockElement walks an element that is a block; its caller flushes around it.
func (w *htmlReader) blockElement(n *html.Node) {
	if a := alignment(n); a != "" {
		w.align = a
	}
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		shape := w.shape
		w.shape = Block{Kind: Heading, Level: headingLevels[n.DataAtom]}
		if w.page.weights[n].letters == 0 {
			w.pictured(n)
		}
		w.children(n)
		w.flush()
		w.shape = shape
	case atom.Ul, atom.Ol, atom.Menu, atom.Dir:
		w.list(n)
	case atom.Li: // outside a list
		w.item(n, "-")
	case atom.Dl:
		w.depth++
		w.children(n)
	case atom.Dd:
		if hasTerms(n.Parent) {
			w.item(n, "")
		} else {
			w.children(n) // only an indent
		}
	case atom.Dt:
		w.cell = true
		w.children(n)
	case atom.Table:
		w.table(n)
	case atom.Td, atom.Th:
		w.cell, w.first = true, headsRow(n)
		w.children(n)
	case atom.Pre, atom.Xmp, atom.Listing, atom.Plaintext:
		w.out.text(textContent(n))
	default:
		w.children(n)
	}
}

// pictured writes a heading that is drawn in an image, by its alternative text. An
// image that is a link is a logo.
func (w *htmlReader) pictured(n *html.Node) {
	for c := range n.Descendants() {
		if c.DataAtom == atom.Img && c.Parent.DataAtom != atom.A {
			w.write(attr(c, "alt") + " ")
		}
	}
}

// isStrong reports whether an element sets its text in bold or underlined.
func isStrong(n *html.Node) bool {
	switch n.DataAtom {
	case atom.B, atom.Strong, atom.U:
		return true
	}
	style := strings.ReplaceAll(strings.ToLower(attr(n, "style")), " ", "")
	for _, s := range []string{"font-weight:bold", "font-weight:600", "font-weight:7", "font-weight:8", "font-weight:9",
		"text-decoration:underline"} {
		if strings.Contains(style, s) {
			return true
		}
	}
	return false
}

// alignment returns the alignment that an element sets for its text, or "".
func alignment(n *html.Node) string {
	a := strings.ToLower(attr(n, "align"))
	if n.DataAtom == atom.Center {
		a = "center"
	}
	if _, v, ok := strings.Cut(strings.ReplaceAll(strings.ToLower(attr(n, "style")), " ", ""), "text-align:"); ok {
		a, _, _ = strings.Cut(v, ";")
	}
	if a == "" {
		for _, word := range classWords(n) {
			switch word {
			case "aligncenter", "textcenter", "centeralign", "centered":
				a = "center"
			case "alignright", "textright", "rightalign":
				a = "right"
			}
		}
	}
	switch a {
	case "center", "right":
		// A table aligned so stands there as a box; its text is not.
		if n.DataAtom == atom.Table {
			return ""
		}
		return a
	case "middle":
		return "center"
	}
	return ""
}

// attr returns the value of an attribute, or "".
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

// spacedText returns all text under n, with a space where an element ends.
func spacedText(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data + " ")
		}
	}
	return b.String()
}

// textContent returns all text under n.
func textContent(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}
