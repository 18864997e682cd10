package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"readout/diff"
	"readout/timeline"
)

// topicData is the page of a topic: one issue from meeting to meeting.
type topicData struct {
	Series   timeline.SeriesID
	Name     string // of the series
	Topic    timeline.Topic
	Entries  []topicEntry
	Earlier  int    // entries left out before these
	Whole    string // address of the page with them
	Raised   int    // meetings that raised it
	Meetings int    // of the series
	Chart    chart
	Filter   topicFilter
	Modes    []modeLink
	Parties  []timeline.Party
	Acts     []timeline.Act
	Exports  []link
	Synopsis string
	Curate   bool // whether decisions are taken here
	Others   []timeline.Topic
	// Named is the statement that the forms are to be about, Said its text; "" for none.
	Named, Said string
}

// Latest is the entry of the latest meeting shown that raised the topic; nil for none.
func (d topicData) Latest() *topicEntry {
	for i := range slices.Backward(d.Entries) {
		if len(d.Entries[i].Silent) == 0 {
			return &d.Entries[i]
		}
	}
	return nil
}

// modeLink switches to a mode.
type modeLink struct {
	Mode    mode
	Href    string
	Current bool
}

// topicEntry is a meeting that raised the topic, or a run of meetings that did not.
type topicEntry struct {
	Anchor  string
	Release *timeline.Release
	Changes []change
	Words   string // what happened, in short
	Compare string // address of the comparison with the meeting before
	Silent  []*timeline.Release
	Hidden  int // statements that the filter hides
}

// topicFilter is what the caller asked to see.
type topicFilter struct {
	Since, Until timeline.Date
	Speaker      timeline.Party
	Act          timeline.Act
	ChangesOnly  bool
	Mode         mode
	Every        bool // all meetings, where there are very many
}

// Narrows reports whether the filter hides anything.
func (f topicFilter) Narrows() bool {
	return !f.Since.IsZero() || !f.Until.IsZero() || f.Speaker != "" || f.Act != "" || f.ChangesOnly
}

func (f topicFilter) values() url.Values {
	v := url.Values{}
	for key, value := range map[string]string{"since": f.Since.String(), "until": f.Until.String(), "speaker": string(f.Speaker), "act": string(f.Act)} {
		if value != "" {
			v.Set(key, value)
		}
	}
	if f.ChangesOnly {
		v.Set("changes", "only")
	}
	if f.Every {
		v.Set("meetings", "all")
	}
	if f.Mode != inline {
		v.Set("view", string(f.Mode))
	}
	return v
}

func readTopicFilter(q url.Values) (f topicFilter, err error) {
	if f.Since, f.Until, err = readDays(q); err != nil {
		return f, err
	}
	f.Speaker, f.Act, f.ChangesOnly = timeline.Party(q.Get("speaker")), timeline.Act(q.Get("act")), q.Get("changes") == "only"
	f.Every = q.Get("meetings") == "all"
	f.Mode, err = readMode(q.Get("view"))
	return f, err
}

// timeline returns the filter as the timeline understands it.
func (f topicFilter) timeline() timeline.Filter {
	out := timeline.Filter{Since: f.Since, Until: f.Until}
	if f.Speaker != "" {
		out.Speakers = []timeline.Party{f.Speaker}
	}
	if f.Act != "" {
		out.Acts = []timeline.Act{f.Act}
	}
	return out
}

func (s *Server) topic(r *http.Request, st *snapshot) (*page, error) {
	id := seriesID(r.PathValue("series"))
	v, c, err := s.chain(r, st, id, r.PathValue("topic"))
	if err != nil {
		return nil, err
	}
	if c.topic.ID != r.PathValue("topic") { // a former name: its address goes on
		return &page{Redirect: topicHref(id, c.topic.ID)}, nil
	}
	f, err := readTopicFilter(r.URL.Query())
	if err != nil {
		return nil, err
	}
	d := topicData{Series: id, Name: seriesName(id, s.Names), Topic: c.topic, Raised: c.topic.Releases, Meetings: len(v.Releases), Filter: f,
		Parties: id.Parties(), Acts: timeline.Acts()}
	d.Entries = f.entries(c.steps())
	d.Chart = newChart(c.steps(), d.cut(f))
	d.Exports = exportLinks(topicHref(id, c.topic.ID), apiTimeline(id, c.topic.ID))
	d.Synopsis = topicHref(id, c.topic.ID) + "/synopsis"
	d.Curate = !s.ReadOnly && id != ""
	if d.Curate {
		d.correctable(f)
		d.Named = r.URL.Query().Get("statement")
		_, st, _ := v.statement(d.Named)
		d.Said = st.Text
	}
	for _, t := range v.Topics.Topics {
		if t.ID != c.topic.ID {
			d.Others = append(d.Others, t)
		}
	}
	for _, m := range modes() {
		g := f
		g.Mode = m
		d.Modes = append(d.Modes, modeLink{m, "?" + g.values().Encode(), m == f.Mode})
	}
	return &page{View: "topic", Title: c.topic.Name, Crumbs: []link{{seriesHref(id), d.Name}}, Data: d}, nil
}

// entriesShown is how many meetings that raised the topic its page shows at first, the
// newest ones. With many more a browser on a telephone lays out for seconds.
const entriesShown = 60

