package ask

import (
	"slices"

	"readout/diff"
	"readout/diff/formula"
	"readout/timeline"
)

// Timeline is the answer of "timeline".
type Timeline struct {
	Schema  string            `json:"schema"` // "readout.timeline/1"
	Series  timeline.SeriesID `json:"series"`
	Topic   TimelineTopic     `json:"topic"`
	Entries []TimelineEntry   `json:"entries"`
	// Unsettled are the releases of which it is not known whether they raise the topic.
	Unsettled []Unsettled `json:"unsettled"`
	Lulls     []Lull      `json:"lulls"` // times from which no release was captured
	// Undated are the releases whose day is not known that raise the topic. Their
	// statements are not compared with others: change is empty.
	Undated []TimelineEntry `json:"undated"`
	// Issue sums the topic up over all its meetings, whatever days, kinds and levels are left out.
	Issue Issue `json:"issue"`
	// Meetings are the meetings one by one, as a column of a matrix has them. Two releases about
	// one meeting are one.
	Meetings []TimelineMeeting `json:"meetings"`
	// Screen, Rows and NewestFirst are those of the [TimelineView].
	Screen, NewestFirst bool `json:"-" cbor:"-"`
	Rows                int  `json:"-" cbor:"-"`
}

// TimelineMeeting is one meeting of a [Timeline] and what it did with the topic.
type TimelineMeeting struct {
	MatrixMeeting
	Cell Cell `json:"cell"`
}

// Unsettled is a release that does not raise the topic of a [Timeline] but one that is
// likely the same issue: it is neither raised nor silent.
type Unsettled struct {
	Release string        `json:"release"`
	Held    timeline.Date `json:"held"`
	Title   string        `json:"title"`
	Twin    string        `json:"twin"`         // id of the topic that it raises
	Day     timeline.Date `json:"-" cbor:"day"` // it stands at
}

// TimelineTopic names the topic of a [Timeline].
type TimelineTopic struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Aliases []string `json:"aliases"`
	Judged  []string `json:"judged,omitempty"` // see [timeline.Topic]
}

// TimelineEntry is one release about a meeting. Two releases about one meeting, each
// by another side, have the same Meeting.
type TimelineEntry struct {
	Release    string              `json:"release"`
	Meeting    string              `json:"meeting"` // id of the first release about the meeting
	Issuer     timeline.Party      `json:"issuer"`
	Held       timeline.Date       `json:"held"`
	Published  timeline.Date       `json:"published"`
	Title      string              `json:"title"`
	Kind       timeline.Kind       `json:"kind"`
	Level      timeline.Level      `json:"level"`
	Place      string              `json:"place"`
	Source     string              `json:"source"`
	Lane       string              `json:"lane"`              // what the release is compared with others in: "joint-statement summit"
	Against    string              `json:"against,omitempty"` // the release by which absence is judged; not there where none is comparable
	Raised     bool                `json:"raised"`
	Statements []TimelineStatement `json:"statements"`
	Dropped    []TimelineDropped   `json:"dropped"`        // gone from a text that took the topic up
	Missing    []TimelineDropped   `json:"missing"`        // gone with the whole topic, which was not raised
	Short      int                 `json:"short"`          // statements not looked for because the texts are too short to hold them
	Novelty    *Novelty            `json:"novelty"`        // null where there is nothing to compare with
	Agenda     *Agenda             `json:"agenda"`         // null where the topic was not raised
	Day        timeline.Date       `json:"-" cbor:"day"`   // it stands at: held, or else published
	Label      string              `json:"-" cbor:"label"` // what people are shown of it, see [timeline.Release.Label]
}

// TimelineStatement is a statement and what became of the wording before it.
type TimelineStatement struct {
	ID         string           `json:"id"`
	Text       string           `json:"text"`
	Speakers   []timeline.Party `json:"speakers"`
	Act        timeline.Act     `json:"act"`
	Change     diff.Kind        `json:"change"`
	Moved      bool             `json:"moved"` // always false: the texts of two meetings have no common order
	Previous   []string         `json:"previous"`
	Similarity float64          `json:"similarity"`
	Score      float64          `json:"score"`     // how strong the case for Previous is, 0 for a new statement
	Uncertain  bool             `json:"uncertain"` // Previous may be another point: a person should look
	Edits      []diff.Edit      `json:"edits"`
	Marks      []diff.Mark      `json:"marks"`
	Shifts     []diff.Shift     `json:"shifts"`
	Returned   *TimelineReturn  `json:"returned"`           // null unless it was said before, left out and came back
	Before     []DiffStatement  `json:"-" cbor:"before"`    // those of Previous
	LastSaid   timeline.Date    `json:"-" cbor:"last_said"` // the day of Previous
}

