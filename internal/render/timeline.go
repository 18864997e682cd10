package render

import (
	"fmt"
	"io"
	"strings"

	"readout/diff"
	"readout/timeline"
)

// Timeline is the answer of "timeline".
type Timeline struct {
	Schema  string            `json:"schema"` // "readout.timeline/1"
	Series  timeline.SeriesID `json:"series"`
	Topic   TimelineTopic     `json:"topic"`
	Entries []TimelineEntry   `json:"entries"`
}

// TimelineTopic names the topic of a [Timeline].
type TimelineTopic struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Aliases []string `json:"aliases"`
}

// TimelineEntry is one meeting.
type TimelineEntry struct {
	Release    string              `json:"release"`
	Held       timeline.Date       `json:"held"`
	Published  timeline.Date       `json:"published"`
	Title      string              `json:"title"`
	Kind       timeline.Kind       `json:"kind"`
	Place      string              `json:"place"`
	Raised     bool                `json:"raised"`
	Statements []TimelineStatement `json:"statements"`
	Dropped    []TimelineDropped   `json:"dropped"`
	day        timeline.Date
}

// TimelineStatement is a statement and what became of the wording before it.
type TimelineStatement struct {
	ID         string           `json:"id"`
	Text       string           `json:"text"`
	Speakers   []timeline.Party `json:"speakers"`
	Act        timeline.Act     `json:"act"`
	Change     diff.Kind        `json:"change"`
	Moved      bool             `json:"moved"`
	Split      bool             `json:"split"`
	Merged     bool             `json:"merged"`
	Previous   []string         `json:"previous"`
	Similarity float64          `json:"similarity"`
	Edits      []diff.Edit      `json:"edits"`
	Marks      []diff.Mark      `json:"marks"`
	Returned   *TimelineReturn  `json:"returned"` // null unless it was said before, left out and came back
	before     []DiffStatement
}

// TimelineReturn is the earlier statement that a new one takes up again. Its edits
// lead from the earlier wording to the new one.
type TimelineReturn struct {
	ID         string        `json:"id"`
	Release    string        `json:"release"`
	Held       timeline.Date `json:"held"`
	Similarity float64       `json:"similarity"`
	Edits      []diff.Edit   `json:"edits"`
	day        timeline.Date
}

// TimelineDropped is a statement of the last meeting that raised the topic, which
// this meeting did not take up.
type TimelineDropped struct {
	ID      string `json:"id"`
	Release string `json:"release"`
	Text    string `json:"text"`
}

// NewTimeline returns a timeline and its comparison (see [diff.Chain]) as an
// answer. With changesOnly, meetings that did not raise the topic or changed
// nothing, and unchanged statements, are left out.
func NewTimeline(t *timeline.Timeline, steps []diff.Step, changesOnly bool) *Timeline {
	out := &Timeline{Schema: "readout.timeline/1", Series: t.Series,
		Topic: TimelineTopic{ID: t.Topic.ID, Name: t.Topic.Name, Aliases: some(t.Topic.Aliases)}, Entries: []TimelineEntry{}}
	for _, step := range steps {
		r := step.Entry.Release
		e := TimelineEntry{Release: r.ID, Held: r.Held, Published: r.Published, Title: r.Title, Kind: r.Kind, Place: r.Place,
			Raised: step.Entry.Raised, Statements: []TimelineStatement{}, Dropped: []TimelineDropped{}, day: r.Day()}
		for _, c := range step.Statements {
			if changesOnly && c.Kind == diff.Unchanged {
				continue
			}
			st := TimelineStatement{ID: c.Statement.ID, Text: c.Statement.Text, Speakers: some(c.Statement.Speakers), Act: c.Statement.Act,
				Change: c.Kind, Moved: c.Moved, Split: c.Split, Merged: c.Merged, Previous: []string{}, Similarity: c.Similarity,
				Edits: some(c.Edits), Marks: some(c.Marks), before: diffStatements(c.Previous)}
			if r := c.Returned; r != nil {
				st.Returned = &TimelineReturn{ID: r.Statement.ID, Release: r.Release.ID, Held: r.Release.Held, Similarity: r.Similarity,
					Edits: some(r.Edits), day: r.Release.Day()}
			}
			for _, p := range c.Previous {
				st.Previous = append(st.Previous, p.ID)
			}
			e.Statements = append(e.Statements, st)
		}
		for _, d := range step.Dropped {
			e.Dropped = append(e.Dropped, TimelineDropped{ID: d.ID, Release: step.Previous.ID, Text: d.Text})
		}
		if changesOnly && len(e.Statements)+len(e.Dropped) == 0 {
			continue
		}
		out.Entries = append(out.Entries, e)
	}
	return out
}

