package document_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/internal/document"
)

const word = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// docx packs a Word document: the inside of its body, and further parts by name
// under word/.
func docx(tb testing.TB, body string, parts map[string]string) []byte {
	tb.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	add := func(name, data string) {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, data)
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	add("[Content_Types].xml", `<Types/>`)
	add("_rels/.rels", `<Relationships><Relationship Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>`)
	add("word/document.xml", `<?xml version="1.0" encoding="UTF-8"?><w:document `+word+`><w:body>`+body+`</w:body></w:document>`)
	for name, data := range parts {
		add("word/"+name, data)
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// par is a paragraph of Word; props is the inside of its properties.
func par(props, text string) string {
	return `<w:p><w:pPr>` + props + `</w:pPr><w:r><w:t xml:space="preserve">` + text + `</w:t></w:r></w:p>`
}

func item(list, level, text string) string {
	return par(`<w:numPr><w:ilvl w:val="`+level+`"/><w:numId w:val="`+list+`"/></w:numPr>`, text)
}

var (
	wordStyles = `<w:styles ` + word + `>
<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Standard"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>
<w:style w:type="character" w:styleId="Fett"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style></w:styles>`
	wordNumbering = `<w:numbering ` + word + `>
<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="(%1)"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="10"><w:lvl w:ilvl="0"><w:start w:val="11"/><w:numFmt w:val="japaneseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="9"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num><w:num w:numId="5"><w:abstractNumId w:val="10"/></w:num></w:numbering>`
	wordNotes = `<w:footnotes ` + word + `><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t xml:space="preserve"> Of 2031.</w:t></w:r></w:p></w:footnote></w:footnotes>`
	wordBody = par(`<w:pStyle w:val="Titel"/>`, "Talks in Lenna") +
		par(`<w:pStyle w:val="berschrift1"/>`, "Harbour") +
		`<w:p><w:r><w:t>The ministers </w:t></w:r><w:del><w:r><w:delText>discussed</w:delText></w:r></w:del><w:ins><w:r><w:t>agreed on</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> the piers</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>.</w:t></w:r></w:p>` +
		item("1", "0", "The first.") + item("1", "1", "Its part.") + item("1", "1", "Another.") + item("1", "0", "The second.") +
		par(`<w:pStyle w:val="berschrift1"/>`, "Fish") +
		item("4", "0", "Begun anew.") + item("3", "0", "A bullet.") + item("5", "0", "漁業") +
		`<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">One </w:t></w:r></w:p>` + par("", "paragraph.") +
		`<w:p><w:r><w:rPr><w:rStyle w:val="Fett"/></w:rPr><w:t>Trade:</w:t></w:r><w:r><w:t xml:space="preserve"> it grows.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p>` +
		`<w:tbl><w:tr><w:tc>` + par("", "Year") + `</w:tc><w:tc>` + par("", "Ships") + `</w:tc></w:tr><w:tr><w:tc>` + par("", "2034") + `</w:tc><w:tc>` + par("", "12") + `</w:tc></w:tr></w:tbl>` +
		`<w:tbl><w:tr><w:tc>` + par("", "A frame around the text.") + `</w:tc></w:tr></w:tbl>`
)

func TestDOCX(t *testing.T) {
	data := docx(t, wordBody, map[string]string{"styles.xml": wordStyles, "numbering.xml": wordNumbering, "footnotes.xml": wordNotes})
	doc, err := document.Parse("a.bin", data, document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkLaws(t, doc)
	want := `docx in 

heading 1 center:
	Talks in Lenna

heading 1 strong:
	1. Harbour

paragraph:
	The ministers agreed on the piers.

item 1 "(1)":
	The first.

item 2 "1.i)":
	Its part.

item 2 "1.ii)":
	Another.

item 1 "(2)":
	The second.

heading 1 strong:
	2. Fish

item 1 "(1)":
	Begun anew.

item 1 "-":
	A bullet.

item 1 "十一、":
	漁業

paragraph:
	One paragraph.

paragraph:
	Trade: it grows.

row:
	Year | Ships

row:
	2034 | 12

paragraph:
	A frame around the text.

paragraph note:
	1 Of 2031.
`
	if diff := cmp.Diff(want, describe(doc)); diff != "" {
		t.Errorf("Parse mismatch (-want +got):\n%s", diff)
	}
}

func TestDOCXErrors(t *testing.T) {
	bomb := docx(t, strings.Repeat(" ", 40<<20), nil)
	if len(bomb) > 1<<20 {
		t.Fatalf("the bomb is %d bytes long", len(bomb))
	}
	whole := docx(t, wordBody, nil)
	deep := docx(t, strings.Repeat("<w:sdt>", 2000)+strings.Repeat("</w:sdt>", 2000), nil)
	for _, tt := range []struct {
		name string
		data []byte
		says string
	}{
		{"bomb.docx", bomb, "16 MiB"},
		{"cut.docx", whole[:len(whole)/2], "fetch it again"},
		{"deep.docx", deep, "nested"},
		{"markup.docx", docx(t, "<w:p>", nil), "markup is damaged"},
		{"empty.docx", docx(t, "", nil), "no text"},
	} {
		_, err := document.Parse(tt.name, tt.data, document.Options{})
		if err == nil || !strings.Contains(err.Error(), tt.says) || !strings.Contains(err.Error(), tt.name) {
			t.Errorf("Parse(%s) = %v, want an error with %q", tt.name, err, tt.says)
		}
	}
}

// FuzzDOCX changes the parts, not the archive around them: its format is the
// standard library's to read.
func FuzzDOCX(f *testing.F) {
	f.Add(wordBody, wordStyles, wordNumbering, wordNotes)
	f.Add(`<w:p><w:r><w:drawing><w:txbxContent>`+par("", "box")+`</w:txbxContent></w:drawing></w:r></w:p>`, "<a/>", "", "<b>")
	f.Fuzz(func(t *testing.T, body, styles, numbering, notes string) {
		data := docx(t, body, map[string]string{"styles.xml": styles, "numbering.xml": numbering, "footnotes.xml": notes})
		doc, err := document.Parse("a.docx", data, document.Options{})
		if err == nil {
			checkLaws(t, doc)
		}
	})
}

func BenchmarkDOCX(b *testing.B) {
	data := docx(b, strings.Repeat(wordBody, 20), map[string]string{"styles.xml": wordStyles, "numbering.xml": wordNumbering, "footnotes.xml": wordNotes})
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := document.Parse("a.docx", data, document.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
