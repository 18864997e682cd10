package show

import (
	"fmt"
	"io"
	"strings"

	"github.com/rivo/uniseg"

	"readout/internal/ask"
	"readout/internal/letters"
)

// The layout of a matrix on a terminal.
const (
	matrixName  = 34 // the most columns that the name of a topic takes
	matrixCell  = 3  // columns of a cell: a bar or a space, and up to two marks
	matrixShort = 12 // up to so many topics are shown however rarely they were raised
)

// writeMatrix writes the matrix in as many bands of meetings as the width takes, each under
// the days of its meetings, set upright. A bar stands where no release was captured
// for long.
func writeMatrix(w io.Writer, s Style, m *ask.Matrix) error {
	var b strings.Builder
	head := text(bold, string(m.Series))
	head.raw(plain, " · "+count(len(m.Topics), "topic", "topics")+" at "+count(len(m.Meetings), "meeting", "meetings"))
	b.WriteString(head.block(s, "", "", s.prose()))
	legend := &paragraph{}
	for i, x := range Signs() {
		if i > 0 {
			legend.raw(dim, ",  ")
		}
		legend.raw(dim, x.Sign+"\u00a0"+x.Says) // a sign and its meaning stay on one line
	}
	b.WriteString(legend.block(s, "", "", s.prose()))
	shown, once := shownTopics(m)
	name := 0
	for _, t := range shown {
		name = max(name, min(matrixName, uniseg.StringWidth(letters.Clean(t.Name))))
	}
	width := s.Width
	if width == 0 {
		width = proseDefault
	}
	fits := max(4, (width-name)/matrixCell)
	for from := 0; from < len(m.Meetings); from += fits {
		writeBand(&b, s, m, shown, from, min(from+fits, len(m.Meetings)), name)
	}
	b.WriteByte('\n')
	for _, l := range m.Lulls {
		b.WriteString(text(dim, fmt.Sprintf("| %s, from %s to %s", LullText(l), l.From, l.Until)).block(s, "", "  ", s.prose()))
	}
	if once > 0 {
		b.WriteString(text(dim, fmt.Sprintf("%s raised once not shown", count(once, "topic", "topics"))).block(s, "", "", s.prose()))
	}
	if note := undatedNote(m.Undated); note != "" {
		b.WriteString(text(dim, note).block(s, "", "", s.prose()))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// shownTopics returns the topics that a terminal is shown, and how many that were raised only
// once are left out.
func shownTopics(m *ask.Matrix) ([]ask.MatrixTopic, int) {
	if len(m.Topics) <= matrixShort {
		return m.Topics, 0
	}
	var out []ask.MatrixTopic
	for _, t := range m.Topics {
		if raisedIn(&t, 0, len(m.Meetings)) > 1 {
			out = append(out, t)
		}
	}
	return out, len(m.Topics) - len(out)
}

// raisedIn counts the meetings from first to before last that raised the topic.
func raisedIn(t *ask.MatrixTopic, first, last int) int {
	n := 0
	for _, c := range t.Cells[first:last] {
		if c.Mark.Raises() {
			n++
		}
	}
	return n
}

// writeBand writes the meetings from first to before last, with the topics they raised.
func writeBand(b *strings.Builder, s Style, m *ask.Matrix, topics []ask.MatrixTopic, first, last, name int) {
	b.WriteByte('\n')
	head := func(look ink, at func(i int) string) {
		row := strings.Repeat(" ", name)
		for i := first; i < last; i++ {
			row += bar(m, i, first) + at(i)
		}
		b.WriteString(s.paint(look, strings.TrimRight(row, " ")) + "\n")
	}
	years := strings.Repeat(" ", name)
	for i := first; i < last; i++ {
		day := m.Meetings[i].Day()
		if !day.IsZero() && (i == first || day.Year() != m.Meetings[i-1].Day().Year()) {
			years += fmt.Sprintf("’%02d", day.Year()%100)
			continue
		}
		years += strings.Repeat(" ", matrixCell)
	}
	b.WriteString(s.paint(bold, strings.TrimRight(years, " ")) + "\n")
	head(dim, func(i int) string { return fmt.Sprintf("%02d", int(m.Meetings[i].Day().Month())) })
	head(dim, func(i int) string { return fmt.Sprintf("%02d", m.Meetings[i].Day().Day()) })
	for _, t := range topics {
		if raisedIn(&t, first, last) == 0 {
			continue
		}
		row := pad(fit(letters.Clean(t.Name), name), name, false)
		for i := first; i < last; i++ {
			marks := t.Cells[i].Marks[:min(2, len(t.Cells[i].Marks))]
			row += bar(m, i, first)
			for _, k := range marks {
				row += s.paint(markInk(k), MarkSign(k))
			}
			row += strings.Repeat(" ", 2-len(marks))
		}
		b.WriteString(strings.TrimRight(row, " ") + "\n")
	}
}

// bar is what stands before meeting i: a bar where no release was captured for long.
func bar(m *ask.Matrix, i, first int) string {
	if i > first && m.LullBefore(i) != nil {
		return "|"
	}
	return " "
}

func markInk(k ask.Mark) ink {
	switch k {
	case ask.Opened:
		return green
	case ask.Softened, ask.Dropped:
		return red
	case ask.Firmed:
		return boldCyan
	case ask.Reworded:
		return yellow
	}
	return dim
}
