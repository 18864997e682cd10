package reading

import (
	"strings"
	"testing"

	"readout/timeline"
)

// TestShort: what is longer than a sentence is looked at as far as one goes, and no further; the
// layout itself keeps all of it.
func TestShort(t *testing.T) {
	long := strings.Repeat("国", longestSentence)
	l := layout{statements: []timeline.Statement{{Text: "They met."}, {Text: long}}}
	short := l.short()
	if got := short.statements[1].Text; len(got) > longestSentence || len(got) < longestSentence-3 || !strings.HasPrefix(long, got) {
		t.Errorf("%d bytes of %d", len(got), len(long))
	}
	if l.statements[1].Text != long || short.statements[0].Text != "They met." {
		t.Error("another text was changed")
	}
}
