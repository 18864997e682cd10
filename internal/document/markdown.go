package document

import (
	"html"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	gmtext "github.com/yuin/goldmark/text"
	"readout/internal/rules/pattern"
)

// readMarkdown adds the blocks of a Markdown text and reads its front matter.
func readMarkdown(b *builder, doc *Document, s string) {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	s = noteLine.ReplaceAllString(blankLines(cutFrontMatter(s, doc)), "\n$0")
	b.title = titleWords(doc.Meta.Title)
	r := &markdownReader{out: b, source: []byte(s), shape: Block{Kind: Paragraph}}
	if tooCostly(s) {
		b.text(s)
		return
	}
	r.block(commonMark().Parse(gmtext.NewReader(r.source)))
}

// commonMark is the parser of Markdown, which is made once and used by several goroutines.
// Tables are the one extension that changes what is text and what is markup.
var commonMark = sync.OnceValue(func() parser.Parser {
	return goldmark.New(goldmark.WithExtensions(extension.Table)).Parser()
})

// noteLine is the head of a note. Notes need no blank line between them.
var noteLine = pattern.New(`(?m)^\[\^[\w-]{1,40}\]:`)

// blankLines empties the lines that look empty: a line of no-break spaces parts
// paragraphs for a reader, but not for CommonMark.
func blankLines(s string) string {
	rows := strings.Split(s, "\n")
	for i, row := range rows {
		if strings.TrimFunc(row, func(r rune) bool { return unicode.IsSpace(r) || visible(r) < 0 }) == "" {
			rows[i] = ""
		}
	}
	return strings.Join(rows, "\n")
}

// deepest is how many containers may be nested. No release needs ten; the limit
// keeps hostile input from exhausting the stack.
const deepest = 200

// longestParagraph is how many lines a paragraph may have.
const longestParagraph = 2000

// mostCells is how many cells the tables of a text may have, however short they are. A cell takes half a kilobyte
// of memory, so of more than these each has to bring twelve bytes of its own.
const mostCells = 10_000

// tooCostly reports whether one line opens so many quotes or brackets that
// parsing it as Markdown would take quadratic time or a deep stack, or whether there are so many cells, almost
// all of them empty, that they would take hundreds of times the memory of the text.
//
// A paragraph of very many lines costs the square of them where each may define a link.
func tooCostly(s string) bool {
	if strings.Count(s, "|") > max(mostCells, len(s)/12) {
		return true
	}
	lines := 0 // of the paragraph
	for row := range strings.SplitSeq(s, "\n") {
		if lines++; strings.TrimSpace(row) == "" {
			lines = 0
		}
		if lines > longestParagraph {
			return true
		}
		if len(row) > deepest &&
			strings.Count(row, ">")+strings.Count(row, "[")+strings.Count(row, "- ")+strings.Count(row, "* ")+strings.Count(row, "_") > max(deepest, len(row)/8) {
			return true
		}
	}
	return false
}

type markdownReader struct {
	out    *builder
	source []byte
	shape  Block // of the next flow
	depth  int   // of lists
	runs   []run
	strong bool
	link   bool
}

// block adds the blocks under n.
func (r *markdownReader) block(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Heading:
			shape := r.shape
			r.shape = Block{Kind: Heading, Level: c.Level}
			r.flow(c)
			r.shape = shape
		case *ast.List:
			r.list(c)
		case *ast.HTMLBlock:
			r.htmlBlock(c)
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			// Indented text in a release is a quotation or a list that lost its
			// marks, never program code.
			r.out.text(string(c.Lines().Value(r.source)))
		case *extast.Table:
			r.table(c)
		case *ast.ThematicBreak, *ast.LinkReferenceDefinition:
		default:
			if c.Type() == ast.TypeBlock && c.FirstChild() != nil && c.FirstChild().Type() == ast.TypeInline {
				r.flow(c)
			} else {
				r.block(c)
			}
		}
	}
}

func (r *markdownReader) list(l *ast.List) {
	r.depth++
	number := l.Start
	for item := l.FirstChild(); item != nil; item = item.NextSibling() {
		r.shape = Block{Kind: ListItem, Level: r.depth, Label: "-"}
		if l.IsOrdered() {
			r.shape.Label = strconv.Itoa(number) + string(l.Marker)
			number++
		}
		r.block(item)
		r.shape = Block{Kind: Paragraph}
	}
	r.depth--
}

