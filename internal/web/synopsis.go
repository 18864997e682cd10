package web

import (
	"net/http"
	"strconv"

	"readout/diff"
	"readout/internal/ask"
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
	v, c, err := s.chain(r, st, id, r.PathValue("topic"))
	if err != nil {
		return nil, err
	}
	n := columnsShown
	if x := r.URL.Query().Get("meetings"); x != "" {
		if n, err = strconv.Atoi(x); err != nil || n < 1 {
			return nil, &badRequest{"meetings: it is a number"}
		}
	}
	all := ask.NewSynopsis(c.thread().Timeline, diff.Lay(c.steps()))
	d := synopsisData{
		Series: id,
		Topic:  c.topic,
		Raised: len(all.Meetings),
		API:    "/api/v1/synopsis?" + apiTimeline(id, c.topic.ID)[len("/api/v1/timeline?"):],
	}
	all = all.Last(n)
	for _, m := range all.Meetings {
		d.Releases = append(d.Releases, v.byID[m.Release])
	}
	for _, row := range all.Rows {
		var out []*change
		for i, cell := range row.Cells {
			if cell == nil {
				out = append(out, nil)
				continue
			}
			x := columnChange(*cell, d.Releases[i].Language)
			if i == 0 { // what stood before it is not on the page
				x.Edits, x.Kind = []diff.Edit{{Op: diff.Equal, Text: x.New}}, diff.Unchanged
			}
			out = append(out, &x)
		}
		d.Rows = append(d.Rows, out)
	}
	for _, k := range []int{2, 3, 4, 6, 12} {
		if k <= d.Raised {
			d.Choices = append(d.Choices, countLink{k, "?meetings=" + strconv.Itoa(k), k == n})
		}
	}
	return &page{
		View:   "synopsis",
		Title:  c.topic.Name + ": side by side",
		Crumbs: []link{{seriesHref(id), seriesName(id, s.Names)}, {topicHref(id, c.topic.ID), c.topic.Name}},
		Data:   d,
	}, nil
}
