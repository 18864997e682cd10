package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"readout/diff"
	"readout/internal/archive"
	"readout/internal/ask"
	"readout/timeline"
)

// homeData is the first page, the desk: what one should know, the series that somebody
// follows, and all others.
type homeData struct {
	Releases int
	All      int    // series
	Doubtful int    // releases of which something could not be decided
	Years    string // the first and the last year with a meeting, "" for none known
	Know     []sentence
	Pinned   []pinned
	Chosen   bool // whether somebody pinned them
	Regions  []region
	Filter   string // words that the names of the series shown have
	Sorts    []homeSort
	Latest   []latest
	Samples  bool // whether the samples can be taken in from here
}

// pinned is a series with its meetings on the axis that all of them share.
type pinned struct {
	homeSeries
	Strip strip
}

// region is some of the series, folded.
type region struct {
	Name   string
	Series []homeSeries
	Open   bool
}

// homeSeries is one series in a line.
type homeSeries struct {
	ID       timeline.SeriesID
	Name     string
	Occasion string // what many parties met for, "" for few
	Releases int
	Last     timeline.Date
	Recent   *timeline.Release
	News     link // what its latest release changed
}

// Title is what the series is called: by its parties, or where they are many by its occasion.
func (h homeSeries) Title() string { return cmp.Or(h.Occasion, h.Name) }

// homeSort is an order of the series.
type homeSort struct {
	Words, Href string
	Current     bool
}

// latest is a release that came in lately.
type latest struct {
	Release *timeline.Release
	Series  string
}

// How much the page has.
const (
	latestShown = 6
	knownShown  = 5  // sentences
	pinnedShown = 6  // series where nobody pinned any
	askedSeries = 6  // series with the latest meetings, which are asked what one should know
	foldedFrom  = 13 // series, so that regions are folded
)

func (s *Server) home(r *http.Request, st *snapshot) (*page, error) {
	q := r.URL.Query()
	all := s.homeSeries(st)
	d := homeData{
		Releases: len(st.heads),
		All:      len(all),
		Filter:   strings.TrimSpace(q.Get("show")),
		Samples:  s.Samples != nil && !s.ReadOnly,
	}
	from, to := years(st.heads)
	d.Years = span(from, to)
	for _, r := range st.heads {
		if len(archive.DoubtsOf(r)) > 0 {
			d.Doubtful++
		}
	}
	for _, r := range newest(st)[:min(latestShown, len(st.heads))] {
		d.Latest = append(d.Latest, latest{r, seriesName(r.Series, s.Names)})
	}
	d.pin(st, all, pins(r))
	found, err := s.known(r.Context(), st)
	if err != nil {
		return nil, err
	}
	d.Know = s.sentences(found, knownShown, true)
	if err := d.sort(all, q.Get("sort")); err != nil {
		return nil, err
	}
	s.fold(&d, st, all)
	p := &page{View: "home", Title: "readout", Data: d}
	p.Describe = fmt.Sprintf("%s in %s, word for word, from meeting to meeting.", count(d.Releases, "release"),
		count(d.All, "set")+" of parties")
	return p, nil
}

// newest returns the releases that came in, the last one first.
func newest(st *snapshot) []*timeline.Release {
	return slices.SortedStableFunc(slices.Values(st.heads), func(a, b *timeline.Release) int {
		return cmp.Or(b.CapturedAt.Compare(a.CapturedAt), timeline.CompareReleases(b, a))
	})
}

