package show

import (
	"readout/diff"
	"readout/internal/ask"
	"readout/timeline"
)

// Matrix is the answer of "matrix": topics by meetings.
type Matrix struct {
	Schema   string            `json:"schema"` // "readout.matrix/1"
	Series   timeline.SeriesID `json:"series"`
	Meetings []MatrixMeeting   `json:"meetings"`
	Topics   []MatrixTopic     `json:"topics"`
	Lulls    []ask.Lull        `json:"lulls"`
	Undated  []string          `json:"undated"` // releases that have no column
}

// MatrixMeeting is a column.
type MatrixMeeting struct {
	Releases []string       `json:"releases"` // two and more where both sides published
	Held     timeline.Date  `json:"held"`
	Title    string         `json:"title"`
	Kind     timeline.Kind  `json:"kind"`
	Level    timeline.Level `json:"level"`
	Place    string         `json:"place"`
	day      timeline.Date
}

// Day is the day the meeting stands at.
func (m *MatrixMeeting) Day() timeline.Date { return m.day }

// MatrixTopic is a row; it has one cell for each meeting.
type MatrixTopic struct {
	ask.TimelineTopic
	Cells []MatrixCell `json:"cells"`
}

// MatrixCell is a topic at a meeting.
type MatrixCell struct {
	Mark     ask.Mark     `json:"mark"`
	Marks    []ask.Mark   `json:"marks"`
	Releases []string     `json:"releases"` // those that raise the topic
	New      int          `json:"new"`      // statements
	Reworded int          `json:"reworded"`
	Same     int          `json:"unchanged"`
	Dropped  int          `json:"dropped"`
	Silent   int          `json:"silent"` // of the dropped, those that a much shorter text passes over
	Shifts   []diff.Shift `json:"shifts"`
	Novelty  *ask.Novelty `json:"novelty"`
	Agenda   *ask.Agenda  `json:"agenda"`
}

// NewMatrix returns a matrix as an answer.
func NewMatrix(m *ask.Matrix) *Matrix {
	out := &Matrix{Schema: "readout.matrix/1", Series: m.Series, Meetings: []MatrixMeeting{}, Topics: []MatrixTopic{}, Lulls: ask.NewLulls(m.Lulls), Undated: ids(m.Undated)}
	for _, x := range m.Meetings {
		r := x.Releases[0]
		out.Meetings = append(out.Meetings, MatrixMeeting{Releases: ids(x.Releases), Held: r.Held, Title: r.Title, Kind: r.Kind, Level: r.Level, Place: r.Place, day: r.Day()})
	}
	for _, row := range m.Rows {
		t := MatrixTopic{TimelineTopic: ask.TopicName(row.Topic), Cells: []MatrixCell{}}
		for _, c := range row.Cells {
			cell := MatrixCell{Mark: c.Mark, Marks: c.Marks, Releases: ids(c.Releases), New: c.Counts.New, Reworded: c.Counts.Reworded,
				Same: c.Counts.Unchanged, Dropped: c.Counts.Dropped, Silent: c.Counts.Silent, Shifts: some(c.Shifts)}
			if c.Mark.Raises() {
				cell.Agenda = &c.Note.Agenda
				if c.Mark != ask.Opened {
					cell.Novelty = &c.Note.Novelty
				}
			}
			t.Cells = append(t.Cells, cell)
		}
		out.Topics = append(out.Topics, t)
	}
	return out
}

// Lines returns the topics.
func (m *Matrix) Lines() []any { return lines(m.Topics) }

// MarkSign is the sign of a mark: one column, and told apart without colour.
func MarkSign(k ask.Mark) string {
	switch k {
	case ask.Opened:
		return "+"
	case ask.Softened:
		return "↓"
	case ask.Firmed:
		return "↑"
	case ask.Dropped:
		return "−"
	case ask.Reworded:
		return "~"
	case ask.Raised:
		return "="
	case ask.PerhapsRaised:
		return "?"
	}
	return "·"
}

func markInk(k ask.Mark) ink {
	switch k {
	case ask.Opened:
		return green
	case ask.Softened, ask.Dropped:
		return red
	case ask.Firmed:
		return boldCyan
	case ask.Reworded:
		return yellow
	}
	return dim
}

// MarkNames are the marks with what they mean, in the order of a legend.
func MarkNames() [][2]string {
	var out [][2]string
	for _, x := range []struct {
		mark ask.Mark
		name string
	}{{ask.Opened, "raised for the first time"}, {ask.Raised, "in the same words"}, {ask.Reworded, "reworded"}, {ask.Firmed, "firmed"},
		{ask.Softened, "softened"}, {ask.Dropped, "something dropped"}, {ask.NotRaised, "not raised"}, {ask.PerhapsRaised, "perhaps raised under another name"}} {
		out = append(out, [2]string{MarkSign(x.mark), x.name})
	}
	return out
}
