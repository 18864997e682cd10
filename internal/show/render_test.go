package show_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/rivo/uniseg"

	"readout/internal/archtest/golden"
	"readout/internal/ask"
	"readout/internal/show"
)

// styles are the terminals that answers are shown on; 0 columns are a file or a pipe.
var styles = []show.Style{{Width: 60}, {Width: 100}, {}, {Width: 60, Color: true}, {Width: 100, Color: true}, {Color: true}}

// TestText compares every answer with what a person has read and found right: a file
// for each, in it a part for each style, with the escape character written as "␛".
func TestText(t *testing.T) {
	for name, x := range answers(t) {
		var got bytes.Buffer
		for _, s := range styles {
			fmt.Fprintf(&got, "-- %d columns, colour %v --\n%s", s.Width, s.Color, strings.ReplaceAll(text(t, x, s), "\x1b", "␛"))
		}
		golden.Compare(t, "testdata/"+name+".txt", got.Bytes())
	}
}

func text(t *testing.T, x ask.Answer, s show.Style) string {
	t.Helper()
	var b bytes.Buffer
	if err := show.Text(&b, s, x); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var colour = regexp.MustCompile("\x1b\\[[0-9;]*m")

// TestTextFits: no line is wider than the terminal, unless a word that must stay whole
// is, and no line ends in spaces.
func TestTextFits(t *testing.T) {
	for name, x := range answers(t) {
		for _, s := range styles {
			for line := range strings.Lines(text(t, x, s)) {
				line = colour.ReplaceAllString(strings.TrimSuffix(line, "\n"), "")
				if s.Width > 0 && uniseg.StringWidth(line) > s.Width && strings.Contains(strings.TrimSpace(line), " ") {
					t.Errorf("%s in %d columns: a line of %d: %q", name, s.Width, uniseg.StringWidth(line), line)
				}
				if strings.TrimRight(line, " ") != line {
					t.Errorf("%s: spaces at the end of %q", name, line)
				}
			}
		}
	}
}

// TestTextIsSafe: whatever a page holds, a terminal gets no control characters but our
// own colours, and none of the characters that reorder text.
func TestTextIsSafe(t *testing.T) {
	for name, x := range answers(t) {
		for _, s := range styles {
			got := text(t, x, s)
			if s.Color {
				got = colour.ReplaceAllString(got, "")
			}
			for _, r := range got {
				if r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
					t.Errorf("%s: %q in the text", name, r)
				}
			}
		}
	}
}

// TestListsAreNeverNull holds the promise of docs/json.md for answers without content.
func TestListsAreNeverNull(t *testing.T) {
	for name, x := range map[string]any{
		"ingest": ask.NewIngest(nil, false), "list": ask.NewList(nil), "series": ask.NewSeriesList(nil), "search": ask.NewSearch("x", nil),
		"topics": ask.NewTopics("IS-PE", nil), "log": ask.NewLog("x", nil), "check": ask.NewCheck(nil), "watches": ask.NewWatches(nil),
	} {
		var b bytes.Buffer
		if err := show.JSON(&b, x); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "null") {
			t.Errorf("%s: %s", name, b.String())
		}
	}
}
