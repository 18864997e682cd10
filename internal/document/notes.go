package document

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"readout/internal/rules/pattern"
)

// noteHead is the number or sign at the head of a note.
var noteHead = pattern.New(`^(?:[\[(](\d{1,3}|[*†‡]{1,3}|[a-z])[\])]\s*|(\d{1,3}|[*†‡]{1,3})[.:)]?\s+)`)

// markOf returns the number or sign at the head of a note, or "".
func markOf(text string) string {
	if m := noteHead.FindStringSubmatch(text); m != nil {
		return m[1] + m[2]
	}
	return ""
}

// noteID is how the names of notes in pages begin, whatever made the page: "fn1",
// "_ftn2", "footnote-3", "edn4", "sdfootnote1sym", "cite_note-5".
var noteID = pattern.New(`(?i)^(?:user-content-)?_{0,2}(?:fn|ftn|edn|footnote|endnote|sdfootnote|sdendnote|cite_note)s?[-_:.]?(\d{1,3})(?:sym|$|[-_:.])`)

// notes are the footnotes and endnotes of a page.
type notes struct {
	marks map[*html.Node]string // of each element that is one, "" where none is printed
	lists map[*html.Node]bool   // elements that hold nothing but notes
	known map[string]bool       // all marks
	order map[*html.Node]string // the number that a browser prints before each item of a list
}

// findNotes finds the notes under an element: what its role, its name or its list says
// to be one, and blocks that begin with a raised mark that also stands in the text above.
func findNotes(root *html.Node, words *Words) notes {
	f := notes{map[*html.Node]string{}, map[*html.Node]bool{}, map[string]bool{}, map[*html.Node]string{}}
	for n := range root.Descendants() {
		if n.DataAtom == atom.Ol {
			f.number(n)
		}
	}
	raised := map[string]bool{} // marks in the text so far
	for n := range root.Descendants() {
		switch role := attr(n, "role"); {
		case n.Type != html.ElementNode:
		case role == "doc-footnote", role == "doc-endnote", blockTags[n.DataAtom] && noteID.MatchString(attr(n, "id")):
			f.add(n)
		case f.holdsNotes(n, words):
			f.lists[n] = true
			for _, item := range noteItems(n) {
				f.add(item)
			}
		case n.DataAtom == atom.Sup:
			mark := raisedMark(n)
			if block := opens(n); mark != "" && block != nil && raised[mark] {
				f.add(block)
			}
			raised[mark] = mark != ""
		}
	}
	return f
}

// add takes an element for a note, unless it stands inside one.
func (f notes) add(n *html.Node) {
	for p := n; p != nil; p = p.Parent {
		if _, ok := f.marks[p]; ok {
			return
		}
	}
	mark := f.order[n]
	if m := noteID.FindStringSubmatch(attr(n, "id")); mark == "" && m != nil {
		mark = m[1]
	}
	if head := markOf(cleanLine(spacedText(n))); head != "" {
		mark = head
	}
	f.marks[n] = mark
	f.known[mark] = mark != ""
}

// holdsNotes reports whether an element is the list of a page's notes by its name.
func (f notes) holdsNotes(n *html.Node, words *Words) bool {
	if !blockTags[n.DataAtom] || n.DataAtom == atom.Body {
		return false
	}
	if role := attr(n, "role"); role == "doc-endnotes" || role == "doc-footnotes" {
		return true
	}
	return slices.ContainsFunc(classWords(n), func(word string) bool { return words.has("note", word) })
}

// noteItems are the elements inside a list of notes that hold one each: its items, else
// its paragraphs that begin with a mark, else itself.
func noteItems(list *html.Node) []*html.Node {
	var items, paragraphs []*html.Node
	for c := range list.Descendants() {
		switch {
		case c.DataAtom == atom.Li:
			items = append(items, c)
		case c.DataAtom == atom.P && markOf(cleanLine(spacedText(c))) != "":
			paragraphs = append(paragraphs, c)
		}
	}
	if len(items) > 0 {
		return items
	}
	if len(paragraphs) > 0 {
		return paragraphs
	}
	if markOf(cleanLine(spacedText(list))) != "" {
		return []*html.Node{list}
	}
	return nil
}

