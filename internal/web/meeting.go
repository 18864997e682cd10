package web

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/timeline"
)

// meetingData is the page of a release.
type meetingData struct {
	Release    *timeline.Release
	SeriesName string
	SourceLink string // the source where it is an address that a browser may follow
	Ref        string // "ID", or "ID@v2" where a version was asked for
	Sections   []meetingSection
	Versions   []meetingVersion    // where there are several
	Accounts   []account           // of other sides, of the same meeting
	Others     []*timeline.Release // what else was published about the same meeting
	Lane       string              // what the release is compared with others in
	Previous   *timeline.Release   // the comparable one before it, nil for none
	Next       *timeline.Release   // the comparable one after it, nil for none
	Contents   []contentsTopic     // the topics it raises, in its order
	Narrow     timeline.Topic      // that the page is narrowed to; zero for none
	Cites      []link              // forms in which it can be cited
	Cite       string              // how to quote it
	Old        bool                // a version that is not the present one
	First      string              // the first version, "ID@v1"
	Present    string              // the present version
	News       link                // what changed since the meeting before, zero for none
}

// meetingSection is a headed part, or the preamble.
type meetingSection struct {
	Number, Heading string
	Depth           int
	Statements      []meetingStatement
}

// contentsTopic is a topic in the contents of a release.
type contentsTopic struct {
	Name       string
	First      string // number of its first statement
	Statements int
	Href       string // of the page narrowed to it
	Current    bool
}

// meetingStatement is one statement with what is known of it.
type meetingStatement struct {
	timeline.Statement
	Number   string
	Labels   string
	Topics   []topicLink
	Origin   *origin // nil where nothing is known
	NewWords bool    // nobody said it in these words before
}

// topicLink leads to what a release says on the page of a topic.
type topicLink struct {
	Name, Href string
}

// meetingVersion is one text of the page that was published.
type meetingVersion struct {
	ask.LogVersion
	Ref, Before string // "ID@v2" and "ID@v1", which is "" for the first
	Current     bool
}

func (s *Server) meeting(r *http.Request, st *snapshot) (*page, error) {
	ref, head, err := st.find(r.PathValue("release"))
	if err != nil {
		return nil, err
	}
	if ref.String() != r.PathValue("release") { // a prefix or a day was given
		return &page{Redirect: releaseHref(ref.String())}, nil
	}
	v, err := s.volume(r, st, head.Series)
	if err != nil {
		return nil, err
	}
	rel, ok := v.byID[head.ID]
	if !ok {
		return nil, &archive.NotFoundError{Ref: head.ID}
	}
	d := meetingData{SeriesName: seriesName(rel.Series, s.Names), Ref: ref.String()}
	if u, err := url.Parse(rel.Source); err == nil && (u.Scheme == "https" || u.Scheme == "http") {
		d.SourceLink = rel.Source
	}
	if d.Release, err = s.text(r, v, ref, head); err != nil {
		return nil, err
	}
	d.Old = d.Release.Version != rel.Version
	d.First, d.Present = versionRef(head.ID, 1), versionRef(head.ID, rel.Version)
	if rel.Versions > 1 {
		log, err := s.Source.VersionLog(r.Context(), archive.Ref{ID: head.ID})
		if err != nil {
			return nil, err
		}
		d.Versions = versions(log, rel.Version)
	}
	if name := r.URL.Query().Get("topic"); name != "" {
		c, ok := v.topic(name)
		if !ok {
			return nil, &missingTopic{v.ID, name}
		}
		d.Narrow = c.topic
	}
	d.Contents = v.contents(d.Release, d.Narrow.ID)
	d.Sections = sections(v, d.Release, d.Old, d.Narrow.ID)
	for _, other := range v.accounts()[rel.ID] {
		d.Accounts = append(d.Accounts, s.account(rel, other))
	}
	d.Others = sameMeeting(v, rel)
	d.Lane = spell(v.lanes().Of(rel).String())
	d.Previous, d.Next = v.neighbours(rel)
	if then := cmp.Or(d.Previous, meetingBefore(v.Releases[:v.place[rel.ID]+1])); then != nil {
		d.News = link{compareHref(then.ID, d.Ref), "What changed since " + longDay(then.Day())}
	}
	return s.meetingPage(&d, rel)
}

// meetingPage adds to the page of a release how to cite it.
func (s *Server) meetingPage(d *meetingData, rel *timeline.Release) (*page, error) {
	c, err := ask.NewCitation(d.Release, 0, s.Names)
	if err != nil {
		return nil, err
	}
	d.Cite = c.Sentence()
	for _, f := range citeFormats() {
		d.Cites = append(d.Cites, link{releaseHref(d.Ref) + "/cite/" + f.Name, f.Words})
	}
	d.Cites = append(d.Cites, link{"/api/v1/releases/" + url.PathEscape(d.Ref), "Text as JSON"})
	return &page{
		View:   "meeting",
		Title:  rel.Label(),
		Crumbs: []link{{seriesHref(rel.Series), d.SeriesName}},
		Data:   *d,
		Describe: fmt.Sprintf("%s, %s, with %s and the history of each.", kindWords(rel), longDay(rel.Day()),
			count(len(d.Release.Statements), "statement")),
		Meta: citeMeta(c),
	}, nil
}

