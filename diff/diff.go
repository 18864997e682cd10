// Package diff compares statements: which statement of an older text continues
// in which statement of a newer one, and how the wording between them differs.
//
// [Compare] reports on two releases, [Chain] on every entry of a timeline against
// the last meeting that raised the topic. Both stand on [Align], which pairs
// statements, and [Words], which compares two wordings token by token; either can
// be used alone.
//
// Two kinds of change are told apart and never mixed in one [Report]: a position
// change between two meetings and a record change between two versions of one
// published page. Output depends on the input alone, never on time or machine,
// and swapping the two sides swaps what was inserted and what was deleted.
package diff

import (
	"slices"

	"readout/timeline"
)

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
	Unchanged Kind = "unchanged" // the same but for Unicode compatibility forms, quotation marks and spacing
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
	// Case reports that the word stayed and only takes or loses the capital of a sentence's
	// start; see [Legible].
	Case bool `json:"case,omitempty"`
}

// Apart reports whether the edits replace one whole text by another. Such a change is
// easier to read with the two apart than run together.
func Apart(edits []Edit) bool {
	return len(edits) == 2 && edits[0].Op == Delete && edits[1].Op == Insert
}

// Change is one group of statements that belong together: one old and one new
// in the plain case, several on one side of a split or a merger, none on one
// side of a new or dropped statement.
type Change struct {
	Kind Kind
	// Role and Place say of an aside what it is and where it stands ("table 2, row
	// Krill, column 2033"); both are empty for statements.
	Role   timeline.Role
	Place  string
	Moved  bool     // it stands elsewhere in the order of what both texts have
	Split  bool     // one old statement, several new ones
	Merged bool     // several old statements, one new one
	Topics []string // ids of the topics of New, then those only Old has
	// Similarity is that of the wordings: 0 to 1, rounded to four places; 1 for
	// an unchanged statement, 0 for a new or dropped one.
	Similarity float64
	// Link says how sure the pairing is and why; it is zero for new and dropped
	// statements.
	Link Evidence
	// Absence is the proof that a dropped statement of a position change is gone, or says why
	// that is not claimed. It is zero for every other kind.
	Absence  Absence
	Old, New []timeline.Statement
	// OldText and NewText are the texts of Old and New joined by a space.
	OldText, NewText string
	// Edits lead from OldText to NewText: the equal and delete pieces joined
	// are OldText, the equal and insert pieces NewText.
	Edits []Edit
	// Marks name the small edits that are often the news: a number, date, name,
	// modal verb or negation that changed. They are in the order of the edits.
	Marks []Mark
	// Shifts are indications that the position is held more or less firmly, or by
	// others; see [Shifts].
	Shifts []Shift
}

// Evidence is the case for a link.
type Evidence struct {
	// Score is the strength of the link, 0 to 1, rounded to four places. Scores
	// of a position and of a record comparison are not on one scale.
	Score float64
	// Uncertain reports that a person should look: the score is close to the
	// threshold, or one side spoke then and the other does now.
	Uncertain bool
	// Reasons are the measurements behind the score, in a fixed order. Each times its
	// weight they add up to it, but that statements which are not equal score 0.99 at
	// most. Where a link has more than two statements, they are those of its best pair.
	Reasons []Reason
	// Shared are the words that both statements have and that speak most for the link,
	// the weightiest first, five at most: of a position change, and of the pair whose
	// Reasons are given. Nil where the statements are the same.
	Shared []string
}

// Doubt says in words that a person should look, "" where nobody need.
func (e Evidence) Doubt() string {
	if !e.Uncertain {
		return ""
	}
	return "uncertain: may be another point"
}

// Reason is one measurement behind a link, such as {"words", 0.71, 0.5}.
type Reason struct {
	Name   string  `json:"name"`
	Value  float64 `json:"value"`  // 0 to 1, rounded to four places
	Weight float64 `json:"weight"` // how much it counts; negative for what speaks against the link
}

// equalTexts is the reason for a link of statements that are the same.
func equalTexts() Reason { return Reason{"equal", 1, 1} }

// alikeTexts is the reason for a link that the likeness of the texts alone made.
func alikeTexts(score float64) Reason { return Reason{"wording", round(score), 1} }

// MarkKind says what sort of word a [Mark] points at.
type MarkKind string

// The kinds of mark.
const (
	MarkNumber   MarkKind = "number"
	MarkDate     MarkKind = "date"
	MarkName     MarkKind = "name"
	MarkModal    MarkKind = "modal"
	MarkNegation MarkKind = "negation"
)

// Mark is one changed number, date, name, modal verb or negation. Old or New is
// empty where it was added or taken away.
type Mark struct {
	Kind MarkKind `json:"kind"`
	Old  string   `json:"old"`
	New  string   `json:"new"`
}

// Report is the difference between two texts. Every statement of both sides is
// in exactly one change.
type Report struct {
	Cause    Cause
	Old, New *timeline.Release
	Changes  []Change // in the order of the new text, dropped statements where they stood
	// Asides are the changes of what stands beside the statements, by role: the title,
	// the day, headings, tables, notes and all other lines. Only of a record change, and
	// without what stayed the same.
	Asides  []Change
	Summary Summary // of Changes; its words are those of Asides too
}

// Options are the optional settings of a comparison. The zero Options work.
type Options struct {
	// Cause is the kind of difference to look for. Empty, it is Record where both
	// releases have the same id (also none) and Position where they differ.
	Cause Cause
	// Topic narrows the comparison to the statements of that topic id.
	Topic string
	// Lexicon is the word list to use, nil for the embedded one.
	Lexicon *Lexicon
	// Ladder is what shifts are read on, nil for the embedded one.
	Ladder *Ladder
	// Words tell the lanes of a series, nil for the embedded ones.
	Words *timeline.WordLists
	// Qualifiers reads shifts off the words that say how far a position goes, nil for none.
	Qualifiers Qualifier
	// Past is the series that the texts belong to, nil where they are all there is.
	Past *Past
	// Against says by which text it is judged what is missing.
	Against Basis
}

// Qualifier knows the words that make a position firmer or weaker, wider or narrower.
type Qualifier interface {
	// Shifts returns the shifts of a reworded pair of statements that such words show, nil for none.
	Shifts(c *Change, l *Lexicon) []Shift
}

// shifts are those of a pair by its verbs and speakers, or else by its qualifiers.
func (o Options) shifts(v *vocabulary, c *Change) []Shift {
	out := o.ladder().shifts(v, c)
	sways := slices.ContainsFunc(out, func(x Shift) bool { return x.Kind == Firmed || x.Kind == Softened })
	if o.Qualifiers != nil && !sways && c.Kind == Reworded {
		out = append(out, o.Qualifiers.Shifts(c, o.lexicon())...)
	}
	return out
}

// Basis is the text by which it is judged what is missing from another.
type Basis string

// The bases. The empty one is ByLane.
const (
	ByLane      Basis = "lane"     // the last comparable one
	ByNeighbour Basis = "previous" // the one before in time, of whatever form
)

func (o Options) lexicon() *Lexicon {
	if o.Lexicon != nil {
		return o.Lexicon
	}
	return DefaultLexicon()
}

func (o Options) ladder() *Ladder {
	if o.Ladder != nil {
		return o.Ladder
	}
	return DefaultLadder()
}
