package web

import (
	"cmp"
	"encoding/xml"
	"net/http"
	"slices"
	"strings"
	"time"

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
	Record  bool   // an altered text, not a new release
	Href    string // of what changed
	Moves   []newsMove
}

// newsMove is what a new release did with a topic.
type newsMove struct {
	Topic timeline.Topic
	Href  string
	Fate  fate
	Words string
}

// newsShown is how many items the page and the feed have.
const newsShown = 30

func (s *Server) changes(r *http.Request, st *state) (*page, error) {
	items, all, err := s.news(r, st)
	if err != nil {
		return nil, err
	}
	d := changesData{All: all}
	for _, i := range items {
		day := timeline.DateOf(i.Release.CapturedAt.UTC())
		if n := len(d.Days); n == 0 || d.Days[n-1].Day != day {
			d.Days = append(d.Days, changesDay{Day: day})
		}
		last := &d.Days[len(d.Days)-1]
		last.Items = append(last.Items, i)
	}
	return &page{View: "changes", Title: "Changes", Data: d}, nil
}

// news returns the releases that came in last, with their position changes, and
// the texts that were altered. Whether there is nothing older comes second.
func (s *Server) news(r *http.Request, st *state) ([]newsItem, bool, error) {
	newest := slices.SortedStableFunc(slices.Values(st.heads), func(a, b *timeline.Release) int {
		return cmp.Or(b.CapturedAt.Compare(a.CapturedAt), timeline.CompareReleases(b, a))
	})
	shown := newest[:min(newsShown, len(newest))]
	var out []newsItem
	for _, h := range shown {
		i := newsItem{Release: h, Series: seriesName(h.Series, s.Names), Record: h.Version > 1, Href: releaseHref(h.ID)}
		if i.Record {
			i.Href = compareHref(versionRef(h.ID, h.Version-1), versionRef(h.ID, h.Version))
		} else {
			v, err := s.volume(r, st, h.Series)
			if err != nil {
				return nil, false, err
			}
			i.Moves = v.moves(h)
		}
		out = append(out, i)
	}
	return out, len(shown) == len(newest), nil
}

// moves returns what a release did with each topic it raised, those that it changed
// first.
func (v *volume) moves(h *timeline.Release) []newsMove {
	at, ok := v.place[h.ID]
	if !ok {
		return nil
	}
	var out []newsMove
	for _, t := range v.Topics.Topics {
		step := v.chains[t.ID].steps()[at]
		if !step.Entry.Raised {
			continue
		}
		c := cellOf(step)
		out = append(out, newsMove{Topic: t, Href: topicHref(v.ID, t.ID) + "#" + entryAnchor(h), Fate: c.fate, Words: c.words()})
	}
	slices.SortStableFunc(out, func(a, b newsMove) int { return slices.Index(newsOrder(), a.Fate) - slices.Index(newsOrder(), b.Fate) })
	return out
}

// newsOrder puts first what a reader should look at first.
func newsOrder() []fate { return []fate{dropped, reworded, added, first, kept} }

// atomFeed and atomEntry are a feed as RFC 4287 has it.
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Link    []atomLink  `xml:"link"`
	Author  string      `xml:"author>name"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Link    atomLink `xml:"link"`
	Summary string   `xml:"summary"`
}

// feed is the same as Atom, for feed readers.
func (s *Server) feed(w http.ResponseWriter, r *http.Request) {
	st, err := s.library.now(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	items, _, err := s.news(r, st)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	base := baseURL(r)
	f := atomFeed{ID: base + "/changes", Title: "readout: changes", Updated: time.Unix(0, 0).UTC().Format(time.RFC3339), Author: "readout",
		Link: []atomLink{{"self", base + "/changes.atom"}, {"alternate", base + "/changes"}}}
	for _, i := range items {
		at := i.Release.CapturedAt.UTC().Format(time.RFC3339)
		f.Updated = max(f.Updated, at)
		f.Entries = append(f.Entries, atomEntry{ID: base + i.Href, Title: i.title(), Updated: at, Link: atomLink{Href: base + i.Href}, Summary: i.summary()})
	}
	body, err := xml.MarshalIndent(f, "", " ")
	if err != nil {
		s.fail(w, r, err)
		return
	}
	send(w, r, clean(append([]byte(xml.Header), body...)), "application/atom+xml; charset=utf-8", http.StatusOK)
}

func (i newsItem) title() string {
	if i.Record {
		return "Altered: " + i.Release.Title
	}
	return i.Release.Title
}

// summary says in one line what the item changed.
func (i newsItem) summary() string {
	if i.Record {
		return "The ministry altered a text that it had published. " + i.Series + "."
	}
	var parts []string
	for _, m := range i.Moves {
		parts = append(parts, m.Topic.Name+": "+m.Words)
	}
	return i.Series + ". " + strings.Join(parts, "; ")
}

// baseURL is the address of this server as its caller knows it. The host has been
// checked.
func baseURL(r *http.Request) string {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}

// aboutData is the page that explains the others.
type aboutData struct{ Legend []legendItem }

func (s *Server) about(*http.Request, *state) (*page, error) {
	return &page{View: "about", Title: "How to read these pages", Data: aboutData{legend()}}, nil
}
