package show

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"

	"readout/diff"
	"readout/timeline"
)

// Synopsis is the answer of "diff --topic --table".
type Synopsis struct {
	Schema   string            `json:"schema"` // "readout.synopsis/1"
	Series   timeline.SeriesID `json:"series"`
	Topic    TimelineTopic     `json:"topic"`
	Meetings []SynopsisMeeting `json:"meetings"` // the columns
	Rows     []SynopsisRow     `json:"rows"`
}

// SynopsisMeeting is a meeting that raised the topic.
type SynopsisMeeting struct {
	Release string        `json:"release"`
	Held    timeline.Date `json:"held"`
	Title   string        `json:"title"`
	day     timeline.Date
}

// SynopsisRow is a statement and what became of it: a cell for every meeting, null
// where it was not said.
type SynopsisRow struct {
	Cells []*SynopsisCell `json:"cells"`
}

// SynopsisCell is the wording at one meeting, with its change against the meeting
// before.
type SynopsisCell struct {
	ID       string           `json:"id"`
	Text     string           `json:"text"`
	Speakers []timeline.Party `json:"speakers"`
	Act      timeline.Act     `json:"act"`
	Change   diff.Kind        `json:"change"`
	// Uncertain says that the cell before may be another point: a person should look.
	Uncertain bool        `json:"uncertain"`
	Edits     []diff.Edit `json:"edits"`
}

// NewSynopsis returns the meetings of a timeline side by side as an answer.
func NewSynopsis(t *timeline.Timeline, s *diff.Synopsis) *Synopsis {
	out := &Synopsis{Schema: "readout.synopsis/1", Series: t.Series, Topic: TopicName(t.Topic), Meetings: []SynopsisMeeting{}, Rows: []SynopsisRow{}}
	for _, r := range s.Releases {
		out.Meetings = append(out.Meetings, SynopsisMeeting{Release: r.ID, Held: r.Held, Title: r.Title, day: r.Day()})
	}
	for _, row := range s.Rows {
		cells := make([]*SynopsisCell, len(row.Cells))
		for i, c := range row.Cells {
			if c != nil {
				cells[i] = &SynopsisCell{ID: c.Statement.ID, Text: c.Statement.Text, Speakers: some(c.Statement.Speakers), Act: c.Statement.Act,
					Change: c.Kind, Uncertain: c.Link.Uncertain, Edits: some(c.Edits)}
			}
		}
		out.Rows = append(out.Rows, SynopsisRow{cells})
	}
	return out
}

// Lines returns the rows.
func (x *Synopsis) Lines() []any { return lines(x.Rows) }

// The columns of a synopsis on a terminal: none is narrower than leastColumn, and
// where there is no width to go by a page has three.
const (
	leastColumn = 30
	blindColumn = 40
)

// Text writes the meetings as columns, as many side by side as are readable, in
// pages that follow each other. Rows that are empty on a page are left out there.
func (x *Synopsis) Text(w io.Writer, s Style) error {
	var b strings.Builder
	b.WriteString(text(bold, x.Topic.Name).block(s, "", "", s.prose()))
	perPage, width := 3, blindColumn
	if s.Width > 0 {
		perPage = max(1, (s.Width+gap)/(leastColumn+gap))
		perPage = min(perPage, len(x.Meetings))
		width = (s.Width - gap*(perPage-1)) / max(1, perPage)
	}
	for from := 0; from < len(x.Meetings); from += perPage {
		x.page(&b, s, from, min(from+perPage, len(x.Meetings)), width)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// page writes the columns from up to to.
func (x *Synopsis) page(b *strings.Builder, s Style, from, to, width int) {
	b.WriteByte('\n')
	var heads [][]string
	for _, m := range x.Meetings[from:to] {
		heads = append(heads, append([]string{s.paint(cyan, m.day.String())}, text(bold, m.Title).lines(s, width)...))
	}
	beside(b, heads, width)
	for _, row := range x.Rows {
		cells := make([][]string, to-from)
		empty := true
		for i, c := range row.Cells[from:to] {
			if c != nil {
				cells[i], empty = c.lines(s, width), false
			}
		}
		if !empty {
			b.WriteString(s.paint(dim, strings.Repeat("─", width*(to-from)+gap*(to-from-1))) + "\n")
			beside(b, cells, width)
		}
	}
}

// lines lays the cell out; a wording that did not change is not repeated.
func (c *SynopsisCell) lines(s Style, width int) []string {
	m := markOf(c.Change)
	p := &paragraph{}
	p.raw(m.ink, m.sign+" ")
	if who := whose([]DiffStatement{{Speakers: c.Speakers, Act: c.Act}}); who != "" {
		p.add(dim, who)
		p.raw(plain, "  ")
	}
	if c.Uncertain {
		p.raw(m.ink, doubt(true))
		p.raw(plain, "  ")
	}
	if c.Change == diff.Unchanged {
		p.add(dim, "unchanged")
		return p.lines(s, width)
	}
	body := wording(c.Change, c.Edits, "", c.Text, s)
	p.join(body[0])
	out := p.lines(s, width)
	for _, q := range body[1:] {
		out = append(out, q.lines(s, width)...)
	}
	return out
}

// beside writes blocks of lines next to each other.
func beside(b *strings.Builder, blocks [][]string, width int) {
	height := 0
	for _, block := range blocks {
		height = max(height, len(block))
	}
	for n := range height {
		line := ""
		for i, block := range blocks {
			cell := ""
			if n < len(block) {
				cell = block[n]
			}
			if i > 0 {
				line += strings.Repeat(" ", gap)
			}
			line += cell + strings.Repeat(" ", max(0, width-uniseg.StringWidth(uncoloured(cell))))
		}
		fmt.Fprintln(b, strings.TrimRight(line, " "))
	}
}

// uncoloured drops the colours that this package paints.
func uncoloured(s string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(s, "\x1b[")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		_, s, _ = strings.Cut(after, "m")
	}
}

func hasWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}