// number counts the items of a list as a browser does.
func (f notes) number(list *html.Node) {
	next := 1
	if v, err := strconv.Atoi(attr(list, "start")); err == nil {
		next = v
	}
	for c := list.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Li {
			continue
		}
		if v, err := strconv.Atoi(attr(c, "value")); err == nil {
			next = v
		}
		f.order[c] = strings.TrimSuffix(ordinal(next, attr(list, "type")), ".")
		next++
	}
}

// raisedMark returns the mark that a raised element may be, or "".
func raisedMark(n *html.Node) string {
	text := strings.Trim(cleanLine(textContent(n)), "[]() ")
	if !noteMark.MatchString(text) {
		return ""
	}
	return text
}

// opens returns the block that begins with element n, or nil.
func opens(n *html.Node) *html.Node {
	for p := n; p.Parent != nil; p = p.Parent {
		if blockTags[p.DataAtom] {
			return p
		}
		for s := p.PrevSibling; s != nil; s = s.PrevSibling {
			if s.Type != html.CommentNode && cleanLine(textContent(s)) != "" {
				return nil
			}
		}
	}
	return nil
}

// isMark reports whether an element raised above the line is the mark of a note of the
// page rather than a power or the ending of an ordinal number.
func (f notes) isMark(n *html.Node) bool {
	return n.DataAtom == atom.Sup && f.known[raisedMark(n)]
}

// bracketMark is the mark of a note that is printed in brackets: "[1]", in Markdown
// "[^1]" or "[^claim]".
var bracketMark = pattern.New(`\s?\[(?:\^([\w-]{1,40})|(\d{1,3}|[*†‡]{1,3}|[a-z]))\]`)

// bracketHead is the same at the head of the note.
var bracketHead = pattern.New(`^\[(?:\^([\w-]{1,40})|(\d{1,3}|[*†‡]{1,3}|[a-z]))\]:?\s+`)

// plainNotes finds the notes that nothing but their marks show: a block that begins with
// "[1]" or, as a list of one, with "*", where a block above it bears the same mark. The
// marks in the text go.
func (b *builder) plainNotes() {
	marked := map[string]bool{}
	for i := range b.pieces {
		p := &b.pieces[i]
		head, mark := bracketHead.FindStringSubmatch(p.text), ""
		if head != nil {
			mark = head[1] + head[2]
		}
		switch {
		case p.Kind == Row, p.Note:
		case head != nil && marked[mark]:
			p.Note, p.Mark, p.text = true, mark, p.text[len(head[0]):]
			p.Kind, p.Label, p.Lead = Paragraph, "", 0
		case strings.Trim(p.Label, "*†‡") == "" && p.Label != "" && marked[p.Label] && !b.listed(i):
			p.Note, p.Mark, p.Kind, p.Label, p.Level = true, p.Label, Paragraph, "", 0
		default:
			for _, m := range bracketMark.FindAllStringSubmatch(p.text, -1) {
				marked[m[1]+m[2]] = true
			}
			for _, m := range starred.FindAllStringSubmatch(p.text, -1) {
				marked[m[1]] = true
			}
		}
	}
	for i := range b.pieces {
		if p := &b.pieces[i]; p.Note && p.Mark != "" {
			for k := range b.pieces[:i] {
				b.pieces[k].unmark(p.Mark)
			}
		}
	}
}

// starred is a star at the end of a word: "Kosovo*".
var starred = pattern.New(`[\p{L}\p{N}.,;:)"”’](\*{1,3}|†{1,3}|‡{1,3})(?:[\s.,;:)]|$)`)

// listed reports whether piece i stands in a list of several with its sign.
func (b *builder) listed(i int) bool {
	same := func(k int) bool { return k >= 0 && k < len(b.pieces) && b.pieces[k].Label == b.pieces[i].Label }
	return same(i-1) || same(i+1)
}

// unmark takes the mark of a note out of a block of running text.
func (p *piece) unmark(mark string) {
	if p.Kind == Row || p.Note || !strings.Contains(p.text, mark) {
		return
	}
	text := bracketMark.ReplaceAllStringFunc(p.text, func(s string) string {
		if strings.Trim(s, " []^\n") == mark {
			return ""
		}
		return s
	})
	if strings.Trim(mark, "*†‡") == "" {
		text = starred.ReplaceAllStringFunc(text, func(s string) string { return strings.Replace(s, mark, "", 1) })
	}
	if text != p.text && strings.TrimSpace(text) != "" {
		p.text, p.Lead = text, min(p.Lead, len(text))
	}
}
