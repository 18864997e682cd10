package document_test

import (
	"fmt"
	"strings"
	"testing"

	"readout/internal/document"
	"readout/internal/document/documenttest"
)

// TestCost sees that reading takes memory in proportion to length, whatever the shape: four
// times the text takes less than eight times as much. What takes time out of all proportion does not
// end before the time-out of the tests.
func TestCost(t *testing.T) {
	if testing.Short() {
		t.Skip("reads hostile input")
	}
	const size = 32 << 10
	once, more := documenttest.Hostile(size), documenttest.Hostile(4*size)
	for name := range once {
		allocated := func(data string) float64 {
			return documenttest.Allocated(t, func() {
				_, _ = document.Parse(name, []byte(data), document.Options{}) // an error is an answer too
			})
		}
		allocated(once[name]) // what is made on first use
		// What is refused when it is short may be read when it is long, which costs a little.
		if a, b := allocated(once[name]), allocated(more[name]); b > 8*a && b > 100*float64(len(more[name])) {
			t.Errorf("%s: %.0f bytes for one length, %.0f for four times the length", name, a, b)
		}
	}
}

// More text than any release has is refused, with the limit.
func TestMoreThanAnyRelease(t *testing.T) {
	for name, data := range map[string]string{
		"lines.txt": strings.Repeat("a\n", 300_000), "text.txt": strings.Repeat("The ministers agreed. ", document.MaxText/20), "blocks.html": strings.Repeat("<p>a", document.MaxBlocks+1),
		"tags.html": strings.Repeat("<b></b>", 100_001),
	} {
		if _, err := document.Parse(name, []byte(data), document.Options{}); err == nil || !strings.Contains(err.Error(), "more than any release has; the limit is") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A block that is longer than any paragraph is cut where a sentence ends.
func TestLongBlock(t *testing.T) {
	var b strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&b, "Sentence %d was said by the minister. ", i)
	}
	doc, err := document.Parse("a.txt", []byte(b.String()), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkLaws(t, doc)
	for _, block := range doc.Blocks {
		if text := doc.TextOf(block); !strings.HasSuffix(text, ".") || !strings.HasPrefix(text, "Sentence") {
			t.Errorf("cut amid a sentence: %.30q … %q", text, text[max(0, len(text)-30):])
		}
	}
	if got := strings.ReplaceAll(doc.Text, "\n\n", " "); got != strings.TrimSpace(b.String()) {
		t.Error("words were lost at a cut")
	}
}

// TestWidestTable: the cells of a table that is wider than any people read have no names.
func TestWidestTable(t *testing.T) {
	for columns, named := range map[int]bool{256: true, 257: false} {
		page := "<table><tr>" + strings.Repeat("<th>year</th>", columns) + "</tr><tr>" + strings.Repeat("<td>12 tons</td>", columns) + "</tr></table><p>The ministers met.</p>"
		doc, err := document.Parse("a.html", []byte(page), document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		got, cells := false, 0
		for _, b := range doc.Blocks {
			for _, c := range b.Cells {
				cells++
				got = got || c.ColumnName != ""
			}
		}
		if got != named || cells < columns {
			t.Errorf("a table of %d columns: %d cells, names: %v", columns, cells, got)
		}
	}
}
