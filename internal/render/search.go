package render

import (
	"io"
	"strings"

	"readout/timeline"
)

// Search is the answer of "search".
type Search struct {
	Schema string      `json:"schema"` // "readout.search/1"
	Query  string      `json:"query"`
	Hits   []SearchHit `json:"hits"`
}

// SearchHit is one statement that was found.
type SearchHit struct {
	Release   string             `json:"release"`
	Held      timeline.Date      `json:"held"`
	Title     string             `json:"title"`
	Series    timeline.SeriesID  `json:"series"`
	Statement timeline.Statement `json:"statement"`
}

// NewSearch returns the hits, in their order, as an answer.
func NewSearch(query string, hits []SearchHit) *Search {
	for i := range hits {
		hits[i].Statement = whole(hits[i].Statement)
	}
	return &Search{Schema: "readout.search/1", Query: query, Hits: some(hits)}
}

// Lines returns the hits.
func (x *Search) Lines() []any { return lines(x.Hits) }

// Text writes the hits under the releases they stand in.
func (x *Search) Text(w io.Writer, s Style) error {
	var b strings.Builder
	last := ""
	indent := strings.Repeat(" ", 12)
	for _, h := range x.Hits {
		if h.Release != last {
			if last != "" {
				b.WriteByte('\n')
			}
			b.WriteString(text(bold, h.Title).block(s, s.paint(cyan, pad(h.Held.String(), 10, false))+"  ", indent, s.prose()))
			last = h.Release
		}
		p := &paragraph{}
		p.add(plain, h.Statement.Text)
		p.raw(plain, "  ")
		p.add(dim, joinNonEmpty(" · ", h.Statement.ID, attribution(h.Statement)))
		b.WriteString(p.block(s, indent, indent, s.prose()))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
