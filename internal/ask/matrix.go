package ask

import (
	"slices"

	"readout/diff"
	"readout/timeline"
)

// Mark is what became of a topic at a meeting, in one word.
type Mark string

// The marks. Of several that apply to a cell, its Mark is the first of this list; its
// Marks are all of them.
const (
	Opened    Mark = "new"        // raised for the first time
	Softened  Mark = "softened"   // a position was taken less firmly
	Firmed    Mark = "firmed"     // a position was taken more firmly
	Dropped   Mark = "dropped"    // raised, but without something said the last time, in a text not much shorter
	Reworded  Mark = "reworded"   // raised in other words
	Raised    Mark = "raised"     // raised in the same words
	NotRaised Mark = "not_raised" // the meeting did not raise it
	// Missed is beside NotRaised where the last comparable text had said something on it, and all
	// texts of the meeting were searched: its absence is proved.
	Missed Mark = "missed"
	// PerhapsRaised is the mark of a meeting that raised what may be the same issue.
	PerhapsRaised Mark = "unsettled"
)

// Raises reports whether the mark is one of a meeting that raised the topic.
func (m Mark) Raises() bool { return m != NotRaised && m != Missed && m != PerhapsRaised }

// Matrix is the answer of "matrix": the topics of a series by its meetings.
type Matrix struct {
	Schema   string            `json:"schema"` // "readout.matrix/1"
	Series   timeline.SeriesID `json:"series"`
	Meetings []MatrixMeeting   `json:"meetings"` // the columns
	Topics   []MatrixTopic     `json:"topics"`   // the rows
	Lulls    []Lull            `json:"lulls"`    // times from which no release was captured
	Undated  []string          `json:"undated"`  // releases that have no column, for their day is not known
}

// MatrixMeeting is a column.
type MatrixMeeting struct {
	Releases []string         `json:"releases"` // two and more where both sides published
	Held     timeline.Date    `json:"held"`
	Title    string           `json:"title"`
	Kind     timeline.Kind    `json:"kind"`
	Level    timeline.Level   `json:"level"`
	Place    string           `json:"place"`
	Meeting  timeline.Meeting `json:"-" cbor:"-"`
	Stands   timeline.Date    `json:"-" cbor:"stands"` // the day the meeting stands at, see [MatrixMeeting.Day]
}

// Day is the day the meeting stands at; of one that was read from JSON the day on which it was held.
func (m MatrixMeeting) Day() timeline.Date {
	if m.Stands.IsZero() {
		return m.Held
	}
	return m.Stands
}

// State says whether an issue is still raised.
type State string

// The states of an issue, in the order in which a matrix has them.
const (
	Alive State = "alive" // raised again and again, and lately
	Quiet State = "quiet" // raised again and again, and no longer
	Once  State = "once"  // raised at one meeting alone
)

// MatrixTopic is a row; it has one cell for each meeting.
type MatrixTopic struct {
	TimelineTopic
	State  State          `json:"state"`
	Raised int            `json:"raised"` // meetings that raise it
	Last   timeline.Date  `json:"last"`   // day of the last of them, "" for none
	Since  int            `json:"since"`  // meetings after that
	Cells  []Cell         `json:"cells"`
	Topic  timeline.Topic `json:"-"`
}

// Cell is one topic at one meeting.
type Cell struct {
	Mark     Mark         `json:"mark"`
	Marks    []Mark       `json:"marks"`    // every mark that applies, in the order of their list
	Releases []string     `json:"releases"` // those about the meeting that raise the topic
	New      int          `json:"new"`      // statements
	Reworded int          `json:"reworded"`
	Same     int          `json:"unchanged"`
	Dropped  int          `json:"dropped"`
	Silent   int          `json:"silent"` // statements of which nothing is said because the texts are too short to hold them
	Shifts   []diff.Shift `json:"shifts"`
	// Kept is the share of the wording on the topic, 0 to 1, that the texts have in common with what
	// they continue; null where there is nothing to compare with.
	Kept      *float64  `json:"kept"`
	Direction Direction `json:"direction"` // of the shifts, "" for none
	Position  *Position `json:"position"`  // the strongest of what was said, null where nothing but narration was
	Absent    *Absent   `json:"absent"`    // the proof that a meeting which does not raise the topic leaves it out; null where there is none
	Novelty   *Novelty  `json:"novelty"`   // null where there is nothing to compare with
	Agenda    *Agenda   `json:"agenda"`    // null where the topic was not raised

	Said []*timeline.Release `json:"-" cbor:"-"` // the Releases
	Lost []diff.Missing      `json:"-" cbor:"-"` // the statements counted by Dropped

	sayings []saying
	words   wordCount
}

