package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"readout/diff"
	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/show"
	"readout/timeline"
)

// compareData is the page of a comparison.
type compareData struct {
	Old, New   compareSide
	Cause      diff.Cause
	Summary    diff.Summary
	Blocks     []compareBlock
	Mode       mode
	Modes      []modeLink
	Topic      timeline.Topic // that the comparison is narrowed to; zero for none
	Topics     []compareTopic // that the changes are on, those with most changes first
	Further    []compareTopic // beyond those that are shown at first
	Whole      string         // address of the comparison on all topics, "" where this is it
	Exports    []link
	Swap       string
	SameSeries bool
	Know       []sentence // what one should know of it, where the later text is of the latest meetings
}

// compareBlock is a change, or several statements that are folded: a run of those that did not
// change, or all of which nothing is claimed.
type compareBlock struct {
	Heading string
	Changes []change
	Same    bool // a run of unchanged ones
	Open    bool // not said again, and not proved to be dropped
}

// Proved is how many statements are proved to be dropped.
func (d compareData) Proved() int {
	n := 0
	for _, b := range d.Blocks {
		for _, c := range b.Changes {
			if c.Gone() && !c.Unproved {
				n++
			}
		}
	}
	return n
}

// compareTopic is an issue of a comparison, with how much changed on it.
type compareTopic struct {
	Name, Href string
	Changed    int
}

// compareSide is one of the two texts.
type compareSide struct {
	Ref     string
	Release *timeline.Release
}

// chooseData is the form that asks what to compare.
type chooseData struct {
	Old, New string
	Recent   []*timeline.Release
}

func (s *Server) chooseComparison(r *http.Request, st *snapshot) (*page, error) {
	q := r.URL.Query()
	d := chooseData{Old: strings.TrimSpace(q.Get("old")), New: strings.TrimSpace(q.Get("new"))}
	if d.Old != "" && d.New != "" {
		return &page{Redirect: compareHref(d.Old, d.New)}, nil
	}
	for i := len(st.heads) - 1; i >= 0 && len(d.Recent) < 200; i-- {
		d.Recent = append(d.Recent, st.heads[i])
	}
	return &page{View: "choose", Title: "Compare two texts", Data: d}, nil
}

func (s *Server) compare(r *http.Request, st *snapshot) (*page, error) {
	report, refs, err := s.report(r, st, r.PathValue("old"), r.PathValue("new"), r.URL.Query().Get("topic"))
	if err != nil {
		return nil, err
	}
	if refs != [2]string{r.PathValue("old"), r.PathValue("new")} {
		href := compareHref(refs[0], refs[1])
		if r.URL.RawQuery != "" {
			href += "?" + r.URL.RawQuery
		}
		return &page{Redirect: href}, nil
	}
	m, err := readMode(r.URL.Query().Get("view"))
	if err != nil {
		return nil, err
	}
	d := compareData{
		Old:        compareSide{refs[0], report.Old},
		New:        compareSide{refs[1], report.New},
		Cause:      report.Cause,
		Summary:    report.Summary,
		Mode:       m,
		Swap:       compareHref(refs[1], refs[0]),
		SameSeries: report.Old.Series == report.New.Series,
	}
	topic := r.URL.Query().Get("topic")
	base, query := compareHref(refs[0], refs[1]), ""
	if topic != "" {
		query = "?" + url.Values{"topic": {topic}}.Encode()
	}
	for _, l := range exportLinks(base, apiDiff(refs[0], refs[1], topic)) {
		if strings.HasPrefix(l.Href, base) {
			l.Href += query
		}
		d.Exports = append(d.Exports, l)
	}
	if topic != "" {
		if _, c, err := s.chain(r, st, report.New.Series, topic); err == nil {
			d.Topic = c.topic
		}
	}
	answer := ask.NewDiff(report)
	d.Blocks = folded(laidOut(answer, m))
	if d.Topic.ID != "" {
		d.Whole = "?" + url.Values{"view": {string(m)}}.Encode()
	} else if d.SameSeries {
		if err := s.compareTopics(r, st, &d, answer); err != nil {
			return nil, err
		}
		if d.Know, err = s.foundIn(r, st, report); err != nil {
			return nil, err
		}
	}
	for _, x := range modes() {
		q := r.URL.Query()
		q.Set("view", string(x))
		d.Modes = append(d.Modes, modeLink{x, "?" + q.Encode(), x == m})
	}
	title := longDay(report.Old.Day()) + " → " + longDay(report.New.Day())
	if report.Cause == diff.Record {
		title = "Version " + refs[0][strings.LastIndex(refs[0], "@")+1:] + " → " + refs[1][strings.LastIndex(refs[1], "@")+1:]
	}
	p := &page{View: "compare", Title: title, Data: d}
	p.Describe = fmt.Sprintf("%s → %s: %s.", report.Old.Label(), report.New.Label(), show.SummaryText(report.Summary))
	if d.SameSeries {
		p.Crumbs = []link{{seriesHref(report.New.Series), seriesName(report.New.Series, s.Names)}}
	}
	return p, nil
}

// comparedKnown is how many sentences a comparison begins with.
const comparedKnown = 5

