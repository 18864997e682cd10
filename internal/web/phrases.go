package web

import (
	"net/http"
	"slices"

	"readout/internal/ask"
	"readout/timeline"
)

// phrasesData is the page of the stock phrases of a series: which came, came back and
// went at which meeting.
type phrasesData struct {
	ID           timeline.SeriesID
	Name         string
	Since, Until timeline.Date
	Turns        []ask.PhraseTurn // at which something came or went, the newest first
	Meetings     int
	API          string
}

// phrasesOf returns the phrases that came and went in the days that a request asks for.
func (s *Server) phrasesOf(r *http.Request, st *snapshot, id timeline.SeriesID) (*volume, *ask.Phrases, timeline.Filter, error) {
	since, until, err := readDays(r.URL.Query())
	days := timeline.Filter{Since: since, Until: until}
	if err != nil {
		return nil, nil, days, err
	}
	v, err := s.volume(r, st, id)
	if err != nil {
		return nil, nil, days, err
	}
	turns := timeline.Stock(v.Releases, timeline.StockOptions{Words: s.Words})
	return v, ask.NewPhrases(v.ID, turns, func(r *timeline.Release) bool { return days.Covers(r.Day()) }), days, nil
}

func (s *Server) phrases(r *http.Request, st *snapshot) (*page, error) {
	v, p, days, err := s.phrasesOf(r, st, seriesID(r.PathValue("series")))
	if err != nil {
		return nil, err
	}
	d := phrasesData{
		ID:       v.ID,
		Name:     seriesName(v.ID, s.Names),
		Since:    days.Since,
		Until:    days.Until,
		Meetings: len(p.Meetings),
		API:      "/api/v1/phrases?series=" + string(v.ID),
	}
	for _, t := range slices.Backward(p.Meetings) {
		if len(t.Appeared)+len(t.Returned)+len(t.Disappeared) > 0 {
			d.Turns = append(d.Turns, t)
		}
	}
	return &page{View: "phrases", Title: "Phrases that came and went", Crumbs: []link{{seriesHref(v.ID), d.Name}}, Data: d}, nil
}