// neighbours are the comparable releases before and after one, nil for none.
func (v *volume) neighbours(r *timeline.Release) (before, after *timeline.Release) {
	lanes := v.lanes()
	for _, x := range v.Releases[v.place[r.ID]+1:] {
		if lanes.Before(x) == r {
			after = x
			break
		}
	}
	return lanes.Before(r), after
}

// contents are the topics that a release raises, in the order in which it does.
func (v *volume) contents(r *timeline.Release, narrow string) []contentsTopic {
	var out []contentsTopic
	at := map[string]int{}
	for _, st := range r.Statements {
		for _, id := range st.Topics {
			i, seen := at[id]
			if !seen {
				t, ok := v.Topics.Get(id)
				if !ok {
					continue
				}
				i = len(out)
				at[id] = i
				out = append(out, contentsTopic{
					Name:    t.Name,
					First:   number(st.ID),
					Href:    "?" + url.Values{"topic": {id}}.Encode(),
					Current: id == narrow,
				})
			}
			out[i].Statements++
		}
	}
	return out
}

// find reads a reference out of an address: an id, a unique prefix of one or a day,
// with or without a version.
func (st *snapshot) find(s string) (archive.Ref, *timeline.Release, error) {
	ref, err := archive.ParseRef(s)
	if err != nil {
		return ref, nil, &badRequest{err.Error()}
	}
	if h, ok := st.byID[ref.ID]; ok {
		return ref, h, nil
	}
	st.all = true // a release that comes in may have such a name too
	var found []*timeline.Release
	for _, h := range st.heads {
		if strings.HasPrefix(h.ID, ref.ID) {
			found = append(found, h)
		}
	}
	switch len(found) {
	case 0:
		return ref, nil, &archive.NotFoundError{Ref: ref.ID}
	case 1:
		ref.ID = found[0].ID
		return ref, found[0], nil
	}
	e := &archive.AmbiguousError{Ref: ref.ID}
	for _, h := range found {
		e.Candidates = append(e.Candidates, h.ID)
	}
	return ref, nil, e
}

// versions lays out the versions of a release, the newest first.
func versions(l *ask.Log, current int) []meetingVersion {
	var out []meetingVersion
	for i, v := range slices.Backward(l.Versions) {
		m := meetingVersion{LogVersion: v, Ref: versionRef(l.ID, v.Version), Current: v.Version == current}
		if i > 0 {
			m.Before = versionRef(l.ID, l.Versions[i-1].Version)
		}
		out = append(out, m)
	}
	return out
}

func versionRef(id string, n int) string { return id + "@v" + strconv.Itoa(n) }

// sections lays a release out in its own structure. Where the wording of an old
// version comes from is not told: the chains of the series are those of its present
// texts. Narrow is the topic whose statements alone are wanted, "" for all.
func sections(v *volume, rel *timeline.Release, old bool, narrow string) []meetingSection {
	var out []meetingSection
	last := -2
	for _, st := range rel.Statements {
		if narrow != "" && !st.On(narrow) {
			continue
		}
		if st.Section != last {
			sec := meetingSection{Depth: 1}
			if st.Section >= 0 && st.Section < len(rel.Sections) {
				x := rel.Sections[st.Section]
				sec = meetingSection{Number: x.Number, Heading: x.Heading, Depth: x.Depth}
			}
			out = append(out, sec)
			last = st.Section
		}
		m := meetingStatement{Statement: st, Number: number(st.ID), Labels: strings.Join(st.Path, " ")}
		for _, id := range st.Topics {
			if t, ok := v.Topics.Get(id); ok {
				m.Topics = append(m.Topics, topicLink{t.Name, v.entryHref(t.ID, rel)})
			}
		}
		if !old {
			if o, ok := v.origin()[st.ID]; ok {
				m.Origin, m.NewWords = &o, o.Claimed.ID == rel.ID
			}
		}
		sec := &out[len(out)-1]
		sec.Statements = append(sec.Statements, m)
	}
	return out
}

// sameMeeting returns what was published about the meeting besides rel and the accounts
// of other sides: releases of the same series of the same day that are of the same kind
// or by another side.
func sameMeeting(v *volume, rel *timeline.Release) []*timeline.Release {
	var out []*timeline.Release
	for _, r := range v.Releases {
		if r.ID == rel.ID || r.Held.IsZero() || r.Held != rel.Held || slices.Contains(v.accounts()[rel.ID], r) {
			continue
		}
		if r.Issuer != rel.Issuer || r.Kind == rel.Kind {
			out = append(out, r)
		}
	}
	return out
}
