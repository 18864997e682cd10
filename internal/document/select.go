package document

import (
	"fmt"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Selectors are CSS selectors by which a user helps with pages that the general
// rules do not read well. The zero Selectors leave everything to the rules.
type Selectors struct {
	Content string // where the text stands; nothing else of the page is read
	Remove  string // what is not text
}

// Validate returns an error that names a selector which cannot be read.
func (s Selectors) Validate() error {
	for _, one := range []string{s.Content, s.Remove} {
		if one == "" {
			continue
		}
		if _, err := cascadia.ParseGroup(one); err != nil {
			return fmt.Errorf("selector %q: %w", one, err)
		}
	}
	return nil
}

// apply cuts a page down to what the selectors leave of it. A selector that finds
// nothing, or cannot be read, changes nothing: a site that is laid out anew should
// still be read by the rules.
func (s Selectors) apply(root *html.Node) {
	for _, n := range find(root, s.Remove) {
		if n.Parent != nil {
			n.Parent.RemoveChild(n)
		}
	}
	kept := find(root, s.Content)
	var body *html.Node
	for n := range root.Descendants() {
		if n.DataAtom == atom.Body {
			body = n
			break
		}
	}
	if len(kept) == 0 || body == nil {
		return
	}
	for _, n := range kept {
		if n != body && n.Parent != nil {
			n.Parent.RemoveChild(n)
		}
	}
	if kept[0] == body {
		return
	}
	for c := body.FirstChild; c != nil; c = body.FirstChild {
		body.RemoveChild(c)
	}
	for _, n := range kept {
		body.AppendChild(n)
	}
}

// find returns the outermost elements that a selector names, in order.
func find(root *html.Node, selector string) []*html.Node {
	if selector == "" {
		return nil
	}
	sel, err := cascadia.ParseGroup(selector)
	if err != nil {
		return nil
	}
	var out []*html.Node
	found := map[*html.Node]bool{}
	for _, n := range cascadia.QueryAll(root, sel) {
		inside := false
		for p := n.Parent; p != nil && !inside; p = p.Parent {
			inside = found[p]
		}
		if !inside && n.DataAtom != atom.Html && n.DataAtom != atom.Head {
			found[n] = true
			out = append(out, n)
		}
	}
	return out
}
