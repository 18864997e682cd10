package web

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"readout/diff"
	"readout/internal/archive"
	"readout/internal/render"
	"readout/internal/survey"
	"readout/timeline"
)

// The interface for programs mirrors the command line: the same questions, and the
// same documents as --format json. It only reads.

// endpoint is one question that a program can ask.
type endpoint struct {
	path    string // under /api/v1
	summary string
	params  []param
	answer  func(*http.Request, *snapshot) (render.Answer, error)
	schema  any // a zero value of the answer's type
	scope   scope
}

// param is one parameter of a question.
type param struct {
	name, in, words string
	required        bool
	values          []string // that it may have; nil for any
}

func query(name, words string) param { return param{name: name, in: "query", words: words} }

func (p param) needed() param { p.required = true; return p }

func one[T ~string](p param, of []T) param {
	for _, v := range of {
		p.values = append(p.values, string(v))
	}
	return p
}

// endpoints returns every question, in the order of their description.
func (s *Server) endpoints() []endpoint {
	id := param{name: "release", in: "path", words: "an id, a unique prefix of one, ID@v2 or ID@2031-04-17", required: true}
	series := query("series", "a series, such as JP-RU")
	topic := query("topic", "a topic: its id or one of its names")
	since, until := query("since", "the first day"), query("until", "the last day")
	speaker := query("speaker", "a party, by its code")
	act := one(query("act", "a speech act"), timeline.Acts())
	return []endpoint{
		{"/series", "All series in short", nil, s.apiSeries, render.SeriesList{}, ofAll},
		{"/releases", "Releases in short", []param{series, since, until, one(query("kind", "a kind of release"), timeline.Kinds())}, s.apiList, render.List{}, ofAll},
		{"/releases/{release}", "A release with its statements", []param{id}, s.apiRelease, render.Release{}, ofSeries},
		{"/releases/{release}/log", "The versions of a release", []param{id}, s.apiLog, render.Log{}, ofAll},
		{"/releases/{release}/blame", "Where each piece of a release's wording first stood", []param{id}, s.apiBlame, render.Blame{}, ofSeries},
		{"/releases/{release}/sides", "Two sides' accounts of one meeting", []param{id, query("with", "the other account, where there are several")}, s.apiSides, render.TwoSided{}, ofSeries},
		{"/topics", "The topics of a series", []param{series.needed()}, s.apiTopics, render.Topics{}, ofSeries},
		{"/timeline", "One topic from meeting to meeting", []param{series.needed(), topic.needed(), since, until, speaker, act,
			one(query("changes", "leave out what did not change"), []string{"only"})}, s.apiTimeline, render.Timeline{}, ofSeries},
		{"/chain", "Every step along a topic as a comparison", []param{series.needed(), topic.needed()}, s.apiChain, render.Chain{}, ofSeries},
		{"/synopsis", "The meetings that raised a topic side by side", []param{series.needed(), topic.needed()}, s.apiSynopsis, render.Synopsis{}, ofSeries},
		{"/diff", "Two texts compared", []param{query("old", "a release or version").needed(), query("new", "a release or version").needed(), topic}, s.apiDiff, render.Diff{}, ofSeries},
		{"/phrase", "The ledger of a phrase in a series", []param{query("q", "the words").needed(), series.needed(), speaker}, s.apiPhrase, render.Phrase{}, ofSeries},
		{"/phrases", "The stock phrases of a series that came and went", []param{series.needed(), since, until}, s.apiPhrases, render.Phrases{}, ofSeries},
		{"/matrix", "The topics of a series against its meetings", []param{series.needed()}, s.apiMatrix, render.Matrix{}, ofSeries},
		{"/brief", "Where the topics of a series stand before the next meeting", []param{series.needed(), query("before", "the day of the meeting prepared for")}, s.apiBrief, render.Brief{}, ofSeries},
		{"/changes", "What came in last: releases with their position changes, altered pages", nil, s.apiChanges, render.Changes{}, ofAll},
		{"/search", "Statements by their words", []param{query("q", "words, quoted phrases, -words").needed(), series, since, until, speaker, act,
			query("limit", "the most statements to return")}, s.apiSearch, render.Search{}, ofAll},
	}
}

