package web

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"readout/internal/ask"
	"readout/internal/show/publish"
	"readout/timeline"
)

// seriesData is the page of a series: what one should know of it, and its issues against
// its meetings.
type seriesData struct {
	Series   timeline.SeriesID
	Name     string
	Occasion string // what many parties met for, "" for few
	Pinned   bool   // whether the first page shows it
	Parties  []timeline.Party
	All      int // meetings of the series
	Strip    strip
	Notable  []sentence
	Lanes    []chip
	Shown    []ask.MatrixMeeting
	Years    []yearSpan
	Alive    []seriesRow
	Quiet    []seriesRow
	Once     []seriesRow
	Hidden   int // topics left out
	Filter   seriesFilter
	Earlier  string // address of the page with the meetings before these, "" for none
	Later    string
	Whole    string // address of the page with every meeting, "" where this is it
	Topics   string // address of the page with every topic, "" where this is it
	Exports  []link
	News     link                // what the latest release changed, zero for none
	Newest   []*timeline.Release // those of the meetings shown, newest first
}

// Rows reports whether any issue runs through the meetings shown.
func (d seriesData) Rows() bool { return len(d.Alive)+len(d.Quiet)+len(d.Once) > 0 }

// yearSpan is a head over the columns of one year.
type yearSpan struct {
	Year    string
	Columns int
}

// seriesRow is one topic over the meetings shown.
type seriesRow struct {
	ask.MatrixTopic
	Cells []seriesCell
	Parts int    // topics that are part of it, which follow; their Of is its id
	Of    string // id of the topic that this one is part of, "" for none that is shown
	// Verb and Day say what was done last, Href where.
	Verb, Href string
	Day        timeline.Date
}

// matrixView is some of the rows of the page, as a table of their own.
type matrixView struct {
	Name string
	Page seriesData
	Rows []seriesRow
}

// seriesCell is one mark.
type seriesCell struct {
	Mark  ask.Mark
	Kept  int    // tenths of the wording that were kept, -1 where there is nothing to compare with
	Sign  string // the direction, or what else happened
	Href  string // "" where there is nothing to see
	Words string // what happened, for a tooltip and a screen reader
	Dim   bool   // the filter looks for another speaker
}

// How much of a matrix is shown at first: about what fits on a wide screen.
const (
	meetingsShown = 24
	topicsShown   = 40
)

func (s *Server) series(r *http.Request, st *snapshot) (*page, error) {
	id := seriesID(r.PathValue("series"))
	v, err := s.volume(r, st, id)
	if err != nil {
		return nil, err
	}
	f, err := readSeriesFilter(r.URL.Query())
	if err != nil {
		return nil, err
	}
	m := v.matrix()
	columns, earlier, later := f.columns(m.Meetings)
	d := seriesData{
		Series:  id,
		Name:    seriesName(id, s.Names),
		Parties: id.Parties(),
		All:     len(m.Meetings),
		Filter:  f,
		Notable: s.sentences(v.notable(), notableShown, false),
	}
	d.Occasion, d.Pinned = occasion(id, st.series[id].heads), slices.Contains(pins(r), id)
	d.Lanes = f.chips(id, v.Releases)
	var all []timeline.Meeting
	for _, x := range m.Meetings {
		all = append(all, x.Meeting)
	}
	d.Strip = newStrip(all, timeline.Date{}, timeline.Date{}, true)
	for _, c := range columns {
		d.Shown = append(d.Shown, m.Meetings[c])
		d.Newest = append(d.Newest, m.Meetings[c].Meeting.Releases...)
	}
	d.Years = yearSpans(d.Shown)
	slices.Reverse(d.Newest)
	f.fill(&d, v, m, columns)
	d.addLinks(f, earlier, later)
	d.addExports(f, v)
	d.News = st.series[id].news()
	p := &page{View: "series", Title: d.Name, Data: d}
	p.Describe = fmt.Sprintf("%s: %s and %s.", d.Name, count(d.All, "meeting"), count(len(m.Topics), "issue"))
	if len(d.Notable) > 0 {
		p.Describe += " " + d.Notable[0].Text
	}
	return p, nil
}

// notableShown is how many sentences a series begins with.
const notableShown = 3

// fill lays out the topics that the meetings shown raise, sorted by whether they are still
// raised, parts behind the topics that they are part of.
func (f seriesFilter) fill(d *seriesData, v *volume, m *ask.Matrix, columns []int) {
	parts := map[string][]ask.MatrixTopic{}
	shown := map[string]bool{}
	var tops []ask.MatrixTopic
	for _, row := range m.Topics {
		if slices.ContainsFunc(columns, func(c int) bool { return row.Cells[c].Mark.Raises() }) {
			shown[row.ID] = true
		}
	}
	for _, row := range m.Topics {
		switch {
		case !shown[row.ID]:
		case row.Topic.PartOf != "" && shown[row.Topic.PartOf]:
			parts[row.Topic.PartOf] = append(parts[row.Topic.PartOf], row)
		default:
			tops = append(tops, row)
		}
	}
	n := 0
	for _, top := range tops {
		if n += 1 + len(parts[top.ID]); n > topicsShown && !f.Full {
			d.Hidden += 1 + len(parts[top.ID])
			continue
		}
		into := map[ask.State]*[]seriesRow{ask.Quiet: &d.Quiet, ask.Once: &d.Once}[top.State]
		if into == nil {
			into = &d.Alive
		}
		row := f.row(v, top, columns)
		row.Parts = len(parts[top.ID])
		*into = append(*into, row)
		for _, p := range parts[top.ID] {
			part := f.row(v, p, columns)
			part.Of = top.ID
			*into = append(*into, part)
		}
	}
}

