package show

import (
	"io"
	"strings"
)

// Heading writes a line that introduces an answer, and under it the command that
// gives the answer, "" for none.
func Heading(w io.Writer, s Style, heading, command string) error {
	var b strings.Builder
	b.WriteString("\n" + text(boldCyan, heading).block(s, "", "", s.prose()))
	if command != "" {
		b.WriteString(whole(dim, "$ "+command).block(s, "", "  ", s.prose()))
	}
	b.WriteByte('\n')
	_, err := io.WriteString(w, b.String())
	return err
}
