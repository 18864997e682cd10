package document

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
)

// docxMain is the part of a Word document that holds its text, unless the package
// says otherwise.
const docxMain = "word/document.xml"

// maxPart bounds one part of a document after decompression, maxParts the number
// of files in it.
const (
	maxPart  = 16 << 20
	maxParts = 10_000
)

var errDamagedDOCX = errors.New("it is damaged or cut off; fetch it again")

// isDOCX reports whether the bytes are a ZIP archive that holds a Word document.
// An archive that is cut off has no list of its files any more; its first files
// tell.
func isDOCX(data []byte) bool {
	if !bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return false
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		head := data[:min(len(data), 4096)]
		return bytes.Contains(head, []byte("[Content_Types].xml")) || bytes.Contains(head, []byte("word/"))
	}
	for _, f := range z.File[:min(len(z.File), maxParts)] {
		if name := strings.ReplaceAll(f.Name, `\`, "/"); name == docxMain ||
			strings.HasPrefix(name, "word/") && strings.HasSuffix(name, ".xml") {
			return true
		}
	}
	return false
}

// docxPackage is an opened document.
type docxPackage struct{ files map[string]*zip.File }

// part parses a part of the document. A part that is not there is nil.
func (p docxPackage) part(name string) (*xmlNode, error) {
	f := p.files[name]
	if f == nil {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, errDamagedDOCX
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, maxPart+1))
	switch {
	case len(data) > maxPart:
		return nil, fmt.Errorf("its part %s unpacks to more than %d MiB", name, maxPart>>20)
	case err != nil:
		return nil, errDamagedDOCX
	}
	return parseXML(data)
}

// readDOCX adds the text of a Word document as it reads when every tracked change
// is accepted. What is printed on every page is no part of it.
func readDOCX(b *builder, doc *Document, data []byte) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return errDamagedDOCX
	}
	if len(z.File) > maxParts {
		return fmt.Errorf("it has more than %d parts", maxParts)
	}
	p := docxPackage{files: map[string]*zip.File{}}
	for _, f := range z.File {
		p.files[strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")] = f
	}
	main := p.mainPart()
	related := func(name string) (*xmlNode, error) { return p.part(path.Join(path.Dir(main), name)) }
	body, err := p.part(main)
	if err != nil {
		return err
	}
	if body == nil {
		return errDamagedDOCX
	}
	w := &docxReader{out: b, styles: newDOCXStyles(nil), counters: map[string][]int{}}
	// The text is worth reading without its styles, numbers and notes, but not
	// silently: a part that is damaged is an error.
	styles, err := related("styles.xml")
	if err != nil {
		return err
	}
	w.styles = newDOCXStyles(styles)
	numbering, err := related("numbering.xml")
	if err != nil {
		return err
	}
	w.numbering = newDOCXNumbering(numbering)
	for _, name := range []string{"footnotes", "endnotes"} {
		notes, err := related(name + ".xml")
		if err != nil {
			return err
		}
		w.addNotes(strings.TrimSuffix(name, "s"), notes)
	}
	w.blocks(body)
	w.flush()
	w.writeNotes()
	return p.readProperties(b, &doc.Meta)
}

// mainPart returns the name of the part that holds the text.
func (p docxPackage) mainPart() string {
	rels, err := p.part("_rels/.rels")
	if err == nil && rels != nil {
		for _, r := range rels.all("Relationship") {
			if strings.HasSuffix(r.attr("Type"), "/officeDocument") {
				if name := strings.TrimPrefix(r.attr("Target"), "/"); p.files[name] != nil {
					return name
				}
			}
		}
	}
	return docxMain
}

// readProperties takes the title that the document gives itself. One that does not
// stand in the text is the template's or another document's, and the language is
// that of the author's Word.
func (p docxPackage) readProperties(b *builder, meta *Meta) error {
	core, err := p.part("docProps/core.xml")
	if err != nil || core == nil {
		return err
	}
	var head []printed
	for _, piece := range b.pieces[:min(len(b.pieces), 20)] {
		head = append(head, printed{text: piece.text})
	}
	if t := core.first("title"); t != nil {
		if title := cleanLine(t.content()); holdsWords(head, title) {
			meta.Title = title
		}
	}
	return nil
}

// addNotes keeps the notes of a part for where they are referred to.
func (w *docxReader) addNotes(kind string, part *xmlNode) {
	if part == nil {
		return
	}
	if w.notes == nil {
		w.notes = map[string]*xmlNode{}
	}
	for _, n := range part.all(kind) {
		if t := n.attr("type"); t == "" || t == "normal" {
			w.notes[kind+n.attr("id")] = n
		}
	}
}

// refer writes nothing for a mark in the text, and remembers its note.
func (w *docxReader) refer(kind, id string) {
	if key := kind + id; w.notes[key] != nil && len(w.referred) < maxParts {
		w.referred = append(w.referred, w.notes[key])
		delete(w.notes, key)
	}
}

// writeNotes adds the notes in the order in which the text refers to them.
func (w *docxReader) writeNotes() {
	for i := 0; i < len(w.referred); i++ { // a note may refer to another
		w.note = strconv.Itoa(i + 1)
		w.blocks(w.referred[i])
		w.flush()
	}
	w.note = ""
}