// api adds the questions to the mux.
func (s *Server) api(mux *http.ServeMux) {
	all := s.endpoints()
	for _, e := range all {
		mux.HandleFunc("GET /api/v1"+e.path, func(w http.ResponseWriter, r *http.Request) { s.answer(w, r, e) })
	}
	mux.HandleFunc("GET /api/v1/openapi.json", func(w http.ResponseWriter, r *http.Request) { sendJSON(w, r, describe(all)) })
	mux.Handle("GET /api/v1", s.page(ofAll, func(*http.Request, *snapshot) (*page, error) { return apiPage(all), nil }))
	mux.HandleFunc("GET /api/", func(w http.ResponseWriter, r *http.Request) {
		writeProblem(w, http.StatusNotFound, "there is no such question; see /api/v1/openapi.json")
	})
}

// answer answers one question.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, e endpoint) {
	err := e.check(r)
	var a *answer
	if err == nil {
		a, err = s.cached(r, e.scope, func(r *http.Request, st *snapshot) (*answer, error) {
			doc, err := e.answer(r, st)
			if err != nil {
				return nil, err
			}
			var b bytes.Buffer
			err = render.JSON(&b, doc)
			return &answer{body: b.Bytes(), mediaType: "application/json; charset=utf-8"}, err
		})
	}
	if err != nil {
		p := explain(err)
		if p.Status >= http.StatusInternalServerError {
			s.Report(fmt.Errorf("GET %s: %w", r.URL.Path, err))
			writeProblem(w, p.Status, p.Message)
			return
		}
		writeProblem(w, p.Status, err.Error())
		return
	}
	send(w, r, a.body, a.mediaType, http.StatusOK)
}

// check refuses a question that lacks something or asks for something unknown, so
// that a misspelt parameter is not silently ignored.
func (e endpoint) check(r *http.Request) error {
	q := r.URL.Query()
	for _, p := range e.params {
		if p.in != "query" {
			continue
		}
		v := q.Get(p.name)
		if p.required && strings.TrimSpace(v) == "" {
			return &badRequest{fmt.Sprintf("%s is needed: %s", p.name, p.words)}
		}
		if v != "" && p.values != nil && !slices.Contains(p.values, v) {
			return &badRequest{fmt.Sprintf("%s: %q is none of %s", p.name, v, strings.Join(p.values, ", "))}
		}
	}
	for name := range q {
		if !slices.ContainsFunc(e.params, func(p param) bool { return p.name == name }) {
			return &badRequest{fmt.Sprintf("%s takes no %q", e.path, name)}
		}
	}
	return nil
}

func sendJSON(w http.ResponseWriter, r *http.Request, v any) {
	var b bytes.Buffer
	if err := render.JSON(&b, v); err != nil {
		writeProblem(w, http.StatusInternalServerError, "the answer could not be written")
		return
	}
	send(w, r, b.Bytes(), "application/json; charset=utf-8", http.StatusOK)
}

// problemJSON is an error for programs, as RFC 9457 has it.
type problemJSON struct {
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
}

func writeProblem(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = render.JSON(w, problemJSON{http.StatusText(status), status, detail}) // the caller has gone
}

func (s *Server) apiSeries(r *http.Request, st *snapshot) (render.Answer, error) {
	items := []render.SeriesItem{}
	for _, id := range sortedIDs(st) {
		heads := st.series[id].heads
		item := render.SeriesItem{ID: id, Parties: id.Parties(), Releases: len(heads), First: heads[0].Day(), Last: heads[len(heads)-1].Day(), Name: nameList(id.Parties(), s.Names)}
		if id != "" {
			v, err := s.volume(r, st, id)
			if err != nil {
				return nil, err
			}
			item.Topics = len(v.Topics.Topics)
		}
		items = append(items, item)
	}
	return render.NewSeriesList(items), nil
}

