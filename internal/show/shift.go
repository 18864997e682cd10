package show

import (
	"strings"

	"readout/diff"
)

// writeShifts writes the shifts of a statement under it. The sentence before is
// quoted whole, since edits show it in pieces: the reader is to judge.
func writeShifts(b *strings.Builder, s Style, shifts []diff.Shift) {
	const indent = "      "
	quoted := ""
	for _, x := range shifts {
		b.WriteString(text(boldCyan, ShiftText(x)).block(s, "    "+s.paint(boldCyan, "»")+" ", indent, s.prose()))
		if x.Old.ID != quoted {
			b.WriteString(text(dim, "before: "+x.Old.Text).block(s, indent, indent, s.prose()))
			quoted = x.Old.ID
		}
	}
}
