package document_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/internal/document"
)

// cellsOf lists the cells of a document as "table row/column: text".
func cellsOf(d *document.Document) []string {
	var out []string
	for _, b := range d.Blocks {
		for _, c := range b.Cells {
			out = append(out, fmt.Sprintf("%d %s/%s: %s", b.Table, c.RowName, c.ColumnName, d.Text[c.Start:c.End]))
		}
	}
	return out
}

// A cell knows the names of its row and column, whatever marks them.
func TestCells(t *testing.T) {
	want := []string{"1 /: Port", "1 /: 2041", "1 /: 2042", "1 /Port: Ilo", "1 Ilo/2041: 3 tons", "1 Ilo/2042: 4 tons",
		"1 /Port: Callao", "1 Callao/2041: 5 tons", "1 Callao/2042: 6 tons"}
	plain := "<tr><td>%[1]sPort%[2]s</td><td>%[1]s2041%[2]s</td><td>%[1]s2042%[2]s</td></tr>" +
		"<tr><td>Ilo</td><td>3 tons</td><td>4 tons</td></tr><tr><td>Callao</td><td>5 tons</td><td>6 tons</td></tr></table>"
	lead := "<p>The two ministers agreed on what the ports should land in the years to come.</p>"
	for _, c := range []struct{ name, data string }{
		{"headings.html", lead + "<table>" + strings.ReplaceAll(strings.Replace(fmt.Sprintf(plain, "", ""), "td>", "th>", 6), "\n", "")},
		{"bold.html", lead + "<table>" + fmt.Sprintf(plain, "<b>", "</b>")},
		{"years.html", lead + "<table border=1>" + fmt.Sprintf(plain, "", "")},
		{"table.md", "The ministers agreed.\n\n| Port | 2041 | 2042 |\n|---|---|---|\n| Ilo | 3 tons | 4 tons |\n| Callao | 5 tons | 6 tons |\n"},
		{"tabs.txt", "The ministers agreed.\n\nPort\t2041\t2042\nIlo\t3 tons\t4 tons\nCallao\t5 tons\t6 tons\n"},
		{"spaces.txt", "The ministers agreed.\n\nPort      2041     2042\nIlo       3 tons   4 tons\nCallao    5 tons   6 tons\n"},
	} {
		d, err := document.Parse(c.name, []byte(c.data), document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, cellsOf(d)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// A cell that takes several columns or rows names all of them.
func TestCellsThatSpan(t *testing.T) {
	d, err := document.Parse("a.html", []byte("<p>The two ministers agreed on what the ports should land.</p><table>"+
		"<tr><th rowspan=2>Sea</th><th rowspan=2>Port</th><th colspan=2>2041</th></tr><tr><th>Spring</th><th>Autumn</th></tr>"+
		"<tr><td rowspan=2>South</td><td>Ilo</td><td>3</td><td>4</td></tr><tr><td>Callao</td><td>5</td><td>6</td></tr></table>"), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := cellsOf(d)
	want := []string{"1 South / Ilo/2041 / Spring: 3", "1 South / Ilo/2041 / Autumn: 4", "1 /Port: Callao", "1 South / Callao/2041 / Spring: 5", "1 South / Callao/2041 / Autumn: 6"}
	if diff := cmp.Diff(want, got[len(got)-5:]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Two columns of names, labels with what they say and lists are no tables.
func TestNoTables(t *testing.T) {
	for _, s := range []string{
		"Venue:    Oslo 2041\nDate:     3 May 2041\nTime:     10:00\n",
		"1.   Krill 40\n2.   Seals 50\n3.   Ports 60\n",
		"Aune Rosse    Bela Quint\nMinister      Minister\nNorway        Uruguay\n",
	} {
		d, err := document.Parse("a.txt", []byte("The ministers agreed.\n\n"+s), document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := cellsOf(d); got != nil {
			t.Errorf("%q has the cells %q, want none", s, got)
		}
	}
}

// Whatever shows a block to be a note, it is one, with its mark; the mark is no word of
// the text.
func TestNotes(t *testing.T) {
	page := "<p>The ministers agreed to share<sup>1</sup> the 1<sup>st</sup> catch of 40 km<sup>2</sup>.</p>"
	for _, c := range []struct{ name, data string }{
		{"list.html", page + `<ol class="footnotes"><li>Peru reserves its position.</li></ol>`},
		{"role.html", page + `<section role="doc-endnotes"><ol><li>Peru reserves its position.</li></ol></section>`},
		{"id.html", page + `<p id="_ftn1">[1] Peru reserves its position.</p>`},
		{"raised.html", page + "<hr><p><sup>1</sup> Peru reserves its position.</p>"},
		{"link.html", strings.Replace(page, "<sup>1</sup>", `<a href="#n1">[1]</a>`, 1) + `<p><a href="#t1">1</a> Peru reserves its position.</p>`},
		{"brackets.txt", "The ministers agreed to share [1] the 1st catch of 40 km2.\n\n[1] Peru reserves its position.\n"},
		{"notes.md", "The ministers agreed to share[^1] the 1st catch of 40 km2.\n\n[^1]: Peru reserves its position.\n"},
	} {
		d, err := document.Parse(c.name, []byte(c.data), document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		last := d.Blocks[len(d.Blocks)-1]
		if text := d.TextOf(last); !last.Note || last.Mark != "1" || !strings.HasSuffix(text, "Peru reserves its position.") {
			t.Errorf("%s: the last block is %+v %q, want note 1", c.name, last, text)
		}
		if got, want := d.TextOf(d.Blocks[0]), "The ministers agreed to share the 1st catch of 40 km2."; got != want {
			t.Errorf("%s: the text is %q, want %q", c.name, got, want)
		}
	}
}

// Captions and files beside the text are kept apart from it; those of boxes with other
// news are not kept at all.
func TestBesideTheText(t *testing.T) {
	d, err := document.Parse("a.html", []byte(`<article><h1>Talks on Krill</h1><figure><img src="a.jpg"><figcaption>The ministers in Oslo</figcaption></figure>`+
		`<p>The two ministers agreed on what the ports should land in the years to come.</p><p><a href="/krill.pdf">Agreement on krill (PDF, 120 KB)</a></p>`+
		`<aside class="related"><figure><img src="b.jpg"><figcaption>Another story</figcaption></figure><a href="/b.pdf">Another file</a></aside></article>`+
		`<footer><a href="/report.pdf">Annual report</a></footer>`), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"The ministers in Oslo"}, d.Captions); diff != "" {
		t.Errorf("captions (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Agreement on krill"}, d.Attachments); diff != "" {
		t.Errorf("attachments (-want +got):\n%s", diff)
	}
	if strings.Contains(d.Text, "Oslo") || strings.Contains(d.Text, "PDF") {
		t.Errorf("text %q holds what stands beside it", d.Text)
	}
}