// Lines returns the entries.
func (t *Timeline) Lines() []any { return lines(t.Entries) }

// Text writes the timeline as a briefing: meeting by meeting what was said, with
// the wording marked against the last meeting that raised the topic. Meetings
// that did not raise it are one line.
func (t *Timeline) Text(w io.Writer, s Style) error {
	var b strings.Builder
	t.head(&b, s)
	for i := 0; i < len(t.Entries); i++ {
		if t.Entries[i].Raised {
			t.Entries[i].write(&b, s)
			continue
		}
		from := i
		for i+1 < len(t.Entries) && !t.Entries[i+1].Raised {
			i++
		}
		writeSilence(&b, s, t.Entries[from:i+1])
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (t *Timeline) head(b *strings.Builder, s Style) {
	raised := 0
	for _, e := range t.Entries {
		if e.Raised {
			raised++
		}
	}
	p := text(bold, t.Topic.Name)
	p.raw(plain, " · ")
	if t.Series != "" {
		p.add(plain, string(t.Series))
		p.raw(plain, " · ")
	}
	p.raw(plain, fmt.Sprintf("raised in %d of %s", raised, count(len(t.Entries), "meeting", "meetings")))
	b.WriteString(p.block(s, "", "", s.prose()))
	if len(t.Topic.Aliases) > 0 {
		b.WriteString(text(dim, "also called: "+strings.Join(t.Topic.Aliases, "; ")).block(s, "", "", s.prose()))
	}
}

// silenceListed is up to how many meetings in a row that did not raise the topic
// are named one by one.
const silenceListed = 2

// writeSilence writes a run of meetings that did not raise the topic.
func writeSilence(b *strings.Builder, s Style, run []TimelineEntry) {
	b.WriteByte('\n')
	if len(run) > silenceListed {
		first, last := run[0].day.String(), run[len(run)-1].day.String()
		line := fmt.Sprintf("not raised in %d meetings, the last on %s", len(run), last)
		if last == first {
			line = fmt.Sprintf("not raised in %d meetings on that day", len(run))
		}
		b.WriteString(s.paint(dim, pad(first, 10, false)+"  "+line) + "\n")
		return
	}
	for _, e := range run {
		b.WriteString(text(dim, "not raised · "+e.Title).block(s, s.paint(dim, pad(e.day.String(), 10, false))+"  ", strings.Repeat(" ", 12), s.prose()))
	}
}

func (e *TimelineEntry) write(b *strings.Builder, s Style) {
	const indent = "            "
	b.WriteByte('\n')
	p := text(bold, e.Title)
	if e.Place != "" {
		p.raw(plain, " · ")
		p.add(plain, e.Place)
	}
	b.WriteString(p.block(s, s.paint(cyan, pad(e.day.String(), 10, false))+"  ", indent, s.prose()))
	b.WriteString(indent + s.paint(dim, Clean(e.Release)) + "\n")
	for _, st := range e.Statements {
		st.write(b, s)
	}
	for _, d := range e.Dropped {
		q := &paragraph{}
		q.raw(red, "dropped")
		q.raw(plain, "  ")
		q.add(plain, d.Text)
		b.WriteString(q.block(s, "  "+s.paint(red, "-")+" ", "    ", s.prose()))
	}
	if len(e.Statements)+len(e.Dropped) == 0 {
		b.WriteString("    " + s.paint(dim, "raised, but not in statements that pass the filter") + "\n")
	}
}

func (st *TimelineStatement) write(b *strings.Builder, s Style) {
	m := markOf(st.Change)
	p := &paragraph{}
	who := whose([]DiffStatement{{Speakers: st.Speakers, Act: st.Act}})
	if len(st.before) > 0 {
		who = changed(whose(st.before), who)
	}
	if who != "" {
		p.add(dim, who)
		p.raw(plain, "  ")
	}
	for _, flag := range []struct {
		on   bool
		name string
	}{{st.Split, "split"}, {st.Merged, "merged"}} {
		if flag.on {
			p.raw(m.ink, flag.name)
			p.raw(plain, "  ")
		}
	}
	body := edited(st.Change, st.Edits, "", st.Text, s)
	if st.Returned != nil {
		p.raw(m.ink, "returned")
		p.raw(plain, ", last said "+st.Returned.day.String()+"  ")
		body = edited(diff.Reworded, st.Returned.Edits, "", st.Text, s)
	}
	p.join(body)
	b.WriteString(p.block(s, "  "+s.paint(m.ink, m.sign)+" ", "    ", s.prose()))
}
