package document

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"path"
	"strings"
	"unicode/utf8"

	"readout/internal/document/container"
	"readout/internal/document/pdf"
)

// MaxBytes is the largest input that Parse takes: far beyond any release, and
// small enough that a hostile page cannot exhaust memory.
const MaxBytes = 20 << 20

// Options are hints about the bytes that only whoever fetched them can know. The
// zero Options work.
type Options struct {
	MediaType string    // Content-Type as served, parameters included
	Charset   string    // encoding label, where known from outside; above MediaType's
	URL       string    // address the bytes were fetched from
	Select    Selectors // of pages of HTML
	Words     *Words    // page furniture; nil is DefaultWords
	// PDF reads PDF files; nil starts a reader for the one file and closes it
	// again, which takes seconds. Whoever reads several gives one.
	PDF *pdf.Reader
}

// words returns the list of page furniture.
func (o Options) words() *Words {
	if o.Words == nil {
		return DefaultWords()
	}
	return o.Words
}

// ErrNoText is returned, inside a [ParseError], when an input holds no text at all:
// an empty file, or a page whose text is drawn by a script.
var ErrNoText = errors.New("no text found; if a script draws the page, save the page as your browser shows it")

// ParseError says which input could not be read, and why, in words that tell the
// user what to do.
type ParseError struct {
	Name   string // as given to Parse
	Format string // what the input was taken for: "html", "PDF", "binary"
	Err    error
}

// Error implements error.
func (e *ParseError) Error() string {
	if e.Format == "" {
		return fmt.Sprintf("read %s: %v", e.Name, e.Err)
	}
	return fmt.Sprintf("read %s as %s: %v", e.Name, e.Format, e.Err)
}

// Unwrap returns the cause.
func (e *ParseError) Unwrap() error { return e.Err }

// Parse reads data. The name (a file name or address) serves in error messages and
// by its extension as a hint of the format; content decides where they disagree.
//
// An error is always a [*ParseError]: the input is too large, not text, of a
// format that is not read, or without any text. Of damaged input that still is
// text, what is whole is read.
func Parse(name string, data []byte, o Options) (*Document, error) {
	fail := func(format string, err error) (*Document, error) {
		return nil, &ParseError{Name: name, Format: format, Err: err}
	}
	if len(data) > MaxBytes {
		return fail("", fmt.Errorf("%d MiB is more than the limit of %d MiB", len(data)>>20, MaxBytes>>20))
	}
	o.Words = o.words()
	doc, b := &Document{Name: name}, &builder{words: o.Words}
	format, err := binaryFormat(data)
	switch {
	case err != nil:
		return fail(format, err)
	case format == "PDF":
		doc.Format = PDF
		err = readPDF(b, doc, data, o.PDF)
	case format == "DOCX":
		doc.Format = DOCX
		err = readDOCX(b, doc, data)
	default:
		format, err = readText(b, doc, name, data, o)
	}
	if err != nil {
		return fail(format, err)
	}
	if err := b.bounded(); err != nil {
		return fail(string(doc.Format), err)
	}
	doc.Text, doc.Blocks = b.finish()
	doc.Captions, doc.Attachments = b.captions, b.attachments
	doc.Meta.clean()
	if doc.Text == "" {
		return fail(string(doc.Format), ErrNoText)
	}
	doc.warnOfLoss()
	return doc, nil
}

// readText reads what is text in some encoding, and names the format it took it
// for.
func readText(b *builder, doc *Document, name string, data []byte, o Options) (format string, err error) {
	if isMail(name, o.MediaType, data) {
		doc.Format = Mail
		return "e-mail", readMail(b, doc, data, o)
	}
	switch kind := container.Detect(name, data); kind {
	case container.Feed, container.Sitemap, container.CDXList:
		return string(kind), errors.New("it only lists releases; give the pages it links to")
	case container.JSON, container.CSV, container.XML:
		return string(kind), container.ErrNoMapping
	}
	d, ok := decode(data, o)
	if !ok {
		return "binary", errors.New("not a text; give HTML, Markdown, PDF, DOCX, an e-mail or plain text")
	}
	text := d.text
	if n := strings.Count(text, "\n"); n > maxLines {
		return "text", fmt.Errorf("%d lines are more than any release has; the limit is %d", n, maxLines)
	}
	doc.warn("text", d.warnings...)
	doc.Format, doc.Charset = sniff(name, o.MediaType, text), d.name
	if n := strings.Count(text, "<"); doc.Format == HTML && n > maxTags {
		return "html", fmt.Errorf("%d tags are more than any release has; the limit is %d", n, maxTags)
	}
	switch doc.Format {
	case HTML:
		readHTML(b, doc, text, o.Select)
	case Markdown:
		readMarkdown(b, doc, text)
	default:
		b.text(text)
	}
	return string(doc.Format), nil
}