// Direction says which way a position went.
type Direction string

// The directions.
const (
	Firmer Direction = "firmer"
	Softer Direction = "softer"
	Mixed  Direction = "mixed" // firmer in one point and softer in another
)

// Absent is the proof that a meeting left an issue out which the last comparable text had: all its
// texts were searched for what that one said.
type Absent struct {
	Against    string            `json:"against"`    // the comparable release before, which had it
	In         string            `json:"in"`         // the release that was searched, with all texts of its meeting
	Statements []TimelineDropped `json:"statements"` // of Against
}

// NewMatrix sets threads of one series side by side: first the issues that are alive, in the order
// given, then those that fell quiet and those that were raised once, the latest first. Two releases
// about one meeting share a column. All threads must be laid out over the same releases
// with the same filter, as [Threads] does.
func NewMatrix(threads []*Thread) *Matrix {
	m := &Matrix{Schema: "readout.matrix/1", Meetings: []MatrixMeeting{}, Topics: []MatrixTopic{}, Lulls: []Lull{}, Undated: []string{}}
	if len(threads) == 0 {
		return m
	}
	first := threads[0].Timeline
	m.Series = first.Series
	var releases []*timeline.Release
	for _, e := range first.Entries {
		releases = append(releases, e.Release)
	}
	for _, u := range first.Unsettled {
		releases = append(releases, u.Release)
	}
	for _, e := range first.Undated {
		m.Undated = append(m.Undated, e.Release.ID)
	}
	m.Lulls = newLulls(timeline.Lulls(releases))
	column := map[*timeline.Release]int{}
	for i, x := range timeline.Meetings(releases) {
		m.Meetings = append(m.Meetings, matrixMeeting(x))
		for _, r := range x.Releases {
			column[r] = i
		}
	}
	for _, th := range threads {
		topic := th.Timeline.Topic
		row := MatrixTopic{TimelineTopic: TopicName(topic), Topic: topic, Cells: make([]Cell, len(m.Meetings))}
		for i, s := range th.Steps {
			if c := &row.Cells[column[s.Entry.Release]]; s.Entry.Raised {
				c.add(s, &th.Notes[i])
			} else {
				c.miss(s)
			}
		}
		language := th.language()
		for i := range row.Cells {
			row.Cells[i].settle(topic.ID, language)
		}
		for _, u := range th.Timeline.Unsettled {
			row.Cells[column[u.Release]].Mark, row.Cells[column[u.Release]].Marks = PerhapsRaised, []Mark{PerhapsRaised}
		}
		row.judge(m.Meetings)
		m.Topics = append(m.Topics, row)
	}
	m.sort()
	return m
}

func matrixMeeting(m timeline.Meeting) MatrixMeeting {
	r := m.Releases[0]
	return MatrixMeeting{
		Releases: ids(m.Releases),
		Held:     r.Held,
		Title:    r.Title,
		Kind:     r.Kind,
		Level:    r.Level,
		Place:    r.Place,
		Meeting:  m,
		Stands:   m.Day(),
	}
}

// Keep returns the matrix of those meetings that keep lets through and of the topics that
// they raise. Marks stay what they are in the whole series. The two share their cells.
func (m *Matrix) Keep(keep func(timeline.Meeting) bool) *Matrix {
	out := &Matrix{
		Schema:   m.Schema,
		Series:   m.Series,
		Meetings: []MatrixMeeting{},
		Topics:   []MatrixTopic{},
		Lulls:    []Lull{},
		Undated:  m.Undated,
	}
	var columns []int
	for i, x := range m.Meetings {
		if keep(x.Meeting) {
			columns, out.Meetings = append(columns, i), append(out.Meetings, x)
		}
	}
	kept := func(release string) bool {
		return slices.ContainsFunc(out.Meetings, func(x MatrixMeeting) bool { return slices.Contains(x.Releases, release) })
	}
	for _, l := range m.Lulls {
		if kept(l.After) && kept(l.Before) {
			out.Lulls = append(out.Lulls, l)
		}
	}
	for _, row := range m.Topics {
		r, raised := row, false
		r.Cells = []Cell{}
		for _, c := range columns {
			r.Cells = append(r.Cells, row.Cells[c])
			raised = raised || row.Cells[c].Mark.Raises()
		}
		if raised {
			out.Topics = append(out.Topics, r)
		}
	}
	return out
}

