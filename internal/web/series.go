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
	"readout/internal/show"
	"readout/timeline"
)

// seriesData is the page of a series: its topics against its meetings.
type seriesData struct {
	ID       timeline.SeriesID
	Name     string
	Parties  []timeline.Party
	All      int // meetings of the series
	Shown    []ask.MatrixMeeting
	Years    []yearSpan
	Rows     []seriesRow
	Hidden   int // topics left out
	Legend   []show.Sign
	Filter   seriesFilter
	Levels   []timeline.Level
	Earlier  string // address of the page with the meetings before these, "" for none
	Later    string
	Whole    string              // address of the page with every meeting, "" where this is it
	Topics   string              // address of the page with every topic, "" where this is it
	Narrowed string              // what the exports take of the filter, as an address ends with it
	News     link                // what the latest release changed, zero for none
	Newest   []*timeline.Release // those of the meetings shown, newest first
}

// yearSpan is a head over the columns of one year.
type yearSpan struct {
	Year    string
	Columns int
}

// seriesRow is one topic over the meetings shown.
type seriesRow struct {
	Topic timeline.Topic
	Cells []seriesCell
}

// seriesCell is one mark.
type seriesCell struct {
	Mark  ask.Mark
	Href  string // "" where there is nothing to see
	Words string // what happened, for a tooltip and a screen reader
	Dim   bool   // the filter looks for another speaker
	Heat  int    // how much changed, 0 to 4
}

// seriesFilter is what the caller asked to see, as it stands in the address.
type seriesFilter struct {
	Level   timeline.Level
	Speaker timeline.Party
	Since   timeline.Date // no meeting shown is before it; zero for no bound
	Until   timeline.Date // no meeting shown is after it; zero for no bound
	Every   bool          // all meetings
	Full    bool          // all topics
}

// How much of a matrix is shown at first: about what fits on a wide screen.
const (
	meetingsShown = 32
	topicsShown   = 40
)

func (f seriesFilter) values() url.Values {
	v := url.Values{}
	for key, value := range map[string]string{"level": string(f.Level), "speaker": string(f.Speaker), "since": f.Since.String(), "until": f.Until.String()} {
		if value != "" {
			v.Set(key, value)
		}
	}
	if f.Every {
		v.Set("meetings", "all")
	}
	if f.Full {
		v.Set("topics", "all")
	}
	return v
}

func (f seriesFilter) href(id timeline.SeriesID) string {
	if q := f.values().Encode(); q != "" {
		return seriesHref(id) + "?" + q
	}
	return seriesHref(id)
}

func readSeriesFilter(q url.Values) (seriesFilter, error) {
	since, until, err := readDays(q)
	if err != nil {
		return seriesFilter{}, err
	}
	return seriesFilter{Level: timeline.Level(q.Get("level")), Speaker: timeline.Party(q.Get("speaker")), Since: since, Until: until,
		Every: q.Get("meetings") == "all", Full: q.Get("topics") == "all"}, nil
}

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
	d := seriesData{ID: id, Name: seriesName(id, s.Names), Parties: id.Parties(), All: len(m.Meetings), Filter: f, Levels: levelsOf(v.Releases)}
	for _, c := range columns {
		d.Shown = append(d.Shown, m.Meetings[c])
		d.Newest = append(d.Newest, m.Meetings[c].Meeting.Releases...)
	}
	d.Years = yearSpans(d.Shown)
	slices.Reverse(d.Newest)
	d.Rows, d.Hidden = f.rows(v, m, columns)
	d.Legend = show.Signs()
	d.addLinks(f, earlier, later)
	if q := (seriesFilter{Level: f.Level, Since: f.Since, Until: f.Until}).values().Encode(); q != "" {
		d.Narrowed = "?" + q
	}
	d.News = latestChange(st.series[d.ID].heads)
	return &page{View: "series", Title: d.Name, Data: d}, nil
}

// columns picks the meetings to show, the last ones inside the bounds, and says on
// which days the pages before and after them end. The page after may reach beyond Until:
// that is also where the page stands in a long series.
func (f seriesFilter) columns(meetings []ask.MatrixMeeting) (shown []int, earlier, later timeline.Date) {
	var all []int
	for i, m := range meetings {
		if !m.Day().Before(f.Since) && f.ofLevel(m.Meeting) {
			all = append(all, i)
		}
	}
	end := len(all)
	if !f.Until.IsZero() {
		end = 0
		for end < len(all) && !f.Until.Before(meetings[all[end]].Day()) {
			end++
		}
	}
	start := max(0, end-meetingsShown)
	if f.Every {
		start = 0
	}
	if start > 0 {
		earlier = meetings[all[start-1]].Day()
	}
	if end < len(all) {
		later = meetings[all[min(end+meetingsShown, len(all))-1]].Day()
	}
	return all[start:end], earlier, later
}

// ofLevel reports whether the meeting is of the level asked for.
func (f seriesFilter) ofLevel(m timeline.Meeting) bool {
	return f.Level == "" || slices.ContainsFunc(m.Releases, func(r *timeline.Release) bool { return r.Level == f.Level })
}

// rows lays out the topics that the meetings shown raise; how many of them are left
// out comes second.
func (f seriesFilter) rows(v *volume, m *ask.Matrix, columns []int) ([]seriesRow, int) {
	var rows []seriesRow
	hidden := 0
	for _, row := range m.Topics {
		raised := slices.ContainsFunc(columns, func(c int) bool { return row.Cells[c].Mark.Raises() })
		switch {
		case !raised:
			continue
		case len(rows) >= topicsShown && !f.Full:
			hidden++
			continue
		}
		out := seriesRow{Topic: row.Topic}
		for _, c := range columns {
			x := row.Cells[c]
			cell := seriesCell{Mark: x.Mark, Words: cellWords(x)}
			if len(x.Releases) > 0 {
				cell.Href = v.entryHref(row.ID, x.Said[0])
				cell.Dim = !hasSpeaker(x, row.ID, f.Speaker)
				cell.Heat = v.heat(row.ID, x)
			}
			out.Cells = append(out.Cells, cell)
		}
		rows = append(rows, out)
	}
	return rows, hidden
}

// addLinks sets the addresses of the pages around this one.
func (d *seriesData) addLinks(f seriesFilter, earlier, later timeline.Date) {
	with := func(change func(*seriesFilter)) string {
		g := f
		change(&g)
		return g.href(d.ID)
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
	for _, l := range []timeline.Level{timeline.LevelSummit, timeline.LevelForeignMinisters, timeline.LevelViceMinisters, timeline.LevelOther} {
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
