package show

import (
	"fmt"
	"io"
	"strings"

	"github.com/rivo/uniseg"

	"readout/internal/ask"
	"readout/internal/letters"
	"readout/timeline"
)

// The layout of a matrix on a terminal.
const (
	matrixName  = 34 // the most columns that the name of a topic takes
	matrixCell  = 4  // columns of a cell: a bar or a space, and three signs
	matrixShort = 12 // up to so many topics have rows however rarely they were raised
)

// writeMatrix writes the matrix in as many bands of meetings as the width takes, each under
// the days of its meetings, set upright. A bar stands where no release was captured
// for long. Issues that were raised once are named below.
func writeMatrix(w io.Writer, s Style, m *ask.Matrix) error {
	var b strings.Builder
	head := text(bold, string(m.Series))
	head.raw(plain, " · "+count(len(m.Topics), "topic", "topics")+" at "+count(len(m.Meetings), "meeting", "meetings"))
	b.WriteString(head.block(s, "", "", s.prose()))
	for _, line := range matrixLegend() {
		b.WriteString(line.block(s, "", "  ", s.prose()))
	}
	shown, once := shownTopics(m)
	name := 0
	for _, t := range shown {
		name = max(name, min(matrixName, uniseg.StringWidth(letters.Clean(t.Name))))
	}
	fits := max(4, (s.columns()-name)/matrixCell)
	for from := 0; from < len(m.Meetings); from += fits {
		writeBand(&b, s, m, shown, from, min(from+fits, len(m.Meetings)), name)
	}
	b.WriteByte('\n')
	for _, l := range m.Lulls {
		b.WriteString(text(dim, fmt.Sprintf("| %s, from %s to %s", LullText(l), l.From, l.Until)).block(s, "", "  ", s.prose()))
	}
	for _, list := range []*paragraph{quietTopics(m), onceRaised(once)} {
		if list != nil {
			b.WriteString(list.block(s, "", "  ", s.prose()))
		}
	}
	if note := undatedNote(m.Undated); note != "" {
		b.WriteString(text(dim, note).block(s, "", "", s.prose()))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// matrixLegend explains the three signs of a cell, in the order in which they stand. A sign and its
// meaning stay on one line.
func matrixLegend() []*paragraph {
	return []*paragraph{keys("wording", wordingSigns()), keys("strongest act", actSigns()), keys("moved", moveSigns())}
}

// keptTenths is how a legend writes the digits that say how much of the wording was kept.
const keptTenths = "0–9"

// wordingSigns are what the first sign of a cell may be, each with what it says.
func wordingSigns() [][2]string {
	return [][2]string{
		{MarkSign(ask.Opened), "first raised"}, {"=", "all kept"}, {keptTenths, "tenths kept"},
		{MarkSign(ask.NotRaised), NotRaised}, {MarkSign(ask.Missed), "left out, proved"}, {MarkSign(ask.PerhapsRaised), "perhaps raised"},
	}
}

// actSigns are what the second sign of a cell may be.
func actSigns() [][2]string {
	var out [][2]string
	for _, a := range timeline.Acts() {
		if sign := ActSign(a); sign != "" {
			out = append(out, [2]string{sign, spell(string(a))})
		}
	}
	return out
}

// moveSigns are what the third sign of a cell may be.
func moveSigns() [][2]string {
	return [][2]string{
		{DirectionSign(ask.Firmer), "firmer"}, {DirectionSign(ask.Softer), "softer"}, {DirectionSign(ask.Mixed), "both"},
		{MarkSign(ask.Dropped), "something " + Dropped},
	}
}

// keys is one line of a legend.
func keys(what string, signs [][2]string) *paragraph {
	p := text(dim, what+":")
	for i, x := range signs {
		sep := ", "
		if i == 0 {
			sep = " "
		}
		p.raw(dim, sep+x[0]+"\u00a0"+strings.ReplaceAll(x[1], " ", "\u00a0"))
	}
	return p
}

// shownTopics returns the topics that have rows on a terminal, and those raised only once, which have none.
func shownTopics(m *ask.Matrix) (rows, once []ask.MatrixTopic) {
	if len(m.Topics) <= matrixShort {
		return m.Topics, nil
	}
	for _, t := range m.Topics {
		if t.Raised > 1 {
			rows = append(rows, t)
		} else {
			once = append(once, t)
		}
	}
	return rows, once
}

// quietTopics names the issues that are no longer raised and since when, nil for none.
func quietTopics(m *ask.Matrix) *paragraph {
	var names []string
	for _, t := range m.Topics {
		if t.State == ask.Quiet {
			names = append(names, fmt.Sprintf("%s (since %s)", letters.Clean(t.Name), t.Last))
		}
	}
	if len(names) == 0 {
		return nil
	}
	p := text(bold, "quiet: ")
	p.add(plain, strings.Join(names, "; "))
	return p
}

// onceRaised names the issues that were raised at one meeting, with its day, nil for none.
func onceRaised(topics []ask.MatrixTopic) *paragraph {
	if len(topics) == 0 {
		return nil
	}
	p := text(bold, "once: ")
	last := ""
	for i, t := range topics {
		day := t.Last.String()
		switch {
		case i > 0 && day != last:
			p.add(dim, "; "+day+" ")
		case i > 0:
			p.raw(plain, ", ")
		default:
			p.add(dim, day+" ")
		}
		p.add(plain, t.Name)
		last = day
	}
	return p
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
			years += pad(fmt.Sprintf("’%02d", day.Year()%100), matrixCell, false)
			continue
		}
		years += strings.Repeat(" ", matrixCell)
	}
	b.WriteString(s.paint(bold, strings.TrimRight(years, " ")) + "\n")
	head(dim, func(i int) string { return fmt.Sprintf("%02d ", int(m.Meetings[i].Day().Month())) })
	head(dim, func(i int) string { return fmt.Sprintf("%02d ", m.Meetings[i].Day().Day()) })
	for i, t := range topics {
		if raisedIn(&t, first, last) == 0 {
			continue
		}
		if t.State == ask.Quiet && (i == 0 || topics[i-1].State != ask.Quiet) {
			b.WriteString(s.paint(dim, "quiet since") + "\n")
		}
		row := pad(fit(letters.Clean(t.Name), name), name, false)
		for i := first; i < last; i++ {
			row += bar(m, i, first) + cellText(s, &t.Cells[i])
		}
		b.WriteString(strings.TrimRight(row, " ") + "\n")
	}
}

// cellText is the three signs of a cell.
func cellText(s Style, c *ask.Cell) string {
	first := Shown(*c)[0]
	if !c.Mark.Raises() {
		return s.paint(markInk(first), MarkSign(first)) + "  "
	}
	kept, look := KeptSign(*c), dim
	switch {
	case kept == "":
		kept, look = MarkSign(ask.Opened), green
	case kept < "5":
		look = yellow
	}
	act, moved := " ", DirectionSign(c.Direction)
	if c.Position != nil {
		act = ActSign(c.Position.Act)
	}
	out := s.paint(look, kept) + act
	switch {
	case moved != "":
		return out + s.paint(boldCyan, moved)
	case c.Dropped > 0:
		return out + s.paint(red, MarkSign(ask.Dropped))
	}
	return out + " "
}

// bar is what stands before meeting i: a bar where no release was captured for long.
func bar(m *ask.Matrix, i, first int) string {
	if i > first && m.LullBefore(i) != nil {
		return "|"
	}
	return " "
}

func markInk(k ask.Mark) ink {
	if k == ask.Missed {
		return red
	}
	return dim
}
