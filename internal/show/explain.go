package show

import (
	"fmt"
	"io"
	"strings"

	"readout/internal/ask"
	"readout/internal/letters"
)

// writeExplanation writes the statement, and under every topic what spoke for it.
func writeExplanation(w io.Writer, s Style, e *ask.Explanation) error {
	var b strings.Builder
	b.WriteString(text(plain, e.Statement.Text).block(s, "", "", s.prose()))
	if len(e.Reasons) == 0 {
		b.WriteString("\n" + text(plain, "under no topic: it names no issue that another meeting takes up, or it is courtesy").block(s, "", "", s.prose()))
	}
	last := ""
	for _, r := range e.Reasons {
		if r.Topic != last {
			b.WriteString("\n" + s.paint(bold, letters.Clean(e.Names[r.Topic])) + "\n")
			last = r.Topic
		}
		b.WriteString(text(plain, r.Detail).block(s, fmt.Sprintf("  %3.0f %%  %s", 100*r.Weight, pad(r.Kind, 12, false)), strings.Repeat(" ", 21), s.prose()))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
