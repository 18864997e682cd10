package web

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"readout/internal/ask"
	"readout/internal/show"
	"readout/internal/show/bulletin"
	"readout/timeline"
)

// changesData is the page of what came in, the newest first.
type changesData struct {
	Days  []changesDay
	Older string // address of the page with what came before, "" for nothing
	Newer string // address of the page with what came after, "" for nothing
}

// changesDay is what was captured on one day (UTC).
type changesDay struct {
	Day   timeline.Date
	Items []newsItem
	Site  []siteLine // what came to pages or left them and is of their sites: no release is altered
}

// siteLine is a line that came to pages of a site, or left them.
type siteLine struct {
	ask.SiteLine
	Href string // of what it did to the first of the pages
}

// newsItem is a release that came in, or a text that was altered.
type newsItem struct {
	Release *timeline.Release
	Series  string
	Record  bool       // an altered text, not a new release
	Href    string     // of what changed
	Moves   []newsMove // of a new release, on the page
}

// newsMove is what a new release did with a topic.
type newsMove struct {
	Topic timeline.Topic
	Href  string
	Mark  ask.Mark
	Words string
}

// newsWindow is which of the news, counted from the newest, a page, feed or document has.
type newsWindow struct{ Skip, Limit int }

// How many items of news there are in an answer where nobody asked for a number, and at
// most: a release may be long, and all that it changed is told.
const (
	newsShown = 30
	newsMost  = 100
)

func readNewsWindow(q url.Values) (newsWindow, error) {
	w := newsWindow{Limit: newsShown}
	var err error
	if x := q.Get("limit"); x != "" {
		if w.Limit, err = strconv.Atoi(x); err != nil || w.Limit < 1 || w.Limit > newsMost {
			return w, &badRequest{fmt.Sprintf("limit: it is a number from 1 to %d", newsMost)}
		}
	}
	if x := q.Get("skip"); x != "" {
		if w.Skip, err = strconv.Atoi(x); err != nil || w.Skip < 0 {
			return w, &badRequest{"skip: it is a number from 0 on"}
		}
	}
	return w, nil
}

// href is the address of the page.
func (w newsWindow) href() string {
	q := url.Values{}
	if w.Limit != newsShown {
		q.Set("limit", strconv.Itoa(w.Limit))
	}
	if w.Skip > 0 {
		q.Set("skip", strconv.Itoa(w.Skip))
	}
	if len(q) == 0 {
		return "/changes"
	}
	return "/changes?" + q.Encode()
}

func (s *Server) changes(r *http.Request, st *snapshot) (*page, error) {
	w, err := readNewsWindow(r.URL.Query())
	if err != nil {
		return nil, err
	}
	items := s.news(st, w)
	var d changesData
	if w.Skip > 0 {
		d.Newer = newsWindow{max(0, w.Skip-w.Limit), w.Limit}.href()
	}
	if len(st.heads)-w.Skip > w.Limit {
		d.Older = newsWindow{w.Skip + w.Limit, w.Limit}.href()
	}
	for _, i := range items {
		day := timeline.DateOf(i.Release.CapturedAt.UTC())
		if n := len(d.Days); n == 0 || d.Days[n-1].Day != day {
			d.Days = append(d.Days, changesDay{Day: day})
		}
		if err := s.tell(r, st, &d.Days[len(d.Days)-1], i); err != nil {
			return nil, err
		}
	}
	return &page{View: "changes", Title: "Changes", Data: d}, nil
}

// tell adds an item of news to its day.
func (s *Server) tell(r *http.Request, st *snapshot, day *changesDay, i newsItem) error {
	if !i.Record {
		v, err := s.volume(r, st, i.Release.Series)
		if err != nil {
			return err
		}
		i.Moves = v.moves(i.Release)
		day.Items = append(day.Items, i)
		return nil
	}
	record, err := s.record(r, st, i.Release)
	if err != nil {
		return err
	}
	lines := ask.NewChanges()
	for _, l := range day.Site {
		lines.Site = append(lines.Site, l.SiteLine)
	}
	lines.AddRecord(record)
	if len(lines.Records) > 0 {
		day.Items = append(day.Items, i)
		return nil
	}
	for n, l := range lines.Site {
		if n < len(day.Site) {
			day.Site[n].SiteLine = l
		} else {
			day.Site = append(day.Site, siteLine{l, i.Href})
		}
	}
	return nil
}

