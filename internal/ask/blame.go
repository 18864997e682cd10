package ask

import (
	"readout/diff"
	"readout/timeline"
)

// Blame is the answer of "blame".
type Blame struct {
	Schema     string           `json:"schema"` // "readout.blame/1"
	ID         string           `json:"id"`
	Version    int              `json:"version"`
	Held       timeline.Date    `json:"held"`
	Title      string           `json:"title"`
	Statements []BlameStatement `json:"statements"`
}

// BlameStatement is a statement and where its wording comes from. The texts of its
// pieces, joined, are its text.
type BlameStatement struct {
	ID     string       `json:"id"`
	Text   string       `json:"text"`
	Pieces []BlamePiece `json:"pieces"`
}

// BlamePiece is a run of words and the statement in which they first stood.
type BlamePiece struct {
	Text      string        `json:"text"`
	Release   string        `json:"release"`
	Held      timeline.Date `json:"held"`
	Statement string        `json:"statement"`
	Day       timeline.Date `json:"-"` // it stands at: held, or else published
}

// NewBlame returns the origins of a release's wording as an answer.
func NewBlame(r *timeline.Release, blamed []diff.Blamed) *Blame {
	out := &Blame{Schema: "readout.blame/1", ID: r.ID, Version: r.Version, Held: r.Held, Title: r.Title, Statements: []BlameStatement{}}
	for _, b := range blamed {
		st := BlameStatement{ID: b.Statement.ID, Text: b.Statement.Text, Pieces: []BlamePiece{}}
		for _, p := range b.Pieces {
			st.Pieces = append(st.Pieces, BlamePiece{
				Text:      p.Text,
				Release:   p.Release.ID,
				Held:      p.Release.Held,
				Statement: p.Statement,
				Day:       p.Release.Day(),
			})
		}
		out.Statements = append(out.Statements, st)
	}
	return out
}

// Lines returns the statements.
func (b *Blame) Lines() []any { return lines(b.Statements) }
