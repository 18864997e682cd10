package web

import (
	"net/http"
	"strconv"

	"readout/diff"
	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/show"
	"readout/timeline"
)

// questions returns every question, in the order of their description.
func (s *Server) questions() []endpoint {
	release := param{name: "release", in: "path", words: "an id, a unique prefix of one, ID@v2 or ID@2031-04-17", required: true}
	series := query("series", "a series, such as JP-RU")
	in := series.needed()
	topic := query("topic", "a topic: its id or one of its names")
	since, until := query("since", "the first day"), query("until", "the last day")
	speaker := query("speaker", "a party, by its code")
	act := one(query("act", "a speech act"), timeline.Acts())
	return []endpoint{
		asks("/series", "All series in short", ofAll, s.apiSeries),
		asks("/releases", "Releases in short", ofAll, s.apiList,
			series, since, until, one(query("kind", "a kind of release"), timeline.Kinds())),
		asks("/releases/{release}", "A release with its statements", ofSeries, s.apiRelease, release),
		asks("/releases/{release}/log", "The versions of a release", ofAll, s.apiLog, release),
		asks("/releases/{release}/blame", "Where each piece of a release's wording first stood", ofSeries, s.apiBlame, release),
		asks("/releases/{release}/sides", "Two sides' accounts of one meeting", ofSeries, s.apiSides,
			release, query("with", "the other account, where there are several")),
		asks("/releases/{release}/cite", "What one needs to quote a release or one of its statements", ofSeries, s.citation,
			release, query("statement", "the number of the statement; the whole release where it is not given")),
		asks("/topics", "The topics of a series", ofSeries, s.apiTopics, in),
		asks("/timeline", "One topic from meeting to meeting", ofSeries, s.apiTimeline,
			in, topic.needed(), since, until, speaker, act, one(query("changes", "leave out what did not change"), []string{"only"})),
		asks("/chain", "Every step along a topic as a comparison", ofSeries, s.apiChain, in, topic.needed()),
		asks("/synopsis", "The meetings that raised a topic side by side", ofSeries, s.apiSynopsis, in, topic.needed()),
		asks("/diff", "Two texts compared", ofSeries, s.apiDiff,
			query("old", "a release or version").needed(), query("new", "a release or version").needed(), topic),
		asks("/phrase", "The ledger of a phrase in a series", ofSeries, s.apiPhrase, query("q", "the words").needed(), in, speaker),
		asks("/spread", "Who said a phrase first, who took it up, who let it go", ofAll, s.apiSpread,
			query("q", "the words").needed(), since, until),
		asks("/phrases", "The stock phrases of a series that came and went", ofSeries, s.apiPhrases, in, since, until),
		asks("/matrix", "The topics of a series against its meetings", ofSeries, s.apiMatrix, in),
		asks("/brief", "Where the topics of a series stand before the next meeting", ofSeries, s.apiBrief,
			in, query("before", "the day of the meeting prepared for")),
		asks("/formulas", "The clauses that a series uses again and again", ofSeries, s.apiFormulas,
			in, topic, query("lane", "only those of the lane, such as joint-statement summit"), since, until,
			query("limit", "the most formulas to return, 0 for all (20)")),
		asks("/substitutions", "Wordings of a series that gave way to others, in one direction", ofAll, s.apiSubstitutions, in,
			since, until),
		asks("/proposals", "Topics of a series that are likely one issue", ofSeries, s.apiProposals, in),
		asks("/notable", "What one should know of a series, or of those with the latest meetings", ofAll, s.apiNotable, series),
		asks("/doubts", "What of the releases could not be decided", ofAll, s.apiDoubts,
			query("field", "only doubts about it: held, parties …")),
		asks("/changes", "What came in last: releases with their position changes, altered pages", ofAll, s.newsReport,
			query("limit", "the most releases and altered pages to return, up to 100 (30)"),
			query("skip", "how many of the newest to leave out")),
		asks("/sources", "What is followed on the web", ofElsewhere, s.apiSources),
		asks("/search", "Statements by their words", ofAll, s.apiSearch,
			query("q", "words, quoted phrases, -words").needed(), series, since, until, speaker, act,
			query("limit", "the most statements to return; all where it is not given")),
	}
}

func (s *Server) apiSeries(r *http.Request, st *snapshot) (*ask.SeriesList, error) {
	items := []ask.SeriesItem{}
	for _, id := range sortedIDs(st) {
		heads := st.series[id].heads
		item := ask.SeriesItem{
			ID:       id,
			Parties:  id.Parties(),
			Releases: len(heads),
			First:    heads[0].Day(),
			Last:     heads[len(heads)-1].Day(),
			Name:     show.SeriesName(id.Parties(), s.Names),
		}
		if id != "" {
			v, err := s.volume(r, st, id)
			if err != nil {
				return nil, err
			}
			item.Topics = len(v.Topics.Topics)
		}
		items = append(items, item)
	}
	return ask.NewSeriesList(items), nil
}

func (s *Server) apiList(r *http.Request, st *snapshot) (*ask.List, error) {
	q := r.URL.Query()
	since, until, err := readDays(q)
	if err != nil {
		return nil, err
	}
	f := timeline.Filter{Since: since, Until: until}
	var out []*timeline.Release
	for _, h := range st.heads {
		if (!q.Has("series") || h.Series == seriesID(q.Get("series"))) &&
			(q.Get("kind") == "" || string(h.Kind) == q.Get("kind")) && f.Covers(h.Day()) {
			out = append(out, h)
		}
	}
	return ask.NewList(out), nil
}