// foundIn is what one should know of what the later text says, against any earlier one.
func (s *Server) foundIn(r *http.Request, st *snapshot, report *diff.Report) ([]sentence, error) {
	if report.Cause != diff.Position || report.New.Day().Before(report.Old.Day()) {
		return nil, nil
	}
	v, err := s.volume(r, st, report.New.Series)
	if err != nil {
		return nil, err
	}
	var found []ask.Finding
	for _, f := range v.notable() {
		if f.Release == report.New.ID && f.Kind != ask.FoundSteady {
			found = append(found, f)
		}
	}
	return s.sentences(found, comparedKnown, false), nil
}

// report compares the two texts that an address names, and returns their names in
// full.
func (s *Server) report(r *http.Request, st *snapshot, old, new, topic string) (*diff.Report, [2]string, error) {
	var refs [2]string
	var sides [2]*timeline.Release
	var series *volume
	for i, name := range []string{old, new} {
		ref, head, err := st.find(name)
		if err != nil {
			return nil, refs, err
		}
		refs[i] = ref.String()
		if series, err = s.volume(r, st, head.Series); err != nil {
			return nil, refs, err
		}
		if sides[i], err = s.text(r, series, ref, head); err != nil {
			return nil, refs, err
		}
	}
	if sides[0].ID == sides[1].ID {
		// Statements of two versions are told apart by the names of the versions.
		for i, side := range sides {
			if !strings.Contains(refs[i], "@") {
				refs[i] = versionRef(side.ID, side.Version)
				ref := archive.Ref{ID: side.ID, Version: side.Version}
				var err error
				if sides[i], err = s.Source.Release(r.Context(), ref); err != nil {
					return nil, refs, err
				}
			}
		}
	}
	o := s.comparing()
	if sides[0].ID != sides[1].ID {
		o = series.comparing()
	}
	if topic != "" {
		c, ok := series.topic(topic)
		if !ok {
			return nil, refs, &missingTopic{series.ID, topic}
		}
		o.Topic = c.topic.ID
	}
	return diff.Compare(sides[0], sides[1], o), refs, nil
}

// text returns the release that a reference names, with topics where it is the
// present version.
func (s *Server) text(r *http.Request, v *volume, ref archive.Ref, head *timeline.Release) (*timeline.Release, error) {
	current, ok := v.byID[head.ID]
	if !ok {
		return nil, &archive.NotFoundError{Ref: ref.String()}
	}
	if ref.Version == 0 && ref.Date.IsZero() {
		return current, nil
	}
	return s.Source.Release(r.Context(), ref)
}

// laidOut returns the changes of a comparison, what changed beside the statements first and
// headed by where it stands, the others with the headings of the new text.
func laidOut(d *ask.Diff, m mode) []change {
	var out []change
	for _, a := range d.Asides {
		out = append(out, change{
			Mode:     m,
			Kind:     a.Kind,
			Heading:  a.Place,
			Old:      a.OldText,
			New:      a.NewText,
			Edits:    a.Edits,
			Language: d.Report.New.Language,
		})
	}
	last := ""
	for i, c := range d.Changes {
		language := d.Report.New.Language
		if c.Kind == diff.Dropped {
			language = d.Report.Old.Language
		}
		x := diffChange(c, m, language)
		if len(c.New) > 0 {
			x.Anchor = "c-" + number(c.New[0].ID)
		}
		if whole := d.Report.Changes[i].New; len(whole) > 0 {
			if h := heading(d.Report.New, whole[0].Section); h != last {
				x.Heading, last = h, h
			}
		}
		out = append(out, x)
	}
	return out
}

// folded puts runs of unchanged statements together, and at the end those that are not said
// again and of which nothing is claimed.
func folded(all []change) []compareBlock {
	var out []compareBlock
	open := compareBlock{Open: true}
	for _, c := range all {
		if c.Unproved {
			open.Changes = append(open.Changes, c)
			continue
		}
		same := c.Kind == diff.Unchanged
		if n := len(out); n > 0 && same && out[n-1].Same && c.Heading == "" {
			out[n-1].Changes = append(out[n-1].Changes, c)
			continue
		}
		out = append(out, compareBlock{Heading: c.Heading, Changes: []change{c}, Same: same})
	}
	if len(open.Changes) > 0 {
		out = append(out, open)
	}
	return out
}

// compareTopics says how much changed on each topic of the comparison.
func (s *Server) compareTopics(r *http.Request, st *snapshot, d *compareData, answer *ask.Diff) error {
	v, err := s.volume(r, st, d.New.Release.Series)
	if err != nil {
		return err
	}
	changed := map[string]int{}
	for _, c := range answer.Changes {
		for _, id := range c.Topics {
			if c.Kind != diff.Unchanged && c.Silence == "" {
				changed[id]++
			}
		}
	}
	for _, t := range v.Topics.Topics {
		if n := changed[t.ID]; n > 0 {
			d.Topics = append(d.Topics, compareTopic{t.Name, "?" + url.Values{"topic": {t.ID}, "view": {string(d.Mode)}}.Encode(), n})
		}
	}
	slices.SortStableFunc(d.Topics, func(a, b compareTopic) int { return b.Changed - a.Changed })
	const first = 12
	if len(d.Topics) > first+2 {
		d.Topics, d.Further = d.Topics[:first], d.Topics[first:]
	}
	return nil
}

// heading is the number and heading of a section, "" for the preamble.
func heading(r *timeline.Release, section int) string {
	if section < 0 || section >= len(r.Sections) {
		return ""
	}
	x := r.Sections[section]
	return strings.TrimSpace(x.Number + " " + x.Heading)
}
