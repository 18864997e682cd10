package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"readout/diff"
	"readout/internal/ask"
	"readout/internal/show"
	"readout/timeline"
)

// topicData is the page of a topic: one issue from meeting to meeting.
type topicData struct {
	Series   timeline.SeriesID
	Name     string // of the series
	Topic    timeline.Topic
	Now      *wording // how the issue stands, nil where no dated meeting raised it
	Lanes    lanesChart
	Formulas []link       // those beyond the chart, as links to their last use
	Entries  []topicEntry // the newest first
	Earlier  int          // entries left out, which are older
	Whole    string       // address of the page with them
	Raised   int          // meetings that raised it
	Meetings int          // of the series
	Filter   topicFilter
	Modes    []modeLink
	Parties  []timeline.Party
	Acts     []timeline.Act
	Exports  []link
	Synopsis string
	Curate   bool // whether decisions are taken here
	Decided  *decision
	Others   []timeline.Topic
	// Named is the statement that the forms are to be about, Said its text; "" for none.
	Named, Said string
}

// modeLink switches to a mode.
type modeLink struct {
	Mode    mode
	Href    string
	Current bool
}

// topicEntry is a meeting that raised the topic, or a run of meetings that did not, the
// latest first.
type topicEntry struct {
	Anchor  string
	Release *timeline.Release
	Cite    string // how to quote it
	Lane    string
	Changes []change
	Words   string   // what happened, in short
	Mark    ask.Mark // the same as a sign
	Shifts  []shift  // which way the position moved
	Compare string   // address of the comparison with the comparable text before
	Silent  []*timeline.Release
	Missing []change // what those texts lack though a comparable one before had it
	Hidden  int      // statements that the filter hides
	Open    bool     // unfolded at first
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
	v := given(map[string]string{"since": f.Since.String(), "until": f.Until.String(), "speaker": string(f.Speaker), "act": string(f.Act)})
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
		href := topicHref(id, c.topic.ID)
		if r.URL.RawQuery != "" {
			href += "?" + r.URL.RawQuery
		}
		return &page{Redirect: href}, nil
	}
	f, err := readTopicFilter(r.URL.Query())
	if err != nil {
		return nil, err
	}
	t := ask.NewTimeline(c.thread(), ask.TimelineView{Formulas: v.formulas()})
	formulas := v.topicFormulas(c.topic.ID)
	d := topicData{
		Series:  id,
		Name:    seriesName(id, s.Names),
		Topic:   c.topic,
		Filter:  f,
		Parties: id.Parties(),
		Acts:    timeline.Acts(),
		Now:     v.wordingNow(t, formulas),
	}
	d.Raised, d.Meetings = t.Issue.Raised, t.Issue.Meetings
	d.Entries = s.entries(v, f, t)
	at := d.cut(f)
	d.Lanes = newLanes(t, formulas, d.Parties, at)
	for _, x := range formulas[min(lanesShown, len(formulas)):] {
		d.Formulas = append(d.Formulas, link{statementHref(x.Last.Statement), x.Text})
	}
	d.Exports = exportLinks(topicHref(id, c.topic.ID), apiTimeline(id, c.topic.ID))
	d.Exports = append(d.Exports, link{"/api/v1/formulas?" + url.Values{
		"series": {string(id)},
		"topic":  {c.topic.ID},
	}.Encode(), "Formulas as JSON"})
	d.Synopsis = topicHref(id, c.topic.ID) + "/synopsis"
	d.Curate = !s.ReadOnly && id != ""
	if d.Curate {
		d.correctable(f)
		d.Named = r.URL.Query().Get("statement")
		_, st, _ := v.statement(d.Named)
		d.Said = st.Text
		if d.Decided, err = s.justDecided(r, id); err != nil {
			return nil, err
		}
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
	p := &page{View: "topic", Title: c.topic.Name, Crumbs: []link{{seriesHref(id), d.Name}}, Data: d}
	p.Describe = fmt.Sprintf("%s between %s: raised at %d of %s, from %s to %s.", c.topic.Name, d.Name, d.Raised,
		count(d.Meetings, "meeting"), longDay(c.topic.First), longDay(c.topic.Last))
	return p, nil
}

// entriesShown is how many meetings that raised the topic its page shows at first, the
// newest ones. With many more a browser on a telephone lays out for seconds.
const entriesShown = 60

