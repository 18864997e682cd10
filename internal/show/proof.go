package show

import (
	"io"
	"strings"

	"readout/internal/ask"
)

// writeVerification writes what was proved, what was not, and the head.
func writeVerification(w io.Writer, s Style, v *ask.Verification) error {
	var b strings.Builder
	for _, p := range v.Proved {
		b.WriteString(text(plain, p).block(s, s.paint(green, "proved")+"      ", "            ", s.prose()))
	}
	for _, p := range v.Unproved {
		b.WriteString(text(plain, p).block(s, s.paint(yellow, "not proved")+"  ", "            ", s.prose()))
	}
	b.WriteString("\n" + v.Head)
	_, err := io.WriteString(w, b.String())
	return err
}