// record is what the last version of a release altered, with what of it is of the site.
func (s *Server) record(r *http.Request, st *snapshot, h *timeline.Release) (*ask.Diff, error) {
	report, _, err := s.report(r, st, versionRef(h.ID, h.Version-1), versionRef(h.ID, h.Version), "")
	if err != nil {
		return nil, err
	}
	d := ask.NewDiff(report)
	return d, s.Source.MarkSite(r.Context(), d)
}

// news returns the releases that came in last and the texts that were altered.
func (s *Server) news(st *snapshot, w newsWindow) []newsItem {
	all := newest(st)
	shown := all[min(w.Skip, len(all)):]
	shown = shown[:min(w.Limit, len(shown))]
	var out []newsItem
	for _, h := range shown {
		i := newsItem{Release: h, Series: seriesName(h.Series, s.Names), Record: h.Version > 1, Href: releaseHref(h.ID)}
		if i.Record {
			i.Href = compareHref(versionRef(h.ID, h.Version-1), versionRef(h.ID, h.Version))
		}
		out = append(out, i)
	}
	return out
}

// moves returns what the meeting of a release did with each topic it raised, what a
// reader should look at first before the rest.
func (v *volume) moves(h *timeline.Release) []newsMove {
	var out []newsMove
	for _, m := range ask.Moves(v.byID[h.ID], v.Topics, v.comparing()) {
		out = append(out, newsMove{Topic: m.Topic, Href: v.entryHref(m.Topic.ID, h), Mark: m.Cell.Mark, Words: cellWords(m.Cell)})
	}
	slices.SortStableFunc(out, func(a, b newsMove) int { return slices.Index(newsOrder(), a.Mark) - slices.Index(newsOrder(), b.Mark) })
	return out
}

// newsOrder puts first what a reader should look at first.
func newsOrder() []ask.Mark {
	return []ask.Mark{ask.Softened, ask.Firmed, ask.Dropped, ask.Opened, ask.Reworded, ask.Raised}
}

// feed is the same as Atom, for feed readers: a few lines on each text, with links.
func (s *Server) feed(r *http.Request, st *snapshot) (*answer, error) {
	report, err := s.newsReport(r, st)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = bulletin.Atom(&b, report, bulletin.Options{Title: "readout: changes", Page: feedPage(r)})
	return &answer{body: clean(b.Bytes()), mediaType: "application/atom+xml; charset=utf-8"}, err
}

// feedPage returns the addresses of pages as a feed needs them, with the name by which this
// server was asked. A proxy that adds encryption says so.
func feedPage(r *http.Request) func(old, new string) string {
	base := "http://" + r.Host
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		base = "https://" + r.Host
	}
	return func(old, new string) string {
		if old == "" {
			return base + releaseHref(new)
		}
		return base + compareHref(old, new)
	}
}

// newsReport compares what came in with what stood there before, of the news that the
// request asks for.
func (s *Server) newsReport(r *http.Request, st *snapshot) (*ask.Changes, error) {
	w, err := readNewsWindow(r.URL.Query())
	if err != nil {
		return nil, err
	}
	out := ask.NewChanges()
	for _, i := range s.news(st, w) {
		id := i.Release.ID
		if i.Record {
			record, err := s.record(r, st, i.Release)
			if err != nil {
				return nil, err
			}
			out.AddRecord(record)
			continue
		}
		v, err := s.volume(r, st, i.Release.Series)
		if err != nil {
			return nil, err
		}
		if rel, ok := v.byID[id]; ok {
			out.Releases = append(out.Releases, ask.News(rel, v.Topics, v.comparing()))
		}
	}
	slices.SortFunc(out.Releases, func(a, b ask.ChangesRelease) int { return timeline.CompareReleases(a.Of, b.Of) })
	return out, nil
}

// aboutData is the page that explains the others.
type aboutData struct{ Legend []show.Sign }

func (s *Server) about(*http.Request, *snapshot) (*page, error) {
	return &page{View: "about", Title: "How to read these pages", Data: aboutData{show.Signs()}}, nil
}
