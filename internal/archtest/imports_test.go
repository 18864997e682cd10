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

// floor is the package that every other may import: what a letter is.
const floor = "internal/letters"

// allowed lists, for every package of the module, the packages of the module
// that its code may import, and the outside modules that are let in nowhere else.
// Tests may import more: they stand outside the flow of data.
var allowed = map[string][]string{
	floor: nil,

	"timeline":     {"internal/rules/list"},
	"seeds":        nil,
	"diff":         {"internal/rules/list", "timeline", "github.com/sergi/go-diff"},
	"storage":      {"timeline", "go.etcd.io/bbolt"},
	"diff/formula": {"internal/rules/list", "timeline", "diff"},

	"internal/ask": {"timeline", "diff", "diff/formula"},

	"internal/document/charset":   {"internal/rules/list"},
	"internal/document/pdf":       {"github.com/klippa-app/go-pdfium", "github.com/tetratelabs/wazero"},
	"internal/document":           {"internal/rules/list", "internal/rules/pattern", "internal/document/pdf", "internal/document/charset", "internal/document/container"},
	"internal/rules/pattern":      nil,
	"internal/rules/list":         nil,
	"internal/rules/example":      {"timeline", "internal/reading/calendar", "internal/archive/address", "diff", "diff/formula", "internal/document", "internal/reading", "internal/reading/names", "internal/rules", "internal/rules/list", "internal/sources", "internal/sources/fetch"},
	"internal/document/container": {"internal/document/charset", "internal/rules/pattern"},
	"internal/reading/names":      {"internal/rules/list", "timeline"},
	"internal/reading/speech/en":  {},
	"internal/reading/speech":     {"internal/rules/list", "internal/rules/pattern", "timeline", "internal/reading/names", "internal/reading/speech/en"},
	"internal/reading/calendar":   {"internal/rules/list", "timeline"},
	"internal/reading":            {"internal/rules/list", "timeline", "internal/document", "internal/reading/calendar", "internal/reading/names", "internal/reading/speech", "internal/rules/pattern"},
	"internal/show/bulletin":      {"timeline", "diff", "internal/ask", "internal/show", "internal/show/redline"},
	"internal/rules":              {"internal/rules/list", "timeline", "diff", "diff/formula", "internal/document", "internal/reading"},
	"internal/archive":            {"timeline", "internal/archive/address", "internal/archive/proof", "internal/archive/warc", "diff", "diff/formula", "storage", "internal/letters", "internal/ask", "internal/document/pdf", "internal/document", "internal/reading", "internal/rules", "internal/rules/pattern"},
	"internal/show":               {"timeline", "diff", "diff/formula", "internal/ask", "internal/rules/pattern"},
	"internal/show/publish":       {"timeline", "diff", "internal/ask", "internal/show"},
	"internal/show/tabular":       {"internal/show/publish", "github.com/ncruces/go-sqlite3", "github.com/parquet-go/parquet-go"},
	"internal/show/redline":       {"timeline", "diff", "internal/ask", "internal/show"},
	"internal/judge":              {"timeline", "internal/sources/fetch"},
	"internal/web":                {"timeline", "internal/reading", "internal/reading/names", "diff", "diff/formula", "internal/ask", "storage", "internal/archive", "internal/show", "internal/show/redline", "internal/show/publish", "internal/show/bulletin", "internal/sources"},
	"internal/sources/fetch":      nil,
	"internal/sources":            {"internal/rules/list", "internal/rules/pattern", "timeline", "internal/archive/address", "internal/ask", "storage", "internal/document", "internal/document/container", "internal/reading/names", "internal/reading", "internal/archive", "internal/sources/fetch", "internal/document/pdf"},
	"internal/archive/address":    {"internal/rules/list"},
	"internal/archive/warc":       {"internal/document/container", "github.com/google/uuid"},
	"internal/archive/proof":      {"storage"},
	"internal/archtest/golden":    nil,
	"internal/archtest":           nil,

	"storage/postgres":               {"storage", "github.com/jackc/pgx/v5"},
	"storage/postgres/clustertest":   nil,
	"storage/storagetest":            {"timeline", "storage"},
	"internal/document/documenttest": {},
	"cmd/readout": {"timeline", "internal/archive/proof", "diff", "diff/formula", "internal/ask", "storage", "seeds", "internal/document", "internal/reading/names", "internal/reading/speech", "internal/reading",
		"internal/document/pdf", "internal/document/container", "internal/rules", "internal/rules/example", "internal/rules/list", "internal/archive", "internal/web", "internal/show", "internal/show/redline", "internal/show/publish", "internal/show/tabular", "internal/show/bulletin", "internal/sources/fetch", "internal/sources", "internal/judge", "storage/postgres", "github.com/urfave/cli/v2", "github.com/modelcontextprotocol/go-sdk"},
}

// boxed are the outside modules that only the packages naming them above may import.
var boxed = []string{"github.com/sergi/go-diff", "go.etcd.io/bbolt", "github.com/urfave/cli/v2",
	"github.com/klippa-app/go-pdfium", "github.com/tetratelabs/wazero", "github.com/modelcontextprotocol/go-sdk",
	"github.com/ncruces/go-sqlite3", "github.com/parquet-go/parquet-go", "github.com/jackc/pgx/v5"}

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
		return own == floor || slices.Contains(may, own)
	}
	within := func(module string) bool { return imported == module || strings.HasPrefix(imported, module+"/") }
	for _, module := range boxed {
		if within(module) {
			return slices.Contains(may, module)
		}
	}
	return true
}
