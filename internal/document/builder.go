package document

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"readout/internal/rules/pattern"
)

// run is a stretch of inline text set in one style. "\n" in it is a line break
// that the author set; all other white space may be folded.
type run struct {
	text               string
	strong, link, note bool // note: the number of a footnote, or the link back from it
}

// line is one line of a flow of runs.
type line struct {
	lead                    int // bytes of bold at its head
	text                    string
	letters, strong, linked int // letters and digits: all, in bold, inside links
	note                    bool
}

// piece is a block before its place in the text is known. The places of its cells
// count from its own beginning.
type piece struct {
	Block
	text string
}

// builder collects blocks in reading order.
type builder struct {
	words  *Words
	title  map[string]bool // the words of the title that the document declares
	titled bool            // a block that is the title has been seen
	page   bool            // a web page, on which a block that is all link leads elsewhere
	pieces []piece
	// marker is a printed number that stood in a cell of its own: it belongs
	// before the text of the next cell.
	marker string
	// bullets are the signs of the list items in the text that are open, outermost
	// first.
	bullets []string
	tables  int // of data, so far
	// captions and attachments stand beside the text.
	captions, attachments []string
}

var (
	numberMarker = pattern.New(`^(?:[(（](?:\d{1,3}|[０-９]{1,3}|[a-zA-Zａ-ｚＡ-Ｚア-ンｱ-ﾝ]|[ivxIVXｉｖｘＩＶＸ]{1,5}|[一二三四五六七八九十]{1,3})[)）]|(?:\d{1,3}|[０-９]{1,3})(?:[.．、)）]|$)(?:[^\d０-９]|$)|[0-9０-９]{1,2}(?:[.．][0-9０-９]{1,2}){1,2}[.．]?\s+\p{Lu}|(?:[IVXＩＶＸ]{1,6}|[A-Z])[.．)](?:\s|$)|[a-zａ-ｚ][)）]|[一二三四五六七八九十]{1,3}、|[①-⑳⑴-⒇Ⅰ-Ⅻⅰ-ⅻ])`)
	onlyMarker   = pattern.New(`^(?:[(（][0-9０-９a-zA-Zａ-ｚＡ-Ｚア-ンｱ-ﾝ一二三四五六七八九十]{1,4}[)）]|[0-9０-９]{1,3}[.．)）、]|[0-9０-９]{1,2}(?:[.．][0-9０-９]{1,2}){1,2}[.．]|[a-zA-Zａ-ｚＡ-Ｚ]{1,4}[.．)）]|[①-⑳⑴-⒇Ⅰ-Ⅻ]|[一二三四五六七八九十]{1,3}、)$`)
	// cellMarker is what else is a number or a sign where the cell of a table at the head
	// of its row holds nothing more.
	cellMarker = pattern.New(`^(?:[0-9０-９]{1,3}|[0-9０-９]{1,2}(?:[.．][0-9０-９]{1,2}){1,2}|[-–—•·・●○■□◆◇▪]|[ア-ンｱ-ﾝ])$`)
	// pressMark is the figure by which news agencies close a text.
	pressMark    = pattern.New(`^[#*\s]*[-–—]+\s*30\s*[-–—]+[#*\s]*$`)
	bulletMarker = pattern.New(`^(?:[-–—*+ㅇ]\s+|[•·・･●○■□◆◇▪▫▲△▶▷‣⁃∙◦➢►✓]\s*)`)
)

// letterBullet is a small "o" for a round bullet, as Korean boards print it: in no
// language does a paragraph begin with the word "o" in small letters.
var letterBullet = pattern.New(`^o\s+\p{Lu}`)

// bulletAhead returns the bullet at the head of s with the space after it, or "".
func bulletAhead(s string) string {
	if m := letterBullet.FindString(s); m != "" {
		_, n := utf8.DecodeLastRuneInString(m)
		return m[:len(m)-n]
	}
	return bulletMarker.FindString(s)
}

