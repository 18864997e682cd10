package document

import (
	"path"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"readout/internal/rules/pattern"
)

// page is a parsed page with the weights by which its furniture is told.
type page struct {
	body     *html.Node
	words    *Words
	weights  map[*html.Node]weight
	notes    notes
	core     *html.Node // the innermost element that holds most of the running text
	prose    int        // letters of running text on the whole page
	fragment bool       // part of a text, not a page: only what is invisible is skipped
}

// weight is what stands under an element.
type weight struct {
	letters, linked int  // letters and digits: all, inside links
	links, images   int  // images: photographs, not decoration
	longest         int  // words of the longest text node outside links
	prose           int  // letters of the text nodes outside links that are running text
	list            bool // holds a list of links
	heading, strong bool
	main            bool // a <main>
	leads           int  // blocks that are all link
}

func newPage(root *html.Node, words *Words) *page {
	elements := 0
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			elements++
		}
	}
	p := &page{body: root, words: words, weights: make(map[*html.Node]weight, elements)}
	for n := range root.Descendants() {
		if n.DataAtom == atom.Body && n.Type == html.ElementNode {
			p.body = n
			break
		}
	}
	p.notes = findNotes(p.body, words)
	w := p.weigh(p.body, false)
	p.prose = w.prose
	p.core = p.innermost()
	return p
}

// weigh fills the weights of n and what is under it.
func (p *page) weigh(n *html.Node, link bool) weight {
	var w weight
	switch n.Type {
	case html.TextNode:
		for _, r := range n.Data {
			if unicode.IsLetter(r) || unicode.IsNumber(r) {
				w.letters++
			}
		}
		if link {
			w.linked = w.letters
		} else {
			for range strings.FieldsSeq(n.Data) {
				w.longest++
			}
			if w.longest >= 8 || w.letters > 40 {
				w.prose = w.letters
			}
		}
		return w
	case html.ElementNode:
	default:
		return w
	}
	if invisible(n) {
		return w
	}
	switch {
	case n.DataAtom == atom.A && attr(n, "href") != "":
		link = true
		w.links = 1
	case n.DataAtom == atom.Img && p.photograph(n):
		w.images = 1
	case headingLevels[n.DataAtom] > 0:
		w.heading = true
	case n.DataAtom == atom.Main, attr(n, "role") == "main":
		w.main = true
	case isStrong(n):
		w.strong = true
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		v := p.weigh(c, link)
		if v.prose == 0 && !v.heading && !v.main && p.namedFurniture(c) {
			continue // goes by itself, and makes no list of links of what stands beside it
		}
		w.letters += v.letters
		w.linked += v.linked
		w.links += v.links
		w.images += v.images
		w.longest = max(w.longest, v.longest)
		w.prose += v.prose
		w.list = w.list || v.list
		w.leads += v.leads
		w.heading = w.heading || v.heading
		w.strong = w.strong || v.strong
		w.main = w.main || v.main
	}
	if blockTags[n.DataAtom] {
		if w.leads == 0 && w.letters > 0 && w.linked*10 >= w.letters*9 {
			w.leads = 1
		}
		w.list = w.list || w.links >= 3 && w.linkList() || w.leads >= 3
	}
	p.weights[n] = w
	return w
}

// namedFurniture reports whether a class or id says that an element is furniture.
func (p *page) namedFurniture(n *html.Node) bool {
	if !blockTags[n.DataAtom] && n.DataAtom != atom.Span {
		return false
	}
	for _, word := range classWords(n) {
		if p.words.has("class", word) {
			return true
		}
	}
	return false
}

// linkList reports whether what stands there is mostly links.
func (w weight) linkList() bool {
	return w.links >= 2 && w.linked*10 >= w.letters*6 && w.longest < 12
}

// photograph reports whether an image is more than a spacer, bullet or button.
func (p *page) photograph(n *html.Node) bool {
	for _, key := range []string{"width", "height"} {
		if v, err := strconv.Atoi(strings.TrimSuffix(attr(n, key), "px")); err == nil && v < 48 {
			return false
		}
	}
	name := strings.ToLower(path.Base(attr(n, "src")))
	for word := range p.words.sections["image"] {
		if strings.Contains(name, word) {
			return false
		}
	}
	return true
}

