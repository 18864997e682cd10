package diff

import (
	"readout/timeline"
)

// Piece is a run of a statement's text that came into its wording at one meeting.
type Piece struct {
	Text string
	// Release is the meeting whose statement first had the piece in the line of
	// descent, and Statement that statement's id.
	Release   *timeline.Release
	Statement string
}

// Blamed is a statement and the pieces its wording is made of, in order; joined,
// they are its text.
type Blamed struct {
	Statement timeline.Statement
	Pieces    []Piece
}

// Blame says for each statement of the release in which meeting its wording, piece
// by piece, first appeared. The chains are those of the topics that the release
// raises (see [Chain]); a statement that several of them have follows the one that
// explains most of its text, the earlier chain among equals. A statement in no chain
// is its own origin.
func Blame(r *timeline.Release, chains [][]Step) []Blamed {
	best := make(map[string]*lineage)
	for _, steps := range chains {
		for id, l := range descend(steps, r) {
			if old := best[id]; old == nil || l.inherited > old.inherited {
				best[id] = l
			}
		}
	}
	out := make([]Blamed, 0, len(r.Statements))
	for _, st := range r.Statements {
		b := Blamed{Statement: st}
		if l := best[st.ID]; l != nil {
			b.Pieces = l.pieces
		} else if st.Text != "" {
			b.Pieces = []Piece{{st.Text, r, st.ID}}
		}
		out = append(out, b)
	}
	return out
}

// lineage is the wording of one statement by origin.
type lineage struct {
	pieces    []Piece
	inherited int // bytes that came from an earlier meeting
}

// descend follows the wording along a chain up to the release and returns the
// lineages of the statements that it has there.
func descend(steps []Step, until *timeline.Release) map[string]*lineage {
	known := make(map[string]*lineage)
	for _, s := range steps {
		if !s.Entry.Raised {
			continue
		}
		now := make(map[string]*lineage)
		for _, c := range s.Statements {
			previous, edits := c.Previous, c.Edits
			if c.Returned != nil {
				previous, edits = []timeline.Statement{c.Returned.Statement}, c.Returned.Edits
			}
			l := inherit(previous, edits, Piece{Release: s.Entry.Release, Statement: c.Statement.ID}, known)
			now[c.Statement.ID], known[c.Statement.ID] = l, l
		}
		if s.Entry.Release.ID == until.ID {
			return now
		}
	}
	return nil
}

// inherit carries the origins of the previous wording over the edits: what stayed
// keeps its origin, what was inserted begins here.
func inherit(previous []timeline.Statement, edits []Edit, here Piece, known map[string]*lineage) *lineage {
	old := origins(previous, known)
	l := &lineage{}
	for _, e := range edits {
		switch e.Op {
		case Delete:
			old = cut(old, len(e.Text), func(Piece) {})
		case Insert:
			l.add(Piece{e.Text, here.Release, here.Statement})
		case Equal:
			n := len(e.Text)
			old = cut(old, n, func(p Piece) {
				n -= len(p.Text)
				l.inherited += len(p.Text)
				l.add(p)
			})
			if n > 0 { // nothing is known of the earlier wording
				l.add(Piece{e.Text[len(e.Text)-n:], here.Release, here.Statement})
			}
		}
	}
	return l
}

// origins joins the pieces of the statements by spaces, as their texts are joined.
func origins(previous []timeline.Statement, known map[string]*lineage) []Piece {
	var out []Piece
	for i, st := range previous {
		l := known[st.ID]
		if l == nil || len(l.pieces) == 0 {
			return nil
		}
		if i > 0 {
			out = append(out, Piece{" ", l.pieces[0].Release, l.pieces[0].Statement})
		}
		out = append(out, l.pieces...)
	}
	return out
}

// cut takes n bytes off the front of the pieces, hands them to take and returns
// the rest.
func cut(pieces []Piece, n int, take func(Piece)) []Piece {
	for n > 0 && len(pieces) > 0 {
		p := pieces[0]
		if len(p.Text) > n {
			take(Piece{p.Text[:n], p.Release, p.Statement})
			rest := append([]Piece{{p.Text[n:], p.Release, p.Statement}}, pieces[1:]...)
			return rest
		}
		take(p)
		n -= len(p.Text)
		pieces = pieces[1:]
	}
	return pieces
}

// add appends a piece, to the last one where the origin is the same.
func (l *lineage) add(p Piece) {
	if n := len(l.pieces); n > 0 && l.pieces[n-1].Release == p.Release && l.pieces[n-1].Statement == p.Statement {
		l.pieces[n-1].Text += p.Text
		return
	}
	l.pieces = append(l.pieces, p)
}