// cut leaves out all but the newest entries, unless the filter asks for all. It returns
// the address of each release's entry.
func (d *topicData) cut(f topicFilter) func(release string) string {
	shown := map[string]bool{}
	n := 0
	keep := len(d.Entries)
	for i, e := range d.Entries {
		if e.Release == nil {
			continue
		}
		if n++; n > entriesShown && !f.Every {
			keep = min(keep, i)
			d.Earlier++
			continue
		}
		shown[e.Release.ID] = true
	}
	f.Every = true
	whole := "?" + f.values().Encode()
	if d.Earlier > 0 {
		d.Whole, d.Entries = whole, d.Entries[:keep]
	}
	return func(release string) string {
		if d.Earlier > 0 && !shown[release] {
			return whole + "#" + anchorOf(release)
		}
		return "#" + anchorOf(release)
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

// entries lays out what the filter lets through, the newest first, runs of silence as one.
func (s *Server) entries(v *volume, f topicFilter, t *ask.Timeline) []topicEntry {
	var out []topicEntry
	narrow := f.timeline()
	for _, e := range slices.Backward(t.Entries) {
		if !narrow.Covers(e.Day) && (!f.Since.IsZero() || !f.Until.IsZero()) {
			continue
		}
		if e.Raised {
			out = append(out, s.entry(v, f, narrow, e))
			continue
		}
		if n := len(out); n == 0 || out[n-1].Silent == nil {
			out = append(out, topicEntry{})
		}
		silence := &out[len(out)-1]
		silence.Silent = append(silence.Silent, v.byID[e.Release])
		for _, d := range e.Missing {
			silence.Missing = append(silence.Missing, v.goneChange(d, f.Mode))
		}
	}
	for i := range out {
		if out[i].Release != nil {
			out[i].Open = true // the latest meeting
			break
		}
	}
	return out
}

// entry lays out a release that raises the topic.
func (s *Server) entry(v *volume, f topicFilter, narrow timeline.Filter, e ask.TimelineEntry) topicEntry {
	rel := v.byID[e.Release]
	out := topicEntry{Anchor: anchorOf(e.Release), Release: rel, Cite: citing(rel, s.Names), Lane: spell(e.Lane)}
	out.Words, out.Mark = entryWords(e)
	if e.Against != "" {
		out.Compare = compareHref(e.Against, e.Release)
	}
	for _, st := range e.Statements {
		out.Shifts = append(out.Shifts, shiftList(st.Shifts)...)
		if !narrow.Match(timeline.Statement{Speakers: st.Speakers, Act: st.Act}) || f.ChangesOnly && st.Change == diff.Unchanged {
			out.Hidden++
			continue
		}
		out.Changes = append(out.Changes, timelineChange(st, f.Mode, rel.Language))
	}
	for _, d := range e.Dropped {
		x := v.goneChange(d, f.Mode)
		if !narrow.Match(timeline.Statement{Speakers: x.Speakers, Act: x.act}) {
			out.Hidden++
			continue
		}
		out.Changes = append(out.Changes, x)
	}
	return out
}

// entryWords says what became of the topic in a release, in words and as a sign.
func entryWords(e ask.TimelineEntry) (string, ask.Mark) {
	sum := diff.Summary{Dropped: len(e.Dropped) + e.Short, Silent: e.Short}
	softened, firmed := false, false
	for _, st := range e.Statements {
		switch st.Told() {
		case diff.New:
			sum.New++
		case diff.Reworded:
			sum.Reworded++
		default:
			sum.Unchanged++
		}
		for _, x := range st.Shifts {
			softened, firmed = softened || x.Kind == diff.Softened, firmed || x.Kind == diff.Firmed
		}
	}
	words := show.SummaryText(sum)
	switch {
	case e.Novelty == nil && sum.Reworded+sum.Unchanged+sum.Dropped == 0:
		return show.SignOf(ask.Opened).Says + ", " + count(len(e.Statements), "statement"), ask.Opened
	case softened:
		return words, ask.Softened
	case firmed:
		return words, ask.Firmed
	case len(e.Dropped) > 0:
		return words, ask.Dropped
	case sum.New+sum.Reworded > 0:
		return words, ask.Reworded
	}
	return words, ask.Raised
}
