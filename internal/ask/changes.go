package ask

import (
	"slices"
	"time"

	"readout/diff"
	"readout/timeline"
)

// Changes is the answer of "changes": what a reader has not seen yet. The kinds of change
// are kept apart: releases have position changes, records are record changes, and changes
// of our own rules are no news and have no place here.
type Changes struct {
	Schema   string           `json:"schema"`   // "readout.changes/1"
	Releases []ChangesRelease `json:"releases"` // that came in, in the order of a timeline, with their position changes
	Records  []*Diff          `json:"records"`  // published pages that were altered, in the order in which they were seen so
	Site     []SiteLine       `json:"site"`     // lines that came to the pages of a site or left them, whatever the pages are about
	Sources  []Trouble        `json:"sources"`  // that failed, are gone or went stale, in order of name
	LeftOut  *Untold          `json:"left_out"` // null where the report is whole
}

// ChangesRelease is a release that came in.
type ChangesRelease struct {
	Release   string            `json:"release"`
	Held      timeline.Date     `json:"held"`
	Published timeline.Date     `json:"published"`
	Title     string            `json:"title"`
	Series    timeline.SeriesID `json:"series"`
	Kind      timeline.Kind     `json:"kind"`
	Source    string            `json:"source"`
	Topics    []ChangesTopic    `json:"topics"` // in the order in which the release raises them
	Of        *timeline.Release `json:"-"`
}

// ChangesTopic is what the release says on one issue, against the last meeting that
// raised it.
type ChangesTopic struct {
	ID    string         `json:"id"`
	Name  string         `json:"name"`
	First bool           `json:"first"` // raised for the first time; the old side of the diff is empty
	Diff  *Diff          `json:"diff"`
	Topic timeline.Topic `json:"-"`
}

// Trouble is a source that cannot be relied upon at present.
type Trouble struct {
	Source string    `json:"source"`
	State  string    `json:"state"`  // "failed", "gone", "suspect", "stale"
	Detail string    `json:"detail"` // what was seen
	Since  time.Time `json:"since"`  // when it was first seen so; zero where that is not known
}

// SiteLine is a line that releases of one site have word for word and nobody says: that it
// comes or goes alters none of them.
type SiteLine struct {
	Kind     diff.Kind `json:"kind"` // new or dropped
	Text     string    `json:"text"`
	Releases []string  `json:"releases"`  // whose pages it came to or left
	SiteWide int       `json:"site_wide"` // how many other releases of the site have it, at most
}

// AddRecord tells of an altered page; where only lines of its site came or went, of those.
func (c *Changes) AddRecord(d *Diff) {
	if !d.OfSite() {
		c.Records = append(c.Records, d)
		return
	}
	for _, x := range d.Changes {
		if x.SiteWide > 0 {
			c.addSite(SiteLine{x.Kind, x.OldText + x.NewText, []string{d.New.Release}, x.SiteWide})
		}
	}
}

func (c *Changes) addSite(l SiteLine) {
	for i := range c.Site {
		if known := &c.Site[i]; known.Kind == l.Kind && known.Text == l.Text {
			known.Releases, known.SiteWide = append(known.Releases, l.Releases...), max(known.SiteWide, l.SiteWide)
			return
		}
	}
	c.Site = append(c.Site, l)
}

// NewChanges returns an answer that tells nothing yet.
func NewChanges() *Changes {
	return &Changes{Schema: "readout.changes/1", Releases: []ChangesRelease{}, Records: []*Diff{}, Site: []SiteLine{}, Sources: []Trouble{}}
}

// NewChangesRelease returns a release of which no changes are told yet.
func NewChangesRelease(r *timeline.Release) ChangesRelease {
	return ChangesRelease{
		Release:   r.ID,
		Held:      r.Held,
		Published: r.Published,
		Title:     r.Title,
		Series:    r.Series,
		Kind:      r.Kind,
		Source:    r.Source,
		Topics:    []ChangesTopic{},
		Of:        r,
	}
}

// Add tells what the release says on a topic, compared with what was said before; the old
// side of the report is empty where nothing was.
func (r *ChangesRelease) Add(t timeline.Topic, change *diff.Report) {
	r.Topics = append(r.Topics, ChangesTopic{ID: t.ID, Name: t.Name, First: change.Old.ID == "", Diff: NewDiff(change), Topic: t})
}

// Empty reports whether there is nothing to tell.
func (c *Changes) Empty() bool {
	return len(c.Releases)+len(c.Records)+len(c.Site)+len(c.Sources) == 0 && c.LeftOut == nil
}

// Lines returns the releases, then the records, then the lines of sites, then the sources,
// then what is left out.
func (c *Changes) Lines() []any {
	out := slices.Concat(lines(c.Releases), lines(c.Records), lines(c.Site), lines(c.Sources))
	if c.LeftOut != nil {
		out = append(out, struct {
			LeftOut *Untold `json:"left_out"`
		}{c.LeftOut})
	}
	return out
}

// Watches is the answer of "watch".
type Watches struct {
	Schema  string  `json:"schema"` // "readout.watches/1"
	Watches []Watch `json:"watches"`
}

// Watch is a filter kept under a name.
type Watch struct {
	Name   string     `json:"name"`
	Filter NewsFilter `json:"filter"`
}

// NewWatches returns the watches, in their order, as an answer.
func NewWatches(ws []Watch) *Watches { return &Watches{Schema: "readout.watches/1", Watches: some(ws)} }

// Lines returns the watches.
func (x *Watches) Lines() []any { return lines(x.Watches) }
