package web

import (
	"bytes"
	"cmp"
	"net/http"
	"slices"

	"readout/internal/bulletin"
	"readout/internal/news"
	"readout/internal/redline"
	"readout/internal/survey"
	"readout/timeline"
)

// changesData is the page of what came in, the newest first.
type changesData struct {
	Days []changesDay
	All  bool // nothing older is left out
}

// changesDay is what was captured on one day (UTC).
type changesDay struct {
	Day   timeline.Date
	Items []newsItem
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
	Mark  survey.Mark
	Words string
}

// newsShown is how many items the page and the feed have.
const newsShown = 30

func (s *Server) changes(r *http.Request, st *snapshot) (*page, error) {
	items, all := s.news(st)
	d := changesData{All: all}
	for _, i := range items {
		if !i.Record {
			v, err := s.volume(r, st, i.Release.Series)
			if err != nil {
				return nil, err
			}
			i.Moves = v.moves(i.Release)
		}
		day := timeline.DateOf(i.Release.CapturedAt.UTC())
		if n := len(d.Days); n == 0 || d.Days[n-1].Day != day {
			d.Days = append(d.Days, changesDay{Day: day})
		}
		last := &d.Days[len(d.Days)-1]
		last.Items = append(last.Items, i)
	}
	return &page{View: "changes", Title: "Changes", Data: d}, nil
}

// news returns the releases that came in last and the texts that were altered. Whether
// there is nothing older comes second.
func (s *Server) news(st *snapshot) ([]newsItem, bool) {
	newest := slices.SortedStableFunc(slices.Values(st.heads), func(a, b *timeline.Release) int {
		return cmp.Or(b.CapturedAt.Compare(a.CapturedAt), timeline.CompareReleases(b, a))
	})
	shown := newest[:min(newsShown, len(newest))]
	var out []newsItem
	for _, h := range shown {
		i := newsItem{Release: h, Series: seriesName(h.Series, s.Names), Record: h.Version > 1, Href: releaseHref(h.ID)}
		if i.Record {
			i.Href = compareHref(versionRef(h.ID, h.Version-1), versionRef(h.ID, h.Version))
		}
		out = append(out, i)
	}
	return out, len(shown) == len(newest)
}

// moves returns what the meeting of a release did with each topic it raised, what a
// reader should look at first before the rest.
func (v *volume) moves(h *timeline.Release) []newsMove {
	var out []newsMove
	for _, m := range survey.Moves(v.byID[h.ID], v.Releases, v.Topics.Topics, v.compare) {
		out = append(out, newsMove{Topic: m.Topic, Href: v.entryHref(m.Topic.ID, h), Mark: m.Cell.Mark, Words: cellWords(m.Cell)})
	}
	slices.SortStableFunc(out, func(a, b newsMove) int { return slices.Index(newsOrder(), a.Mark) - slices.Index(newsOrder(), b.Mark) })
	return out
}

// newsOrder puts first what a reader should look at first.
func newsOrder() []survey.Mark {
	return []survey.Mark{survey.Softened, survey.Firmed, survey.Dropped, survey.Opened, survey.Reworded, survey.Raised}
}

// feed is the same as Atom, for feed readers, with the redlines in it.
func (s *Server) feed(r *http.Request, st *snapshot) (*answer, error) {
	items, _ := s.news(st)
	report, err := s.newsReport(r, st, items)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = bulletin.Atom(&b, report, bulletin.Options{Title: "readout: changes", Redline: redline.Options{Names: s.Names}})
	return &answer{body: clean(b.Bytes()), mediaType: "application/atom+xml; charset=utf-8"}, err
}

// newsReport compares what came in with what stood there before.
func (s *Server) newsReport(r *http.Request, st *snapshot, items []newsItem) (*news.Report, error) {
	out := &news.Report{}
	for _, i := range items {
		id := i.Release.ID
		if i.Record {
			report, _, err := s.report(r, st, versionRef(id, i.Release.Version-1), versionRef(id, i.Release.Version), "")
			if err != nil {
				return nil, err
			}
			out.Records = append(out.Records, news.Record{Change: report})
			continue
		}
		v, err := s.volume(r, st, i.Release.Series)
		if err != nil {
			return nil, err
		}
		if rel, ok := v.byID[id]; ok {
			out.Releases = append(out.Releases, news.Of(rel, v.Releases, v.Topics, s.comparing()))
		}
	}
	slices.SortFunc(out.Releases, func(a, b news.Release) int { return timeline.CompareReleases(a.Release, b.Release) })
	return out, nil
}

// aboutData is the page that explains the others.
type aboutData struct{ Legend []legendItem }

func (s *Server) about(*http.Request, *snapshot) (*page, error) {
	return &page{View: "about", Title: "How to read these pages", Data: aboutData{legend()}}, nil
}
