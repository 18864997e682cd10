package document_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/internal/document"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGolden reads each file of testdata/golden and compares what was found with
// the file of the same name and ".golden".
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/golden/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, ".golden") {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			doc, err := document.Parse(file, data, document.Options{})
			if err != nil {
				t.Fatal(err)
			}
			checkLaws(t, doc)
			got := describe(doc)
			golden := file + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("Parse(%s) mismatch (-want +got):\n%s", file, diff)
			}
		})
	}
}

// describe prints a document for a golden file: what it says of itself, then a
// line for each block.
func describe(doc *document.Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s in %s\n", doc.Format, doc.Charset)
	m := doc.Meta
	for _, f := range []struct{ name, value string }{
		{"title", m.Title}, {"url", m.URL}, {"date", m.Date}, {"published", m.Published}, {"modified", m.Modified},
		{"captured", m.Captured}, {"language", m.Language}, {"kind", m.Kind}, {"site", m.SiteName},
	} {
		if f.value != "" {
			fmt.Fprintf(&b, "%s: %s\n", f.name, f.value)
		}
	}
	for _, k := range doc.Blocks {
		fmt.Fprintf(&b, "\n%s", k.Kind)
		if k.Level > 0 {
			fmt.Fprintf(&b, " %d", k.Level)
		}
		if k.Label != "" {
			fmt.Fprintf(&b, " %q", k.Label)
		}
		if k.Strong {
			b.WriteString(" strong")
		}
		if k.Note {
			b.WriteString(" note")
		}
		if k.Align != "" {
			b.WriteString(" " + k.Align)
		}
		fmt.Fprintf(&b, ":\n\t%s\n", strings.ReplaceAll(doc.TextOf(k), "\n", "\n\t"))
	}
	return b.String()
}
