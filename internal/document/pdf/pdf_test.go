package pdf_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"readout/internal/document/pdf"
)

// turned is a page that is shown turned by a quarter, with a line of text along
// its longer side and a mark up the margin.
const turned = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/Rotate 90/MediaBox[0 0 400 600]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>endobj
4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Courier-Bold>>endobj
5 0 obj<</Length 112>>stream
BT /F 10 Tf 0 1 -1 0 100 50 Tm (The ministers met.) Tj ET
BT /F 10 Tf 1 0 0 1 20 20 Tm (DRAFT) Tj ET
endstream endobj
trailer<</Root 1 0 R>>`

func reader(t *testing.T, timeout time.Duration) *pdf.Reader {
	r := pdf.NewReader(pdf.Options{Timeout: timeout, Cache: filepath.Join(os.TempDir(), "readout-test-pdfium")})
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

func TestTurnedPage(t *testing.T) {
	text, err := reader(t, 0).Read(t.Context(), []byte(turned))
	if err != nil {
		t.Fatal(err)
	}
	if len(text.Pages) != 1 || len(text.Pages[0].Lines) != 1 {
		t.Fatalf("Read = %+v, want one line on one page", text)
	}
	p, l := text.Pages[0], text.Pages[0].Lines[0]
	if p.Width != 600 || p.Height != 400 {
		t.Errorf("page is %g by %g, want 600 by 400", p.Width, p.Height)
	}
	if l.Text() != "The ministers met." || l.Left != 50 || l.Base != 300 || l.Size != 10 || !l.Spans[0].Bold {
		t.Errorf("line = %+v, want bold, of size 10, at 50 and 300", l)
	}
}

func TestBounds(t *testing.T) {
	hurried := reader(t, time.Nanosecond)
	for range 5 { // more than are read at once: a file that is given up frees its place
		if _, err := hurried.Read(t.Context(), []byte(turned)); !errors.Is(err, pdf.ErrTimeout) {
			t.Errorf("Read within a nanosecond = %v, want ErrTimeout", err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := reader(t, 0).Read(ctx, []byte(turned)); !errors.Is(err, context.Canceled) {
		t.Errorf("Read under a cancelled context = %v, want Canceled", err)
	}
	closed := pdf.NewReader(pdf.Options{})
	if err := closed.Close(); err != nil {
		t.Errorf("Close of a reader that never read: %v", err)
	}
	if _, err := closed.Read(t.Context(), []byte(turned)); err == nil {
		t.Error("a closed reader reads")
	}
}
