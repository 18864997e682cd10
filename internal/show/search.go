package show

import (
	"io"
	"strings"

	"readout/internal/ask"
)

// writeSearch writes the hits under the releases they stand in.
func writeSearch(w io.Writer, s Style, x *ask.Search) error {
	var b strings.Builder
	last := ""
	indent := strings.Repeat(" ", 12)
	for _, h := range x.Hits {
		if h.Release != last {
			if last != "" {
				b.WriteByte('\n')
			}
			day := h.Held
			if day.IsZero() {
				day = h.Published
			}
			b.WriteString(text(bold, h.Title).block(s, s.paint(cyan, pad(day.String(), 10, false))+"  ", indent, s.prose()))
			last = h.Release
		}
		b.WriteString(text(plain, h.Statement.Text).block(s, indent, indent, s.prose()))
		p := &paragraph{}
		p.whole(dim, h.Statement.ID)
		if who := whose([]ask.DiffStatement{{Speakers: h.Statement.Speakers, Act: h.Statement.Act}}); who != "" {
			p.add(dim, " · "+who)
		}
		b.WriteString(p.block(s, indent, indent, s.prose()))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
