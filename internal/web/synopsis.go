package web

import (
	"net/http"
	"strconv"

	"readout/diff"
	"readout/timeline"
)

// synopsisData is the page that lays meetings side by side on one topic.
type synopsisData struct {
	Series   timeline.SeriesID
	Topic    timeline.Topic
	Releases []*timeline.Release // the columns
	Rows     [][]*change         // nil where it was not said
	Raised   int                 // meetings that raised the topic
	Choices  []countLink
	API      string
}

// countLink shows another number of meetings.
type countLink struct {
	N       int
	Href    string
	Current bool
}

// columnsShown is how many meetings are laid side by side at first: about what fits
// on a screen.
const columnsShown = 4

func (s *Server) synopsis(r *http.Request, st *snapshot) (*page, error) {
	id := seriesID(r.PathValue("series"))
	_, c, err := s.chain(r, st, id, r.PathValue("topic"))
	if err != nil {
		return nil, err
	}
	n := columnsShown
	if x := r.URL.Query().Get("meetings"); x != "" {
		if n, err = strconv.Atoi(x); err != nil || n < 1 {
			return nil, &badRequest{"meetings: it is a number"}
		}
	}
	all := diff.Lay(c.steps())
	d := synopsisData{Series: id, Topic: c.topic, Raised: len(all.Releases), API: "/api/v1/synopsis?" + apiTimeline(id, c.topic.ID)[len("/api/v1/timeline?"):]}
	from := max(0, len(all.Releases)-n)
	d.Releases = all.Releases[from:]
	for _, row := range all.Rows {
		var out []*change
		said := false
		for i, cell := range row.Cells[from:] {
			if cell == nil {
				out = append(out, nil)
				continue
			}
			said = true
			x := stepChange(*cell, inline, d.Releases[i].Language)
			if i == 0 { // what stood before it is not on the page
				x.Edits, x.Kind = []diff.Edit{{Op: diff.Equal, Text: x.New}}, diff.Unchanged
			}
			out = append(out, &x)
		}
		if said {
			d.Rows = append(d.Rows, out)
		}
	}
	for _, k := range []int{2, 3, 4, 6, 12} {
		if k <= d.Raised {
			d.Choices = append(d.Choices, countLink{k, "?meetings=" + strconv.Itoa(k), k == n})
		}
	}
	return &page{View: "synopsis", Title: c.topic.Name + ": side by side", Crumbs: []link{{seriesHref(id), seriesName(id, s.Names)}, {topicHref(id, c.topic.ID), c.topic.Name}}, Data: d}, nil
}
