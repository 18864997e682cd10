package document_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"readout/internal/document"
	"readout/internal/rules/list"
)

func TestParseErrors(t *testing.T) {
	for _, tt := range []struct {
		name, data   string
		format, says string
	}{
		{"a.zip", "PK\x03\x04\x14\x00", "ZIP", "unpack"},
		{"a.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word", "save it as"},
		{"a.rtf", `{\rtf1 x}`, "RTF", "save it as"},
		{"a.html.gz", "\x1f\x8b\x08\x00", "gzip", "unpack"},
		{"a.jpg", "\xff\xd8\xff\xe0", "JPEG", "image"},
		{"a.eml", "Return-Path: <a@b.example>\nSubject: Readout\nMIME-Version: 1.0\n\n", "e-mail", "no text"},
		{"feed.xml", `<?xml version="1.0"?><rss version="2.0"><channel><title>T</title></channel></rss>`, "feed", "pages"},
		{"a.bin", strings.Repeat("\x00\x01\x02\x03\x07", 99), "binary", "not a text"},
		{"empty.txt", " \n", "text", "no text found"},
		{"app.html", "<html><body><div id=root></div><script>draw()</script></body></html>", "html", "script"},
	} {
		doc, err := document.Parse(tt.name, []byte(tt.data), document.Options{})
		var pe *document.ParseError
		if !errors.As(err, &pe) || doc != nil {
			t.Errorf("Parse(%s) = %v, %v, want a ParseError", tt.name, doc, err)
			continue
		}
		if pe.Name != tt.name || !strings.Contains(pe.Format, tt.format) || !strings.Contains(err.Error(), tt.says) || !strings.Contains(err.Error(), tt.name) {
			t.Errorf("Parse(%s) error = %q of format %q, want format %q and %q", tt.name, err, pe.Format, tt.format, tt.says)
		}
	}
	if _, err := document.Parse("empty", nil, document.Options{}); !errors.Is(err, document.ErrNoText) {
		t.Errorf("Parse of nothing = %v, want ErrNoText", err)
	}
	big := make([]byte, document.MaxBytes+1)
	if _, err := document.Parse("big.txt", big, document.Options{}); err == nil || !strings.Contains(err.Error(), "20 MiB") {
		t.Errorf("Parse of too many bytes = %v, want an error that names the limit", err)
	}
}

func TestFormat(t *testing.T) {
	for _, tt := range []struct {
		name, media, data string
		want              document.Format
	}{
		{"a.txt", "", "The ministers met.", document.Text},
		{"a", "", "The ministers met.", document.Text},
		{"-", "", "<!-- saved --><!DOCTYPE html><p>The ministers met.", document.HTML},
		{"a.txt", "text/plain", "\n<HTML><BODY>The ministers met.", document.HTML},
		{"https://a.example/view.do?id=3", "text/html; charset=utf-8", "The ministers met.", document.HTML},
		{"a.md", "", "# The ministers met.", document.Markdown},
		{"a.txt", "", "---\ntitle: T\n---\nThe ministers met.", document.Markdown},
		{"a.txt", "", "---\nThe ministers met.\n---\n", document.Text},
		{"a", "text/markdown", "The ministers met.", document.Markdown},
		{"a", "", "The ministers<br>met<br>for <b>an</b> hour</p>", document.HTML},
	} {
		doc, err := document.Parse(tt.name, []byte(tt.data), document.Options{MediaType: tt.media})
		if err != nil {
			t.Errorf("Parse(%s, %q): %v", tt.name, tt.data, err)
		} else if doc.Format != tt.want {
			t.Errorf("format of %s, %q, %q = %s, want %s", tt.name, tt.media, tt.data, doc.Format, tt.want)
		}
	}
}

const (
	icelandic = "Ráðherrann hitti sendiherrann í Reykjavík – „góður fundur“. "
	nipponese = "両大臣は、領土問題について意見を交換し、協議を継続することで一致した。"
	korean_   = "양측 장관은 국경 문제에 대하여 의견을 교환하고 협의를 계속하기로 합의하였다. "
	russian   = "Министры обсудили вопрос о границе и договорились продолжить переговоры. Стороны подтвердили Договор. "
)

