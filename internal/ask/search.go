package ask

import "readout/timeline"

// Search is the answer of "search".
type Search struct {
	Schema string      `json:"schema"` // "readout.search/1"
	Query  string      `json:"query"`
	Hits   []SearchHit `json:"hits"`
}

// SearchHit is one statement that was found.
type SearchHit struct {
	Release   string            `json:"release"`
	Held      timeline.Date     `json:"held"`
	Published timeline.Date     `json:"published"`
	Title     string            `json:"title"`
	Series    timeline.SeriesID `json:"series"`
	Statement SearchStatement   `json:"statement"`
	Day       timeline.Date     `json:"-"` // the release stands at: held, or else published
	Label     string            `json:"-"` // what the release is called
}

// SearchStatement is a statement without its topics: a search runs through all
// series and does not follow their issues.
type SearchStatement struct {
	ID       string           `json:"id"`
	Path     []string         `json:"path"`
	Section  int              `json:"section"`
	Text     string           `json:"text"`
	Start    int              `json:"start"`
	End      int              `json:"end"`
	Speakers []timeline.Party `json:"speakers"`
	Act      timeline.Act     `json:"act"`
	Verb     string           `json:"verb"`
}

// NewSearchHit returns a statement of the release as a hit.
func NewSearchHit(r *timeline.Release, st timeline.Statement) SearchHit {
	return SearchHit{Release: r.ID, Held: r.Held, Published: r.Published, Title: r.Title, Series: r.Series, Day: r.Day(), Label: r.Label(),
		Statement: NewSearchStatement(st)}
}

// NewSearchStatement returns st without its topics.
func NewSearchStatement(st timeline.Statement) SearchStatement {
	return SearchStatement{ID: st.ID, Path: some(st.Path), Section: st.Section, Text: st.Text, Start: st.Start, End: st.End,
		Speakers: some(st.Speakers), Act: st.Act, Verb: st.Verb}
}

// NewSearch returns the hits, in their order, as an answer.
func NewSearch(query string, hits []SearchHit) *Search {
	return &Search{Schema: "readout.search/1", Query: query, Hits: some(hits)}
}

// Lines returns the hits.
func (x *Search) Lines() []any { return lines(x.Hits) }
