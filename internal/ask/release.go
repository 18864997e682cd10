package ask

import "readout/timeline"

// withLists returns a copy of the statement whose arrays are not nil.
func withLists(s timeline.Statement) timeline.Statement {
	s.Path, s.Speakers, s.Topics = some(s.Path), some(s.Speakers), some(s.Topics)
	return s
}

// Release is the answer of "show".
type Release struct {
	Schema     string           `json:"schema"` // "readout.release/1"
	CapturedAt Instant          `json:"captured_at"`
	Meeting    string           `json:"meeting"`
	Doubts     []timeline.Doubt `json:"doubts"`
	timeline.Release
}

// NewRelease returns r as an answer.
func NewRelease(r *timeline.Release) *Release {
	out := &Release{Schema: "readout.release/1", CapturedAt: Instant{r.CapturedAt}, Meeting: r.Meeting, Doubts: some(r.Doubts), Release: *r}
	out.Parties = some(r.Parties)
	out.Sections = some(r.Sections)
	out.Statements = make([]timeline.Statement, len(r.Statements))
	for i, s := range r.Statements {
		out.Statements[i] = withLists(s)
	}
	return out
}

// Lines returns the statements.
func (r *Release) Lines() []any { return lines(r.Statements) }
