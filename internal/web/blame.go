package web

import (
	"net/http"

	"readout/diff"
	"readout/timeline"
)

// blameData is the page that says where each piece of a release's wording was first.
type blameData struct {
	Release    *timeline.Release
	Statements []blamedStatement
}

// blamedStatement is a statement in pieces.
type blamedStatement struct {
	timeline.Statement
	Number string
	Pieces []blamedPiece
}

// blamedPiece is a run of words and the meeting where it first stood.
type blamedPiece struct {
	diff.Piece
	Here bool   // this meeting
	Href string // of the statement in which it stood first
	Age  int    // 0 for this meeting, to 4 for the oldest of the series
}

func (s *Server) blame(r *http.Request, st *snapshot) (*page, error) {
	v, rel, err := s.current(r, st)
	if err != nil {
		return nil, err
	}
	d := blameData{Release: rel}
	for _, b := range v.blame(rel) {
		x := blamedStatement{Statement: b.Statement, Number: number(b.Statement.ID)}
		for _, p := range b.Pieces {
			x.Pieces = append(x.Pieces, v.blamedPiece(rel, p))
		}
		d.Statements = append(d.Statements, x)
	}
	return &page{
		View:   "blame",
		Title:  "Where the words come from",
		Crumbs: []link{{seriesHref(rel.Series), seriesName(rel.Series, s.Names)}, {releaseHref(rel.ID), longDay(rel.Day())}},
		Data:   d,
	}, nil
}

// current returns the present version of the release that an address names.
func (s *Server) current(r *http.Request, st *snapshot) (*volume, *timeline.Release, error) {
	_, head, err := st.find(r.PathValue("release"))
	if err != nil {
		return nil, nil, err
	}
	v, err := s.volume(r, st, head.Series)
	if err != nil {
		return nil, nil, err
	}
	rel, ok := v.byID[head.ID]
	if !ok {
		return nil, nil, errNoPage
	}
	return v, rel, nil
}

// age says how old a wording is in five steps.
func (v *volume) age(now, then *timeline.Release) int {
	n := v.place[now.ID] - v.place[then.ID]
	switch {
	case n <= 0:
		return 0
	case n == 1:
		return 1
	case n <= 3:
		return 2
	case n <= 8:
		return 3
	}
	return 4
}
