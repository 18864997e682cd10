package container_test

import (
	"testing"
	"unicode/utf8"

	"readout/internal/document/container"
)

// FuzzMapping: whatever paths a mapping has, and whatever they are looked for in, what comes out
// keeps to the limits and has names that can be shown.
func FuzzMapping(f *testing.F) {
	f.Add([]byte(`{"items":[{"t":"Talks","b":{"c":"<p>text"},"u":"https://mfa.example/1"}]}`), "items", "t", "b.c", "u")
	f.Add([]byte("day,title,body\n1,2,3\n"), "", "title", "body", "day")
	f.Add([]byte("<?xml version=\"1.0\"?><a><b c=\"d\">e</b><b/></a>"), "a.b", "@c", "", "b.@")
	f.Add([]byte(`[[[1]]]`), "0.0", "..", "0.", ".")
	limits := container.Limits{Entries: 100, Entry: 1 << 20, Total: 4 << 20}
	f.Fuzz(func(t *testing.T, data []byte, records, title, text, url string) {
		m := &container.Mapping{Records: records, Title: title, Text: text, URL: url, Published: title, Modified: url, Language: text}
		if m.Check() != nil {
			return
		}
		n := 0
		for it, err := range container.Open("x", data, container.Options{Limits: limits, Mapping: m}) {
			if n++; !utf8.ValidString(it.Name) {
				t.Errorf("name %q is not UTF-8", it.Name)
			}
			if err != nil && it.Data != nil {
				t.Errorf("item %q has bytes and the error %v", it.Name, err)
			}
		}
		if n > 2*limits.Entries+10 {
			t.Errorf("%d items", n)
		}
	})
}
