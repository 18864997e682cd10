package show

import (
	"readout/diff"
	"readout/internal/ask"
	"readout/timeline"
)

// Timeline is the answer of "timeline".
type Timeline struct {
	Schema  string            `json:"schema"` // "readout.timeline/1"
	Series  timeline.SeriesID `json:"series"`
	Topic   TimelineTopic     `json:"topic"`
	Entries []TimelineEntry   `json:"entries"`
	Lulls   []Lull            `json:"lulls"` // times from which no release was captured
}

// TimelineTopic names the topic of a [Timeline].
type TimelineTopic struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Aliases []string `json:"aliases"`
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
	Dropped    []TimelineDropped   `json:"dropped"` // gone from a text that took the topic up
	Missing    []TimelineDropped   `json:"missing"` // gone with the whole topic, which was not raised
	Short      int                 `json:"short"`   // statements not looked for because the texts are too short to hold them
	Novelty    *Novelty            `json:"novelty"` // null where there is nothing to compare with
	Agenda     *Agenda             `json:"agenda"`  // null where the topic was not raised
	day        timeline.Date
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
	Returned   *TimelineReturn  `json:"returned"` // null unless it was said before, left out and came back
	before     []DiffStatement
	from       timeline.Date // the day of Previous
}

// Told is the kind of change that people are told: a statement whose pairing is uncertain is
// a new one.
func (st TimelineStatement) Told() diff.Kind {
	if st.Uncertain {
		return diff.New
	}
	return st.Change
}

// LastSaid says of a statement that came back when it was said before, "" for any other.
func (st TimelineStatement) LastSaid() string {
	if st.Returned == nil {
		return ""
	}
	return "returned, last said " + st.Returned.day.String()
}

// SeeAlso names the earlier statement of an uncertain pairing, "" where there is none.
func (st TimelineStatement) SeeAlso() string {
	if !st.Uncertain || len(st.before) == 0 {
		return ""
	}
	return "see also " + st.from.String() + ": " + st.before[0].Text
}

// TimelineReturn is the earlier statement that a later one takes up again after a comparable
// text lacked it.
type TimelineReturn struct {
	ID      string        `json:"id"`
	Release string        `json:"release"`
	Held    timeline.Date `json:"held"`
	Against string        `json:"against"` // the text between that was searched and lacked it
	Nearest *Nearest      `json:"nearest"` // what came closest there
	day     timeline.Date
}

// Day is the day the entry stands at.
func (e *TimelineEntry) Day() timeline.Date { return e.day }

// TimelineDropped is a statement of the last comparable release that is gone, with its proof.
type TimelineDropped struct {
	ID      string   `json:"id"`
	Release string   `json:"release"`
	Text    string   `json:"text"`
	Against string   `json:"against"` // the release in which it was looked for, with all texts of its meeting
	Nearest *Nearest `json:"nearest"` // what came closest there, null where they say nothing
}

// Nearest is the statement that is most like one that was looked for.
type Nearest struct {
	ID         string  `json:"id"`
	Text       string  `json:"text"`
	Similarity float64 `json:"similarity"`
}

// Verdict says that the statement is no longer made.
func (d TimelineDropped) Verdict() string { return "no longer said" }

func newNearest(n *diff.Nearest) *Nearest {
	if n == nil {
		return nil
	}
	return &Nearest{n.Statement.ID, n.Statement.Text, n.Similarity}
}

func newDropped(ms []diff.Missing) []TimelineDropped {
	out := make([]TimelineDropped, 0, len(ms))
	for _, m := range ms {
		out = append(out, TimelineDropped{ID: m.Statement.ID, Release: m.Release.ID, Text: m.Statement.Text, Against: m.Against.ID, Nearest: newNearest(m.Nearest)})
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
}

// NewTimeline returns a thread as an answer.
func NewTimeline(th *ask.Thread, v TimelineView) *Timeline {
	t := th.Timeline
	out := &Timeline{Schema: "readout.timeline/1", Series: t.Series, Topic: TopicName(t.Topic), Entries: []TimelineEntry{}, Lulls: newLulls(v.Lulls)}
	for i, step := range th.Steps {
		e := timelineEntry(step, v.ChangesOnly)
		if v.ChangesOnly && len(e.Statements)+len(e.Dropped) == 0 {
			continue
		}
		if e.Raised {
			e.Novelty, e.Agenda = newNovelty(th.Notes[i].Novelty), newAgenda(th.Notes[i].Agenda)
			if step.Previous == nil {
				e.Novelty = nil
			}
		}
		out.Entries = append(out.Entries, e)
	}
	return out
}

func timelineEntry(step diff.Step, changesOnly bool) TimelineEntry {
	r := step.Entry.Release
	e := TimelineEntry{Release: r.ID, Meeting: step.Entry.Meeting, Issuer: r.Issuer, Held: r.Held, Published: r.Published, Title: r.Title,
		Kind: r.Kind, Level: r.Level, Place: r.Place, Source: r.Source, Raised: step.Entry.Raised,
		Lane: step.Lane.String(), Statements: []TimelineStatement{}, Dropped: newDropped(step.Dropped), Missing: newDropped(step.Missing), Short: step.Short, day: r.Day()}
	if step.Against != nil {
		e.Against = step.Against.ID
	}
	for _, c := range step.Statements {
		if changesOnly && c.Kind == diff.Unchanged {
			continue
		}
		st := TimelineStatement{ID: c.Statement.ID, Text: c.Statement.Text, Speakers: some(c.Statement.Speakers), Act: c.Statement.Act,
			Change: c.Kind, Previous: []string{}, Similarity: c.Similarity,
			Score: c.Link.Score, Uncertain: c.Link.Uncertain, Edits: some(c.Edits), Marks: some(c.Marks), Shifts: some(c.Shifts), before: diffStatements(c.Previous)}
		if c.From != nil {
			st.from = c.From.Day()
		}
		if r := c.Returned; r != nil {
			st.Returned = &TimelineReturn{ID: r.Statement.ID, Release: r.Release.ID, Held: r.Release.Held, Against: r.Absence.Against.ID,
				Nearest: newNearest(r.Absence.Nearest), day: r.Release.Day()}
		}
		for _, p := range c.Previous {
			st.Previous = append(st.Previous, p.ID)
		}
		e.Statements = append(e.Statements, st)
	}
	return e
}

// Lines returns the entries.
func (t *Timeline) Lines() []any { return lines(t.Entries) }
