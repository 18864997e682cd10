package show

import (
	"io"
	"strings"

	"readout/diff"
	"readout/internal/letters"
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
	day       timeline.Date
}

// NewBlame returns the origins of a release's wording as an answer.
func NewBlame(r *timeline.Release, blamed []diff.Blamed) *Blame {
	out := &Blame{Schema: "readout.blame/1", ID: r.ID, Version: r.Version, Held: r.Held, Title: r.Title, Statements: []BlameStatement{}}
	for _, b := range blamed {
		st := BlameStatement{ID: b.Statement.ID, Text: b.Statement.Text, Pieces: []BlamePiece{}}
		for _, p := range b.Pieces {
			st.Pieces = append(st.Pieces, BlamePiece{Text: p.Text, Release: p.Release.ID, Held: p.Release.Held, Statement: p.Statement, day: p.Release.Day()})
		}
		out.Statements = append(out.Statements, st)
	}
	return out
}

// Lines returns the statements.
func (b *Blame) Lines() []any { return lines(b.Statements) }

// Text writes every statement cut into its pieces, each behind the day of the
// meeting it comes from. Pieces without a word go with the one before.
func (b *Blame) Text(w io.Writer, s Style) error {
	var out strings.Builder
	out.WriteString(text(bold, b.Title).block(s, "", "", s.prose()))
	out.WriteString(s.paint(dim, letters.Clean(joinNonEmpty(" · ", b.Held.String(), b.ID))) + "\n")
	for _, st := range b.Statements {
		out.WriteByte('\n')
		for _, p := range worded(st.Pieces) {
			look := plain
			if p.Release == b.ID {
				look = green
			}
			day := p.day.String()
			if day == "" {
				day = "undated"
			}
			out.WriteString(text(look, strings.TrimSpace(p.Text)).block(s, s.paint(cyan, pad(day, 10, false))+"  ", strings.Repeat(" ", 12), s.prose()))
		}
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// worded joins pieces that have no letter or digit to the piece before them, or
// where there is none to the one behind.
func worded(pieces []BlamePiece) []BlamePiece {
	var out []BlamePiece
	for _, p := range pieces {
		if n := len(out); n > 0 && (!hasWord(p.Text) || !hasWord(out[n-1].Text) || out[n-1].Release == p.Release) {
			if hasWord(p.Text) && !hasWord(out[n-1].Text) {
				p.Text = out[n-1].Text + p.Text
				out[n-1] = p
			} else {
				out[n-1].Text += p.Text
			}
			continue
		}
		out = append(out, p)
	}
	return out
}
