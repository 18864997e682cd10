package web

import (
	"bytes"
	"io"
	"net/http"
	"net/url"

	"readout/diff"
	"readout/internal/ask"
	"readout/internal/show/redline"
	"readout/timeline"
)

// exportFormat is a form in which a comparison is passed on.
type exportFormat struct {
	Name, Words, MediaType, Ending string
	write                          func(io.Writer, []*diff.Report, redline.Options) error
}

// exportFormats are those on offer, in their order.
func exportFormats() []exportFormat {
	return []exportFormat{
		{"docx", "Word, tracked changes", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx", redline.DOCX},
		{"html", "Web page", "text/html; charset=utf-8", ".html", redline.HTML},
		{"markdown", "Markdown", "text/markdown; charset=utf-8", ".md", redline.Markdown},
		{"csv", "Table", "text/csv; charset=utf-8", ".csv", redline.CSV},
	}
}

// exportLinks are the links to the exports of a page, and to the same as JSON.
func exportLinks(base string, api string) []link {
	var out []link
	for _, f := range exportFormats() {
		out = append(out, link{base + "/export/" + f.Name, f.Words})
	}
	return append(out, link{api, "JSON"})
}

// exportComparison gives a comparison out as a file.
func (s *Server) exportComparison(r *http.Request, st *snapshot) (*answer, error) {
	report, refs, err := s.report(r, st, r.PathValue("old"), r.PathValue("new"), r.URL.Query().Get("topic"))
	if err != nil {
		return nil, err
	}
	return s.export(r.PathValue("format"), []*diff.Report{report}, refs[0]+"--"+refs[1])
}

// exportTopic gives every step along a topic out as a file.
func (s *Server) exportTopic(r *http.Request, st *snapshot) (*answer, error) {
	v, c, err := s.chain(r, st, seriesID(r.PathValue("series")), r.PathValue("topic"))
	if err != nil {
		return nil, err
	}
	return s.export(r.PathValue("format"), v.reports(c), string(v.ID)+"--"+c.topic.ID)
}

// reports compares every text that raised the topic with the last comparable one that did.
func (v *volume) reports(c *chain) []*diff.Report {
	o := v.comparing()
	o.Cause, o.Topic = diff.Position, c.topic.ID
	var out []*diff.Report
	for _, x := range diff.Along(c.thread().Timeline, o.Past) {
		out = append(out, diff.Compare(x.Old, x.New, o))
	}
	return out
}

// export writes reports in the form asked for.
func (s *Server) export(format string, reports []*diff.Report, name string) (*answer, error) {
	for _, f := range exportFormats() {
		if f.Name == format {
			var b bytes.Buffer
			err := f.write(&b, reports, redline.Options{Names: s.Names})
			return &answer{body: b.Bytes(), mediaType: f.MediaType, name: safeName(name) + f.Ending}, err
		}
	}
	return nil, errNoPage
}

// apiDiff is the address of a comparison as JSON.
func apiDiff(old, new, topic string) string {
	q := url.Values{"old": {old}, "new": {new}}
	if topic != "" {
		q.Set("topic", topic)
	}
	return "/api/v1/diff?" + q.Encode()
}

// apiTimeline is the address of a timeline as JSON.
func apiTimeline(series timeline.SeriesID, topic string) string {
	return "/api/v1/timeline?" + url.Values{"series": {string(series)}, "topic": {topic}}.Encode()
}

// chainAnswer is the answer of the steps along a topic.
func (s *Server) chainAnswer(v *volume, c *chain) *ask.Chain {
	var diffs []*ask.Diff
	for _, r := range v.reports(c) {
		diffs = append(diffs, ask.NewDiff(r))
	}
	return ask.NewChain(v.ID, c.topic, diffs)
}
