package document_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/internal/document"
)

func TestFrontMatter(t *testing.T) {
	want := document.Meta{Title: "Joint statement: Norway and Uruguay", Date: "2031-05-09", URL: "https://mfa.example/a/2"}
	for name, head := range map[string]string{
		"YAML":                   "---\ntitle: 'Joint statement: Norway and Uruguay'\ndate: 2031-05-09\nsource_url: https://mfa.example/a/2\n---\n",
		"a colon in a value":     "---\ntitle: Joint statement: Norway and Uruguay\ndate: 2031-05-09\nsource_url: https://mfa.example/a/2\n---\n",
		"doubled marks":          "---\ntitle: \"\"Joint statement: Norway and Uruguay\"\"\ndate: \"2031-05-09\"\nsource_url: https://mfa.example/a/2\n---\n",
		"a mark that is open":    "---\ntitle: \"Joint statement: Norway and Uruguay\ndate: 2031-05-09\nsource_url: https://mfa.example/a/2\n---\n",
		"a tab":                  "---\ntitle: Joint statement: Norway and Uruguay\n\ttags: x\ndate: 2031-05-09\nsource_url: https://mfa.example/a/2\n...\n",
		"a value of two lines":   "---\ntitle: \"Joint statement:\n  Norway and Uruguay\ndate: 2031-05-09\nurl: https://mfa.example/a/2\n---\n",
		"a list and a bad value": "---\ntitle: Joint statement: Norway and Uruguay\ntags:\n  - a: b: c\ndate: 2031-05-09\nurl: https://mfa.example/a/2\n---\n",
		"a key that comes twice": "---\ntitle: 'Joint statement: Norway and Uruguay'\ndate: 2031-05-09\ndate: 2031-06-01\nurl: https://mfa.example/a/2\n---\n",
		"TOML":                   "+++\ntitle = \"Joint statement: Norway and Uruguay\"\ndate = 2031-05-09\nurl = 'https://mfa.example/a/2'\n[params]\nx = 1\n+++\n",
		"bad TOML":               "+++\ntitle = Joint statement: Norway and Uruguay\ndate = 2031-05-09\nurl = \"https://mfa.example/a/2\"\n+++\n",
	} {
		doc, err := document.Parse("a.md", []byte(head+"\nThe ministers met.\n"), document.Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(want, doc.Meta); diff != "" || doc.Text != "The ministers met." {
			t.Errorf("%s: text %q, (-want +got):\n%s", name, doc.Text, diff)
		}
		if valid := name == "YAML" || name == "TOML"; valid != (len(doc.Warnings) == 0) {
			t.Errorf("%s: warnings %v", name, doc.Warnings)
		}
	}
}

// A rule is no front matter, and what is never closed is text.
func TestNoFrontMatter(t *testing.T) {
	for _, text := range []string{"---\n\nThe ministers met.\n\n---\n", "---\ntitle: x\n\n" + strings.Repeat("The ministers met.\n", 5000), "+++\nThe ministers met.\n"} {
		doc, err := document.Parse("a.md", []byte(text), document.Options{})
		if err != nil || !strings.Contains(doc.Text, "The ministers met.") || doc.Meta.Title != "" {
			t.Errorf("%.40q: title %q, %v", text, doc.Meta.Title, err)
		}
	}
}