// homeSeries are all series in a line, that with the latest meeting first.
func (s *Server) homeSeries(st *snapshot) []homeSeries {
	var out []homeSeries
	for id, sh := range st.series {
		h := homeSeries{
			ID:       id,
			Name:     seriesName(id, s.Names),
			Occasion: occasion(id, sh.heads),
			Releases: len(sh.heads),
			Recent:   lastDated(sh.heads),
		}
		h.Last, h.News = h.Recent.Day(), sh.news()
		out = append(out, h)
	}
	slices.SortFunc(out, func(a, b homeSeries) int {
		return cmp.Or(b.Last.Compare(a.Last), cmp.Compare(b.Releases, a.Releases), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// lastDated is the last of the releases whose day is known, or the last of all.
func lastDated(heads []*timeline.Release) *timeline.Release {
	for _, r := range slices.Backward(heads) {
		if !r.Day().IsZero() {
			return r
		}
	}
	return heads[len(heads)-1]
}

// pin lays out the series that somebody pinned, or else those of two or three parties with
// the most releases, over one axis.
func (d *homeData) pin(st *snapshot, all []homeSeries, wanted []timeline.SeriesID) {
	var chosen []homeSeries
	for _, id := range wanted {
		if i := slices.IndexFunc(all, func(h homeSeries) bool { return h.ID == id }); i >= 0 {
			chosen = append(chosen, all[i])
		}
	}
	if d.Chosen = len(chosen) > 0; !d.Chosen {
		for _, h := range all {
			if n := len(h.ID.Parties()); n > 1 && n <= fewParties {
				chosen = append(chosen, h)
			}
		}
		slices.SortStableFunc(chosen, func(a, b homeSeries) int { return b.Releases - a.Releases })
		chosen = chosen[:min(pinnedShown, len(chosen))]
	}
	var from, to timeline.Date
	meetings := make([][]timeline.Meeting, len(chosen))
	for i, h := range chosen {
		dated, _ := timeline.Dated(st.series[h.ID].heads)
		if meetings[i] = timeline.Meetings(dated); len(dated) == 0 {
			continue
		}
		if first := dated[0].Day(); from.IsZero() || first.Before(from) {
			from = first
		}
		if last := dated[len(dated)-1].Day(); to.Before(last) {
			to = last
		}
	}
	for i, h := range chosen {
		d.Pinned = append(d.Pinned, pinned{h, newStrip(meetings[i], from, to, false)})
	}
}

// known is what one should know, the weightiest first: altered texts, and what the formulas
// of the series with the latest meetings tell, at most two of a series.
func (s *Server) known(ctx context.Context, st *snapshot) ([]ask.Finding, error) {
	found, err := s.altered(ctx, st)
	if err != nil {
		return nil, err
	}
	ids := latestSeries(st)
	volumes := make([]*volume, len(ids))
	failed := make([]error, len(ids))
	var reading sync.WaitGroup
	for i, id := range ids {
		reading.Go(func() {
			if volumes[i], failed[i] = st.series[id].open(ctx, s.Source); failed[i] == nil {
				volumes[i].latest()
			}
		})
	}
	reading.Wait()
	for i, v := range volumes {
		if failed[i] != nil {
			return nil, failed[i]
		}
		const most = 2
		latest := v.latest()
		found = append(found, latest[:min(most, len(latest))]...)
	}
	ask.SortFindings(found)
	return found, nil
}

// latestSeries are the series of few parties with the latest meetings, those left out that
// are too short for a formula.
func latestSeries(st *snapshot) []timeline.SeriesID {
	const fewest = 3
	var ids []timeline.SeriesID
	for _, id := range sortedIDs(st) {
		if n := len(id.Parties()); n > 1 && n <= fewParties && len(st.series[id].heads) >= fewest {
			ids = append(ids, id)
		}
	}
	slices.SortStableFunc(ids, func(a, b timeline.SeriesID) int {
		return lastDated(st.series[b].heads).Day().Compare(lastDated(st.series[a].heads).Day())
	})
	return ids[:min(askedSeries, len(ids))]
}

// How many altered texts the first page tells of, and how many pages that were altered last it
// looks at for them: a line of a site comes to all its pages on one day.
const (
	alteredTold   = 2
	alteredLooked = 12
)

// altered are the texts that were altered last. A line that came to the pages of a site alters none.
func (s *Server) altered(ctx context.Context, st *snapshot) ([]ask.Finding, error) {
	var out []ask.Finding
	looked := 0
	for _, h := range newest(st) {
		if h.Version < 2 {
			continue
		}
		if looked++; looked > alteredLooked || len(out) == alteredTold {
			break
		}
		var sides [2]*timeline.Release
		for i := range sides {
			var err error
			if sides[i], err = s.Source.Release(ctx, archive.Ref{ID: h.ID, Version: h.Version - 1 + i}); err != nil {
				return nil, err
			}
		}
		o := s.comparing()
		o.Cause = diff.Record
		report := diff.Compare(sides[0], sides[1], o)
		record := ask.NewDiff(report)
		if err := s.Source.MarkSite(ctx, record); err != nil {
			return nil, err
		}
		if !record.OfSite() {
			out = append(out, ask.NewRecordFinding(report))
		}
	}
	return out, nil
}

// sort puts the series in the order asked for.
func (d *homeData) sort(all []homeSeries, by string) error {
	orders := []struct {
		name, words string
		less        func(a, b homeSeries) int
	}{
		{"", "latest", nil},
		{"name", "by name", func(a, b homeSeries) int { return strings.Compare(a.Title(), b.Title()) }},
		{"releases", "most releases", func(a, b homeSeries) int { return b.Releases - a.Releases }},
	}
	known := false
	for _, o := range orders {
		q := url.Values{}
		if o.name != "" {
			q.Set("sort", o.name)
		}
		if d.Filter != "" {
			q.Set("show", d.Filter)
		}
		d.Sorts = append(d.Sorts, homeSort{o.words, "/?" + q.Encode() + "#all", o.name == by})
		if o.name == by {
			known = true
			if o.less != nil {
				slices.SortStableFunc(all, o.less)
			}
		}
	}
	if !known {
		return &badRequest{"sort: it is name or releases"}
	}
	return nil
}

// fold sorts the series into regions. Where there are few, or a filter asks for some, the
// regions are open.
func (s *Server) fold(d *homeData, st *snapshot, all []homeSeries) {
	table := s.regions
	releases := map[timeline.Party]int{}
	for _, h := range all {
		for _, p := range h.ID.Parties() {
			releases[p] += h.Releases
		}
	}
	want := nameWords(d.Filter)
	byName := map[string][]homeSeries{}
	for _, h := range all {
		if len(want) > 0 && !begun(want, nameWords(h.Title())) && !s.partyCalled(h.ID, want) {
			continue
		}
		name := table.place(h.ID, releases)
		byName[name] = append(byName[name], h)
	}
	for _, name := range table.order {
		if series := byName[name]; len(series) > 0 {
			d.Regions = append(d.Regions, region{name, series, len(want) > 0 || len(all) < foldedFrom})
		}
	}
}

// samples takes the sample releases in and leads to the first page.
func (s *Server) samples(r *http.Request) (string, error) {
	if s.Samples == nil {
		return "", errNoPage
	}
	return "/", s.Samples(r.Context())
}

// news leads to what the latest release of the series changed, see latestChange.
func (s *shelf) news() link {
	s.newsOnce.Do(func() { s.newsLink = latestChange(s.heads, s.compare.Words) })
	return s.newsLink
}

// latestChange leads to what the latest of the releases changed against the last comparable
// one, or where there is none against the last one before it. It is zero where no release is
// of an earlier day.
func latestChange(heads []*timeline.Release, words *timeline.WordLists) link {
	if len(heads) == 0 {
		return link{}
	}
	then := cmp.Or(timeline.NewLanes(heads, words).Before(lastDated(heads)), meetingBefore(heads))
	if then == nil {
		return link{}
	}
	now := lastDated(heads)
	return link{compareHref(then.ID, now.ID), longDay(now.Day()) + ": what changed since " + longDay(then.Day())}
}

// meetingBefore returns the latest of the releases, which are in the order of their
// days, that is of an earlier day than the last of them, or nil: two accounts of one
// meeting are no change.
func meetingBefore(heads []*timeline.Release) *timeline.Release {
	if len(heads) == 0 {
		return nil
	}
	now := lastDated(heads).Day()
	for _, then := range slices.Backward(heads) {
		if day := then.Day(); !day.IsZero() && day.Compare(now) < 0 {
			return then
		}
	}
	return nil
}