func (s *Server) apiList(r *http.Request, st *snapshot) (render.Answer, error) {
	q := r.URL.Query()
	since, until, err := readDays(q)
	if err != nil {
		return nil, err
	}
	f := timeline.Filter{Since: since, Until: until}
	var out []*timeline.Release
	for _, h := range st.heads {
		if (!q.Has("series") || h.Series == seriesID(q.Get("series"))) && (q.Get("kind") == "" || string(h.Kind) == q.Get("kind")) && f.Covers(h.Day()) {
			out = append(out, h)
		}
	}
	return render.NewList(out), nil
}

func (s *Server) apiRelease(r *http.Request, st *snapshot) (render.Answer, error) {
	ref, head, err := st.find(r.PathValue("release"))
	if err != nil {
		return nil, err
	}
	v, err := s.volume(r, st, head.Series)
	if err != nil {
		return nil, err
	}
	rel, err := s.text(r, v, ref, head)
	if err != nil {
		return nil, err
	}
	return render.NewRelease(rel), nil
}

func (s *Server) apiLog(r *http.Request, st *snapshot) (render.Answer, error) {
	_, head, err := st.find(r.PathValue("release"))
	if err != nil {
		return nil, err
	}
	infos, err := s.Source.Log(r.Context(), archive.Ref{ID: head.ID})
	if err != nil {
		return nil, err
	}
	out := make([]render.LogVersion, len(infos))
	for i, m := range versions(head.ID, infos, head.Version, s.Lexicon) {
		out[len(out)-1-i] = render.LogVersion{Version: m.Version, CapturedAt: render.Instant(m.CapturedAt), Captures: m.Captures, SHA256: m.SHA256,
			WordsInserted: m.Inserted, WordsDeleted: m.Deleted}
	}
	return render.NewLog(head.ID, out), nil
}

func (s *Server) apiBlame(r *http.Request, st *snapshot) (render.Answer, error) {
	v, rel, err := s.current(r, st)
	if err != nil {
		return nil, err
	}
	return render.NewBlame(rel, diff.Blame(rel, v.Releases, s.Lexicon)), nil
}

func (s *Server) apiTopics(r *http.Request, st *snapshot) (render.Answer, error) {
	v, err := s.volume(r, st, seriesID(r.URL.Query().Get("series")))
	if err != nil {
		return nil, err
	}
	return render.NewTopics(v.ID, v.Topics.Topics), nil
}

// asked returns the topic that a question is about.
func (s *Server) asked(r *http.Request, st *snapshot) (*volume, *chain, error) {
	q := r.URL.Query()
	return s.chain(r, st, seriesID(q.Get("series")), q.Get("topic"))
}

func (s *Server) apiTimeline(r *http.Request, st *snapshot) (render.Answer, error) {
	v, c, err := s.asked(r, st)
	if err != nil {
		return nil, err
	}
	f, err := readTopicFilter(r.URL.Query())
	if err != nil {
		return nil, err
	}
	th := survey.Follow(v.Releases, c.topic, f.timeline(), s.comparing())
	return render.NewTimeline(th, render.TimelineView{ChangesOnly: f.ChangesOnly, Lulls: timeline.Lulls(v.Releases)}), nil
}

func (s *Server) apiChain(r *http.Request, st *snapshot) (render.Answer, error) {
	v, c, err := s.asked(r, st)
	if err != nil {
		return nil, err
	}
	return s.chainAnswer(v, c), nil
}

func (s *Server) apiSynopsis(r *http.Request, st *snapshot) (render.Answer, error) {
	v, c, err := s.asked(r, st)
	if err != nil {
		return nil, err
	}
	return render.NewSynopsis(timeline.Build(v.Releases, c.topic, timeline.Filter{}), diff.Lay(c.steps())), nil
}