// signatures are the first bytes of the formats that users do hand in and that
// are not text.
var signatures = []struct{ magic, format, advice string }{
	{"PK\x03\x04", "ZIP", "an archive without a Word document in it; unpack it and give its files"},
	{"PK\x05\x06", "ZIP", "an empty archive"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word 97-2003 or an encrypted document", "not supported; save it as DOCX without a password"},
	{"{\\rtf", "RTF", "not supported; save it as HTML or plain text"},
	{"\x1f\x8b", "gzip", "compressed; unpack it first"},
	{"BZh", "bzip2", "compressed; unpack it first"},
	{"\x28\xb5\x2f\xfd", "zstd", "compressed; unpack it first"},
	{"\xfd7zXZ\x00", "xz", "compressed; unpack it first"},
	{"\x89PNG\r\n\x1a\n", "PNG", "an image has no text to read; give the page it comes from"},
	{"\xff\xd8\xff", "JPEG", "an image has no text to read; give the page it comes from"},
	{"GIF8", "GIF", "an image has no text to read; give the page it comes from"},
}

// Recognizes reports whether bytes, of which head is the beginning, may be a document
// that is read: a text in some encoding, PDF or DOCX.
func Recognizes(head []byte) bool {
	format, err := binaryFormat(head)
	if err != nil || format != "" {
		return err == nil
	}
	_, _, ok := Decode(head, Options{})
	return ok
}

// binaryFormat names the format of bytes that are no text: "PDF", "DOCX", or one
// that is not read, with an error that says what to do instead. It returns "" for
// all others.
func binaryFormat(data []byte) (string, error) {
	// A PDF may start with up to 1024 bytes of anything (ISO 32000-1, annex H).
	if i := bytes.Index(data[:min(len(data), 1024)], []byte("%PDF-")); i == 0 || i > 0 && !utf8.Valid(data[:i]) {
		return "PDF", nil
	}
	if isDOCX(data) {
		return "DOCX", nil
	}
	for _, s := range signatures {
		if bytes.HasPrefix(data, []byte(s.magic)) {
			return s.format, errors.New(s.advice)
		}
	}
	return "", nil
}

// sniff decides the format of a text. Content that opens like HTML or like front
// matter is what it looks like, whatever it is called: pages get saved as .txt and
// served as text/plain. Otherwise the media type counts, then the extension.
func sniff(name, mediaType, text string) Format {
	head := strings.ToLower(strings.TrimSpace(text[:min(len(text), 4096)]))
	switch {
	case opensHTML(head):
		return HTML
	case hasFrontMatter(text):
		return Markdown
	}
	media, _, _ := mime.ParseMediaType(mediaType)
	switch strings.ToLower(media) {
	case "text/html", "application/xhtml+xml", "application/xml", "text/xml":
		return HTML
	case "text/markdown", "text/x-markdown":
		return Markdown
	}
	name, _, _ = strings.Cut(name, "?")
	switch strings.ToLower(path.Ext(strings.ReplaceAll(name, `\`, "/"))) {
	case ".html", ".htm", ".xhtml", ".shtml", ".xml":
		return HTML
	case ".md", ".markdown", ".mdown", ".mkd":
		return Markdown
	case ".txt", ".text":
		return Text
	}
	if strings.Count(head, "<p>")+strings.Count(head, "<br")+strings.Count(head, "</") >= 3 {
		return HTML
	}
	return Text
}

// opensHTML reports whether a trimmed, lower-case text opens as an HTML or XML
// document does, after any comments.
func opensHTML(head string) bool {
	for strings.HasPrefix(head, "<!--") {
		_, rest, ok := strings.Cut(head, "-->")
		if !ok {
			return true
		}
		head = strings.TrimSpace(rest)
	}
	for _, tag := range []string{"<!doctype", "<html", "<head", "<body", "<?xml", "<title", "<meta", "<table", "<div", "<center"} {
		if strings.HasPrefix(head, tag) {
			return true
		}
	}
	return false
}
