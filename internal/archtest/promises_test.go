package archtest

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestPromisesNameTests: every test, fuzz target and script that the documents of what is promised
// name is there.
func TestPromisesNameTests(t *testing.T) {
	const root = "../.."
	there := map[string]bool{}
	tests := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || d.IsDir():
			return err
		case strings.HasSuffix(path, ".txtar"):
			there[filepath.Base(path)] = true
		case strings.HasSuffix(path, "_test.go"):
			code, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			for _, m := range tests.FindAllStringSubmatch(string(code), -1) {
				there[m[1]] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`((?:Test|Fuzz)\\w+|\\w+\\.txtar)`")
	for _, document := range []string{"docs/durability.md", "docs/security.md"} {
		text, err := os.ReadFile(filepath.Join(root, document))
		if err != nil {
			t.Fatal(err)
		}
		all := named.FindAllStringSubmatch(string(text), -1)
		for _, m := range all {
			if !there[m[1]] {
				t.Errorf("%s names %s, which is not there", document, m[1])
			}
		}
		if len(all) < 10 {
			t.Errorf("%s names %d tests", document, len(all))
		}
	}
}