// invisible reports whether a browser shows nothing of an element's text.
func invisible(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Iframe, atom.Noframes, atom.Object, atom.Embed, atom.Applet,
		atom.Svg, atom.Canvas, atom.Audio, atom.Video, atom.Map, atom.Head, atom.Title, atom.Rp, atom.Rt,
		atom.Select, atom.Button, atom.Textarea, atom.Datalist, atom.Input:
		return true
	case atom.Dialog:
		return !hasAttr(n, "open")
	case atom.Sup:
		return footnoteReference(n)
	}
	if hasAttr(n, "hidden") || attr(n, "aria-hidden") == "true" {
		return true
	}
	style := strings.ReplaceAll(strings.ToLower(attr(n, "style")), " ", "")
	return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
}

// footnoteReference reports whether a <sup> is the number of a note, linked to it.
func footnoteReference(n *html.Node) bool {
	text := strings.Trim(textContent(n), " \n\t[]()*†‡")
	if len(text) > 3 || strings.Trim(text, "0123456789") != "" {
		return false
	}
	if n.Parent != nil && n.Parent.DataAtom == atom.A && strings.Contains(attr(n.Parent, "href"), "#") {
		return true
	}
	for c := range n.Descendants() {
		if c.DataAtom == atom.A && strings.Contains(attr(c, "href"), "#") {
			return true
		}
	}
	return false
}

func hasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

// skip reports whether nothing of an element belongs to the main text. A table of
// post data gives its date to meta.
func (p *page) skip(n *html.Node, b *builder, meta *Meta) bool {
	if invisible(n) || p.notes.isMark(n) {
		return true
	}
	if p.fragment || n == p.body || p.notes.lists[n] {
		return false
	}
	w := p.weights[n]
	if w.letters == 0 {
		return false // a <br>, or an image
	}
	if p.postData(n, w, meta) {
		return true
	}
	if w.main || w.prose*10 > p.prose*3 {
		return false // what holds much of the text is not furniture, whatever its name
	}
	switch n.DataAtom {
	case atom.Figcaption, atom.Nav, atom.Footer:
		return !p.holdsTitle(n, w, b)
	case atom.Small: // "side comments such as small print", but not the day or a footnote
		return w.longest >= 8 && w.links == 0
	case atom.Label:
		return w.prose == 0 // of a field to fill in
	case atom.Aside, atom.Figure:
		return w.longest < 40 && !p.holdsTitle(n, w, b)
	case atom.Header:
		return w.longest < 40 && (!w.heading || w.links > 0 && !p.inArticle(n)) && !p.holdsTitle(n, w, b)
	case atom.Form:
		return w.prose == 0 && w.letters < 200 && !w.heading && !p.holdsTitle(n, w, b)
	}
	switch attr(n, "role") {
	case "navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "dialog":
		return !p.holdsTitle(n, w, b)
	}
	if blockTags[n.DataAtom] || n.DataAtom == atom.Span {
		for _, word := range classWords(n) {
			if p.words.has("class", word) || w.links > 0 && p.words.has("box", word) {
				return !p.holdsTitle(n, w, b)
			}
		}
	}
	if !blockTags[n.DataAtom] {
		return false
	}
	if headingLevels[n.DataAtom] > 0 {
		next := nextElement(n)
		return next != nil && p.weights[next].links >= 2 && p.weights[next].linkList() && !p.holdsTitle(n, w, b)
	}
	if w.linkList() || p.sideBox(n, w) || p.photoCell(n, w) {
		return !p.holdsTitle(n, w, b)
	}
	return false
}

// innermost returns the deepest element that holds nearly all running text of the page.
func (p *page) innermost() *html.Node {
	at := p.body
	for {
		next := (*html.Node)(nil)
		for c := at.FirstChild; c != nil; c = c.NextSibling {
			if p.prose > 0 && p.weights[c].prose*10 >= p.prose*8 && blockTags[c.DataAtom] {
				next = c
			}
		}
		if next == nil {
			return at
		}
		at = next
	}
}

