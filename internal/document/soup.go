package document

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readTagSoup adds the text between the tags, for pages too deep to be made a tree.
func readTagSoup(b *builder, s string) {
	z := html.NewTokenizer(strings.NewReader(s))
	var runs []run
	hidden := 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			b.flow(Block{Kind: Paragraph}, runs)
			return
		case html.TextToken:
			if hidden == 0 {
				runs = append(runs, run{text: unbreak(string(z.Text()))})
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			switch a := atom.Lookup(name); {
			case a == atom.Script, a == atom.Style, a == atom.Title:
				hidden = 1
			case a == atom.Br:
				runs = append(runs, run{text: "\n"})
			case blockTags[a]:
				runs = append(runs, run{text: "\n\n"})
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			hidden = 0
			if blockTags[atom.Lookup(name)] {
				runs = append(runs, run{text: "\n\n"})
			}
		}
	}
}