// named returns the release that the address names, whole.
func (s *Server) named(r *http.Request, st *snapshot) (*timeline.Release, error) {
	ref, head, err := st.find(r.PathValue("release"))
	if err != nil {
		return nil, err
	}
	v, err := s.volume(r, st, head.Series)
	if err != nil {
		return nil, err
	}
	return s.text(r, v, ref, head)
}

func (s *Server) apiRelease(r *http.Request, st *snapshot) (*ask.Release, error) {
	rel, err := s.named(r, st)
	if err != nil {
		return nil, err
	}
	return ask.NewRelease(rel), nil
}

func (s *Server) apiLog(r *http.Request, st *snapshot) (*ask.Log, error) {
	_, head, err := st.find(r.PathValue("release"))
	if err != nil {
		return nil, err
	}
	return s.Source.VersionLog(r.Context(), archive.Ref{ID: head.ID})
}

func (s *Server) apiBlame(r *http.Request, st *snapshot) (*ask.Blame, error) {
	v, rel, err := s.current(r, st)
	if err != nil {
		return nil, err
	}
	return ask.NewBlame(rel, v.blame(rel)), nil
}

func (s *Server) apiTopics(r *http.Request, st *snapshot) (*ask.Topics, error) {
	v, err := s.volume(r, st, seriesID(r.URL.Query().Get("series")))
	if err != nil {
		return nil, err
	}
	return ask.NewTopics(v.ID, v.Topics.Topics), nil
}

// asked returns the topic that a question is about.
func (s *Server) asked(r *http.Request, st *snapshot) (*volume, *chain, error) {
	q := r.URL.Query()
	return s.chain(r, st, seriesID(q.Get("series")), q.Get("topic"))
}

func (s *Server) apiTimeline(r *http.Request, st *snapshot) (*ask.Timeline, error) {
	v, c, err := s.asked(r, st)
	if err != nil {
		return nil, err
	}
	f, err := readTopicFilter(r.URL.Query())
	if err != nil {
		return nil, err
	}
	th := ask.Follow(v.Topics, c.topic.ID, f.timeline(), v.comparing())
	return ask.NewTimeline(th, ask.TimelineView{ChangesOnly: f.ChangesOnly, Lulls: timeline.Lulls(v.Releases), Formulas: v.formulas()}), nil
}

func (s *Server) apiChain(r *http.Request, st *snapshot) (*ask.Chain, error) {
	v, c, err := s.asked(r, st)
	if err != nil {
		return nil, err
	}
	return s.chainAnswer(v, c), nil
}

func (s *Server) apiSynopsis(r *http.Request, st *snapshot) (*ask.Synopsis, error) {
	v, c, err := s.asked(r, st)
	if err != nil {
		return nil, err
	}
	return ask.NewSynopsis(timeline.Build(v.Topics, c.topic.ID, timeline.Filter{}), diff.Lay(c.steps())), nil
}

func (s *Server) apiDiff(r *http.Request, st *snapshot) (*ask.Diff, error) {
	q := r.URL.Query()
	report, _, err := s.report(r, st, q.Get("old"), q.Get("new"), q.Get("topic"))
	if err != nil {
		return nil, err
	}
	return ask.NewDiff(report), nil
}

func (s *Server) apiPhrase(r *http.Request, st *snapshot) (*ask.Phrase, error) {
	q := r.URL.Query()
	v, err := s.volume(r, st, seriesID(q.Get("series")))
	if err != nil {
		return nil, err
	}
	o := timeline.TraceOptions{}
	if p := q.Get("speaker"); p != "" {
		o.Speakers = []timeline.Party{timeline.Party(p)}
	}
	return ask.NewPhrase(timeline.Trace(v.Releases, q.Get("q"), o), v.ID), nil
}

func (s *Server) apiMatrix(r *http.Request, st *snapshot) (*ask.Matrix, error) {
	v, err := s.volume(r, st, seriesID(r.URL.Query().Get("series")))
	if err != nil {
		return nil, err
	}
	return v.matrix(), nil
}

func (s *Server) apiBrief(r *http.Request, st *snapshot) (*ask.Brief, error) {
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

func (s *Server) apiPhrases(r *http.Request, st *snapshot) (*ask.Phrases, error) {
	_, p, _, err := s.phrasesOf(r, st, seriesID(r.URL.Query().Get("series")))
	if err != nil {
		return nil, err
	}
	return p, nil
}

func (s *Server) apiSides(r *http.Request, st *snapshot) (*ask.TwoSided, error) {
	report, _, err := s.accountsOf(r, st)
	if err != nil {
		return nil, err
	}
	return ask.NewTwoSided(report, s.Names, ""), nil
}

func (s *Server) apiSearch(r *http.Request, st *snapshot) (*ask.Search, error) {
	q := r.URL.Query()
	f, err := readSearchFilter(q)
	if err != nil {
		return nil, err
	}
	limit := 0 // all, as the command has it
	if x := q.Get("limit"); x != "" {
		if limit, err = strconv.Atoi(x); err != nil || limit < 1 {
			return nil, &badRequest{"limit: it is a number from 1 on"}
		}
	}
	hits, err := s.find(r, st, q.Get("q"), f, limit)
	if err != nil {
		return nil, err
	}
	out := make([]ask.SearchHit, len(hits))
	for i, h := range hits {
		out[i] = ask.NewSearchHit(h.Release, h.Statement)
	}
	return ask.NewSearch(q.Get("q"), out), nil
}

func (s *Server) apiSources(*http.Request, *snapshot) (*ask.Sources, error) {
	if s.Sources == nil {
		return ask.NewSources("", nil), nil
	}
	return s.Sources()
}
