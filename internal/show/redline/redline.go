// Package redline turns a comparison of two texts, a [diff.Report], into documents
// that people pass on: a web page, a word processor file with tracked changes,
// Markdown, CriticMarkup, a unified patch, a table, two columns on a terminal.
//
// Every view lays out the two texts in one joint reading order (see layout):
// reading only the old parts of it gives the old text in its own order, reading
// only the new parts the new one. A moved statement stands in both places.
//
// The views write; they do not compare, read files or ask for the time. What they
// write depends on the reports and the options alone.
package redline

import (
	"time"

	"readout/diff"
	"readout/timeline"
)

// Side says which side of the differences is shown.
type Side int

// The sides.
const (
	Both      Side = iota
	Additions      // only what came: new statements and inserted words
	Deletions      // only what went: dropped statements and deleted words
)

// Granularity says how finely a reworded statement is marked.
type Granularity int

// The granularities.
const (
	Word     Granularity = iota // the words that differ
	Sentence                    // the old sentence as a whole, then the new one
)

// NoContext shows, as [Options.Context], no unchanged statement around a change.
const NoContext = -1

// Options adjust every view. The zero value works.
type Options struct {
	// ChangesOnly leaves out the unchanged statements but for the context.
	ChangesOnly bool
	// Context is the number of unchanged statements shown before and after each
	// change where others are left out or folded away. 0 is the usual number of
	// the view: 3 in a patch, 1 on a web page, none elsewhere. NoContext is none.
	Context     int
	Side        Side
	Granularity Granularity
	// Names returns the name of a party for people ("Japan"). Nil shows the code.
	Names func(timeline.Party) string
	// Author and Date sign the tracked changes of [DOCX]. An empty Author is the
	// name of this program, a zero Date the day the new text was captured, or else
	// published or held: never the time of writing.
	Author string
	Date   time.Time
}

// context returns the number of unchanged statements to show around a change,
// given the usual number of the view.
func (o Options) context(usual int) int {
	switch {
	case o.Context < 0:
		return 0
	case o.Context == 0:
		return usual
	}
	return o.Context
}

// edits returns what is shown of the words of a change: the pieces of the side
// asked for, as finely as asked for, empty pieces left out.
func (o Options) edits(c *diff.Change) []diff.Edit {
	edits := c.Edits
	if len(edits) == 0 || o.Granularity == Sentence && c.OldText != c.NewText {
		edits = whole(c)
	}
	hidden := diff.Op("")
	switch o.Side {
	case Additions:
		hidden = diff.Delete
	case Deletions:
		hidden = diff.Insert
	}
	out := make([]diff.Edit, 0, len(edits))
	for _, e := range edits {
		if e.Op != hidden && e.Text != "" {
			out = append(out, e)
		}
	}
	return out
}

// whole returns the edits that replace the old text of a change by the new one
// without looking into them.
func whole(c *diff.Change) []diff.Edit {
	if c.OldText == c.NewText {
		return []diff.Edit{{Op: diff.Equal, Text: c.NewText}}
	}
	return []diff.Edit{{Op: diff.Delete, Text: c.OldText}, {Op: diff.Insert, Text: c.NewText}}
}