// row lays out a topic over the meetings shown.
func (f seriesFilter) row(v *volume, t ask.MatrixTopic, columns []int) seriesRow {
	out := seriesRow{MatrixTopic: t}
	for _, c := range columns {
		x := t.Cells[c]
		cell := seriesCell{Mark: x.Mark, Words: cellWords(x), Kept: -1, Sign: cellSign(x)}
		if x.Kept != nil {
			cell.Kept = int(*x.Kept * 10)
		}
		switch {
		case len(x.Releases) > 0:
			cell.Href = v.entryHref(t.ID, x.Said[0])
			cell.Dim = !hasSpeaker(x, t.ID, f.Speaker)
		case x.Absent != nil:
			cell.Mark, cell.Href = ask.Missed, compareHref(x.Absent.Against, x.Absent.In)+"?"+url.Values{"topic": {t.ID}}.Encode()
		}
		out.Cells = append(out.Cells, cell)
	}
	for _, c := range slices.Backward(t.Cells) {
		if !c.Mark.Raises() || len(c.Said) == 0 {
			continue
		}
		out.Day, out.Href = c.Said[0].Day(), v.entryHref(t.ID, c.Said[0])
		if c.Position != nil {
			out.Verb = cmp.Or(c.Position.Word, actWords(c.Position.Act))
		}
		break
	}
	return out
}

// addLinks sets the addresses of the pages around this one.
func (d *seriesData) addLinks(f seriesFilter, earlier, later timeline.Date) {
	with := func(change func(*seriesFilter)) string {
		g := f
		change(&g)
		return g.href(d.Series)
	}
	if !earlier.IsZero() {
		d.Earlier = with(func(g *seriesFilter) { g.Until = earlier })
	}
	if !later.IsZero() {
		d.Later = with(func(g *seriesFilter) { g.Until = later })
	}
	if d.Earlier != "" || d.Later != "" || !f.Since.IsZero() {
		d.Whole = with(func(g *seriesFilter) { g.Every, g.Since, g.Until = true, timeline.Date{}, timeline.Date{} })
	}
	if d.Hidden > 0 {
		d.Topics = with(func(g *seriesFilter) { g.Full = true })
	}
}

// addExports sets what the page can be taken along as. A picture too large to be painted is
// not offered.
func (d *seriesData) addExports(f seriesFilter, v *volume) {
	narrowed := ""
	if q := (seriesFilter{Kind: f.Kind, Level: f.Level, Since: f.Since, Until: f.Until}).values().Encode(); q != "" {
		narrowed = "?" + q
	}
	base := seriesHref(d.Series) + "/export/"
	if d.Rows() {
		if !publish.TooLarge(f.narrow(v.matrix())) {
			d.Exports = append(d.Exports, link{base + "png" + narrowed, "Matrix as a picture (PNG)"})
		}
		d.Exports = append(d.Exports, link{base + "svg" + narrowed, "as a drawing (SVG)"},
			link{base + "csv" + narrowed, "as a table (CSV)"})
	}
	if d.Series != "" {
		api := "?" + url.Values{"series": {string(d.Series)}}.Encode()
		d.Exports = append(d.Exports, link{"/api/v1/matrix" + api, "JSON"},
			link{seriesHref(d.Series) + "/decisions", "Decisions about topics"})
	}
}

// narrow leaves the meetings that the filter lets through.
func (f seriesFilter) narrow(m *ask.Matrix) *ask.Matrix {
	days := timeline.Filter{Since: f.Since, Until: f.Until}
	return m.Keep(func(x timeline.Meeting) bool { return days.Covers(x.Day()) && f.admits(x) })
}

// yearSpans groups neighbouring meetings of one year.
func yearSpans(meetings []ask.MatrixMeeting) []yearSpan {
	var out []yearSpan
	for _, m := range meetings {
		year := "?"
		if y := m.Day().Year(); y > 0 {
			year = strconv.Itoa(y)
		}
		if n := len(out); n > 0 && out[n-1].Year == year {
			out[n-1].Columns++
		} else {
			out = append(out, yearSpan{year, 1})
		}
	}
	return out
}

// levelsOf returns the levels that occur, in order of rank.
func levelsOf(meetings []*timeline.Release) []timeline.Level {
	var out []timeline.Level
	for _, l := range []timeline.Level{timeline.LevelSummit, timeline.LevelForeignMinisters, timeline.LevelViceMinisters,
		timeline.LevelOther} {
		if slices.ContainsFunc(meetings, func(r *timeline.Release) bool { return r.Level == l }) {
			out = append(out, l)
		}
	}
	return out
}

// monthDay labels a column under its year.
func monthDay(m ask.MatrixMeeting) string {
	d := m.Day()
	if d.IsZero() {
		return "—"
	}
	return fmt.Sprintf("%d %s", d.Day(), cmp.Or(d.Month().String()[:3], "?"))
}

// sortedIDs returns the series of a state in order.
func sortedIDs(st *snapshot) []timeline.SeriesID { return slices.Sorted(maps.Keys(st.series)) }
