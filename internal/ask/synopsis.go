package ask

import (
	"slices"

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
	Day     timeline.Date `json:"-"` // it stands at: held, or else published
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
	out := &Synopsis{
		Schema:   "readout.synopsis/1",
		Series:   t.Series,
		Topic:    TopicName(t.Topic),
		Meetings: []SynopsisMeeting{},
		Rows:     []SynopsisRow{},
	}
	for _, r := range s.Releases {
		out.Meetings = append(out.Meetings, SynopsisMeeting{Release: r.ID, Held: r.Held, Title: r.Title, Day: r.Day()})
	}
	for _, row := range s.Rows {
		cells := make([]*SynopsisCell, len(row.Cells))
		for i, c := range row.Cells {
			if c != nil {
				cells[i] = &SynopsisCell{
					ID:        c.Statement.ID,
					Text:      c.Statement.Text,
					Speakers:  some(c.Statement.Speakers),
					Act:       c.Statement.Act,
					Change:    c.Kind,
					Uncertain: c.Link.Uncertain,
					Edits:     some(c.Edits),
				}
			}
		}
		out.Rows = append(out.Rows, SynopsisRow{cells})
	}
	return out
}

// Last leaves the last n meetings and the rows that have a wording there, all where n is 0. The
// changes are those against the meeting before, also where that is left out.
func (x *Synopsis) Last(n int) *Synopsis {
	x.Meetings = last(x.Meetings, n)
	rows := []SynopsisRow{}
	for _, row := range x.Rows {
		row.Cells = last(row.Cells, n)
		if slices.ContainsFunc(row.Cells, func(c *SynopsisCell) bool { return c != nil }) {
			rows = append(rows, row)
		}
	}
	x.Rows = rows
	return x
}

// Lines returns the rows.
func (x *Synopsis) Lines() []any { return lines(x.Rows) }
