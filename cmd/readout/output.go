package main

import (
	"io"

	"readout/internal/render"
)

// format is how an answer is written.
type format string

const (
	formatText  format = "text"
	formatJSON  format = "json"
	formatLines format = "jsonl"
)

// colorMode is when text is coloured.
type colorMode string

const (
	colorAuto   colorMode = "auto"
	colorAlways colorMode = "always"
	colorNever  colorMode = "never"
)

// answer writes the answer of a command in the format the user asked for.
func (a *app) answer(x render.Answer) error {
	if a.format.isDocument() {
		return &usageError{msg: "only diff writes --format " + string(a.format), hint: "readout diff --help"}
	}
	switch a.format {
	case formatJSON:
		return render.JSON(a.stdout, x)
	case formatLines:
		return render.JSONLines(a.stdout, x.Lines())
	}
	return a.paged(func(w io.Writer) error { return x.Text(w, a.style) })
}
