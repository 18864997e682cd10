package web

import (
	"strings"
	"testing"
)

// FuzzMark: the pieces of a marked text are the text, none of them is empty, and the address that a
// sign-in leads to is one of this server.
func FuzzMark(f *testing.F) {
	f.Add("The krill quota of the fleet", `krill "quota of"`)
	f.Add("日本の外相会談", "外相")
	f.Add("İstanbul ǅ ß", "i ǆ SS")
	f.Add("a\xffb", "-x \"")
	f.Add("/series/NO-UY?since=1", `//evil.example \ `)
	f.Fuzz(func(t *testing.T, text, query string) {
		var b strings.Builder
		for _, p := range mark(text, looked(query)) {
			if p.Text == "" {
				t.Errorf("mark(%q, %q) has an empty piece", text, query)
			}
			b.WriteString(p.Text)
		}
		if b.String() != text {
			t.Errorf("mark(%q, %q) = %q", text, query, b.String())
		}
		for _, address := range []string{text, query} {
			if to := ownPage(address); !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.HasPrefix(to, `/\`) {
				t.Errorf("%q leads to %q", address, to)
			}
		}
	})
}
