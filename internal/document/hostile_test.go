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

// TestTableOfManyCells: a table of as many cells as fit into a megabyte takes no more than a hundred bytes of memory
// for each of its own in Markdown, of which tables so dense are read as text, and of a page, whose tags are bounded, no
// more than two hundred.
func TestTableOfManyCells(t *testing.T) {
	if testing.Short() {
		t.Skip("reads hostile input")
	}
	const size = 1 << 20
	for _, columns := range []int{50, 250, 5000} {
		rows := func(unit, end string, size int) string {
			row := strings.Repeat(unit, columns) + end
			return strings.Repeat(row, size/len(row)+1)
		}
		for _, x := range []struct {
			name, data string
			most       float64
		}{
			{"short.md", rows("|a", "|\n", 1) + rows("|-", "|\n", 1) + rows("|a", "|\n", size), 100},
			{"long.md", rows("|abcdefghijk", "|\n", 1) + rows("|-", "|\n", 1) + rows("|abcdefghijk", "|\n", size), 100},
			{"short.html", "<table>" + rows("<td>a", "<tr>", size*9/10), 200},
		} {
			var err error
			took := documenttest.Allocated(t, func() {
				_, err = document.Parse(x.name, []byte(x.data), document.Options{})
			})
			if each := took / float64(len(x.data)); err != nil || each > x.most {
				t.Errorf("%s, %d columns: %.0f bytes for each of the document, %v", x.name, columns, each, err)
			}
		}
	}
}

// A table of a release, wide and sparse as they are, stays one; one of more cells than anybody reads is text.
func TestDenseTable(t *testing.T) {
	for _, x := range []struct {
		rows int
		row  string
		kind document.Kind
	}{
		{300, strings.Repeat("| 1 ", 30) + "|\n", document.Row},
		{1500, strings.Repeat("| the base rate ", 10) + "|\n", document.Row},
		{400, strings.Repeat("|1", 30) + "|\n", document.Paragraph},
	} {
		columns := strings.Count(x.row, "|") - 1
		doc, err := document.Parse("a.md", []byte(x.row+strings.Repeat("|-", columns)+"|\n"+strings.Repeat(x.row, x.rows)), document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := doc.Blocks[len(doc.Blocks)-1].Kind; got != x.kind {
			t.Errorf("%d rows of %d columns are read as %v, want %v", x.rows, columns, got, x.kind)
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
