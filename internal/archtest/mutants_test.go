package archtest

import (
	"bufio"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var mutants = flag.Bool("mutants", false, "change one condition at a time and see that its test fails")

// TestMutants: each change of one condition that testdata/mutants.tsv lists is noticed by the
// test named beside it. A test that passes whatever the code says is no test; this is the
// sample of them that is tried again on every machine.
func TestMutants(t *testing.T) {
	list, err := os.Open("testdata/mutants.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer list.Close()
	lines := bufio.NewScanner(list)
	for lines.Scan() {
		if lines.Text() == "" || strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		m := strings.Split(lines.Text(), "\t")
		if len(m) != 4 {
			t.Fatalf("%q: file, test, text and what takes its place are wanted", lines.Text())
		}
		t.Run(m[1], func(t *testing.T) { tryMutant(t, m[0], m[1], m[2], m[3]) })
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}

// tryMutant runs a test of the package of file with old replaced by repl, and wants it to fail.
// Without -mutants it only sees that old stands in the file once.
func tryMutant(t *testing.T, file, test, old, repl string) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(root, file)
	code, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(code), old); n != 1 {
		t.Fatalf("%s has %q %d times, not once", file, old, n)
	}
	if !*mutants {
		return
	}
	mutated := filepath.Join(t.TempDir(), filepath.Base(file))
	if err := os.WriteFile(mutated, []byte(strings.Replace(string(code), old, repl, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{path: mutated}})
	if err != nil {
		t.Fatal(err)
	}
	plan := filepath.Join(t.TempDir(), "overlay.json")
	if err := os.WriteFile(plan, overlay, 0o644); err != nil {
		t.Fatal(err)
	}
	run := exec.Command("go", "test", "-vet=off", "-overlay", plan, "-run", "^"+test+"$", "./"+filepath.Dir(file))
	run.Dir = root
	out, err := run.CombinedOutput()
	switch {
	case err == nil:
		t.Errorf("%s passes with %q in place of %q", test, repl, old)
	case !strings.Contains(string(out), "--- FAIL"):
		t.Errorf("%s did not run:\n%s", test, out)
	}
}
