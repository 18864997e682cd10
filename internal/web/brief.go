package web

import (
	"bytes"
	"io"
	"net/http"
	"net/url"

	"readout/diff/formula"
	"readout/internal/ask"
	"readout/internal/show"
	"readout/internal/show/publish"
	"readout/timeline"
)

// briefData is the page to read before a meeting: where every topic stands.
type briefData struct {
	*show.BriefPage
	ID      timeline.SeriesID
	Name    string
	Whole   string // address of the page that leaves nothing out, "" where this is it
	Exports []link
}

// briefTopics is how many topics, and how many silences, fit on a page of paper.
const briefTopics = 8

// briefFilter is what the caller asked to see.
type briefFilter struct {
	Before timeline.Date // of the meeting prepared for; zero for the next one
	Full   bool          // every topic
}

func readBriefFilter(q url.Values) (briefFilter, error) {
	before, err := readSpan(q, "before")
	if err != nil {
		return briefFilter{}, err
	}
	return briefFilter{Before: before.First, Full: q.Get("topics") == "all"}, nil
}

func (f briefFilter) query() string {
	v := url.Values{}
	if !f.Before.IsZero() {
		v.Set("before", f.Before.String())
	}
	if f.Full {
		v.Set("topics", "all")
	}
	if len(v) == 0 {
		return ""
	}
	return "?" + v.Encode()
}

// briefOf returns the brief of the series in the address.
func (s *Server) briefOf(r *http.Request, st *snapshot) (*volume, *ask.Brief, briefFilter, error) {
	f, err := readBriefFilter(r.URL.Query())
	if err != nil {
		return nil, nil, f, err
	}
	v, err := s.volume(r, st, seriesID(r.PathValue("series")))
	if err != nil {
		return nil, nil, f, err
	}
	return v, s.briefFrom(v, f), f, nil
}

// briefFrom returns the brief that the filter asks for.
func (s *Server) briefFrom(v *volume, f briefFilter) *ask.Brief {
	o := ask.BriefOptions{Before: f.Before, Topics: briefTopics, Room: show.BriefRoom}
	if f.Full {
		o.Topics, o.Room = 0, 0
	}
	heard, threads := v.Releases, []*ask.Thread(nil)
	if f.Before.IsZero() {
		threads, o.Formulas = v.threads(), v.formulas()
	} else {
		days := timeline.Filter{Until: f.Before.AddDays(-1)}
		heard = nil
		for _, x := range v.Releases {
			if days.Covers(x.Day()) {
				heard = append(heard, x)
			}
		}
		threads, o.Formulas = ask.Threads(v.Topics, v.Topics.Topics, days, v.comparing()), formula.Find(heard, v.recur)
	}
	o.Lulls = timeline.Lulls(heard)
	b := ask.NewBrief(threads, o)
	b.Series = v.ID
	return b
}

func (s *Server) brief(r *http.Request, st *snapshot) (*page, error) {
	v, b, f, err := s.briefOf(r, st)
	if err != nil {
		return nil, err
	}
	d := briefData{BriefPage: show.LayBrief(b, longDay), ID: v.ID, Name: seriesName(v.ID, s.Names)}
	base := seriesHref(v.ID) + "/brief"
	if !f.Full && d.Cut() {
		d.Whole = base + briefFilter{Before: f.Before, Full: true}.query()
	}
	d.Exports = []link{{base + "/export/html" + f.query(), "Web page"}, {base + "/export/markdown" + f.query(), "Markdown"}}
	return &page{View: "brief", Title: "Brief", Crumbs: []link{{seriesHref(v.ID), d.Name}}, Data: d}, nil
}

// exportBrief gives the brief as a document.
func (s *Server) exportBrief(r *http.Request, st *snapshot) (*answer, error) {
	var write func(io.Writer, *ask.Brief) error
	a := &answer{}
	var ending string
	switch r.PathValue("format") {
	case "html":
		write, a.mediaType, ending = publish.BriefHTML, "text/html; charset=utf-8", ".html"
	case "markdown":
		write, a.mediaType, ending = publish.BriefMarkdown, "text/markdown; charset=utf-8", ".md"
	default:
		return nil, errNoPage
	}
	v, b, _, err := s.briefOf(r, st)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := write(&out, b); err != nil {
		return nil, err
	}
	a.body, a.name = out.Bytes(), safeName(string(v.ID)+"-brief")+ending
	return a, nil
}
