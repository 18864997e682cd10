package show

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"

	"readout/diff"
	"readout/internal/ask"
)

// The columns of a synopsis on a terminal: none is narrower than leastColumn, and
// where there is no width to go by a page has three.
const (
	leastColumn = 30
	blindColumn = 40
)

// writeSynopsis writes the meetings as columns, as many side by side as are readable, in
// pages that follow each other. Rows that are empty on a page are left out there.
func writeSynopsis(w io.Writer, s Style, x *ask.Synopsis) error {
	var b strings.Builder
	b.WriteString(text(bold, x.Topic.Name).block(s, "", "", s.prose()))
	perPage, width := 3, blindColumn
	if s.Width > 0 {
		perPage = max(1, (s.Width+gap)/(leastColumn+gap))
		perPage = min(perPage, len(x.Meetings))
		width = (s.Width - gap*(perPage-1)) / max(1, perPage)
	}
	for from := 0; from < len(x.Meetings); from += perPage {
		writeColumns(&b, s, x, from, min(from+perPage, len(x.Meetings)), width)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeColumns writes the columns from up to to.
func writeColumns(b *strings.Builder, s Style, x *ask.Synopsis, from, to, width int) {
	b.WriteByte('\n')
	var heads [][]string
	for _, m := range x.Meetings[from:to] {
		heads = append(heads, append([]string{s.paint(cyan, m.Day.String())}, text(bold, m.Title).lines(s, width)...))
	}
	beside(b, heads, width)
	for _, row := range x.Rows {
		cells := make([][]string, to-from)
		empty := true
		for i, c := range row.Cells[from:to] {
			if c != nil {
				cells[i], empty = cellLines(c, s, width), false
			}
		}
		if !empty {
			b.WriteString(s.paint(dim, strings.Repeat("─", width*(to-from)+gap*(to-from-1))) + "\n")
			beside(b, cells, width)
		}
	}
}

// cellLines lays the cell out; a wording that did not change is not repeated.
func cellLines(c *ask.SynopsisCell, s Style, width int) []string {
	m := markOf(c.Change)
	p := &paragraph{}
	p.raw(m.ink, m.sign+" ")
	if who := whose([]ask.DiffStatement{{Speakers: c.Speakers, Act: c.Act}}); who != "" {
		p.add(dim, who)
		p.raw(plain, "  ")
	}
	if c.Uncertain {
		p.raw(m.ink, doubt(true))
		p.raw(plain, "  ")
	}
	if c.Change == diff.Unchanged {
		p.add(dim, "unchanged")
		return p.lines(s, width)
	}
	body := wording(c.Change, c.Edits, "", c.Text, s)
	p.join(body[0])
	out := p.lines(s, width)
	for _, q := range body[1:] {
		out = append(out, q.lines(s, width)...)
	}
	return out
}

// beside writes blocks of lines next to each other.
func beside(b *strings.Builder, blocks [][]string, width int) {
	height := 0
	for _, block := range blocks {
		height = max(height, len(block))
	}
	for n := range height {
		line := ""
		for i, block := range blocks {
			cell := ""
			if n < len(block) {
				cell = block[n]
			}
			if i > 0 {
				line += strings.Repeat(" ", gap)
			}
			line += cell + strings.Repeat(" ", max(0, width-uniseg.StringWidth(uncoloured(cell))))
		}
		fmt.Fprintln(b, strings.TrimRight(line, " "))
	}
}

// uncoloured drops the colours that this package paints.
func uncoloured(s string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(s, "\x1b[")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		_, s, _ = strings.Cut(after, "m")
	}
}

func hasWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}
