package document_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/internal/document"
	"readout/internal/document/pdf"
)

// pdfReader returns a reader whose compiled code outlives the test: compiling
// takes seconds.
func pdfReader(tb testing.TB) *pdf.Reader {
	r := pdf.NewReader(pdf.Options{Cache: filepath.Join(os.TempDir(), "readout-test-pdfium")})
	tb.Cleanup(func() {
		if err := r.Close(); err != nil {
			tb.Error(err)
		}
	})
	return r
}

// set is a line of type on a page, in Courier, whose letters are 0.6 of its size
// wide.
type set struct {
	x, y, size float64
	bold       bool
	text       string
}

// paper makes a PDF file of pages of 600 by 800 points.
func paper(pages ...[]set) []byte {
	var b bytes.Buffer
	var offsets []int
	object := func(format string, args ...any) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(offsets), fmt.Sprintf(format, args...))
	}
	b.WriteString("%PDF-1.4\n")
	kids := make([]string, len(pages))
	for i := range pages {
		kids[i] = fmt.Sprintf("%d 0 R", 5+2*i)
	}
	object("<</Type/Catalog/Pages 2 0 R>>")
	object("<</Type/Pages/Kids[%s]/Count %d>>", strings.Join(kids, " "), len(pages))
	object("<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>")
	object("<</Type/Font/Subtype/Type1/BaseFont/Courier-Bold/Encoding/WinAnsiEncoding>>")
	for i, lines := range pages {
		var s strings.Builder
		for _, l := range lines {
			font := "F"
			if l.bold {
				font = "B"
			}
			text := strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(l.text)
			fmt.Fprintf(&s, "BT /%s %g Tf %g %g Td (%s) Tj ET\n", font, l.size, l.x, l.y, text)
		}
		object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R/B 4 0 R>>>>/Contents %d 0 R>>", 6+2*i)
		object("<</Length %d>>stream\n%s\nendstream", s.Len(), s.String())
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, at := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF", len(offsets)+1, start)
	return b.Bytes()
}

// release is three pages as ministries print them: a header and a footer, an
// indent for each paragraph, hyphens at line ends, a footnote, a sentence that goes
// on overleaf.
func release() []byte {
	page := func(n int, lines ...set) []set {
		return append([]set{
			{60, 760, 10, false, fmt.Sprintf("Ministry of Foreign Affairs                             2034/%d", n)},
			{280, 30, 10, false, fmt.Sprintf("- %d -", n)},
		}, lines...)
	}
	return paper(
		page(1,
			set{191, 700, 14, true, "Foreign Ministers' Meeting"},
			set{264, 675, 10, false, "March 3, 2034"},
			set{84, 640, 10, false, "The two ministers spoke at length about the harbour of Lenna,"},
			set{60, 626, 10, false, "and the long-term use of its piers. Minister Orban explained how"},
			set{60, 612, 10, false, "his country sees the tariffs of Ve"},
			set{264, 616, 6, false, "1"},
			set{270, 612, 10, false, ", and asked for rules that are long-"},
			set{60, 598, 10, false, "term, which Minister Sato welcomed after the talks, and in prin-"},
			set{60, 584, 10, false, "ciple. This principle was laid down in 2031."},
			set{84, 570, 10, false, "They agreed to meet again before the end of the year in order"},
			set{60, 556, 10, false, "to settle the open questions about the piers of the harbour"},
			set{60, 80, 7, false, "1 An island in the north."},
		),
		page(2,
			set{60, 700, 10, false, "and about the ships. Both welcomed the talks of experts, of which"},
			set{60, 686, 10, false, "three rounds were held."},
			set{60, 658, 10, true, "2. Fisheries"},
			set{60, 630, 10, false, "(1) The two ministers confirmed the quota, and they will tell the"},
			set{78, 616, 10, false, "fleets of both countries so."},
			set{60, 602, 10, false, "(2) They discussed the nets."},
		),
		page(3,
			set{84, 700, 10, false, "The meeting ended with a dinner."},
		),
	)
}

func TestPDF(t *testing.T) {
	doc, err := document.Parse("a.pdf", release(), document.Options{PDF: pdfReader(t)})
	if err != nil {
		t.Fatal(err)
	}
	checkLaws(t, doc)
	want := `pdf in 

heading 2 strong center:
	Foreign Ministers' Meeting

paragraph center:
	March 3, 2034

paragraph:
	The two ministers spoke at length about the harbour of Lenna, and the long-term use of its piers. Minister Orban explained how his country sees the tariffs of Ve, and asked for rules that are long-term, which Minister Sato welcomed after the talks, and in principle. This principle was laid down in 2031.

paragraph:
	They agreed to meet again before the end of the year in order to settle the open questions about the piers of the harbour and about the ships. Both welcomed the talks of experts, of which three rounds were held.

paragraph strong:
	2. Fisheries

paragraph:
	(1) The two ministers confirmed the quota, and they will tell the fleets of both countries so.

paragraph:
	(2) They discussed the nets.

paragraph:
	The meeting ended with a dinner.

paragraph note:
	1 An island in the north.
`
	if diff := cmp.Diff(want, describe(doc)); diff != "" {
		t.Errorf("Parse mismatch (-want +got):\n%s", diff)
	}
}

// TestPDFErrors holds the errors to naming the file and saying what to do.
func TestPDFErrors(t *testing.T) {
	reader := pdfReader(t)
	whole := release()
	encrypted := bytes.Replace(whole, []byte("trailer<<"), []byte("trailer<</Encrypt<</Filter/Standard/V 1/R 2/P -4/O(abcdefghijklmnopqrstuvwxyz012345)/U(abcdefghijklmnopqrstuvwxyz012345)>>/ID[(a)(a)]"), 1)
	for _, tt := range []struct {
		name string
		data []byte
		want error
		says string
	}{
		{"cut.pdf", whole[:40], pdf.ErrDamaged, "fetch it again"},
		{"scan.pdf", paper(nil, nil), pdf.ErrScanned, "OCR"},
		{"locked.pdf", encrypted, pdf.ErrEncrypted, "without a password"},
	} {
		_, err := document.Parse(tt.name, tt.data, document.Options{PDF: reader})
		if !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.says) || !strings.Contains(err.Error(), tt.name) {
			t.Errorf("Parse(%s) = %v, want %v with %q", tt.name, err, tt.want, tt.says)
		}
	}
}

func FuzzPDF(f *testing.F) {
	reader := pdf.NewReader(pdf.Options{Cache: filepath.Join(os.TempDir(), "readout-test-pdfium")})
	f.Cleanup(func() { _ = reader.Close() })
	f.Add(release())
	f.Add(paper([]set{{60, 700, 10, false, "The ministers met."}}))
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := document.Parse("a.pdf", data, document.Options{PDF: reader})
		if err == nil {
			checkLaws(t, doc)
		}
	})
}

func BenchmarkPDF(b *testing.B) {
	reader := pdfReader(b)
	data := release()
	if _, err := document.Parse("a.pdf", data, document.Options{PDF: reader}); err != nil {
		b.Fatal(err) // and PDFium is started
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := document.Parse("a.pdf", data, document.Options{PDF: reader}); err != nil {
			b.Fatal(err)
		}
	}
}
