package pdf

import (
	_ "embed"
	"fmt"

	"github.com/klauspost/compress/zstd"
)

// packed is the module of PDFium that go-pdfium has, compressed to a third: in the library it
// stands as it is, which made the program 3.6 MB larger. After go-pdfium has moved on:
//
//	cd "$(go list -m -f '{{.Dir}}' github.com/klippa-app/go-pdfium)/internal/pdfium_wasm"
//	zstd -19 -f pdfium.wasm -o "$OLDPWD/pdfium.wasm.zst"
//
//go:embed pdfium.wasm.zst
var packed []byte

// module returns the code of PDFium. It takes a few hundredths of a second, beside the start of
// the sandbox, and no time where no PDF is read.
func module() ([]byte, error) {
	r, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer r.Close()
	wasm, err := r.DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("unpack its module: %w", err)
	}
	return wasm, nil
}
