package ask

import (
	"readout/internal/ask/news"
	"readout/timeline"
)

// Changes is the answer of "changes".
type Changes struct {
	Schema   string           `json:"schema"`   // "readout.changes/1"
	Releases []ChangesRelease `json:"releases"` // that came in, with their position changes
	Records  []*Diff          `json:"records"`  // published pages that were altered
	Sources  []news.Trouble   `json:"sources"`  // that failed, are gone or went stale
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
	Topics    []ChangesTopic    `json:"topics"`
	Day       timeline.Date     `json:"-"` // it stands at: held, or else published
}

// ChangesTopic is what the release says on one issue, against the last meeting that
// raised it.
type ChangesTopic struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	First bool   `json:"first"` // raised for the first time; the old side of the diff is empty
	Diff  *Diff  `json:"diff"`
}

// NewChanges returns a report as an answer.
func NewChanges(r *news.Report) *Changes {
	out := &Changes{Schema: "readout.changes/1", Releases: []ChangesRelease{}, Records: []*Diff{}, Sources: some(r.Sources)}
	for _, n := range r.Releases {
		x := n.Release
		c := ChangesRelease{Release: x.ID, Held: x.Held, Published: x.Published, Title: x.Title, Series: x.Series, Kind: x.Kind,
			Source: x.Source, Topics: []ChangesTopic{}, Day: x.Day()}
		for _, t := range n.Topics {
			c.Topics = append(c.Topics, ChangesTopic{ID: t.Topic.ID, Name: t.Topic.Name, First: t.First(), Diff: NewDiff(t.Change)})
		}
		out.Releases = append(out.Releases, c)
	}
	for _, n := range r.Records {
		d := NewDiff(n.Change)
		d.TakenBack = n.Back
		out.Records = append(out.Records, d)
	}
	return out
}

// Lines returns the releases, then the records, then the sources.
func (c *Changes) Lines() []any {
	return append(append(lines(c.Releases), lines(c.Records)...), lines(c.Sources)...)
}

// Watches is the answer of "watch".
type Watches struct {
	Schema  string  `json:"schema"` // "readout.watches/1"
	Watches []Watch `json:"watches"`
}

// Watch is a filter kept under a name.
type Watch struct {
	Name   string      `json:"name"`
	Filter news.Filter `json:"filter"`
}

// NewWatches returns the watches, in their order, as an answer.
func NewWatches(ws []Watch) *Watches { return &Watches{Schema: "readout.watches/1", Watches: some(ws)} }

// Lines returns the watches.
func (x *Watches) Lines() []any { return lines(x.Watches) }
