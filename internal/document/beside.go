package document

import (
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"readout/internal/rules/pattern"
)

// What stands beside the text of a page and belongs to the release all the same: the
// captions of its pictures and tables, and the files that it comes with. Boxes with other
// news have pictures too, and a footer leads to files; so only what stands where the text
// does counts, and a caption that is a link is the teaser of another page.

// besides gathers captions and names of files from an element that is no part of the text.
func (w *htmlReader) besides(n *html.Node) {
	if w.page.fragment || invisible(n) || !w.page.nearText(n) || w.page.box(n) {
		return
	}
	if w.page.captions(n) {
		w.out.caption(cleanLine(spacedText(n)))
		return
	}
	for c := range n.Descendants() {
		switch {
		case c.DataAtom == atom.Figcaption && w.page.captions(c):
			w.out.caption(cleanLine(spacedText(c)))
		case c.DataAtom == atom.A:
			w.attached(c)
		}
	}
}

// box reports whether an element is a box with pictures and files of its own.
func (p *page) box(n *html.Node) bool {
	return n.DataAtom == atom.Aside || n.DataAtom == atom.Nav || n.DataAtom == atom.Footer || p.namedFurniture(n) && !p.captioned(n)
}

// captioned reports whether the class or id of an element says that it is a caption.
func (p *page) captioned(n *html.Node) bool {
	return slices.ContainsFunc(classWords(n), func(word string) bool { return p.words.has("captioned", word) })
}

// captions reports whether an element is the caption of a picture: its name or its place
// says so, and it leads nowhere.
func (p *page) captions(n *html.Node) bool {
	w := p.weights[n]
	if w.letters == 0 || w.linked*2 > w.letters {
		return false
	}
	if n.DataAtom == atom.Figcaption || n.DataAtom == atom.Caption || p.photoCell(n, w) {
		return true
	}
	return blockTags[n.DataAtom] && p.captioned(n)
}

// nearText reports whether an element stands in the article that holds the text, or
// right beside the text where the page marks up no article.
func (p *page) nearText(n *html.Node) bool {
	scope := p.core
	for s := p.core; s != nil; s = s.Parent {
		if s.DataAtom == atom.Article || s.DataAtom == atom.Main {
			scope = s
			break
		}
	}
	if scope == p.core && scope != p.body && scope.Parent != nil {
		scope = scope.Parent
	}
	for a := n; a != nil; a = a.Parent {
		switch {
		case a == scope:
			return true
		case a.DataAtom == atom.Nav || a.DataAtom == atom.Footer || a.DataAtom == atom.Aside && a != n:
			return false
		}
	}
	return false
}

// fileLink is the address of a file that a release may come with.
var fileLink = pattern.New(`(?i)^\.(?:pdf|docx?|odt|xlsx?|ods|pptx?|rtf|hwpx?|zip)$`)

// fileSize is what a page says of the format and the size of a file beside its name.
var fileSize = pattern.New(`(?i)\s*[(\[]?\s*(?:(?:pdf|docx?|odt|xlsx?|hwpx?)[\s,;:|–-]*)?(?:\d+(?:[.,]\d+)?\s*(?:[kmg]i?[bo]|[кмг]б|bytes|octets)\b)\s*[)\]]?\s*$|\s*[(\[](?:pdf|docx?|odt|xlsx?|hwpx?)[)\]]\s*$`)

// attached takes the name of a file that a link leads to. A link in a sentence is part of
// what the sentence says.
func (w *htmlReader) attached(a *html.Node) {
	address, _, _ := strings.Cut(attr(a, "href"), "?")
	address, _, _ = strings.Cut(address, "#")
	if !fileLink.MatchString(path.Ext(address)) || !w.page.nearText(a) {
		return
	}
	block := a
	for block.Parent != nil && !blockTags[block.DataAtom] {
		block = block.Parent
	}
	if b := w.page.weights[block]; b.linked*10 < b.letters*6 {
		return
	}
	name := fileSize.ReplaceAllString(cleanLine(spacedText(a)), "")
	if legible(name) && !slices.Contains(w.out.attachments, name) {
		w.out.attachments = append(w.out.attachments, name)
	}
}

// caption adds a caption, once.
func (b *builder) caption(text string) {
	if legible(text) && !slices.Contains(b.captions, text) {
		b.captions = append(b.captions, text)
	}
}
