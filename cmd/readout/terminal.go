package main

import (
	"io"
	"os"
	"strconv"

	"golang.org/x/term"
)

// terminal is where a stream leads to; the zero terminal is a file or a pipe.
type terminal struct{ file *os.File }

// terminalOf returns the terminal behind w, if there is one.
func terminalOf(w io.Writer) terminal {
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return terminal{f}
	}
	return terminal{}
}

func (t terminal) is() bool { return t.file != nil }

// width returns how many columns there are: $COLUMNS where it is set, else the
// terminal's own, else 0 for a file or a pipe, whose lines nobody cuts.
func (t terminal) width(env func(string) string) int {
	if n, err := strconv.Atoi(env("COLUMNS")); err == nil && n > 0 {
		return max(n, 40)
	}
	if t.file == nil {
		return 0
	}
	n, _, err := term.GetSize(int(t.file.Fd()))
	if err != nil || n <= 0 {
		return 80
	}
	return max(n, 40)
}

// colored reports whether text output is coloured: as the flag says, and where it
// leaves the choice, on a terminal that can unless NO_COLOR is set.
func (a *app) colored(c colorMode) bool {
	switch c {
	case colorAlways:
		return true
	case colorNever:
		return false
	}
	return a.screen.is() && a.env("NO_COLOR") == "" && a.env("TERM") != "dumb"
}
