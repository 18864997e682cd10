package document_test

import (
	"strings"
	"testing"

	"readout/internal/document"
)

func TestSelectors(t *testing.T) {
	const page = `<html><head><title>T</title></head><body><p>Around the text there is this.</p><article><p>The text stands here.</p><p class=no>Not this.</p><article><p>And here.</p></article></article></body></html>`
	for _, tt := range []struct {
		s    document.Selectors
		want string
	}{
		{document.Selectors{}, "Around the text there is this. The text stands here. Not this. And here."},
		{document.Selectors{Content: "article"}, "The text stands here. Not this. And here."},
		{document.Selectors{Content: "article", Remove: ".no"}, "The text stands here. And here."},
		{document.Selectors{Remove: "article"}, "Around the text there is this."},
		{document.Selectors{Content: "#nothing"}, "Around the text there is this. The text stands here. Not this. And here."},
		{document.Selectors{Content: "body"}, "Around the text there is this. The text stands here. Not this. And here."},
		{document.Selectors{Content: "html, ["}, "Around the text there is this. The text stands here. Not this. And here."},
	} {
		doc, err := document.Parse("a.html", []byte(page), document.Options{Select: tt.s})
		if err != nil {
			t.Errorf("Parse with %+v: %v", tt.s, err)
			continue
		}
		if got := strings.Join(strings.Fields(doc.Text), " "); got != tt.want {
			t.Errorf("Parse with %+v = %q, want %q", tt.s, got, tt.want)
		}
	}
	if err := (document.Selectors{Content: "["}).Validate(); err == nil {
		t.Error("a selector that cannot be read is valid")
	}
}