func TestCharset(t *testing.T) {
	page := func(charset, text string) string {
		return `<html><head><meta http-equiv="Content-Type" content="text/html; charset=` + charset + `"></head><body><p>` + text + `</p></body></html>`
	}
	for _, tt := range []struct {
		what string
		text string
		file string // %s is the text
		enc  encoding.Encoding
		opts document.Options
		want string
	}{
		{"nothing declared, UTF-8", icelandic, "%s", encoding.Nop, document.Options{}, "utf-8"},
		{"UTF-8 declared as Latin 1", icelandic, page("iso-8859-1", "%s"), encoding.Nop, document.Options{}, "utf-8"},
		{"UTF-8 served as Shift_JIS", nipponese, "%s", encoding.Nop, document.Options{MediaType: "text/plain; charset=Shift_JIS"}, "utf-8"},
		{"meta windows-1252", icelandic, page("windows-1252", "%s"), charmap.Windows1252, document.Options{}, "windows-1252"},
		{"meta iso-8859-1 means windows-1252", icelandic, page("iso-8859-1", "%s"), charmap.Windows1252, document.Options{}, "windows-1252"},
		{"meta Shift_JIS", nipponese, page("Shift_JIS", "%s"), japanese.ShiftJIS, document.Options{}, "shift_jis"},
		{"XML declaration", russian, `<?xml version="1.0" encoding="koi8-r"?><html><body>%s</body></html>`, charmap.KOI8R, document.Options{}, "koi8-r"},
		{"media type above meta", russian, page("windows-1252", "%s"), charmap.Windows1251, document.Options{MediaType: "text/html; charset=windows-1251"}, "windows-1251"},
		{"charset above media type", russian, "%s", charmap.Windows1251, document.Options{MediaType: "text/plain; charset=koi8-r", Charset: "windows-1251"}, "windows-1251"},
		{"a declaration that cannot be", nipponese + nipponese, page("euc-kr", "%s"), japanese.ISO2022JP, document.Options{MediaType: "text/html; charset=iso-2022-jp"}, "iso-2022-jp"},
		{"unknown label", russian + russian, page("klingon", "%s"), charmap.Windows1251, document.Options{}, "windows-1251"},
		{"nothing declared, EUC-KR", strings.Repeat(korean_, 4), "%s", korean.EUCKR, document.Options{}, "euc-kr"},
		{"nothing declared, EUC-JP", strings.Repeat(nipponese, 4), "%s", japanese.EUCJP, document.Options{}, "euc-jp"},
		{"nothing declared, ISO-2022-JP", strings.Repeat(nipponese, 4), "%s", japanese.ISO2022JP, document.Options{}, "iso-2022-jp"},
		{"nothing declared, GB 18030", strings.Repeat("两国部长就边界问题交换了意见，并同意继续磋商。", 4), "%s", simplifiedchinese.GB18030, document.Options{}, "gb18030"},
		{"nothing declared, windows-1251", strings.Repeat(russian, 4), "%s", charmap.Windows1251, document.Options{}, "windows-1251"},
		{"nothing declared, IBM 866", strings.Repeat(russian, 4), "%s", charmap.CodePage866, document.Options{}, "ibm866"},
		{"nothing declared, MacCyrillic", strings.Repeat(russian, 4), "%s", charmap.MacintoshCyrillic, document.Options{}, "x-mac-cyrillic"},
		{"UTF-16 with a mark", icelandic, "%s", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), document.Options{}, "utf-16le"},
		{"UTF-16 without a mark", icelandic, "%s", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), document.Options{}, "utf-16be"},
	} {
		data, err := tt.enc.NewEncoder().String(strings.Replace(tt.file, "%s", tt.text, 1))
		if err != nil {
			t.Fatalf("%s: encode: %v", tt.what, err)
		}
		doc, err := document.Parse("a", []byte(data), tt.opts)
		if err != nil {
			t.Errorf("%s: %v", tt.what, err)
			continue
		}
		if want := strings.TrimSpace(tt.text); doc.Text != want || doc.Charset != tt.want {
			t.Errorf("%s: got %q in %s, want %q in %s", tt.what, doc.Text, doc.Charset, want, tt.want)
		}
	}
}

