package document_test

import (
	"fmt"
	"strings"
	"testing"

	"readout/internal/document"
)

func BenchmarkParse(b *testing.B) {
	const sentence = "The two ministers agreed that the harbour of Lenna should be open to the ships of both countries. "
	paragraphs := func(before, after string, n int) string {
		return strings.Repeat(before+strings.Repeat(sentence, 5)+after, n)
	}
	for _, size := range []int{10, 1000} {
		for _, in := range []struct{ name, data string }{
			{"a.txt", paragraphs("(1)", "\n\n", size)},
			{"a.md", "---\ntitle: Talks\n---\n" + paragraphs("**Harbour**  \n", "\n\n", size)},
			{"a.html", "<html><title>Talks</title><nav><a href=/>Home</a></nav><main>" + paragraphs("<p><b>1. Harbour</b><br>", "</p>\n", size) + "</main>"},
		} {
			b.Run(fmt.Sprintf("%s/%d", strings.TrimPrefix(in.name, "a."), size), func(b *testing.B) {
				data := []byte(in.data)
				b.SetBytes(int64(len(data)))
				b.ReportAllocs()
				for b.Loop() {
					if _, err := document.Parse(in.name, data, document.Options{}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkFormats reads the same words as plain text, HTML, DOCX and PDF: 40
// lines a page, in paragraphs of eight. PDFium has started before the clock does.
func BenchmarkFormats(b *testing.B) {
	const line = "The two ministers agreed that the harbour of Lenna should stay open and"
	for _, pages := range []int{3, 30} {
		var text, web, body strings.Builder
		var sheets [][]set
		for range pages {
			var sheet []set
			for p := range 5 {
				paragraph := strings.TrimSuffix(strings.Repeat(line+" ", 8), " and ") + "."
				text.WriteString(paragraph + "\n\n")
				web.WriteString("<p>" + paragraph + "</p>\n")
				body.WriteString(par("", paragraph))
				for l := range 8 {
					sheet = append(sheet, set{60, float64(740 - 140*p - 14*l), 10, false, line})
				}
				sheet[len(sheet)-1].text = strings.TrimSuffix(line, " and") + "."
			}
			sheets = append(sheets, sheet)
		}
		for _, in := range []struct {
			name string
			data []byte
		}{
			{"a.txt", []byte(text.String())},
			{"a.html", []byte("<html><title>Talks</title><main>" + web.String() + "</main>")},
			{"a.docx", docx(b, body.String(), nil)},
			{"a.pdf", paper(sheets...)},
		} {
			b.Run(fmt.Sprintf("%s/%d", strings.TrimPrefix(in.name, "a."), pages), func(b *testing.B) {
				o := document.Options{}
				if in.name == "a.pdf" {
					o.PDF = pdfReader(b)
				}
				parse := func() {
					if _, err := document.Parse(in.name, in.data, o); err != nil {
						b.Fatal(err)
					}
				}
				parse()
				b.ReportAllocs()
				for b.Loop() {
					parse()
				}
				b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*pages), "µs/page")
			})
		}
	}
}
