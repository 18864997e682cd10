package diff

import (
	"slices"

	"readout/timeline"
)

// Step is one entry of a timeline set against the last meeting before it that
// raised the topic.
type Step struct {
	Entry timeline.Entry
	// Previous is the release of that meeting, nil where no earlier entry raised
	// the topic or this one does not.
	Previous *timeline.Release
	// Statements are the entry's statements, each with its change, in order.
	Statements []StatementChange
	// Dropped are the statements of Previous that this meeting, which took the
	// topic up again, no longer made. They are in the order of Previous.
	Dropped []timeline.Statement
	// Changes are the same findings as a [Report] lists them, in groups. Unlike
	// Statements and Dropped they include what the timeline's filter hides.
	Changes []Change
}

// StatementChange is what became of the wording that led to one statement.
type StatementChange struct {
	Statement  timeline.Statement
	Kind       Kind // never Dropped
	Moved      bool
	Split      bool // Previous also went into other statements
	Merged     bool // Previous are several
	Previous   []timeline.Statement
	Similarity float64
	Link       Evidence
	// Edits lead from the texts of Previous, joined by a space, to the text of
	// Statement.
	Edits []Edit
	Marks []Mark
	// Returned is set on a new statement that an earlier meeting made and later
	// ones left out.
	Returned *Return
}

// Chain compares every entry of the timeline with the last one before it that
// raised the topic; there is a step for every entry, in the same order. A filter
// of the timeline hides statements but does not change what is compared: a
// statement that the filter hides is neither new nor dropped for it.
func Chain(t *timeline.Timeline, o Options) []Step {
	if t == nil {
		return nil
	}
	o.Topic = t.Topic.ID
	if o.Cause == "" {
		o.Cause = Position
	}
	steps := make([]Step, 0, len(t.Entries))
	var last *timeline.Entry
	var gone absence
	for i := range t.Entries {
		e := &t.Entries[i]
		s := Step{Entry: *e}
		if e.Raised {
			var before side
			shown := make(map[string]bool)
			if last != nil {
				s.Previous = last.Release
				before = sideOfEntry(last, o.Topic)
				for _, st := range last.Statements {
					shown[st.ID] = true
				}
			}
			s.Changes = compare(before, sideOfEntry(e, o.Topic), o)
			s.Statements = statementChanges(e.Statements, s.Changes, o)
			gone.end(s.Statements, o)
			for _, c := range s.Changes {
				if c.Kind == Dropped && shown[c.Old[0].ID] {
					s.Dropped = append(s.Dropped, c.Old[0])
					gone.begin(c.Old[0], last.Release)
				}
			}
			last = e
		}
		steps = append(steps, s)
	}
	return steps
}

// sideOfEntry takes all statements of the release on the topic, or the entry's
// own where the release does not carry topics.
func sideOfEntry(e *timeline.Entry, topic string) side {
	if e.Release == nil {
		return side{statements: e.Statements}
	}
	s := sideOf(e.Release, topic)
	if len(s.statements) < len(e.Statements) {
		s.statements = slices.Clone(e.Statements)
	}
	return s
}

// statementChanges finds the change of each statement. In a split each part is
// compared with the whole it came from.
func statementChanges(shown []timeline.Statement, changes []Change, o Options) []StatementChange {
	of := make(map[string]*Change)
	for i := range changes {
		for _, s := range changes[i].New {
			of[s.ID] = &changes[i]
		}
	}
	out := make([]StatementChange, 0, len(shown))
	for _, st := range shown {
		c := of[st.ID]
		if c == nil {
			out = append(out, StatementChange{Statement: st, Kind: New, Edits: whole(Insert, st.Text)})
			continue
		}
		sc := StatementChange{
			Statement: st, Kind: c.Kind, Moved: c.Moved, Split: c.Split, Merged: c.Merged,
			Previous: c.Old, Similarity: c.Similarity, Link: c.Link, Edits: c.Edits, Marks: c.Marks,
		}
		if c.Split {
			v := newVocabulary(o.lexicon())
			w := v.compare(c.OldText, st.Text)
			sc.Edits, sc.Marks, sc.Similarity = w.edits(), v.marks(&w), round(w.similarity)
		}
		out = append(out, sc)
	}
	return out
}
