package show

import (
	"io"
	"strings"

	"readout/internal/ask"
	"readout/internal/letters"
)

// writeBlame writes every statement cut into its pieces, each behind the day of the
// meeting it comes from. Pieces without a word go with the one before.
func writeBlame(w io.Writer, s Style, b *ask.Blame) error {
	var out strings.Builder
	out.WriteString(text(bold, b.Title).block(s, "", "", s.prose()))
	out.WriteString(s.paint(dim, letters.Clean(Join(" · ", b.Held.String(), b.ID))) + "\n")
	for _, st := range b.Statements {
		out.WriteByte('\n')
		for _, p := range worded(st.Pieces) {
			look := plain
			if p.Release == b.ID {
				look = green
			}
			day := p.Day.String()
			if day == "" {
				day = "undated"
			}
			out.WriteString(text(look, strings.TrimSpace(p.Text)).block(s, s.paint(cyan, pad(day, 10, false))+"  ",
				strings.Repeat(" ", 12), s.prose()))
		}
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// worded joins pieces that have no letter or digit to the piece before them, or
// where there is none to the one behind.
func worded(pieces []ask.BlamePiece) []ask.BlamePiece {
	var out []ask.BlamePiece
	for _, p := range pieces {
		if n := len(out); n > 0 && (!hasWord(p.Text) || !hasWord(out[n-1].Text) || out[n-1].Release == p.Release) {
			if hasWord(p.Text) && !hasWord(out[n-1].Text) {
				p.Text = out[n-1].Text + p.Text
				out[n-1] = p
			} else {
				out[n-1].Text += p.Text
			}
			continue
		}
		out = append(out, p)
	}
	return out
}