// LullBefore returns the time before meeting i from which no release was captured, nil
// for none.
func (m *Matrix) LullBefore(i int) *Lull {
	if i == 0 {
		return nil
	}
	return lullWithin(m.Lulls, m.Meetings[i-1].Day(), m.Meetings[i].Day())
}

// Lines returns the topics.
func (m *Matrix) Lines() []any { return lines(m.Topics) }

// add takes in what a release about the meeting says of the topic. The note is that of
// the first of them, nil for none.
func (c *Cell) add(s diff.Step, n *Note) {
	if len(c.Said) == 0 && n != nil {
		c.Agenda, c.Novelty = &n.Agenda, &n.Novelty
	}
	c.Said = append(c.Said, s.Entry.Release)
	if s.Previous == nil {
		c.Marks = append(c.Marks, Opened)
	}
	for _, st := range s.Statements {
		switch st.Told() {
		case diff.New:
			c.New++
		case diff.Reworded:
			c.Reworded++
		case diff.Unchanged:
			c.Same++
		}
		c.Shifts = append(c.Shifts, st.Shifts...)
		c.sayings = append(c.sayings, saying{s.Entry.Release, &st.Statement})
	}
	c.words.add(s)
	c.Lost = append(c.Lost, s.Dropped...)
	c.Silent += s.Short
}

// miss takes in a release about the meeting that does not raise the topic.
func (c *Cell) miss(s diff.Step) {
	if len(s.Missing) > 0 && s.Against != nil && c.Absent == nil {
		c.Absent = &Absent{Against: s.Against.ID, In: s.Entry.Release.ID, Statements: newDropped(s.Missing)}
	}
}

// settle finds the marks of a cell of the topic once all releases are in. Of accounts in several languages
// the one in the given language is quoted.
func (c *Cell) settle(topic, language string) {
	c.Releases, c.Shifts, c.Dropped = ids(c.Said), some(c.Shifts), len(c.Lost)
	c.Direction, c.Position = direction(c.Shifts), strongest(c.sayings, topic, language, nil)
	switch {
	case len(c.Said) == 0 && c.Absent != nil:
		c.Marks = []Mark{NotRaised, Missed}
	case len(c.Said) == 0:
		c.Marks = []Mark{NotRaised}
	case len(c.Marks) > 0:
		c.Marks, c.Novelty = []Mark{Opened}, nil
	default:
		c.Marks, c.Kept = c.changes(), c.words.kept()
	}
	if len(c.Said) > 0 {
		c.Absent = nil // another text of the meeting has the topic
	}
	c.Mark = c.Marks[0]
}

// direction sums up shifts.
func direction(shifts []diff.Shift) Direction {
	var out Direction
	for _, x := range shifts {
		d := Direction("")
		switch x.Kind {
		case diff.Firmed:
			d = Firmer
		case diff.Softened:
			d = Softer
		}
		switch {
		case d == "" || d == out:
		case out == "":
			out = d
		default:
			return Mixed
		}
	}
	return out
}

// changes returns the marks of a topic that was raised before.
func (c *Cell) changes() []Mark {
	has := func(k diff.ShiftKind) bool {
		return slices.ContainsFunc(c.Shifts, func(x diff.Shift) bool { return x.Kind == k })
	}
	var out []Mark
	for _, x := range []struct {
		mark Mark
		on   bool
	}{
		{Softened, has(diff.Softened)},
		{Firmed, has(diff.Firmed)},
		{Dropped, c.Dropped > 0},
		{Reworded, c.New+c.Reworded > 0},
	} {
		if x.on {
			out = append(out, x.mark)
		}
	}
	if out == nil {
		return []Mark{Raised}
	}
	return out
}
