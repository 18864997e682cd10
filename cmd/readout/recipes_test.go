package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestRecipes runs every shell recipe of docs/recipes.md on a store of the embedded
// releases and compares what it writes with what the page shows below it. A recipe says
// which other program it needs ("```sh duckdb"); without it the recipe is skipped.
func TestRecipes(t *testing.T) {
	page := readFile(t, "../../docs/recipes.md")
	found := regexp.MustCompile("(?s)\n```sh ?(\\w*)\n(.*?)```\n```text\n(.*?)```\n").FindAllStringSubmatch(page, -1)
	if n := strings.Count(page, "\n```sh"); n == 0 || n != len(found) {
		t.Fatalf("docs/recipes.md has %d recipes, %d of them with what they write", n, len(found))
	}
	dir := t.TempDir()
	var files []string
	for i, m := range found {
		if strings.TrimSpace(m[3]) == "" {
			t.Errorf("recipe %d writes nothing", i+1)
		}
		file := filepath.Join(dir, fmt.Sprintf("recipe%d.txtar", i+1))
		script := "seeded\nexec sh -eu recipe.sh\ncmp stdout want\n-- recipe.sh --\n" + m[2] + "-- want --\n" + m[3]
		if needed := m[1]; needed != "" {
			script = fmt.Sprintf("[!exec:%s] skip '%s is not installed'\n%s", needed, needed, script)
		}
		if err := os.WriteFile(file, []byte(script), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	testscript.Run(t, testscript.Params{
		Files: files,
		Cmds:  map[string]func(*testscript.TestScript, bool, []string){"seeded": seeded(seedStore(t), false)},
		Setup: func(env *testscript.Env) error {
			for name, value := range home(env.WorkDir) {
				env.Setenv(name, value)
			}
			return nil
		},
	})
}