// lines folds the white space of a flow and cuts it at its line breaks. An empty
// line stays, as the sign of a new paragraph.
func lines(runs []run) []line {
	if l, ok := plainLine(runs); ok {
		return []line{l}
	}
	var out []line
	var b []byte
	cur, space := line{}, false
	boldEnd, plain := 0, false // where the bold head of the line ends, and whether it has
	end := func() {
		cur.text = norm.NFC.String(string(b))
		if boldEnd > 0 {
			cur.lead = len(norm.NFC.Bytes(b[:boldEnd]))
		}
		boldEnd, plain = 0, false
		out = append(out, cur)
		cur, space = line{}, false
		b = b[:0]
	}
	for _, r := range runs {
		cur.note = cur.note || r.note
		b = slices.Grow(b, len(r.text))
		for _, c := range r.text {
			if c < ' ' || '~' < c { // all others are what they look like
				c = visible(c)
			}
			switch {
			case c < 0:
			case c == '\n':
				end()
			case c == ' ':
				space = len(b) > 0
			default:
				if space {
					b = append(b, ' ')
					space = false
				}
				b = utf8.AppendRune(b, c)
				if unicode.IsLetter(c) || unicode.IsNumber(c) {
					cur.letters++
					if r.strong {
						cur.strong++
					} else if boldEnd > 0 || unicode.IsLetter(c) {
						plain = true
					}
					if r.link {
						cur.linked++
					}
				}
				if r.strong && !plain {
					boldEnd = len(b)
				}
			}
		}
	}
	end()
	return out
}

// plainLine returns the line that the runs make where they are one in plain type,
// printable and with single spaces, as nearly every paragraph of a text file is.
func plainLine(runs []run) (line, bool) {
	if len(runs) != 1 || runs[0].strong || runs[0].link || runs[0].note {
		return line{}, false
	}
	l := line{text: runs[0].text}
	last := byte(' ') // none may stand at the head
	for i := 0; i < len(l.text); i++ {
		c := l.text[i]
		if c < ' ' || '~' < c || c == ' ' && last == ' ' {
			return line{}, false
		}
		if 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' {
			l.letters++
		}
		last = c
	}
	return l, last != ' '
}

// bold reports whether all that is written on the line is in bold. A printed
// number before a bold heading may be plain.
func (l line) bold() bool {
	if l.strong == 0 {
		return false
	}
	plain := l.letters - l.strong
	return plain == 0 || plain <= 3 && l.strong > 3 && numberMarker.MatchString(l.text)
}

// flow adds the blocks of one flow of text. The first takes the shape given, the
// others are paragraphs of the same alignment: blank lines part them, and so do a
// line in bold beside plain lines, and a line that begins with a printed number
// or a bullet. It reports whether the shape was used.
func (b *builder) flow(shape Block, runs []run) bool {
	used := false
	add := func(group []line) {
		if len(group) == 0 {
			return
		}
		if b.add(shape, group) {
			used = true
			if shape.Kind != Heading {
				shape = Block{Kind: Paragraph, Align: shape.Align, Note: shape.Note, Mark: shape.Mark}
			}
		}
	}
	var group []line
	for _, l := range lines(runs) {
		switch {
		case l.text == "":
			add(group)
			group = nil
			continue
		case len(group) == 0:
		case shape.Kind == Heading && !used:
		case l.bold() != group[len(group)-1].bold(), opensSection(group, l),
			numberMarker.MatchString(l.text), bulletAhead(l.text) != "":
			add(group)
			group = nil
		}
		group = append(group, l)
	}
	add(group)
	return used
}

// opensSection reports whether the group is the heading of a section that the
// author numbered and only a line break parts from its text.
func opensSection(group []line, next line) bool {
	first := group[0].text
	if len(group) > 1 || sentence(first) || len(first) > 100 || !numberMarker.MatchString(first) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(next.text)
	return !unicode.IsLower(r)
}

