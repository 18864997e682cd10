package document_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"readout/internal/document"
)

// checkLaws fails the test unless the document keeps what its types promise: the
// text is NFC and holds nothing invisible, and the blocks, in order and with a
// blank line between them, are the whole of it.
func checkLaws(t *testing.T, doc *document.Document) {
	t.Helper()
	if !utf8.ValidString(doc.Text) || !norm.NFC.IsNormalString(doc.Text) {
		t.Errorf("text is not valid UTF-8 in NFC: %q", doc.Text)
	}
	if strings.ContainsAny(doc.Text, "\x00\r\t\u00a0\u3000\u00ad\u200b\u202e\ufeff") {
		t.Errorf("text holds control characters or odd spaces: %q", doc.Text)
	}
	at := 0
	for i, b := range doc.Blocks {
		if i > 0 {
			if !strings.HasPrefix(doc.Text[at:], "\n\n") {
				t.Fatalf("no blank line before block %d at %d in %q", i, at, doc.Text)
			}
			at += 2
		}
		if b.Start != at || b.End <= b.Start || b.End > len(doc.Text) {
			t.Fatalf("block %d is %d to %d, want a start of %d, in %d bytes", i, b.Start, b.End, at, len(doc.Text))
		}
		text := doc.TextOf(b)
		if strings.Contains(text, "\n\n") || strings.TrimSpace(text) != text {
			t.Errorf("block %d holds a blank line or space at its ends: %q", i, text)
		}
		at = b.End
	}
	if at != len(doc.Text) {
		t.Errorf("blocks end at %d of %d bytes", at, len(doc.Text))
	}
}

func fuzz(f *testing.F, name string, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := document.Parse(name, data, document.Options{})
		if err != nil {
			if doc != nil {
				t.Error("Parse returned a document and an error")
			}
			return
		}
		checkLaws(t, doc)
	})
}

func FuzzText(f *testing.F) {
	fuzz(f, "a.txt", "One\r\ntwo\n\n- a\n  - b\n\n(1)The talks", "\xff\xfea\x00\n\x00", "\x1b$B$\"\x1b(B", "\u3000全角\u3000の空白", "e\u0301 \u202eabc", "1.\n\n2.")
}

func FuzzMarkdown(f *testing.F) {
	fuzz(f, "a.md", "---\ntitle: \"A\\u2019s\"\ndate: 2040-01-02\n---\n\n**Head**  \ntext\n\n\\###\n", "- a\n  1. b\n\n     c\n", "| a | b |\n|---|---|\n| 1 | 2 |\n",
		"<div>x<br>y</div>\n\n**Word **", "# H\n===\n> > q\n", "[a](b) <https://c.example> ![d](e)")
}

func FuzzHTML(f *testing.F) {
	fuzz(f, "a.html", "<title>T</title><h1>T</h1><p>a<br><br>b<ul><li>c<ol><li>(1) d</ol></ul>", "<table><tr><td>(1)<td>text</table>",
		"<b>1. H</b><br>t<font><center>x", "<dl><dt>a<dd>b<dl><dd>c</dl></dl>", "<a href=x>l</a> | <a href=y>m</a><p><img src=p.jpg><br>c", "<pre>a\n b</pre><svg><title>x</title></svg>")
}
