package show

import (
	"fmt"
	"io"
	"strings"

	"readout/diff"
	"readout/internal/ask"
	"readout/timeline"
)

// Brief is the answer of "brief": where topics stand before the next meeting.
type Brief struct {
	Schema   string            `json:"schema"` // "readout.brief/1"
	Series   timeline.SeriesID `json:"series"`
	Before   timeline.Date     `json:"before"`   // of the meeting prepared for, "" where none was named
	Meetings int               `json:"meetings"` // so far
	First    timeline.Date     `json:"first"`
	Last     *BriefMeeting     `json:"last"`    // the latest meeting, null for none
	Topics   []BriefTopic      `json:"topics"`  // likely to be raised, likeliest first
	Silent   []BriefTopic      `json:"silent"`  // raised regularly before, and no longer
	Others   int               `json:"others"`  // topics in neither list
	Lulls    []ask.Lull        `json:"lulls"`   // times from which no release was captured
	Undated  []string          `json:"undated"` // releases that are left out, for their day is not known
	Omitted  int               `json:"omitted"` // topics and silences that were not asked for
	Room     int               `json:"-"`       // see [BriefOptions]
}

// BriefMeeting is the latest meeting.
type BriefMeeting struct {
	Releases []string       `json:"releases"`
	Held     timeline.Date  `json:"held"`
	Title    string         `json:"title"`
	Kind     timeline.Kind  `json:"kind"`
	Level    timeline.Level `json:"level"`
	Place    string         `json:"place"`
	day      timeline.Date
}

// BriefTopic is the state of a topic.
type BriefTopic struct {
	ask.TimelineTopic
	Raised  int                   `json:"raised"`  // meetings
	Last    timeline.Date         `json:"last"`    // day of the last meeting that raised it
	Release string                `json:"release"` // of that meeting
	Silent  int                   `json:"silent"`  // meetings since
	Lines   []BriefLine           `json:"lines"`   // the latest wording
	Dropped []ask.TimelineDropped `json:"dropped"` // said the time before, and not then
	Shifts  []BriefShift          `json:"shifts"`  // latest first
	Novelty *ask.Novelty          `json:"novelty"` // of the latest change
	Agenda  *ask.Agenda           `json:"agenda"`  // at the last meeting that raised it
}

// BriefLine is a statement with its past.
type BriefLine struct {
	ID       string           `json:"id"`
	Text     string           `json:"text"`
	Speakers []timeline.Party `json:"speakers"`
	Act      timeline.Act     `json:"act"`
	Since    timeline.Date    `json:"since"`    // these words
	Meetings int              `json:"meetings"` // releases in a row with these words
	Origin   timeline.Date    `json:"origin"`   // the line, in whatever words
}

// BriefShift is a shift with its day.
type BriefShift struct {
	Held    timeline.Date `json:"held"`
	Release string        `json:"release"`
	diff.Shift
}

// BriefOptions adjust a brief.
type BriefOptions struct {
	Before timeline.Date   // of the meeting prepared for
	Topics int             // how many topics, and how many silences, at most; 0 for all
	Room   int             // how many lines what is laid out for people may take, such as [BriefRoom]; 0 for no bound
	Lulls  []timeline.Lull // times from which no release was captured
}

// NewBrief returns a brief as an answer.
func NewBrief(b *ask.Brief, o BriefOptions) *Brief {
	out := &Brief{Schema: "readout.brief/1", Series: b.Series, Before: o.Before, Meetings: len(b.Meetings), Others: b.Others, Lulls: ask.NewLulls(o.Lulls), Room: o.Room,
		Topics: []BriefTopic{}, Silent: []BriefTopic{}, Undated: ids(b.Undated)}
	if n := len(b.Meetings); n > 0 {
		last := b.Meetings[n-1]
		r := last.Releases[0]
		out.First = b.Meetings[0].Day()
		out.Last = &BriefMeeting{Releases: ids(last.Releases), Held: r.Held, Title: r.Title, Kind: r.Kind, Level: r.Level, Place: r.Place, day: r.Day()}
	}
	for _, x := range []struct {
		from []ask.Standing
		to   *[]BriefTopic
	}{{b.Standing, &out.Topics}, {b.Silent, &out.Silent}} {
		for i, s := range x.from {
			if o.Topics > 0 && i >= o.Topics {
				out.Omitted += len(x.from) - i
				break
			}
			*x.to = append(*x.to, briefTopic(s))
		}
	}
	return out
}

