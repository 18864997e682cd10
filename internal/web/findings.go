package web

import (
	"net/http"
	"slices"
	"strconv"

	"readout/diff"
	"readout/diff/formula"
	"readout/internal/archive"
	"readout/internal/ask"
	"readout/timeline"
)

// formulasAnswered is how many formulas an answer has where nobody asked for a number, as
// the command has it.
const formulasAnswered = 20

func (s *Server) apiFormulas(r *http.Request, st *snapshot) (*ask.Formulas, error) {
	q := r.URL.Query()
	v, err := s.volume(r, st, seriesID(q.Get("series")))
	if err != nil {
		return nil, err
	}
	o := v.recur
	if o.Since, o.Until, err = readDays(q); err != nil {
		return nil, err
	}
	if name := q.Get("topic"); name != "" {
		c, ok := v.topic(name)
		if !ok {
			return nil, &missingTopic{v.ID, name}
		}
		o.Topic = c.topic.ID
	}
	limit := formulasAnswered
	if x := q.Get("limit"); x != "" {
		if limit, err = strconv.Atoi(x); err != nil || limit < 0 {
			return nil, &badRequest{"limit: it is a number from 0 on"}
		}
	}
	found := formula.Find(v.Releases, o)
	if lane := q.Get("lane"); lane != "" {
		found = slices.DeleteFunc(found, func(f formula.Formula) bool { return f.Lane != lane })
	}
	return ask.NewFormulas(v.ID, found, limit), nil
}

func (s *Server) apiSpread(r *http.Request, _ *snapshot) (*ask.Spread, error) {
	q := r.URL.Query()
	since, until, err := readDays(q)
	if err != nil {
		return nil, err
	}
	leave, err := s.searching.enter(r.Context())
	if err != nil {
		return nil, err
	}
	defer leave()
	users, err := s.Source.Phrase(r.Context(), q.Get("q"), archive.PhraseFilter{Limit: 1}) // the series are asked for
	if err != nil {
		return nil, err
	}
	days := timeline.Filter{Since: since, Until: until}
	var releases []*timeline.Release
	for _, id := range users.Series {
		all, err := s.Source.Releases(r.Context(), id, archive.SeriesOptions{})
		if err != nil {
			return nil, err
		}
		for _, x := range all {
			if days.Covers(x.Day()) {
				releases = append(releases, x)
			}
		}
	}
	return ask.NewSpread(timeline.SpreadOf(releases, q.Get("q"), timeline.TraceOptions{})), nil
}

func (s *Server) apiSubstitutions(r *http.Request, st *snapshot) (*ask.Substitutions, error) {
	id := seriesID(r.URL.Query().Get("series"))
	if _, ok := st.series[id]; !ok {
		return nil, &badSeries{id}
	}
	since, until, err := readDays(r.URL.Query())
	if err != nil {
		return nil, err
	}
	reports, err := s.Source.Reports(r.Context(), id, timeline.Filter{Since: since, Until: until})
	if err != nil {
		return nil, err
	}
	return ask.NewSubstitutions(diff.Substitutions(reports, 0, s.comparing()), since), nil
}

func (s *Server) apiProposals(r *http.Request, st *snapshot) (*ask.Proposals, error) {
	v, err := s.volume(r, st, seriesID(r.URL.Query().Get("series")))
	if err != nil {
		return nil, err
	}
	return ask.NewProposals(v.ID, v.Topics), nil
}

func (s *Server) apiNotable(r *http.Request, st *snapshot) (*ask.Notable, error) {
	q := r.URL.Query()
	if !q.Has("series") {
		found, err := s.known(r.Context(), st)
		if err != nil {
			return nil, err
		}
		return ask.NewNotable(found), nil
	}
	v, err := s.volume(r, st, seriesID(q.Get("series")))
	if err != nil {
		return nil, err
	}
	return ask.NewNotable(v.notable()), nil
}

func (s *Server) apiDoubts(r *http.Request, st *snapshot) (*ask.Doubts, error) {
	field := r.URL.Query().Get("field")
	var out []ask.Doubt
	for _, rel := range slices.SortedFunc(slices.Values(st.heads), timeline.CompareReleases) {
		for _, d := range archive.DoubtsOf(rel) {
			if field == "" || d.Field == field {
				out = append(out, ask.Doubt{Release: rel.ID, Field: d.Field, Why: d.Why})
			}
		}
	}
	return ask.NewDoubts(out), nil
}
