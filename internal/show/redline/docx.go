package redline

import (
	"archive/zip"
	"bytes"
	"embed"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
	"time"

	"readout/diff"
)

// docxParts are the parts of a document that are the same in all.
//
//go:embed docx
var docxParts embed.FS

// wordNamespace is that of WordprocessingML (ECMA-376).
const wordNamespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

// DOCX writes the reports as a word processor document whose tracked changes lead
// from the old text to the new one: with all of them accepted it is the new text,
// with all rejected the old, a paragraph for each heading and statement. What is
// compared with what stands in the page head, outside the text. A statement that
// was only moved is a tracked move. Several reports follow each other, each under
// its headline. The same reports and options give the same bytes.
//
// Where the options leave something out, the document lacks it too.
func DOCX(w io.Writer, reports []*diff.Report, o Options) error {
	d := docx{author: clean(o.Author)}
	if d.author == "" {
		d.author = "readout"
	}
	d.date = o.Date
	if d.date.IsZero() {
		d.date = lastSeen(reports)
	}
	body := el("w:body")
	for i, r := range reports {
		if len(reports) > 1 {
			body.add(d.paragraph(i, paragraph{level: 1, mark: diff.Equal, runs: []diff.Edit{{Op: diff.Equal, Text: o.headline(r)}}})...)
		}
		for _, p := range paragraphs(r, o) {
			body.add(d.paragraph(i, p)...)
		}
	}
	if len(body.children) == 0 {
		body.add(el("w:p"))
	}
	body.add(pageSetup())

	z := zip.NewWriter(w)
	for _, part := range []struct {
		name string
		root *element
	}{
		{"word/document.xml", root("w:document", body)},
		{"word/header1.xml", root("w:hdr", d.firstHead(reports, o)...)},
		{"word/header2.xml", root("w:hdr", d.plain("Head", o.title(reports)))},
		{"docProps/core.xml", d.properties(o.title(reports))},
	} {
		if err := writePart(z, part.name, part.root.bytes()); err != nil {
			return err
		}
	}
	if err := d.fixedParts(z); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("write document: %w", err)
	}
	return nil
}

// lastSeen returns when the newest text was captured, or else its day.
func lastSeen(reports []*diff.Report) time.Time {
	for i := len(reports) - 1; i >= 0; i-- {
		r := reports[i].New
		switch {
		case r == nil:
		case !r.CapturedAt.IsZero():
			return r.CapturedAt
		case !r.Published.IsZero():
			return r.Published.Time()
		case !r.Held.IsZero():
			return r.Held.Time()
		}
	}
	return time.Time{}
}

// title returns the headline of the first report.
func (o Options) title(reports []*diff.Report) string {
	if len(reports) == 0 {
		return "Comparison"
	}
	name, _ := kicker(reports[0].Cause)
	return name + ": " + o.headline(reports[0])
}

// docx writes the tracked changes of one document.
type docx struct {
	author string
	date   time.Time
	ids    int // of the tracked changes, counted up
}

// signed returns an element that carries an id, the author and the date.
func (d *docx) signed(name string, children ...*element) *element {
	d.ids++
	e := el(name, children...).with("w:id", strconv.Itoa(d.ids)).with("w:author", d.author)
	if !d.date.IsZero() {
		e.with("w:date", d.date.UTC().Format("2006-01-02T15:04:05Z"))
	}
	return e
}

// paragraph returns the elements of a paragraph of report number n.
func (d *docx) paragraph(n int, p paragraph) []*element {
	format := el("w:pPr", style(p.level))
	inserted, deleted := "w:ins", "w:del"
	if p.move > 0 {
		inserted, deleted = "w:moveTo", "w:moveFrom"
	}
	switch p.mark {
	case diff.Insert:
		format.add(el("w:rPr", d.signed(inserted)))
	case diff.Delete:
		format.add(el("w:rPr", d.signed(deleted)))
	}
	if p.restyled {
		format.add(d.signed("w:pPrChange", el("w:pPr", style(p.oldLevel))))
	}
	e := el("w:p", format)
	var moved diff.Op
	for _, run := range p.runs {
		text := clean(run.Text)
		switch run.Op {
		case diff.Equal:
			e.add(el("w:r", words("w:t", text)))
		case diff.Insert:
			e.add(d.signed(inserted, el("w:r", words("w:t", text))))
			moved = diff.Insert
		case diff.Delete:
			kind := "w:delText"
			if p.move > 0 {
				kind = "w:t"
			}
			e.add(d.signed(deleted, el("w:r", words(kind, text))))
			moved = diff.Delete
		}
	}
	if p.move == 0 {
		return []*element{e}
	}
	kind := "w:moveTo"
	if moved == diff.Delete {
		kind = "w:moveFrom"
	}
	begin := d.signed(kind+"RangeStart").with("w:name", fmt.Sprintf("move%d_%d", n+1, p.move))
	end := el(kind+"RangeEnd").with("w:id", begin.attr("w:id"))
	return []*element{begin, e, end}
}

// style returns the style of a heading of the given level, or of a statement.
func style(level int) *element {
	name := "Statement"
	if level > 0 {
		name = "Heading" + strconv.Itoa(min(level, 3))
	}
	return el("w:pStyle").with("w:val", name)
}

