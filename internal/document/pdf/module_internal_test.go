package pdf

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestModuleIsTheLibrarys: what is packed here is the module of the very release of go-pdfium
// that go.mod names, byte for byte.
func TestModuleIsTheLibrarys(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/klippa-app/go-pdfium").Output()
	dir := strings.TrimSpace(string(out))
	if err != nil || dir == "" {
		t.Skipf("the source of go-pdfium is not at hand: %v", err)
	}
	want, err := os.ReadFile(filepath.Join(dir, "internal", "pdfium_wasm", "pdfium.wasm"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := module()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("pdfium.wasm.zst holds %d bytes, not the %d of go-pdfium: pack it anew as module.go says", len(got), len(want))
	}
}