// Told is the kind of change that people are told: a statement whose pairing is uncertain is
// a new one.
func (st TimelineStatement) Told() diff.Kind {
	if st.Uncertain {
		return diff.New
	}
	return st.Change
}

// TimelineReturn is the earlier statement that a later one takes up again after a comparable
// text lacked it.
type TimelineReturn struct {
	ID      string        `json:"id"`
	Release string        `json:"release"`
	Held    timeline.Date `json:"held"`
	Against string        `json:"against"`      // the text between that was searched and lacked it
	Nearest *Nearest      `json:"nearest"`      // what came closest there
	Day     timeline.Date `json:"-" cbor:"day"` // it stands at: held, or else published
}

// TimelineDropped is a statement of the last comparable release that is gone, with its proof.
type TimelineDropped struct {
	ID      string   `json:"id"`
	Release string   `json:"release"`
	Text    string   `json:"text"`
	Against string   `json:"against"` // the release in which it was looked for, with all texts of its meeting
	Nearest *Nearest `json:"nearest"` // what came closest there, null where they say nothing
}

func newNearest(n *diff.Nearest) *Nearest {
	if n == nil {
		return nil
	}
	return &Nearest{n.Statement.ID, n.Statement.Text, n.Similarity}
}

func newDropped(ms []diff.Missing) []TimelineDropped {
	out := make([]TimelineDropped, 0, len(ms))
	for _, m := range ms {
		out = append(out, TimelineDropped{
			ID:      m.Statement.ID,
			Release: m.Release.ID,
			Text:    m.Statement.Text,
			Against: m.Against.ID,
			Nearest: newNearest(m.Nearest),
		})
	}
	return out
}

// TimelineView says how much of a timeline is shown. The zero value is all of it.
type TimelineView struct {
	// ChangesOnly leaves out meetings that did not raise the topic or changed
	// nothing, and unchanged statements.
	ChangesOnly bool
	// Lulls are the times from which no release of the series was captured.
	Lulls []timeline.Lull
	// Formulas are those of the series, the weightiest first; nil where they were not looked for.
	Formulas []formula.Formula
	// Screen says that people are shown one screen: the issue in five lines and a meeting a line.
	Screen bool
	// Rows is how many meetings the screen has at most, 0 for as many as fit.
	Rows int
	// NewestFirst turns the order round in which people are shown the meetings.
	NewestFirst bool
}

// NewTimeline returns a thread as an answer.
func NewTimeline(th *Thread, v TimelineView) *Timeline {
	t := th.Timeline
	out := &Timeline{
		Schema:      "readout.timeline/1",
		Series:      t.Series,
		Topic:       TopicName(t.Topic),
		Entries:     []TimelineEntry{},
		Unsettled:   []Unsettled{},
		Lulls:       newLulls(v.Lulls),
		Undated:     []TimelineEntry{},
		Issue:       newIssue(th, v.Formulas),
		Meetings:    timelineMeetings(th, v),
		Screen:      v.Screen,
		Rows:        v.Rows,
		NewestFirst: v.NewestFirst,
	}
	for i, step := range th.Steps {
		e := timelineEntry(step, v.ChangesOnly)
		if v.ChangesOnly && len(e.Statements)+len(e.Dropped) == 0 {
			continue
		}
		if e.Raised {
			e.Novelty, e.Agenda = &th.Notes[i].Novelty, &th.Notes[i].Agenda
			if step.Previous == nil {
				e.Novelty = nil
			}
		}
		out.Entries = append(out.Entries, e)
	}
	for _, u := range t.Unsettled {
		r := u.Release
		out.Unsettled = append(out.Unsettled, Unsettled{Release: r.ID, Held: r.Held, Title: r.Title, Twin: u.Twin, Day: r.Day()})
	}
	for _, e := range t.Undated {
		if e.Raised {
			out.Undated = append(out.Undated, timelineEntry(diff.Step{Entry: e, Statements: plainly(e.Statements)}, false))
		}
	}
	return out
}

// plainly returns statements that were compared with nothing.
func plainly(statements []timeline.Statement) []diff.StatementChange {
	out := make([]diff.StatementChange, len(statements))
	for i, st := range statements {
		out[i].Statement = st
	}
	return out
}

