package pdf

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/klippa-app/go-pdfium/requests"
)

// TestSandbox asks PDFium itself for what it must not have: a file of the host, and
// more memory than the bound.
func TestSandbox(t *testing.T) {
	r := NewReader(Options{Cache: filepath.Join(os.TempDir(), "readout-test-pdfium")})
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	const empty = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>"
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(path, []byte(empty), 0o600); err != nil {
		t.Fatal(err)
	}
	pool, err := r.start()
	if err != nil {
		t.Fatal(err)
	}
	instance, err := pool.GetInstanceWithContext(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	data := []byte(empty)
	if _, err := instance.OpenDocument(&requests.OpenDocument{File: &data}); err != nil {
		t.Errorf("a file handed in does not open: %v", err)
	}
	if _, err := instance.OpenDocument(&requests.OpenDocument{FilePath: &path}); err == nil {
		t.Error("PDFium opens files of the host")
	}
	if err := instance.Close(); err != nil {
		t.Error(err)
	}
	if _, err := r.Read(t.Context(), make([]byte, maxMemory+1)); err == nil {
		t.Error("PDFium takes a file that is larger than its memory")
	}
	if text, err := r.Read(t.Context(), data); err != ErrScanned {
		t.Errorf("Read after one that did not fit = %v, %v, want ErrScanned", text, err)
	}
}
