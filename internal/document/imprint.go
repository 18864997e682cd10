package document

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// An imprint is short: what is longer than this is a paragraph that happens to stand
// in a footer, and past so many lines a page repeats itself.
const (
	longestImprint = 240 // bytes
	imprintLines   = 24
)

// readImprint gathers the lines by which a page says who publishes it, the surest
// first: its site's name, the author of its metadata, the tail of its title, its logo,
// its copyright line, and what else stands in its header and footer.
func readImprint(root *html.Node, title string, named map[string]string, words *Words) []string {
	var logos, rights, frame []string
	for n := range root.Descendants() {
		switch {
		case n.Type == html.TextNode:
			if s := cleanLine(n.Data); isRights(s) {
				rights = append(rights, s)
			}
		case n.Type != html.ElementNode:
		case n.DataAtom == atom.Img && isLogo(n):
			logos = append(logos, cleanLine(attr(n, "alt")))
		case isFrame(n, words):
			frame = append(frame, frameLines(n)...)
		}
	}
	var out []string
	for _, name := range []string{"og:site_name", "publisher", "dc.publisher", "dcterms.publisher", "dcterms.creator",
		"dc.creator", "author", "application-name"} {
		out = append(out, cleanLine(named[name]))
	}
	out = append(out, titleTail(title)...)
	out = append(append(append(out, logos...), rights...), frame...)
	out = slices.DeleteFunc(out, func(s string) bool { return !legible(s) || len(s) > longestImprint })
	return out[:min(len(out), imprintLines)]
}

// titleTail returns the parts of a <title> between its separators, the last first: the
// name of the site usually stands there.
func titleTail(title string) []string {
	for _, mark := range []string{"｜", " :: ", " - ", " – ", " — ", "_", " « ", " » ", " • "} {
		title = strings.ReplaceAll(title, mark, " | ")
	}
	parts := strings.Split(cleanLine(title), " | ")
	slices.Reverse(parts)
	return parts
}

// isLogo reports whether an image stands for the publisher: in a link or a banner.
func isLogo(n *html.Node) bool {
	if attr(n, "alt") == "" {
		return false
	}
	if n.Parent != nil && n.Parent.DataAtom == atom.A {
		return true
	}
	src := strings.ToLower(attr(n, "src"))
	return strings.Contains(src, "logo") || strings.Contains(src, "banner") || strings.Contains(src, "header")
}

// isFrame reports whether an element is the frame of the page around its text.
func isFrame(n *html.Node, words *Words) bool {
	switch n.DataAtom {
	case atom.Footer, atom.Address:
		return true
	case atom.Header:
		return !inside(n, atom.Article, atom.Main)
	}
	if role := attr(n, "role"); role == "banner" || role == "contentinfo" {
		return true
	}
	if !blockTags[n.DataAtom] || inside(n, atom.Article, atom.Main) {
		return false
	}
	return slices.ContainsFunc(classWords(n), func(w string) bool { return words.has("frame", w) })
}

func inside(n *html.Node, tags ...atom.Atom) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if slices.Contains(tags, p.DataAtom) {
			return true
		}
	}
	return false
}

// frameLines returns the texts that stand under n, one a text node.
func frameLines(n *html.Node) []string {
	var out []string
	for c := range n.Descendants() {
		if c.Type == html.TextNode && c.Parent.DataAtom != atom.Script && c.Parent.DataAtom != atom.Style {
			if s := cleanLine(c.Data); s != "" {
				out = append(out, s)
			}
		}
	}
	return out
}

// isRights reports whether a line says whose the page is.
func isRights(s string) bool {
	if len(s) > longestImprint {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s)
	return first == '©' || strings.HasPrefix(strings.ToLower(s), "copyright") || strings.Contains(s, "©")
}
