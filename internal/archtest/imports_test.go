// Package archtest keeps the imports of the module pointing one way.
package archtest

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// allowed lists, for every package of the module, the packages of the module
// that its code may import, and the outside modules that are let in nowhere else.
// Tests may import more: they stand outside the flow of data.
var allowed = map[string][]string{
	"timeline": nil,
	"seeds":    nil,
	"diff":     {"timeline", "github.com/sergi/go-diff"},
	"storage":  {"timeline", "go.etcd.io/bbolt"},

	"internal/survey": {"timeline", "diff"},

	"internal/pdf":         {"github.com/klippa-app/go-pdfium", "github.com/tetratelabs/wazero"},
	"internal/document":    {"internal/pdf"},
	"internal/pattern":     nil,
	"internal/container":   {"internal/pattern"},
	"internal/gazetteer":   {"timeline"},
	"internal/attribution": {"timeline", "internal/gazetteer"},
	"internal/extract":     {"timeline", "internal/document", "internal/gazetteer", "internal/attribution", "internal/pattern"},
	"internal/news":        {"timeline", "diff"},
	"internal/bulletin":    {"timeline", "internal/news", "internal/render", "internal/redline"},
	"internal/rules":       {"timeline", "diff", "internal/document", "internal/extract"},
	"internal/archive":     {"timeline", "diff", "storage", "internal/pdf", "internal/document", "internal/extract", "internal/rules", "internal/news"},
	"internal/render":      {"timeline", "diff", "internal/survey", "internal/news"},
	"internal/publish":     {"timeline", "diff", "internal/survey", "internal/render"},
	"internal/redline":     {"timeline", "diff", "internal/news"},
	"internal/web":         {"timeline", "diff", "internal/survey", "storage", "internal/archive", "internal/news", "internal/render", "internal/redline", "internal/publish", "internal/bulletin", "internal/sources"},
	"internal/fetch":       nil,
	"internal/sources":     {"timeline", "storage", "internal/document", "internal/gazetteer", "internal/extract", "internal/archive", "internal/news", "internal/fetch", "internal/pdf"},
	"internal/golden":      nil,
	"internal/archtest":    nil,

	"storage/storagetest": {"timeline", "storage"},
	"cmd/readout": {"timeline", "diff", "internal/survey", "storage", "seeds", "internal/document", "internal/gazetteer", "internal/attribution", "internal/extract",
		"internal/pdf", "internal/container", "internal/rules", "internal/news", "internal/archive", "internal/web", "internal/render", "internal/redline", "internal/publish", "internal/bulletin", "internal/fetch", "internal/sources", "github.com/urfave/cli/v2"},
}

// boxed are the outside modules that only the packages naming them above may import.
var boxed = []string{"github.com/sergi/go-diff", "go.etcd.io/bbolt", "github.com/urfave/cli/v2",
	"github.com/klippa-app/go-pdfium", "github.com/tetratelabs/wazero"}

func TestImportsPointOneWay(t *testing.T) {
	module := os.DirFS("../..")
	err := fs.WalkDir(module, ".", func(file string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && (e.Name() == "testdata" || strings.HasPrefix(e.Name(), ".") && file != ".") {
			return fs.SkipDir
		}
		if e.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		pkg := path.Dir(file)
		may, known := allowed[pkg]
		if !known {
			t.Errorf("package %s is not in the table of allowed imports", pkg)
			return nil
		}
		src, err := fs.ReadFile(module, file)
		if err != nil {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, src, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range parsed.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if !permitted(imported, may) {
				t.Errorf("%s imports %s, which package %s may not", file, imported, pkg)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// permitted reports whether a package that may import what is listed in may can
// import the given path.
func permitted(imported string, may []string) bool {
	if own, ok := strings.CutPrefix(imported, "readout/"); ok {
		return slices.Contains(may, own)
	}
	within := func(module string) bool { return imported == module || strings.HasPrefix(imported, module+"/") }
	for _, module := range boxed {
		if within(module) {
			return slices.Contains(may, module)
		}
	}
	return true
}
