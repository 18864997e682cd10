package render

import (
	"encoding/json"
	"io"

	"readout/timeline"
)

// Answer is a document that can be written in every format.
type Answer interface {
	// Text writes the answer for people.
	Text(w io.Writer, s Style) error
	// Lines are the objects that stand one to a line in the format "jsonl".
	Lines() []any
}

// JSON writes v as one indented document. Characters of HTML are not escaped.
func JSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// JSONLines writes one object per line.
func JSONLines(w io.Writer, lines []any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, v := range lines {
		if err := e.Encode(v); err != nil {
			return err
		}
	}
	return nil
}

// some returns s, or an empty slice where it is nil: arrays are never null.
func some[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// lines returns the elements of s as the lines of an answer.
func lines[T any](s []T) []any {
	out := make([]any, len(s))
	for i, v := range s {
		out[i] = v
	}
	return out
}

// withLists returns a copy of the statement whose arrays are not nil.
func withLists(s timeline.Statement) timeline.Statement {
	s.Path, s.Speakers, s.Topics = some(s.Path), some(s.Speakers), some(s.Topics)
	return s
}
