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
