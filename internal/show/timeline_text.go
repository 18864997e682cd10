package show

import (
	"fmt"
	"io"
	"strings"

	"readout/diff"
	"readout/internal/letters"
	"readout/timeline"
)

// Text writes the timeline as a briefing: meeting by meeting what was said, with
// the wording marked against the last meeting that raised the topic. Meetings
// that did not raise it are one line.
func (t *Timeline) Text(w io.Writer, s Style) error {
	var b strings.Builder
	t.head(&b, s)
	for _, run := range t.Runs() {
		if run.Lull != nil {
			b.WriteString("\n" + s.paint(yellow, strings.Repeat(" ", 12)+run.Lull.Text()) + "\n")
		}
		if run.Entries[0].Raised {
			run.Entries[0].write(&b, s)
			continue
		}
		writeSilence(&b, s, run.Entries)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (t *Timeline) head(b *strings.Builder, s Style) {
	raised, all := t.Meetings()
	p := text(bold, t.Topic.Name)
	p.raw(plain, " · ")
	if t.Series != "" {
		p.add(plain, string(t.Series))
		p.raw(plain, " · ")
	}
	p.raw(plain, fmt.Sprintf("raised in %d of %s", raised, count(all, "meeting", "meetings")))
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
	for _, fact := range []string{e.Place, e.Occasion()} {
		if fact != "" {
			p.raw(plain, " · ")
			p.add(plain, fact)
		}
	}
	b.WriteString(p.block(s, s.paint(cyan, pad(e.day.String(), 10, false))+"  ", indent, s.prose()))
	b.WriteString(indent + s.paint(dim, letters.Clean(e.Release)) + "\n") // never broken: ids are copied
	for _, note := range e.Notes() {
		b.WriteString(text(cyan, note).block(s, indent, indent, s.prose()))
	}
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

// Meetings counts the meetings that raised the topic, and all of them; two releases
// about one meeting are one.
func (t *Timeline) Meetings() (raised, all int) {
	seen := map[string]bool{}
	for _, e := range t.Entries {
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
			lull = lullWithin(t.Lulls, t.Entries[i-1].day, e.day)
		}
		if n := len(out); n > 0 && lull == nil && !e.Raised && !out[n-1].Entries[0].Raised {
			out[n-1].Entries = append(out[n-1].Entries, e)
			continue
		}
		out = append(out, Run{Entries: []TimelineEntry{e}, Lull: lull})
	}
	return out
}

// Occasion says what sort of meeting it was, and whose account this is where both
// sides gave one.
func (e *TimelineEntry) Occasion() string {
	level := string(e.Level)
	if e.Level == timeline.LevelOther {
		level = ""
	}
	by := ""
	if e.Meeting != e.Release && e.Issuer != "" {
		by = "the account of " + string(e.Issuer)
	}
	return joinNonEmpty(" · ", joinNonEmpty(" ", spell(level), spell(string(e.Kind))), by)
}

// Notes say what is unusual about the meeting, nil for nothing.
func (e *TimelineEntry) Notes() []string {
	var out []string
	for _, note := range []string{e.Novelty.text(), e.Agenda.text()} {
		if note != "" {
			out = append(out, note)
		}
	}
	return out
}

func (st *TimelineStatement) write(b *strings.Builder, s Style) {
	m := markOf(st.Told())
	p := &paragraph{}
	who := whose([]DiffStatement{{Speakers: st.Speakers, Act: st.Act}})
	if len(st.before) > 0 {
		who = changed(whose(st.before), who)
	}
	if who != "" {
		p.add(dim, who)
		p.raw(plain, "  ")
	}
	if last := st.LastSaid(); last != "" {
		p.raw(m.ink, last)
		p.raw(plain, "  ")
	}
	edits := st.Edits
	if st.Told() == diff.New {
		edits = []diff.Edit{{Op: diff.Insert, Text: st.Text}}
	}
	writeWording(b, s, p, wording(st.Told(), edits, "", st.Text, s), m)
	writeShifts(b, s, st.Shifts)
	if see := st.SeeAlso(); see != "" {
		b.WriteString(text(dim, see).block(s, "      ", "      ", s.prose()))
	}
}

// writeWording writes a wording behind what is said of it, under the sign of its change.
func writeWording(b *strings.Builder, s Style, said *paragraph, body []*paragraph, m mark) {
	const indent = "    "
	said.join(body[0])
	b.WriteString(said.block(s, "  "+s.paint(m.ink, m.sign)+" ", indent, s.prose()))
	for _, p := range body[1:] {
		b.WriteString(p.block(s, indent, indent, s.prose()))
	}
}