func (s *Server) apiDiff(r *http.Request, st *snapshot) (render.Answer, error) {
	q := r.URL.Query()
	report, _, err := s.report(r, st, q.Get("old"), q.Get("new"), q.Get("topic"))
	if err != nil {
		return nil, err
	}
	return render.NewDiff(report), nil
}

func (s *Server) apiPhrase(r *http.Request, st *snapshot) (render.Answer, error) {
	q := r.URL.Query()
	v, err := s.volume(r, st, seriesID(q.Get("series")))
	if err != nil {
		return nil, err
	}
	o := timeline.TraceOptions{}
	if p := q.Get("speaker"); p != "" {
		o.Speakers = []timeline.Party{timeline.Party(p)}
	}
	return render.NewPhrase(timeline.Trace(v.Releases, q.Get("q"), o), v.ID), nil
}

func (s *Server) apiMatrix(r *http.Request, st *snapshot) (render.Answer, error) {
	v, err := s.volume(r, st, seriesID(r.URL.Query().Get("series")))
	if err != nil {
		return nil, err
	}
	return render.NewMatrix(v.matrix()), nil
}

func (s *Server) apiBrief(r *http.Request, st *snapshot) (render.Answer, error) {
	v, err := s.volume(r, st, seriesID(r.URL.Query().Get("series")))
	if err != nil {
		return nil, err
	}
	f, err := readBriefFilter(r.URL.Query())
	if err != nil {
		return nil, err
	}
	f.Full = true // a program can leave out what it does not want
	return s.briefFrom(v, f), nil
}

func (s *Server) apiPhrases(r *http.Request, st *snapshot) (render.Answer, error) {
	_, p, _, err := s.phrasesOf(r, st, seriesID(r.URL.Query().Get("series")))
	if err != nil {
		return nil, err
	}
	return p, nil
}

func (s *Server) apiSides(r *http.Request, st *snapshot) (render.Answer, error) {
	report, _, err := s.accountsOf(r, st)
	if err != nil {
		return nil, err
	}
	return render.NewTwoSided(report, s.Names, ""), nil
}

func (s *Server) apiChanges(r *http.Request, st *snapshot) (render.Answer, error) {
	items, _ := s.news(st)
	report, err := s.newsReport(r, st, items)
	if err != nil {
		return nil, err
	}
	return render.NewChanges(report), nil
}

// hitsAnswered is how many hits a program gets that names no number.
const hitsAnswered = 1000

func (s *Server) apiSearch(r *http.Request, st *snapshot) (render.Answer, error) {
	q := r.URL.Query()
	f, err := readSearchFilter(q)
	if err != nil {
		return nil, err
	}
	limit := hitsAnswered
	if x := q.Get("limit"); x != "" {
		if limit, err = strconv.Atoi(x); err != nil || limit < 1 {
			return nil, &badRequest{"limit: it is a number from 1 on"}
		}
	}
	release, err := s.searching.enter(r.Context())
	if err != nil {
		return nil, err
	}
	defer release()
	hits, err := s.Source.Search(r.Context(), q.Get("q"), f.archive(st, limit))
	if err != nil {
		return nil, err
	}
	out := make([]render.SearchHit, len(hits))
	for i, h := range hits {
		out[i] = render.NewSearchHit(h.Release, h.Statement)
	}
	return render.NewSearch(q.Get("q"), out), nil
}

// apiData is the page that says what can be asked.
type apiData struct{ Endpoints []apiEndpoint }

type apiEndpoint struct {
	Path, Summary string
	Params        []apiParam
}

type apiParam struct {
	Name, Words string
	Required    bool
}

func apiPage(all []endpoint) *page {
	var d apiData
	for _, e := range all {
		x := apiEndpoint{Path: "/api/v1" + e.path, Summary: e.summary}
		for _, p := range e.params {
			x.Params = append(x.Params, apiParam{p.name, p.words, p.required})
		}
		d.Endpoints = append(d.Endpoints, x)
	}
	return &page{View: "api", Title: "For programs", Data: d}
}