func timelineEntry(step diff.Step, changesOnly bool) TimelineEntry {
	r := step.Entry.Release
	e := TimelineEntry{
		Release:    r.ID,
		Meeting:    step.Entry.Meeting,
		Issuer:     r.Issuer,
		Held:       r.Held,
		Published:  r.Published,
		Title:      r.Title,
		Kind:       r.Kind,
		Level:      r.Level,
		Place:      r.Place,
		Source:     r.Source,
		Raised:     step.Entry.Raised,
		Lane:       step.Lane.String(),
		Statements: []TimelineStatement{},
		Dropped:    newDropped(step.Dropped),
		Missing:    newDropped(step.Missing),
		Short:      step.Short,
		Day:        r.Day(),
		Label:      r.Label(),
	}
	if step.Against != nil {
		e.Against = step.Against.ID
	}
	for _, c := range step.Statements {
		if changesOnly && c.Kind == diff.Unchanged {
			continue
		}
		st := TimelineStatement{
			ID:         c.Statement.ID,
			Text:       c.Statement.Text,
			Speakers:   some(c.Statement.Speakers),
			Act:        c.Statement.Act,
			Change:     c.Kind,
			Previous:   []string{},
			Similarity: c.Similarity,
			Score:      c.Link.Score,
			Uncertain:  c.Link.Uncertain,
			Edits:      some(c.Edits),
			Marks:      some(c.Marks),
			Shifts:     some(c.Shifts),
			Before:     diffStatements(c.Previous),
		}
		if c.From != nil {
			st.LastSaid = c.From.Day()
		}
		if r := c.Returned; r != nil {
			st.Returned = &TimelineReturn{ID: r.Statement.ID, Release: r.Release.ID, Held: r.Release.Held, Against: r.Absence.Against.ID,
				Nearest: newNearest(r.Absence.Nearest), Day: r.Release.Day()}
		}
		for _, p := range c.Previous {
			st.Previous = append(st.Previous, p.ID)
		}
		e.Statements = append(e.Statements, st)
	}
	return e
}

// timelineMeetings lays a thread out meeting by meeting.
func timelineMeetings(th *Thread, v TimelineView) []TimelineMeeting {
	out := []TimelineMeeting{}
	m := NewMatrix([]*Thread{th})
	for i, x := range m.Meetings {
		c := m.Topics[0].Cells[i]
		if v.ChangesOnly && (!c.Mark.Raises() || c.New+c.Reworded+c.Dropped == 0) {
			continue
		}
		out = append(out, TimelineMeeting{x, c})
	}
	return out
}

// Last leaves the last n entries, and their meetings, all where n is 0. What they say of the ones
// before, and what is counted over all meetings, stays.
func (t *Timeline) Last(n int) *Timeline {
	t.Entries = last(t.Entries, n)
	t.Meetings = slices.DeleteFunc(t.Meetings, func(m TimelineMeeting) bool {
		return !slices.ContainsFunc(t.Entries, func(e TimelineEntry) bool { return slices.Contains(m.Releases, e.Release) })
	})
	return t
}

// last returns the last n elements, all where n is 0.
func last[T any](all []T, n int) []T {
	if n == 0 || n > len(all) {
		return all
	}
	return all[len(all)-n:]
}

// Lines returns the entries.
func (t *Timeline) Lines() []any { return lines(t.Entries) }

// meetings counts the meetings that raised the topic, and all of them.
func meetings(entries []timeline.Entry) (raised, all int) {
	seen := map[string]bool{}
	for _, e := range entries {
		if was, known := seen[e.Meeting]; !known {
			all++
			seen[e.Meeting] = false
		} else if was {
			continue
		}
		if e.Raised {
			raised++
			seen[e.Meeting] = true
		}
	}
	return raised, all
}

// Run is a release that raises the topic, or a run of some that do not.
type Run struct {
	Entries []TimelineEntry
	Lull    *Lull // the time before it from which no release was captured, nil for none
}

// Runs puts the entries in rows as a reader wants them: each that raises the topic by
// itself, silence in one.
func (t *Timeline) Runs() []Run {
	var out []Run
	for i, e := range t.Entries {
		var lull *Lull
		if i > 0 {
			lull = lullWithin(t.Lulls, t.Entries[i-1].Day, e.Day)
		}
		if n := len(out); n > 0 && lull == nil && !e.Raised && !out[n-1].Entries[0].Raised {
			out[n-1].Entries = append(out[n-1].Entries, e)
			continue
		}
		out = append(out, Run{Entries: []TimelineEntry{e}, Lull: lull})
	}
	return out
}
