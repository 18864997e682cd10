package diff_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"readout/diff"
)

// markedFloor is the token F1 below which the marks no longer read as a person's.
const markedFloor = 0.9

var marked = regexp.MustCompile(`\[-(.*?)-\]|\{\+(.*?)\+\}`)

// readMarked takes a line of testdata/marks.txt apart.
func readMarked(line string) []diff.Edit {
	var out []diff.Edit
	put := func(op diff.Op, text string) {
		if text != "" {
			out = append(out, diff.Edit{Op: op, Text: text})
		}
	}
	at := 0
	for _, m := range marked.FindAllStringSubmatchIndex(line, -1) {
		put(diff.Equal, line[at:m[0]])
		if m[2] >= 0 {
			put(diff.Delete, line[m[2]:m[3]])
		} else {
			put(diff.Insert, line[m[4]:m[5]])
		}
		at = m[1]
	}
	put(diff.Equal, line[at:])
	return out
}

var pieces = regexp.MustCompile(`[\p{Latin}\p{Cyrillic}\p{Arabic}\p{M}\p{N}]+|\S`)

// touched lists the words and signs of one side that the edits mark, in whole or
// in part, by place.
func touched(edits []diff.Edit, op diff.Op) map[int]bool {
	var text strings.Builder
	var flags []bool
	for _, e := range edits {
		if e.Op != diff.Equal && e.Op != op {
			continue
		}
		text.WriteString(e.Text)
		for range len(e.Text) {
			flags = append(flags, e.Op == op)
		}
	}
	out := make(map[int]bool)
	for n, p := range pieces.FindAllStringIndex(text.String(), -1) {
		for i := p[0]; i < p[1]; i++ {
			if flags[i] {
				out[n] = true
			}
		}
	}
	return out
}

// TestWordsLikeAPerson compares the marked words with a person's marks: the pairs
// that the rules were found on, and those that they were tested on.
func TestWordsLikeAPerson(t *testing.T) {
	for _, name := range []string{"marks.txt", "marks_held.txt"} {
		t.Run(name, func(t *testing.T) { likeAPerson(t, name) })
	}
}

func likeAPerson(t *testing.T, name string) {
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var both, got, want, exact, pairs int
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		pairs++
		gold := readMarked(line)
		edits := diff.Words(rebuild(gold))
		same := true
		for _, op := range []diff.Op{diff.Delete, diff.Insert} {
			g, w := touched(edits, op), touched(gold, op)
			got, want = got+len(g), want+len(w)
			hits := 0
			for n := range g {
				if w[n] {
					hits++
				}
			}
			both += hits
			same = same && hits == len(g) && hits == len(w)
		}
		if same {
			exact++
		} else {
			t.Logf("want %s\n got %s", line, wdiff(edits))
		}
	}
	f1 := 2 * float64(both) / float64(got+want)
	t.Logf("%d pairs, %d marked alike, F1 of words %.4f", pairs, exact, f1)
	if f1 < markedFloor {
		t.Errorf("F1 of marked words is %.4f, want at least %.4f", f1, markedFloor)
	}
}
