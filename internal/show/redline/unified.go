package redline

import (
	"bufio"
	"fmt"
	"io"

	"readout/diff"
	"readout/timeline"
)

// Unified writes the reports as a unified patch of two files that hold one
// statement on each line. Both sides shown, patch(1) makes the new text of the
// old. A moved statement is a line that goes and a line that comes. With one side
// only, the patch is for reading: the lines of the other are left out. The line before
// the names says which kind of change it is; patch(1) and git pass over it.
func Unified(w io.Writer, reports []*diff.Report, o Options) error {
	b := bufio.NewWriter(w)
	for _, r := range reports {
		name, meaning := kicker(r.Cause)
		fmt.Fprintf(b, "# %s: %s\n", name, meaning)
		fmt.Fprintf(b, "--- %s\n+++ %s\n", fileName(r.Old), fileName(r.New))
		for _, h := range hunks(lines(r, o), o.context(3)) {
			fmt.Fprintf(b, "@@ -%s +%s @@%s\n", span(h.oldStart, h.oldCount), span(h.newStart, h.newCount), h.section)
			for _, l := range h.lines {
				fmt.Fprintf(b, "%c%s\n", l.mark, clean(l.text))
			}
		}
	}
	return b.Flush()
}

// fileName names one side of a patch: its id, version and day.
func fileName(r *timeline.Release) string {
	if r == nil {
		return "/dev/null"
	}
	name := r.ID
	if r.Version > 0 {
		name = fmt.Sprintf("%s@v%d", r.ID, r.Version)
	}
	if !r.Day().IsZero() {
		name += "\t" + r.Day().String()
	}
	return cleanName(name)
}

// cleanName is clean but for the tab that ends the name of a file in a patch.
func cleanName(s string) string {
	for i := range s {
		if s[i] == '\t' {
			return clean(s[:i]) + "\t" + clean(s[i+1:])
		}
	}
	return clean(s)
}

// line is one line of a patch: ' ', '-' or '+' and a statement.
type line struct {
	mark    byte
	text    string
	section string
}

// hunk is a part of a patch with its place in both files, counted from 1.
type hunk struct {
	oldStart, oldCount, newStart, newCount int
	section                                string
	lines                                  []line
}

// lines returns the whole of both texts as lines.
func lines(r *diff.Report, o Options) []line {
	var ls []line
	for _, s := range layout(r) {
		section := ""
		if len(s.new) > 0 {
			section = heading(r.New, s.new[0].Section)
		} else {
			section = heading(r.Old, s.old[0].Section)
		}
		if len(s.old) == 1 && len(s.new) == 1 && s.old[0].Text == s.new[0].Text {
			ls = append(ls, line{' ', s.new[0].Text, section})
			continue
		}
		if o.Side != Additions {
			for _, st := range s.old {
				ls = append(ls, line{'-', st.Text, section})
			}
		}
		if o.Side != Deletions {
			for _, st := range s.new {
				ls = append(ls, line{'+', st.Text, section})
			}
		}
	}
	return ls
}

// hunks cuts the lines into the changed parts with n unchanged lines around them.
func hunks(ls []line, n int) []hunk {
	changed := make([]bool, len(ls))
	for i, l := range ls {
		changed[i] = l.mark != ' '
	}
	near := within(changed, n)
	var hs []hunk
	var open *hunk
	old, new := 1, 1
	for i, l := range ls {
		if !near[i] {
			open = nil
		} else if open == nil {
			section := ""
			if l.section != "" {
				section = " " + l.section
			}
			hs = append(hs, hunk{oldStart: old, newStart: new, section: section})
			open = &hs[len(hs)-1]
		}
		if l.mark != '+' {
			old++
			if open != nil {
				open.oldCount++
			}
		}
		if l.mark != '-' {
			new++
			if open != nil {
				open.newCount++
			}
		}
		if open != nil {
			open.lines = append(open.lines, l)
		}
	}
	return hs
}

// span writes the place of a hunk in one file. A hunk without lines there stands
// after the line before it.
func span(start, count int) string {
	if count == 0 {
		start--
	}
	if count == 1 {
		return fmt.Sprint(start)
	}
	return fmt.Sprintf("%d,%d", start, count)
}
