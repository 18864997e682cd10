// Package diff compares statements: which statement of an older text continues
// in which statement of a newer one, and how the wording between them differs.
//
// Two kinds of change are told apart and never mixed in one [Report]: a position
// change between two meetings and a record change between two versions of one
// published page. Output depends on the input alone, never on time or machine.
package diff

import "readout/timeline"

// Cause says why two texts differ.
type Cause string

// The causes of a difference.
const (
	Position Cause = "position" // a later meeting says something else
	Record   Cause = "record"   // a published page was altered
)

// Kind says what became of a statement.
type Kind string

// The kinds of change.
const (
	New       Kind = "new"
	Dropped   Kind = "dropped"
	Unchanged Kind = "unchanged"
	Reworded  Kind = "reworded"
)

// Op is what an edit does to its text.
type Op string

// The edit operations.
const (
	Equal  Op = "equal"
	Delete Op = "delete"
	Insert Op = "insert"
)

// Edit is one run of words that stayed, went or came.
type Edit struct {
	Op   Op     `json:"op"`
	Text string `json:"text"`
}

// Change is one group of statements that belong together: one old and one new
// in the plain case, several on one side of a split or a merger, none on one
// side of a new or dropped statement.
type Change struct {
	Kind       Kind
	Moved      bool
	Split      bool
	Merged     bool
	Topics     []string
	Similarity float64 // 0 to 1, rounded to four places
	Old, New   []timeline.Statement
	// OldText and NewText are the texts of Old and New joined by a space.
	OldText, NewText string
	// Edits lead from OldText to NewText: the equal and delete pieces joined
	// are OldText, the equal and insert pieces NewText.
	Edits []Edit
}

// Summary counts statements per kind of change, and the words edited.
type Summary struct {
	New           int `json:"new"`
	Dropped       int `json:"dropped"`
	Unchanged     int `json:"unchanged"`
	Reworded      int `json:"reworded"`
	WordsInserted int `json:"words_inserted"`
	WordsDeleted  int `json:"words_deleted"`
}

// Report is the difference between two texts. Every statement of both sides is
// in exactly one change.
type Report struct {
	Cause    Cause
	Old, New *timeline.Release
	Changes  []Change // in the order of the new text, dropped statements where they stood
	Summary  Summary
}