// add adds one block of lines unless it is page furniture, and reports whether it
// did.
func (b *builder) add(shape Block, group []line) bool {
	var texts []string
	all := line{}
	strong := true
	for _, l := range group {
		if !legible(l.text) || b.words.endMark(l.text) || b.page && b.words.furniture(l.text) {
			continue
		}
		texts = append(texts, l.text)
		all.letters += l.letters
		all.linked += l.linked
		strong = strong && l.bold()
		shape.Note = shape.Note || l.note
	}
	text := b.words.withoutEndMark(strings.Join(texts, "\n"))
	if text == "" || b.furniture(shape, text, all) {
		return false
	}
	shape.Strong = strong
	if lead := group[0].lead; lead > 0 && !strong && strings.HasPrefix(text, group[0].text) {
		shape.Lead = lead
	}
	if b.marker != "" {
		if shape.Lead > 0 {
			shape.Lead += len(b.marker) + 1
		}
		text, b.marker = b.marker+" "+text, ""
	}
	bullet := false
	if shape.Kind != Heading {
		if m := bulletAhead(text); m != "" && legible(text[len(m):]) {
			text = text[len(m):]
			shape.Lead = max(0, shape.Lead-len(m))
			shape.Label = strings.TrimSpace(m)
			if shape.Kind != ListItem {
				shape.Kind, shape.Level = ListItem, max(shape.Level, b.bulletLevel(shape.Label))
			}
			bullet = true
		}
	}
	if !bullet {
		b.bullets = nil
	}
	if shape.Kind == ListItem && numberMarker.MatchString(text) && shape.Label != "" && shape.Label[0] != '-' {
		shape.Label = "" // the text prints its own number
	}
	if shape.Note && shape.Mark == "" {
		shape.Mark = cmp.Or(markOf(text), strings.Trim(shape.Label, "-.()"))
	}
	for part := range parts(text) {
		b.pieces = append(b.pieces, piece{shape, part})
		shape.Lead = 0
	}
	return true
}

// bulletLevel returns the depth of a bullet that stands in the text, from the
// bullets right before it: another sign than theirs is one level deeper.
func (b *builder) bulletLevel(sign string) int {
	i := slices.Index(b.bullets, sign)
	if i < 0 {
		i = len(b.bullets)
		b.bullets = append(b.bullets, sign)
	}
	b.bullets = b.bullets[:i+1]
	return i + 1
}

// furniture reports whether a block is page furniture, by its words and, on a web
// page, its links: a block that is all link leads elsewhere, unless it is the title
// or a sentence.
func (b *builder) furniture(shape Block, text string, l line) bool {
	if b.page || !strings.Contains(text, "\n") { // in a text file the lines below may be the title and the day
		if b.words.caption(text) {
			b.caption(strings.ReplaceAll(text, "\n", " "))
			return true
		}
		if breadcrumb(text) {
			return true
		}
	}
	if b.page && b.words.consent(text) {
		return true
	}
	if !b.page {
		return false
	}
	if linkRow(text) {
		return true
	}
	if !b.titled && b.isTitle(text) {
		b.titled = true // what else is called so, is a link to another meeting
		return false
	}
	if l.linked == 0 {
		return false
	}
	words := len(strings.Fields(text))
	if sentence(text) && words >= 8 {
		return false
	}
	if l.linked*10 >= l.letters*9 ||
		l.letters-l.linked <= longestDay && l.linked*10 >= l.letters*7 && !sentence(text) && year.MatchString(text) {
		return true
	}
	return l.linked*4 >= l.letters && strings.ContainsAny(text, "|｜>›»·•") && !sentence(text)
}

// longestDay is how many letters and digits a day takes that stands beside the link
// to another page: "23 September 2041".
const longestDay = 18

// isTitle reports whether most words of text are words of the declared title.
func (b *builder) isTitle(text string) bool {
	words := titleWords(text)
	if len(words) < 3 || len(b.title) == 0 {
		return false
	}
	n := 0
	for w := range words {
		if b.title[w] {
			n++
		}
	}
	return n*10 >= len(words)*7
}

// titleWords returns the words of a title, for comparison.
func titleWords(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(cleanLine(s)),
		func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }) {
		out[w] = true
	}
	return out
}

// finish lays the blocks out as one text. Phrases that lead elsewhere ("Back to
// index") and stand at its end go, linked or not.
func (b *builder) finish() (string, []Block) {
	b.plainNotes()
	for n := len(b.pieces); n > 1 && b.words.leadsAway(b.pieces[n-1].text); n-- {
		b.pieces = b.pieces[:n-1]
	}
	if b.marker != "" {
		b.pieces = append(b.pieces, piece{Block{Kind: Paragraph}, b.marker})
		b.marker = ""
	}
	var text strings.Builder
	size := 0
	for _, p := range b.pieces {
		size += len(p.text) + len("\n\n")
	}
	text.Grow(size)
	blocks := make([]Block, 0, len(b.pieces))
	for _, p := range b.pieces {
		if len(blocks) > 0 {
			text.WriteString("\n\n")
		}
		p.Start = text.Len()
		text.WriteString(p.text)
		p.End = text.Len()
		for i := range p.Cells {
			p.Cells[i].Start += p.Start
			p.Cells[i].End += p.Start
		}
		blocks = append(blocks, p.Block)
	}
	return text.String(), blocks
}
