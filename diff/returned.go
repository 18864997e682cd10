package diff

import "readout/timeline"

// Return is an earlier statement that a new one takes up again: it was said, left
// out at one meeting or more that spoke of the topic, and came back.
type Return struct {
	Statement  timeline.Statement
	Release    *timeline.Release // the last meeting that said it
	Similarity float64           // of the wordings, 0 to 1
	// Edits lead from the text of Statement to that of the one that returned.
	Edits []Edit
}

// leastReturn is the similarity from which a new statement counts as an old one come
// back. It lies above what links neighbouring meetings: the further apart two
// statements stand, the more a likeness may be chance.
const leastReturn = 0.6

// absence keeps the statements of a topic that were dropped and have not come back.
type absence struct {
	statements []timeline.Statement
	releases   []*timeline.Release // that said them last, side by side with statements
}

// end finds out which of the new statements are absent ones come back; those are
// absent no longer.
func (a *absence) end(changes []StatementChange, o Options) {
	var fresh []timeline.Statement
	var at []int
	for i, c := range changes {
		if c.Kind == New {
			fresh, at = append(fresh, bare(c.Statement)), append(at, i)
		}
	}
	if len(fresh) == 0 || len(a.statements) == 0 {
		return
	}
	place := make(map[string]int, len(fresh))
	for k, st := range fresh {
		place[st.ID] = at[k]
	}
	back := make(map[string]bool)
	for _, c := range compare(side{statements: a.statements}, side{statements: fresh}, o) {
		if len(c.Old) != 1 || len(c.New) != 1 || c.Similarity < leastReturn || c.Link.Uncertain {
			continue
		}
		back[c.Old[0].ID] = true
		changes[place[c.New[0].ID]].Returned = &Return{Statement: c.Old[0], Release: a.releaseOf(c.Old[0].ID), Similarity: c.Similarity, Edits: c.Edits}
	}
	left := absence{}
	for i, st := range a.statements {
		if !back[st.ID] {
			left.begin(st, a.releases[i])
		}
	}
	*a = left
}

// begin notes that the statement, last said in r, was dropped.
func (a *absence) begin(st timeline.Statement, r *timeline.Release) {
	a.statements = append(a.statements, bare(st))
	a.releases = append(a.releases, r)
}

func (a *absence) releaseOf(id string) *timeline.Release {
	for i, st := range a.statements {
		if st.ID == id {
			return a.releases[i]
		}
	}
	return nil
}

// bare takes a statement out of the sections of its release: statements of several
// releases are compared here.
func bare(st timeline.Statement) timeline.Statement {
	st.Section = -1
	return st
}
