package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestReadmeIsTrue holds what README.md shows and promises to the program: its
// transcript is cut out of the demo, its commands exist, its links lead somewhere and
// its test command is the one that .ci/run gives the race detector.
func TestReadmeIsTrue(t *testing.T) {
	readme, ci := readFile(t, "../../README.md"), readFile(t, "../../.ci/run")
	if !strings.Contains(readme, "\n    go run ./cmd/readout demo\n    go test ./...\n") || !regexp.MustCompile(`(?m)go test -race( -timeout \S+)? \./\.\.\.$`).MatchString(ci) {
		t.Error("README.md and .ci/run disagree about how the tests are run")
	}
	_, transcript, _ := strings.Cut(readme, "```console\n")
	transcript, _, _ = strings.Cut(transcript, "```")
	d := desk{t, t.TempDir()}
	for name, value := range home(d.dir) {
		t.Setenv(name, value)
	}
	demo, _ := d.run(exitOK, "demo")
	for piece := range strings.SplitSeq(transcript, "…\n") {
		if !strings.Contains(demo, piece) {
			t.Errorf("the demo does not write what README.md shows:\n%s", piece)
		}
	}
	commands := (&app{}).cli().Commands
	for _, m := range regexp.MustCompile("(?m)(?:`|^    |  |; )readout ([a-z]+)").FindAllStringSubmatch(readme, -1) {
		if findCommand(commands, m[1]) == nil {
			t.Errorf("README.md speaks of readout %s, which is no command", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`\]\(([^)#:]+)\)`).FindAllStringSubmatch(readme, -1) {
		if _, err := os.Stat(filepath.Join("../..", m[1])); err != nil {
			t.Errorf("README.md: %v", err)
		}
	}
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
