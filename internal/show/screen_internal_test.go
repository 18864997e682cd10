package show

import (
	"strings"
	"testing"

	"readout/internal/ask"
)

// A rewording is never told by twice the same words.
func TestRewordingShowsWhatDiffers(t *testing.T) {
	const part = "protection of the herring grounds"
	m := &ask.IssueMove{Change: "reworded", Old: ask.MovedFrom{Text: "They did not want the " + part, Part: part}, New: ask.MovedFrom{Text: "They did want the " + part, Part: part}}
	line := (subject{}).moveLine(m, 120)
	if old, new, _ := strings.Cut(line, " → "); !strings.Contains(old, "not want") || strings.Contains(new, "not want") {
		t.Errorf("the line does not show what changed: %s", line)
	}
	m.New.Part = "safety of the herring grounds"
	if line := (subject{}).moveLine(m, 120); !strings.Contains(line, "“"+part+"” → “"+m.New.Part+"”") {
		t.Errorf("the line does not show the two formulas: %s", line)
	}
}
