package sources

import (
	"cmp"
	"slices"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// pick returns the links that a selector names, or that stand below what it names.
func pick(root *html.Node, selector string) map[*html.Node]bool {
	out := map[*html.Node]bool{}
	sel, err := cascadia.ParseGroup(selector)
	if err != nil {
		return out // checked when the file was read
	}
	for _, n := range cascadia.QueryAll(root, sel) {
		out[n] = true
		for d := range n.Descendants() {
			out[d] = true
		}
	}
	return out
}

func baseOf(root *html.Node) string {
	for n := range root.Descendants() {
		if n.DataAtom == atom.Base {
			return attr(n, "href")
		}
	}
	return ""
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func hasWord(list, word string) bool {
	return slices.ContainsFunc(strings.Fields(list), func(s string) bool { return strings.EqualFold(s, word) })
}

// textOf is what a link says: its text, or what stands for its picture.
func textOf(n *html.Node) string {
	if s := plain(n); s != "" {
		return s
	}
	for d := range n.Descendants() {
		if alt := strings.TrimSpace(attr(d, "alt")); d.DataAtom == atom.Img && alt != "" {
			return alt
		}
	}
	return strings.TrimSpace(cmp.Or(attr(n, "title"), attr(n, "aria-label"), attr(n, "alt")))
}

// plain is the text below a node, with single spaces.
func plain(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && d.Parent.DataAtom != atom.Script && d.Parent.DataAtom != atom.Style {
			b.WriteString(d.Data)
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
