package redline_test

import (
	"bytes"
	"io"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rivo/uniseg"

	"readout/diff"
	"readout/internal/archtest/golden"
	"readout/internal/show/redline"
)

// sideBySide returns the view at a width.
func sideBySide(width int, color bool) view {
	return func(w io.Writer, rs []*diff.Report, o redline.Options) error {
		return redline.SideBySide(w, rs, redline.SideBySideOptions{Options: o, Width: width, Color: color})
	}
}

func TestSideBySide(t *testing.T) {
	golden.Compare(t, filepath.Join("testdata", "side-by-side.txt"), render(t, sideBySide(100, false), redline.Options{}, meetings()))
	golden.Compare(t, filepath.Join("testdata", "side-by-side.color.txt"), render(t, sideBySide(100, true), redline.Options{ChangesOnly: true}, meetings()))
}

func TestSideBySideKeepsToTheWidth(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	for range 50 {
		r := shuffled(rng)
		for _, width := range []int{40, 61, 120} {
			_, body, _ := strings.Cut(string(render(t, sideBySide(width, false), redline.Options{}, r)), "\n\n")
			for line := range strings.Lines(body) {
				if got := uniseg.StringWidth(strings.TrimSuffix(line, "\n")); got > width {
					t.Fatalf("line is %d columns wide, want at most %d: %q", got, width, line)
				}
			}
		}
	}
	r := meetings()
	r.Changes[0].NewText = hostile
	r.Changes[0].Edits = []diff.Edit{{Op: diff.Insert, Text: hostile}}
	if got := render(t, sideBySide(80, false), redline.Options{}, r); bytes.ContainsAny(got, "\u202e\x1b\x07") {
		t.Errorf("control characters reach the terminal: %q", got)
	}
}