func briefTopic(s ask.Standing) BriefTopic {
	t := BriefTopic{TimelineTopic: ask.TopicName(s.Topic), Raised: s.Raised, Last: s.Last.Day(), Release: s.Last.ID, Silent: s.Silent,
		Lines: []BriefLine{}, Dropped: []ask.TimelineDropped{}, Shifts: []BriefShift{}, Agenda: &s.Note.Agenda}
	if s.Raised > 1 {
		t.Novelty = &s.Note.Novelty
	}
	for _, l := range s.Lines {
		t.Lines = append(t.Lines, BriefLine{ID: l.Statement.ID, Text: l.Statement.Text, Speakers: some(l.Statement.Speakers), Act: l.Statement.Act,
			Since: l.Since.Day(), Meetings: l.Meetings, Origin: l.Origin.Day()})
	}
	for _, d := range s.Dropped {
		release, _, _ := strings.Cut(d.ID, "#")
		t.Dropped = append(t.Dropped, ask.TimelineDropped{ID: d.ID, Release: release, Text: d.Text, Silence: s.Silence})
	}
	for _, x := range s.Shifts {
		t.Shifts = append(t.Shifts, BriefShift{Held: x.Release.Day(), Release: x.Release.ID, Shift: x.Shift})
	}
	return t
}

// Lines returns the topics, then the silences.
func (b *Brief) Lines() []any { return append(lines(b.Topics), lines(b.Silent)...) }

// writeBrief writes the brief as a page to read before the meeting.
func writeBrief(w io.Writer, s Style, b *Brief) error {
	var out strings.Builder
	p := LayBrief(b, timeline.Date.String)
	head := text(bold, string(b.Series))
	head.raw(plain, " · brief")
	if !b.Before.IsZero() {
		head.raw(plain, " before "+b.Before.String())
	}
	out.WriteString(head.block(s, "", "", s.prose()))
	out.WriteString(text(plain, p.Head()).block(s, "", "", s.prose()))
	for _, l := range b.Lulls {
		out.WriteString(text(yellow, LullText(l)+", from "+l.From.String()+" to "+l.Until.String()).block(s, "", "", s.prose()))
	}
	if len(p.Rows) > 0 {
		out.WriteString("\n" + s.paint(boldCyan, "Where it stands") + "\n")
	}
	for _, r := range p.Rows {
		p.write(&out, s, r)
	}
	if len(p.Silent) > 0 {
		out.WriteString("\n" + s.paint(boldCyan, "Fell silent") + "\n")
	}
	for _, r := range p.Silent {
		p.writeSilent(&out, s, r)
	}
	rest := p.Rest()
	if p.Cut() {
		rest = joinNonEmpty("; ", rest, fmt.Sprintf("readout brief --series %s --topics 0 shows more", b.Series))
	}
	if rest != "" {
		out.WriteString("\n" + text(dim, rest).block(s, "", "", s.prose()))
	}
	if note := undatedNote(b.Undated); note != "" {
		out.WriteString("\n" + text(dim, note).block(s, "", "", s.prose()))
	}
	_, err := io.WriteString(w, out.String())
	return err
}

func (p *BriefPage) write(b *strings.Builder, s Style, r BriefRow) {
	b.WriteByte('\n')
	head := text(bold, r.Topic.Name)
	head.raw(plain, "  ")
	head.add(dim, p.State(r.Topic))
	b.WriteString(head.block(s, "", "  ", s.prose()))
	for _, l := range r.Lines {
		q := &paragraph{}
		if who := attribution(timeline.Statement{Speakers: l.Speakers, Act: l.Act}); who != "" {
			q.add(dim, who)
			q.raw(plain, "  ")
		}
		q.add(plain, l.Text)
		q.raw(plain, "  ")
		q.add(dim, "["+p.Past(l)+"]")
		b.WriteString(q.block(s, "  ", "  ", s.prose()))
	}
	for _, x := range r.Shifts {
		b.WriteString(text(boldCyan, x.Held.String()+" "+ShiftText(x.Shift)).block(s, "  "+s.paint(boldCyan, "»")+" ", "    ", s.prose()))
		b.WriteString(text(dim, "before: "+x.Old.Text).block(s, "    ", "    ", s.prose()))
		b.WriteString(text(dim, "then: "+x.New.Text).block(s, "    ", "    ", s.prose()))
	}
	for _, d := range r.Dropped {
		q := &paragraph{}
		q.raw(red, Verdict(d))
		q.raw(plain, "  ")
		q.add(plain, d.Text)
		b.WriteString(q.block(s, "  "+s.paint(red, "-")+" ", "    ", s.prose()))
	}
	if r.Left != "" {
		b.WriteString("  " + s.paint(dim, "… "+r.Left) + "\n")
	}
}

func (p *BriefPage) writeSilent(b *strings.Builder, s Style, r BriefRow) {
	q := text(bold, r.Topic.Name)
	q.raw(plain, "  ")
	q.add(dim, p.State(r.Topic))
	b.WriteString("\n" + q.block(s, "", "  ", s.prose()))
	for _, l := range r.Lines {
		b.WriteString(text(plain, "Last said: "+l.Text).block(s, "  ", "  ", s.prose()))
	}
}
