// Package document reads the bytes of a release and gives its text with the
// structure the author printed: title, headings, paragraphs, list items. It knows
// file formats, encodings and page furniture, and nothing of diplomacy.
//
// [Parse] is the way in. It sniffs the format, settles the encoding and hands the
// bytes to one of the readers: plain text, Markdown with YAML front matter, HTML,
// PDF, DOCX, e-mail. All of them build the same [Document]; what is furniture of a web page rather
// than text (navigation, captions, share bars, "Back to index") is left out, by
// general rules and the word list of [Words].
package document

import (
	"fmt"
	"strings"
)

// Format is a file format.
type Format string

// The formats that Parse reads.
const (
	Text     Format = "text"
	Markdown Format = "markdown"
	HTML     Format = "html"
	PDF      Format = "pdf"
	DOCX     Format = "docx"
	Mail     Format = "e-mail" // its HTML or plain body, or an attached document
)

// Kind says what a block is.
type Kind string

// The kinds of block.
const (
	Heading   Kind = "heading"   // marked up as a heading
	Paragraph Kind = "paragraph" // running text, or a line that stands alone
	ListItem  Kind = "item"
	Row       Kind = "row" // a row of a table of data, its cells joined by " | "; see Block.Cells
)

// Block is one paragraph, heading or list item in reading order.
type Block struct {
	Kind Kind
	// Level is 1 to 6 for headings, the nesting depth from 1 for list items,
	// and 0 for paragraphs and rows.
	Level int
	// Label is a list item's marker where the format, not the text, prints it:
	// "1." for the first item of an HTML <ol>, "-" for a bullet. A marker that
	// stands in the text itself stays in the text.
	Label string
	// Strong reports whether all of the text is set in bold or underlined: old
	// pages print their headings so.
	Strong bool
	// Lead is how many bytes at the head of the block are set in bold where the
	// rest is not: a heading that runs on into its paragraph.
	Lead int
	// Note reports whether the block is a footnote or endnote: a mark in the running
	// text refers to it. The mark itself is left out there.
	Note bool
	// Mark is the number or sign at the head of a note, "" where none is printed. It
	// stands in the text of the block too.
	Mark string
	// Table counts the tables of data from 1, in reading order; 0 for no row.
	Table int
	// Cells are the cells of a row that hold something, in order.
	Cells []Cell
	// Align is "center" or "right" where the format says so, else "".
	Align string
	// Start and End are byte offsets into Document.Text.
	Start, End int
}

// Cell is one cell of a table of data.
type Cell struct {
	// Row and Column are its place, from 1. The rows that name the columns count.
	Row, Column int
	// RowName and ColumnName are what the table calls the row and the column, ""
	// where it has no name for them. A cell that gives the name has none itself.
	RowName, ColumnName string
	// Start and End are byte offsets into Document.Text.
	Start, End int
}

// Meta is what a document says of itself outside its running text: YAML front
// matter, HTML head. Every field may be empty; dates are as printed.
type Meta struct {
	Title     string
	URL       string // canonical address
	Date      string // the day of the text or meeting, as the author's tool gave it
	Published string
	Modified  string
	Captured  string
	Language  string // BCP 47
	Kind      string
	SiteName  string
	// Imprint are the lines of a web page by which it says who publishes it, the
	// surest first: the site's name, logo, copyright line, footer.
	Imprint []string
}

// Document is the extracted text of one capture.
type Document struct {
	Name    string // as given to [Parse]
	Format  Format
	Charset string // the encoding the bytes were read in, as named by the WHATWG; "" for PDF, DOCX and e-mail
	Meta    Meta
	// Text is valid UTF-8 in NFC. Blocks are separated by a blank line; a line
	// break that the author set inside a block stays one "\n".
	Text   string
	Blocks []Block
	// Captions are what is printed at photographs, drawings and tables, and
	// Attachments the names of the files that the text links to, in reading order
	// and each once. They stand beside the text and are no part of Text.
	Captions, Attachments []string
	// Warnings say what of the document could not be read, or was read on weak
	// evidence; nil for nothing.
	Warnings []Warning
}

// Warning is one reason to look at the document oneself.
type Warning struct {
	Field string // what it is about: "text", "title", "published", "source"
	Why   string // one sentence without a full stop
}

func (d *Document) warn(field string, why ...string) {
	for _, w := range why {
		d.Warnings = append(d.Warnings, Warning{field, w})
	}
}

// lossShown is how many bytes around a lost character are shown.
const lossShown = 24

// warnOfLoss says how many characters of the text were lost, and where the first of
// them stood.
func (d *Document) warnOfLoss() {
	for _, f := range []struct{ field, text string }{{"title", d.Meta.Title}, {"text", d.Text}} {
		n := strings.Count(f.text, "\uFFFD")
		if n == 0 {
			continue
		}
		what := "1 character could not be read and stands as \uFFFD, in %q"
		if n > 1 {
			what = fmt.Sprint(n) + " characters could not be read and stand as \uFFFD; the first in %q"
		}
		d.warn(f.field, fmt.Sprintf(what, around(f.text, strings.IndexRune(f.text, '\uFFFD'))))
	}
}

// around returns the words at a place of a text and beside it.
func around(text string, at int) string {
	from, to := max(0, at-lossShown), min(len(text), at+lossShown)
	if i := strings.IndexAny(text[from:at], " \n"); i >= 0 && from > 0 {
		from += i
	}
	if i := strings.LastIndexAny(text[at:to], " \n"); i >= 0 && to < len(text) {
		to = at + i
	}
	return strings.Join(strings.Fields(strings.ToValidUTF8(text[from:to], "")), " ")
}

// TextOf returns the text of block b.
func (d *Document) TextOf(b Block) string { return d.Text[b.Start:b.End] }