// TestShiftedKorean reads ISO-2022-KR, for which there is no encoder.
func TestShiftedKorean(t *testing.T) {
	data := "\x1b$)C\x0e\x47\x51\x31\x39\x0f - 2034\x0e"
	doc, err := document.Parse("a", []byte(data), document.Options{MediaType: "text/plain; charset=iso-2022-kr"})
	if err != nil || doc.Text != "한국 - 2034" || doc.Charset != "iso-2022-kr" {
		t.Errorf("Parse = %v, %v, want 한국 - 2034", doc, err)
	}
}

func TestInvisibleCharacters(t *testing.T) {
	for in, want := range map[string]string{
		"Minis\u00adter\u200b A\u202ero\x07": "Minister Aro",
		"e\u0301te\u0301":                    "été",
		"a\u00a0b\u3000c\u2003d":             "a b c d",
		"it\u0092s":                          "it’s",
		"１７ Ａ":                               "１７ Ａ", // the text keeps its own forms
		"می\u200cخواهم":                      "می\u200cخواهم",
		"one\u2028two":                       "one\ntwo",
		"\ufeffThe talks":                    "The talks",
	} {
		doc, err := document.Parse("a.txt", []byte(in), document.Options{})
		if err != nil {
			t.Errorf("Parse(%q): %v", in, err)
		} else if doc.Text != want {
			t.Errorf("text of %q = %q, want %q", in, doc.Text, want)
		}
	}
}

func TestWords(t *testing.T) {
	book, err := list.Open(fstest.MapFS{"furniture.txt": {Data: []byte("[class]\nzusatz # German\n!sns\n[end]\nzurück\n")}}, "")
	if err != nil {
		t.Fatal(err)
	}
	words := document.NewWords(book)
	page := "<p>Die Minister trafen sich am Montag in Bern zu einem Gespräch.</p><div class=zusatz>Weiteres</div><p class=sns>bleibt</p><p>Zurück zur Übersicht</p>"
	doc, err := document.Parse("a.html", []byte(page), document.Options{Words: words})
	if err != nil {
		t.Fatal(err)
	}
	if want := "Die Minister trafen sich am Montag in Bern zu einem Gespräch.\n\nbleibt"; doc.Text != want {
		t.Errorf("text = %q, want %q", doc.Text, want)
	}
}

// TestHostile checks that input made to hurt ends in time, with a document or an
// error.
func TestHostile(t *testing.T) {
	const n = 100_000
	for what, in := range map[string]string{
		"deep.html":   "<html>" + strings.Repeat("<div>", n) + "text",
		"bold.html":   "<html>" + strings.Repeat("<b><p>x", n/10),
		"links.html":  "<html>" + strings.Repeat("<a href=x><table><td>", 2000),
		"tables.html": "<html>" + strings.Repeat("<table><tr><td>", 150) + strings.Repeat("<td>x", n),
		"quotes.md":   strings.Repeat("> ", n) + "x",
		"lists.md":    strings.Repeat("- ", n) + "x",
		"links.md":    strings.Repeat("[", n),
		"images.md":   strings.Repeat("![a](", n/10),
		"stars.md":    strings.Repeat("*a **b ", n/10),
		"code.md":     strings.Repeat("`", n) + "a" + strings.Repeat(" ``", n/10),
		"lines.txt":   strings.Repeat("a\n", n),
		"yaml.md":     "---\na: &a [x,x]\n" + strings.Repeat("b: [*a,*a]\n", 1000) + "---\ntext",
	} {
		t.Run(what, func(t *testing.T) {
			doc, err := document.Parse(what, []byte(in), document.Options{})
			if err == nil {
				checkLaws(t, doc)
			}
		})
	}
}
