package web

import (
	"errors"
	"net/http"

	"readout/internal/sources"
)

// sourcesData is the page of the places on the web that are followed.
type sourcesData struct {
	Sources []sourceRow
	Well    int
	Fault   string // why the file of sources cannot be read, "" where it can
}

// sourceRow is one source and how it stands.
type sourceRow struct {
	sources.Health
	Every    string // how often it is looked at
	Troubles []sources.Trouble
	Left     int // further troubles, which the page has no room for
}

// troublesShown is how many pages of one source that do not stand well are named.
const troublesShown = 20

// sources shows every source with its health.
func (s *Server) sources(r *http.Request, _ *snapshot) (*page, error) {
	p := &page{View: "sources", Title: "Sources"}
	if s.Health == nil {
		p.Data = sourcesData{}
		return p, nil
	}
	leave, err := s.searching.enter(r.Context()) // it holds the store open as a search does
	if err != nil {
		return nil, err
	}
	defer leave()
	all, err := s.Health(r.Context())
	if errors.As(err, new(*sources.LineError)) {
		p.Data = sourcesData{Fault: err.Error()}
		return p, nil
	}
	if err != nil {
		return nil, err
	}
	var d sourcesData
	for _, h := range all {
		row := sourceRow{Health: h, Every: sources.Duration(h.Every()).String(), Troubles: h.Troubles[:min(troublesShown, len(h.Troubles))]}
		row.Left = len(h.Troubles) - len(row.Troubles)
		if h.Standing == sources.Well {
			d.Well++
		}
		d.Sources = append(d.Sources, row)
	}
	p.Data = d
	return p, nil
}

// standingWords says to people how a source or page stands.
func standingWords(s sources.Standing) string {
	switch s {
	case sources.Well:
		return "in order"
	case sources.Failing:
		return "failing"
	}
	return string(s)
}