// cut leaves out all but the newest entries, unless the filter asks for all. It returns
// the address of each meeting's entry.
func (d *topicData) cut(f topicFilter) func(*timeline.Release) string {
	shown := map[*timeline.Release]bool{}
	from := len(d.Entries)
	for n := 0; from > 0 && (n < entriesShown || f.Every); from-- {
		if r := d.Entries[from-1].Release; r != nil {
			shown[r] = true
			n++
		}
	}
	for _, e := range d.Entries[:from] {
		if e.Release != nil {
			d.Earlier++
		}
	}
	f.Every = true
	whole := "?" + f.values().Encode()
	if d.Earlier > 0 {
		d.Whole, d.Entries = whole, d.Entries[from:]
	}
	return func(r *timeline.Release) string {
		if d.Earlier > 0 && !shown[r] {
			return whole + "#" + entryAnchor(r)
		}
		return "#" + entryAnchor(r)
	}
}

// correctable gives every statement that the meetings made a link to the forms.
func (d *topicData) correctable(f topicFilter) {
	for _, e := range d.Entries {
		for i := range e.Changes {
			if c := &e.Changes[i]; c.Kind != diff.Dropped {
				q := f.values()
				q.Set("statement", c.ID)
				c.Correct = "?" + q.Encode() + "#correct"
			}
		}
	}
}

// chain returns the topic that an address names, and its series.
func (s *Server) chain(r *http.Request, st *snapshot, id timeline.SeriesID, name string) (*volume, *chain, error) {
	v, err := s.volume(r, st, id)
	if err != nil {
		return nil, nil, err
	}
	c, ok := v.topic(name)
	if !ok {
		return nil, nil, &missingTopic{id, name}
	}
	return v, c, nil
}

// missingTopic is returned for a topic that a series does not have.
type missingTopic struct {
	series timeline.SeriesID
	name   string
}

func (e *missingTopic) Error() string { return "the series has no topic called “" + e.name + "”" }

// entries lays out what the filter lets through, runs of silence as one.
func (f topicFilter) entries(steps []diff.Step) []topicEntry {
	var out []topicEntry
	narrow := f.timeline()
	for _, s := range steps {
		if !narrow.Covers(s.Entry.Release.Day()) && (!f.Since.IsZero() || !f.Until.IsZero()) {
			continue
		}
		if !s.Entry.Raised {
			if n := len(out); n > 0 && out[n-1].Silent != nil {
				out[n-1].Silent = append(out[n-1].Silent, s.Entry.Release)
			} else {
				out = append(out, topicEntry{Silent: []*timeline.Release{s.Entry.Release}})
			}
			continue
		}
		out = append(out, f.entry(s, narrow))
	}
	return out
}

func (f topicFilter) entry(s diff.Step, narrow timeline.Filter) topicEntry {
	rel := s.Entry.Release
	e := topicEntry{Anchor: entryAnchor(rel), Release: rel, Words: stepWords(s)}
	if s.Against != nil {
		e.Compare = compareHref(s.Against.ID, rel.ID)
	}
	for _, c := range s.Statements {
		if !narrow.Match(c.Statement) || f.ChangesOnly && c.Kind == diff.Unchanged {
			e.Hidden++
			continue
		}
		e.Changes = append(e.Changes, stepChange(c, f.Mode, rel.Language))
	}
	for _, d := range s.Dropped {
		if !narrow.Match(d.Statement) {
			e.Hidden++
			continue
		}
		e.Changes = append(e.Changes, droppedChange(d.Statement, f.Mode, s.Against.Language))
	}
	return e
}

// chart is how much changed when: a bar up for the words that came, a bar down for
// those that went, one place for every meeting.
type chart struct {
	Width, Height, Middle int
	Slots                 []chartSlot
	Words                 string
}

// chartSlot is one meeting in the chart.
type chartSlot struct {
	bar        // what came
	Down   bar // what went
	Middle float64
	Href   string
	Quiet  bool // not raised
}

// The measures of the chart in its own units. Places are as wide as a screen has
// room for, within reason.
const (
	chartHeight = 96
	chartWidth  = 760
	leastPlace  = 14
	mostPlace   = 40
)

// newChart draws the steps along a topic; href is the address of the entry of a meeting.
func newChart(steps []diff.Step, href func(*timeline.Release) string) chart {
	place := min(mostPlace, max(leastPlace, chartWidth/max(1, len(steps))))
	c := chart{Width: max(1, len(steps)) * place, Height: chartHeight, Middle: chartHeight / 2}
	most := 1
	cells := make([]diff.Summary, len(steps))
	in, out := 0, 0
	for i, s := range steps {
		cells[i] = sum(s)
		most = max(most, cells[i].WordsInserted, cells[i].WordsDeleted)
		in, out = in+cells[i].WordsInserted, out+cells[i].WordsDeleted
	}
	scale := float64(c.Middle-4) / float64(most)
	for i, x := range cells {
		left := float64(i*place) + 3
		up, down := float64(x.WordsInserted)*scale, float64(x.WordsDeleted)*scale
		slot := chartSlot{bar: bar{X: left, Y: float64(c.Middle) - up, W: float64(place - 6), H: up}, Quiet: !steps[i].Entry.Raised}
		slot.Down = bar{X: left, Y: float64(c.Middle), W: float64(place - 6), H: down}
		slot.Middle = left + float64(place-6)/2
		rel := steps[i].Entry.Release
		slot.Title = longDay(rel.Day()) + ": " + stepWords(steps[i])
		if !slot.Quiet {
			slot.Title += ", " + count(x.WordsInserted, "word") + " in, " + count(x.WordsDeleted, "word") + " out"
			slot.Href = href(rel)
		}
		c.Slots = append(c.Slots, slot)
	}
	c.Words = strings.Join([]string{count(in, "word") + " came", count(out, "word") + " went", "over " + count(len(steps), "meeting")}, ", ")
	return c
}
