package document

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"
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
// format that is not read, or without any text. Damaged input that still is text is
// read as far as it goes.
func Parse(name string, data []byte, o Options) (*Document, error) {
	fail := func(format string, err error) (*Document, error) {
		return nil, &ParseError{Name: name, Format: format, Err: err}
	}
	if len(data) > MaxBytes {
		return fail("", fmt.Errorf("%d MiB is more than the limit of %d MiB", len(data)>>20, MaxBytes>>20))
	}
	if format, err := unsupported(data); err != nil {
		return fail(format, err)
	}
	text, charset, ok := decode(data, o)
	if !ok {
		return fail("binary", errors.New("not a text; give HTML, Markdown or plain text"))
	}
	words := o.Words
	if words == nil {
		words = DefaultWords()
	}
	switch head := strings.ToLower(text[:min(len(text), 2048)]); {
	case feedRoot.MatchString(head):
		return fail("feed", errors.New("a feed only lists releases; give the pages it links to"))
	case mailHeader.MatchString(head) && strings.Contains(head, "\nmime-version:"):
		return fail("e-mail", errors.New("not supported yet; save the message as HTML or plain text"))
	}
	doc := &Document{Format: sniff(name, o.MediaType, text), Charset: charset}
	b := &builder{words: words}
	switch doc.Format {
	case HTML:
		readHTML(b, doc, text, o.Select)
	case Markdown:
		readMarkdown(b, doc, text)
	default:
		b.text(text)
	}
	doc.Text, doc.Blocks = b.finish()
	doc.Meta.clean()
	if doc.Text == "" {
		return fail(string(doc.Format), ErrNoText)
	}
	return doc, nil
}

var (
	feedRoot   = regexp.MustCompile(`^\s*(?:<\?[^>]*>\s*|<!--(?s:.*?)-->\s*|<!doctype[^>]*>\s*)*<(?:rss|feed|rdf:rdf)[\s>]`)
	mailHeader = regexp.MustCompile(`^(?:return-path|received|from|delivered-to|message-id|date|mime-version|subject): `)
)

// signatures are the first bytes of the formats that users do hand in and that
// are not text.
var signatures = []struct{ magic, format, advice string }{
	{"PK\x03\x04", "DOCX or another ZIP archive", "not supported yet; save it as HTML or plain text"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word 97-2003", "not supported; save it as HTML or plain text"},
	{"{\\rtf", "RTF", "not supported; save it as HTML or plain text"},
	{"\x1f\x8b", "gzip", "compressed; unpack it first"},
	{"BZh", "bzip2", "compressed; unpack it first"},
	{"\x28\xb5\x2f\xfd", "zstd", "compressed; unpack it first"},
	{"\xfd7zXZ\x00", "xz", "compressed; unpack it first"},
	{"\x89PNG\r\n\x1a\n", "PNG", "an image has no text to read; give the page it comes from"},
	{"\xff\xd8\xff", "JPEG", "an image has no text to read; give the page it comes from"},
	{"GIF8", "GIF", "an image has no text to read; give the page it comes from"},
}

// unsupported names the format of bytes that are known not to be text, with an
// error that says what to do instead.
func unsupported(data []byte) (string, error) {
	// A PDF may start with up to 1024 bytes of anything (ISO 32000-1, annex H).
	if i := bytes.Index(data[:min(len(data), 1024)], []byte("%PDF-")); i == 0 || i > 0 && !utf8.Valid(data[:i]) {
		return "PDF", errors.New("not supported yet; save its text as plain text")
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
