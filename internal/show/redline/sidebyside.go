package redline

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/rivo/uniseg"

	"readout/diff"
)

// SideBySideOptions are the optional settings of [SideBySide] beside those of all
// views. The zero value is for a pipe: 120 columns without colour.
type SideBySideOptions struct {
	Options
	Width int  // columns of the terminal; at least 40 are used
	Color bool // ANSI colours; without, deletions are [-so-] and insertions {+so+}
}

// SideBySide writes the reports in two columns for a terminal, the old text on the
// left. A sign between them says what became of a statement, and a line at the head
// says what the signs mean. Columns are counted as a terminal shows them, wide
// characters as two.
func SideBySide(w io.Writer, reports []*diff.Report, o SideBySideOptions) error {
	if o.Width == 0 {
		o.Width = 120
	}
	s := columns{color: o.Color, width: (max(o.Width, 40) - 3) / 2}
	b := bufio.NewWriter(w)
	for i, r := range reports {
		if i > 0 {
			fmt.Fprintln(b)
		}
		name, meaning := kicker(r.Cause)
		fmt.Fprintf(b, "%s: %s\n%s\n%s\n\n", name, meaning, summary(r), signsText)
		heads := [2]string{}
		if r.Old != nil {
			heads[0] = title(r.Old) + " " + r.Old.Day().String()
		}
		if r.New != nil {
			heads[1] = title(r.New) + " " + r.New.Day().String()
		}
		s.write(b, ' ', whole(&diff.Change{
			OldText: heads[0],
			NewText: heads[0],
		}), whole(&diff.Change{OldText: heads[1], NewText: heads[1]}))
		fmt.Fprintf(b, "%s-+-%s\n", strings.Repeat("-", s.width), strings.Repeat("-", s.width))
		for _, row := range rows(r, o.Options, 0, false) {
			if row.change == nil {
				fmt.Fprintf(b, "  (%s)\n", count(len(row.folded), "unchanged statement"))
				continue
			}
			var left, right []diff.Edit
			for _, e := range row.edits {
				if e.Op != diff.Insert && row.mark != markHere {
					left = append(left, e)
				}
				if e.Op != diff.Delete {
					right = append(right, e)
				}
			}
			if len(row.new) == 0 {
				right = nil
			}
			if len(row.old) == 0 {
				left = nil
			}
			s.write(b, sign(row), left, right)
		}
	}
	return b.Flush()
}

// signsText says what the signs mean.
const signsText = "| reworded  ? uncertain: may be another point  < dropped  > new  ~ stands elsewhere"

// sign returns the sign between the columns.
func sign(r row) byte {
	switch r.mark {
	case markNew:
		return '>'
	case markDropped:
		return '<'
	case markReworded:
		if r.uncertain() {
			return '?'
		}
		return '|'
	case markAway, markHere:
		if r.uncertain() {
			return '?'
		}
		return '~'
	}
	return ' '
}

// columns lays out two columns of the same width.
type columns struct {
	width int
	color bool
}

// cellLine is one line of a column and how many columns it takes.
type cellLine struct {
	text  string
	width int
}

func (s columns) write(w io.Writer, sign byte, left, right []diff.Edit) {
	l, r := s.wrap(left), s.wrap(right)
	for i := range max(len(l), len(r)) {
		var a, b cellLine
		if i < len(l) {
			a = l[i]
		}
		if i < len(r) {
			b = r[i]
		}
		line := a.text + strings.Repeat(" ", max(0, s.width-a.width)) + " " + string(sign) + " " + b.text
		fmt.Fprintln(w, strings.TrimRight(line, " "))
	}
}

// wrap breaks the pieces into lines where Unicode allows it (UAX #14), and inside
// a word that is wider than the column.
func (s columns) wrap(edits []diff.Edit) []cellLine {
	var lines []cellLine
	var line cellLine
	flush := func() {
		if line.width > 0 {
			lines = append(lines, line)
		}
		line = cellLine{}
	}
	for _, e := range edits {
		text := clean(e.Text)
		if !s.color {
			text = wdiffMarks(e.Op, text)
		}
		for state := -1; text != ""; {
			var segment string
			segment, text, _, state = uniseg.FirstLineSegmentInString(text, state)
			if line.width > 0 && line.width+uniseg.StringWidth(strings.TrimRight(segment, " ")) > s.width {
				flush()
			}
			for g := uniseg.NewGraphemes(segment); g.Next(); {
				if line.width+g.Width() > s.width {
					if g.Str() == " " {
						continue
					}
					flush()
				}
				line.text += s.paint(e.Op, g.Str())
				line.width += g.Width()
			}
		}
	}
	flush()
	for i := range lines {
		lines[i].text = strings.NewReplacer("\x1b[0m\x1b[31;9m", "", "\x1b[0m\x1b[32;4m", "").Replace(lines[i].text)
	}
	return lines
}

// wdiffMarks puts the marks of wdiff around what went or came.
func wdiffMarks(op diff.Op, text string) string {
	switch op {
	case diff.Delete:
		return "[-" + text + "-]"
	case diff.Insert:
		return "{+" + text + "+}"
	}
	return text
}

// paint returns the text in red struck through, or green underlined.
func (s columns) paint(op diff.Op, text string) string {
	if !s.color || op == diff.Equal {
		return text
	}
	ink := "31;9"
	if op == diff.Insert {
		ink = "32;4"
	}
	return "\x1b[" + ink + "m" + text + "\x1b[0m"
}
