package reading_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/timeline"
)

// TestSites reads invented releases as the sites of some twenty foreign ministries
// print theirs. What a reader expects was written by hand before the first run, in
// NAME.want: a line for each field, heading and statement. "? " marks a line that is
// right and not found yet, "! " one that is found and wrong, so that no golden holds a
// wrong answer for a right one.
func TestSites(t *testing.T) {
	var fields, headings, statements, said, extra tally
	eachPage(t, "testdata/sites/*.html", func(t *testing.T, file string, rel *timeline.Release) {
		data, err := os.ReadFile(strings.TrimSuffix(file, ".html") + ".want")
		if err != nil {
			t.Fatal(err)
		}
		want, got := expected(string(data)), siteLines(rel)
		if diff := cmp.Diff(want.now, got); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		fields.add(want.right, got, isField)
		headings.add(want.right, got, func(line string) bool { return strings.HasPrefix(line, "#") })
		statements.add(withoutSpeech(want.right), withoutSpeech(got), isStatement)
		said.add(want.right, got, isStatement)
		extra.add(withoutSpeech(got), withoutSpeech(want.right), isStatement)
	})
	t.Logf("fields %v, headings %v, statements with their place %v, with speakers and act %v; statements found that are right %v", fields, headings, statements, said, extra)
}

// expectation is a page's .want file.
type expectation struct {
	right []string // what a reader expects
	now   []string // what is found today, where that differs
}

func expected(text string) expectation {
	var e expectation
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if rest, ok := strings.CutPrefix(line, "? "); ok {
			e.right = append(e.right, rest)
			continue
		}
		rest, wrong := strings.CutPrefix(line, "! ")
		if !wrong {
			e.right = append(e.right, line)
		}
		e.now = append(e.now, rest)
	}
	return e
}

// siteLines gives the release in the form of a .want file.
func siteLines(rel *timeline.Release) []string {
	out := fieldLines(rel)
	section := -1
	for _, s := range rel.Statements {
		for s.Section > section {
			section++
			h := rel.Sections[section]
			out = append(out, fmt.Sprintf("%s [%s] %s", strings.Repeat("#", h.Depth), h.Number, h.Heading))
		}
		if s.Section < section {
			out = append(out, fmt.Sprintf("(section %d)", s.Section))
		}
		out = append(out, fmt.Sprintf("[%s] {%s: %s} %s", strings.Join(s.Path, " "), strings.Join(codes(s.Speakers), " "), s.Act, s.Text))
	}
	return out
}

func isStatement(line string) bool { return strings.HasPrefix(line, "[") }
func isField(line string) bool     { return !isStatement(line) && !strings.HasPrefix(line, "#") }

// withoutSpeech leaves of the statements their place and text.
func withoutSpeech(lines []string) []string {
	out := slices.Clone(lines)
	for i, line := range out {
		if open, end := strings.Index(line, "{"), strings.Index(line, "} "); isStatement(line) && open >= 0 {
			out[i] = line[:open] + line[end+2:]
		}
	}
	return out
}

// tally counts how many lines of some kind are found.
type tally struct{ found, all int }

func (t *tally) add(want, got []string, kind func(string) bool) {
	for _, line := range want {
		if !kind(line) {
			continue
		}
		t.all++
		if slices.Contains(got, line) {
			t.found++
		}
	}
}

func (t tally) String() string { return fmt.Sprintf("%d of %d", t.found, t.all) }