// words returns an element that holds text with all its spaces.
func words(name, text string) *element {
	e := el(name).with("xml:space", "preserve")
	e.text = text
	return e
}

// plain returns a paragraph of untracked text.
func (d *docx) plain(style, text string) *element {
	return el("w:p", el("w:pPr", el("w:pStyle").with("w:val", style)), el("w:r", words("w:t", clean(text))))
}

// firstHead returns the head of the first page: what is compared with what.
func (d *docx) firstHead(reports []*diff.Report, o Options) []*element {
	out := []*element{d.plain("Title", o.title(reports))}
	for i, r := range reports {
		_, meaning := kicker(r.Cause)
		if i == 0 {
			out = append(out, d.plain("Head", strings.ToUpper(meaning[:1])+meaning[1:]+"."))
		}
		if len(reports) > 1 {
			out = append(out, d.plain("Head", o.headline(r)+": "+summary(r)))
			continue
		}
		for _, s := range sides(r) {
			line := s.Name + ": " + s.Title
			for _, f := range s.Facts {
				line += " · " + strings.ToLower(f.Name) + " " + f.Value
			}
			out = append(out, d.plain("Head", line))
		}
		out = append(out, d.plain("Head", summary(r)))
	}
	out = append(out, d.plain("Head", "")) // keeps the text at a distance
	return out
}

// properties returns the part that names the document, its author and its date.
func (d *docx) properties(title string) *element {
	text := func(name, value string) *element {
		e := el(name)
		e.text = value
		return e
	}
	p := el("cp:coreProperties", text("dc:title", title), text("dc:creator", d.author)).
		with("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties").
		with("xmlns:dc", "http://purl.org/dc/elements/1.1/").
		with("xmlns:dcterms", "http://purl.org/dc/terms/").
		with("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
	if !d.date.IsZero() {
		p.add(text("dcterms:created", d.date.UTC().Format("2006-01-02T15:04:05Z")).with("xsi:type", "dcterms:W3CDTF"))
	}
	return p
}

// fixedParts adds the parts that are the same in every document.
func (d *docx) fixedParts(z *zip.Writer) error {
	for _, part := range []struct{ file, name string }{
		{"content_types.xml", "[Content_Types].xml"},
		{"package_rels.xml", "_rels/.rels"},
		{"document_rels.xml", "word/_rels/document.xml.rels"},
		{"styles.xml", "word/styles.xml"},
		{"settings.xml", "word/settings.xml"},
		{"footer.xml", "word/footer1.xml"},
	} {
		data, err := docxParts.ReadFile(path.Join("docx", part.file))
		if err != nil {
			return fmt.Errorf("read part: %w", err)
		}
		if err := writePart(z, part.name, data); err != nil {
			return err
		}
	}
	return nil
}

// writePart adds a part without a time of its own, which would change the bytes.
func writePart(z *zip.Writer, name string, data []byte) error {
	f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err == nil {
		_, err = f.Write(data)
	}
	if err != nil {
		return fmt.Errorf("write document part %s: %w", name, err)
	}
	return nil
}

// pageSetup returns the section properties: A4, another head on the first page.
func pageSetup() *element {
	ref := func(name, kind, id string) *element {
		return el(name).with("w:type", kind).with("r:id", id)
	}
	return el("w:sectPr",
		ref("w:headerReference", "first", "rId3"), ref("w:headerReference", "default", "rId4"),
		ref("w:footerReference", "first", "rId5"), ref("w:footerReference", "default", "rId5"),
		el("w:pgSz").with("w:w", "11906").with("w:h", "16838"),
		el("w:pgMar").with("w:top", "1418").with("w:right", "1418").with("w:bottom", "1418").with("w:left", "1418").
			with("w:header", "709").with("w:footer", "709").with("w:gutter", "0"),
		el("w:titlePg"))
}

// element is an element of XML with either children or text.
type element struct {
	name     string
	attrs    []xml.Attr
	children []*element
	text     string
}

func el(name string, children ...*element) *element {
	return &element{name: name, children: children}
}

// root returns the element at the root of a part of the text.
func root(name string, children ...*element) *element {
	return el(name, children...).with("xmlns:w", wordNamespace).
		with("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
}

func (e *element) add(children ...*element) { e.children = append(e.children, children...) }

func (e *element) with(name, value string) *element {
	e.attrs = append(e.attrs, xml.Attr{Name: xml.Name{Local: name}, Value: value})
	return e
}

func (e *element) attr(name string) string {
	for _, a := range e.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// bytes returns the element as a whole part. Names come with their prefixes: the
// encoder would write a declaration into every element.
func (e *element) bytes() []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	e.write(&b)
	return b.Bytes()
}

func (e *element) write(b *bytes.Buffer) {
	b.WriteString("<" + e.name)
	for _, a := range e.attrs {
		b.WriteString(" " + a.Name.Local + `="`)
		xml.Escape(b, []byte(a.Value))
		b.WriteString(`"`)
	}
	b.WriteString(">")
	xml.Escape(b, []byte(e.text))
	for _, c := range e.children {
		c.write(b)
	}
	b.WriteString("</" + e.name + ">")
}