// flow adds the inline content of n as one flow of text.
func (r *markdownReader) flow(n ast.Node) {
	r.runs, r.strong, r.link = nil, false, false
	r.inline(n)
	if r.out.flow(r.shape, r.runs) && r.shape.Kind == ListItem {
		r.shape = Block{Kind: Paragraph}
	}
	r.runs = nil
}

func (r *markdownReader) write(s string) {
	r.runs = append(r.runs, run{text: s, strong: r.strong, link: r.link})
}

func (r *markdownReader) inline(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			r.plain(string(c.Segment.Value(r.source)))
			switch {
			case c.HardLineBreak():
				r.write("\n")
			case c.SoftLineBreak():
				r.write(" ")
			}
		case *ast.String:
			r.write(strings.ReplaceAll(string(c.Value), "\n", " "))
		case *ast.Emphasis:
			strong := r.strong
			r.strong = r.strong || c.Level >= 2
			r.inline(c)
			r.strong = strong
		case *ast.CodeSpan:
			for t := c.FirstChild(); t != nil; t = t.NextSibling() {
				if t, ok := t.(*ast.Text); ok {
					r.write(strings.ReplaceAll(string(t.Segment.Value(r.source)), "\n", " "))
				}
			}
		case *ast.Link:
			r.link = true
			r.inline(c)
			r.link = false
		case *ast.AutoLink:
			r.link = true
			r.write(string(c.Label(r.source)))
			r.link = false
		case *ast.Image:
		case *ast.RawHTML:
			r.tag(strings.ToLower(string(c.Segments.Value(r.source))))
		default:
			r.inline(c)
		}
	}
}

// tag follows the few inline tags that show in the text.
func (r *markdownReader) tag(s string) {
	switch strings.TrimRight(strings.Fields(s + " ")[0], "/>") {
	case "<br":
		r.write("\n")
	case "<b", "<strong", "<u":
		r.strong = true
	case "</b", "</strong", "</u":
		r.strong = false
	}
}

// plain writes a stretch of source text: escapes and entities are resolved, and
// "**" that the parser could not pair (as in "**Word **") still switches bold.
func (r *markdownReader) plain(s string) {
	var out strings.Builder
	flush := func() {
		if out.Len() > 0 {
			r.write(out.String())
			out.Reset()
		}
	}
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && isPunct(s[i+1]):
			i++
			out.WriteByte(s[i])
		case s[i] == '&':
			end := strings.IndexByte(s[i:min(len(s), i+40)], ';')
			if end < 0 {
				out.WriteByte('&')
				continue
			}
			out.WriteString(strings.ReplaceAll(html.UnescapeString(s[i:i+end+1]), "\n", " "))
			i += end
		case strings.HasPrefix(s[i:], "**"):
			flush()
			r.strong = !r.strong
			for i+1 < len(s) && s[i+1] == '*' {
				i++
			}
		case s[i] == '\n':
			out.WriteByte(' ')
		default:
			out.WriteByte(s[i])
		}
	}
	flush()
}

// isPunct reports whether c is ASCII punctuation, which a backslash escapes.
func isPunct(c byte) bool {
	return '!' <= c && c <= '/' || ':' <= c && c <= '@' || '[' <= c && c <= '`' || '{' <= c && c <= '~'
}

// htmlBlock adds a block of HTML in the Markdown. It is part of the text: nothing
// of it is judged to be a page's navigation.
func (r *markdownReader) htmlBlock(c *ast.HTMLBlock) {
	src := string(c.Lines().Value(r.source))
	if c.HasClosure() {
		src += string(c.ClosureLine.Value(r.source))
	}
	readFragment(r.out, src)
}

// table adds a table of data, whose first row names the columns unless it is empty.
func (r *markdownReader) table(t *extast.Table) {
	var grid [][]gridCell
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		out := make([]gridCell, 0, row.ChildCount())
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			r.runs, r.strong, r.link = nil, false, false
			r.inline(cell)
			out = append(out, gridCell{runs: r.runs, head: row.Kind() == extast.KindTableHeader})
		}
		grid = append(grid, out)
	}
	r.runs = nil
	r.out.table(grid)
}