// nextElement returns the element that follows n under the same parent, or nil.
func nextElement(n *html.Node) *html.Node {
	for n = n.NextSibling; n != nil && n.Type != html.ElementNode; n = n.NextSibling {
	}
	return n
}

var year = pattern.New(`\b(?:19|20)\d\d\b`)

// sideBox reports whether an element is a column or box beside the text: it holds
// a list of links, much of it is links, and it is small. The line with the day of
// a release often stands beside a few links to share it, and is no such box.
func (p *page) sideBox(n *html.Node, w weight) bool {
	plain := w.letters - w.linked
	if !w.list || w.linked*4 < w.letters || w.prose*100 >= p.prose*15 || plain < 40 {
		return false
	}
	return plain > 160 || !year.MatchString(textContent(n))
}

// inArticle reports whether n stands inside the main part that the page marks up.
func (p *page) inArticle(n *html.Node) bool {
	for n = n.Parent; n != nil; n = n.Parent {
		if n.DataAtom == atom.Main || n.DataAtom == atom.Article {
			return true
		}
	}
	return false
}

// holdsTitle reports whether an element holds a line that is the page's title, or
// the <h1> of a header, unless that is a link to the home page.
func (p *page) holdsTitle(n *html.Node, w weight, b *builder) bool {
	if b.titled {
		return false
	}
	if headingLevels[n.DataAtom] > 0 {
		return n.DataAtom == atom.H1 && w.linked == 0 || b.isTitle(textContent(n))
	}
	if w.heading {
		for c := range n.Descendants() {
			if headingLevels[c.DataAtom] == 0 {
				continue
			}
			plainH1 := n.DataAtom == atom.Header && c.DataAtom == atom.H1 && p.weights[c].letters > 0 && p.weights[c].linked == 0
			if plainH1 || b.isTitle(textContent(c)) {
				return true
			}
		}
		return false
	}
	return w.letters < 400 && w.linked == 0 && b.isTitle(textContent(n))
}

// photoCell reports whether an element is a photograph with its caption below: an
// image, then a break or an element of its own, then few words.
func (p *page) photoCell(n *html.Node, w weight) bool {
	if w.images == 0 || w.letters > 240 || w.heading || w.strong || w.longest > 40 {
		return false
	}
	image, broken := false, false
	for c := range n.Descendants() {
		switch {
		case c.Type == html.TextNode && image && strings.TrimSpace(c.Data) != "":
			return broken || p.words.caption(cleanLine(c.Data))
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) != "":
			return false
		case c.DataAtom == atom.Img && p.photograph(c):
			image = true
		case c.DataAtom == atom.Br || blockTags[c.DataAtom],
			n.DataAtom != atom.P && (c.DataAtom == atom.Span || c.DataAtom == atom.Small || c.DataAtom == atom.Em):
			broken = broken || image
		}
	}
	return false
}

// classWords returns the words of an element's class and id, in lower case, and
// each name without its hyphens: "entry__siteNav sr-only" gives entry, site, nav,
// entrysitenav, sr, only, sronly.
func classWords(n *html.Node) []string {
	var out []string
	for _, key := range []string{"class", "id"} {
		for name := range strings.FieldsSeq(attr(n, key)) {
			words := nameWords(name)
			out = append(out, words...)
			if len(words) > 1 {
				out = append(out, strings.Join(words, ""))
			}
		}
	}
	return out
}

// nameWords splits an identifier at hyphens, digits and inner capitals.
func nameWords(name string) []string {
	var out []string
	var word []rune
	end := func() {
		if len(word) > 0 {
			out = append(out, strings.ToLower(string(word)))
			word = word[:0]
		}
	}
	for _, r := range name {
		switch {
		case !unicode.IsLetter(r):
			end()
			continue
		case unicode.IsUpper(r) && len(word) > 0 && unicode.IsLower(word[len(word)-1]):
			end()
		}
		word = append(word, r)
	}
	end()
	return out
}
