package show

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"readout/diff"
	"readout/internal/ask"
	"readout/internal/letters"
	"readout/timeline"
)

// writeTimeline writes the timeline on one screen, or whole as a briefing: meeting by meeting
// what was said, with the wording marked against the last meeting that raised the topic.
// Meetings that did not raise it are one line.
func writeTimeline(w io.Writer, s Style, t *ask.Timeline) error {
	if t.Screen {
		return writeScreen(w, s, t)
	}
	var b strings.Builder
	writeTimelineHead(&b, s, t)
	writeNoneWithin(&b, s, t)
	runs := t.Runs()
	if t.NewestFirst {
		slices.Reverse(runs)
	}
	told := map[string]bool{}
	for _, run := range runs {
		lull := ""
		if run.Lull != nil {
			lull = "\n" + s.paint(yellow, strings.Repeat(" ", 12)+LullText(*run.Lull)) + "\n"
		}
		if !t.NewestFirst {
			b.WriteString(lull)
		}
		if run.Entries[0].Raised {
			writeEntry(&b, s, &run.Entries[0], told)
		} else {
			writeSilence(&b, s, run.Entries)
		}
		if t.NewestFirst {
			b.WriteString(lull)
		}
	}
	writeUnsettled(&b, s, t)
	if len(t.Undated) > 0 {
		b.WriteString("\n" + s.paint(bold, undatedHead) + "\n")
	}
	for i := range t.Undated {
		writeEntry(&b, s, &t.Undated[i], told)
		b.WriteString("            " + s.paint(dim, settleDay(t.Undated[i].Release)) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeNoneWithin says that what was asked for leaves every meeting out, so that a head
// without rows is not taken for silence.
func writeNoneWithin(b *strings.Builder, s Style, t *ask.Timeline) {
	if len(t.Entries) > 0 || t.Issue.Meetings == 0 {
		return
	}
	none := "None of the " + count(t.Issue.Meetings, "meeting", "meetings") +
		" is within what was asked for: days, kinds, levels, speakers, acts or changes."
	b.WriteString("\n" + text(yellow, none).block(s, "", "", s.prose()))
}

// writeUnsettled names the meetings that raised what may be the same issue.
func writeUnsettled(b *strings.Builder, s Style, t *ask.Timeline) {
	if len(t.Unsettled) == 0 {
		return
	}
	b.WriteString("\n" + s.paint(bold, "Not settled: these raised what may be the same issue") + "\n")
	for _, u := range t.Unsettled {
		p := text(cyan, u.Day.String())
		p.raw(plain, "  ")
		p.add(plain, u.Twin)
		p.raw(plain, " · ")
		p.add(dim, u.Title)
		b.WriteString(p.block(s, "", "            ", s.prose()))
	}
	b.WriteString("            " + s.paint(dim, "readout topics propose --series "+string(t.Series)) + "\n")
}

func writeTimelineHead(b *strings.Builder, s Style, t *ask.Timeline) {
	p := text(bold, t.Topic.Name)
	p.raw(plain, " · ")
	if t.Series != "" {
		p.add(plain, string(t.Series))
		p.raw(plain, " · ")
	}
	p.raw(plain, fmt.Sprintf("raised in %d of %s", t.Issue.Raised, count(t.Issue.Meetings, "meeting", "meetings")))
	b.WriteString(p.block(s, "", "", s.prose()))
	if len(t.Topic.Aliases) > 0 {
		b.WriteString(text(dim, "also called: "+strings.Join(t.Topic.Aliases, "; ")).block(s, "", "", s.prose()))
	}
	if note := JudgedText(t.Topic.Judged); note != "" {
		b.WriteString(text(dim, note).block(s, "", "", s.prose()))
	}
}

// silenceListed is up to how many meetings in a row that did not raise the topic
// are named one by one.
const silenceListed = 2

// writeSilence writes a run of meetings that did not raise the topic.
func writeSilence(b *strings.Builder, s Style, run []ask.TimelineEntry) {
	b.WriteByte('\n')
	if len(run) > silenceListed {
		first, last := run[0].Day.String(), run[len(run)-1].Day.String()
		line := fmt.Sprintf(NotRaised+" in %d meetings, the last on %s", len(run), last)
		if last == first {
			line = fmt.Sprintf(NotRaised+" in %d meetings on that day", len(run))
		}
		b.WriteString(s.paint(dim, pad(first, 10, false)+"  "+line) + "\n")
		return
	}
	for _, e := range run {
		b.WriteString(text(dim, NotRaised+" · "+e.Title).block(s, s.paint(dim, pad(e.Day.String(), 10, false))+"  ",
			strings.Repeat(" ", 12), s.prose()))
	}
}

// writeEntry writes a release that raises the topic. Told are the dropped statements that stand
// above already; they are counted, and not written again.
func writeEntry(b *strings.Builder, s Style, e *ask.TimelineEntry, told map[string]bool) {
	const indent = "            "
	b.WriteByte('\n')
	p := text(bold, e.Label)
	for _, fact := range []string{e.Place, Occasion(e)} {
		if fact != "" {
			p.raw(plain, " · ")
			p.add(plain, fact)
		}
	}
	b.WriteString(p.block(s, s.paint(cyan, pad(e.Day.String(), 10, false))+"  ", indent, s.prose()))
	b.WriteString(indent + s.paint(dim, letters.Clean(e.Release)) + "\n") // never broken: ids are copied
	for _, note := range Notes(e) {
		b.WriteString(text(cyan, note).block(s, indent, indent, s.prose()))
	}
	for _, st := range e.Statements {
		writeTimelineStatement(b, s, &st)
	}
	again := 0
	for _, d := range e.Dropped {
		if told[d.ID] {
			again++
			continue
		}
		told[d.ID] = true
		q := &paragraph{}
		q.raw(red, Dropped)
		q.raw(plain, "  ")
		q.add(plain, d.Text)
		b.WriteString(q.block(s, "  "+s.paint(red, "-")+" ", "    ", s.prose()))
	}
	if again > 0 {
		b.WriteString("    " + s.paint(dim, count(again, "statement", "statements")+" "+Dropped+" as above") + "\n")
	}
	if len(e.Statements)+len(e.Dropped) == 0 {
		b.WriteString("    " + s.paint(dim, "raised, but not in statements that pass the filter") + "\n")
	}
}

// Occasion says what sort of meeting it was, and whose account this is where both
// sides gave one.
func Occasion(e *ask.TimelineEntry) string {
	level := string(e.Level)
	if e.Level == timeline.LevelOther {
		level = ""
	}
	by := ""
	if e.Meeting != e.Release && e.Issuer != "" {
		by = "the account of " + string(e.Issuer)
	}
	return Join(" · ", Join(" ", spell(level), spell(string(e.Kind))), by)
}

// Notes say what is unusual about the meeting, nil for nothing.
func Notes(e *ask.TimelineEntry) []string {
	var out []string
	for _, note := range []string{noveltyText(e.Novelty), agendaText(e.Agenda)} {
		if note != "" {
			out = append(out, note)
		}
	}
	return out
}

func writeTimelineStatement(b *strings.Builder, s Style, st *ask.TimelineStatement) {
	m := markOf(st.Told())
	p := &paragraph{}
	who := whose([]ask.DiffStatement{{Speakers: st.Speakers, Act: st.Act}})
	if len(st.Before) > 0 {
		who = changed(whose(st.Before), who)
	}
	if who != "" {
		p.add(dim, who)
		p.raw(plain, "  ")
	}
	if last := Returned(st); last != "" {
		p.raw(m.ink, last)
		p.raw(plain, "  ")
	}
	edits := st.Edits
	if st.Told() == diff.New {
		edits = []diff.Edit{{Op: diff.Insert, Text: st.Text}}
	}
	writeWording(b, s, p, wording(st.Told(), edits, "", st.Text, s), m)
	writeShifts(b, s, st.Shifts)
	if see := SeeAlso(st); see != "" {
		b.WriteString(text(dim, see).block(s, "      ", "      ", s.prose()))
	}
}

// Returned says of a statement that came back when it was said before, "" for any other.
func Returned(st *ask.TimelineStatement) string {
	if st.Returned == nil {
		return ""
	}
	return "returned, last said " + st.Returned.Day.String()
}

// SeeAlso names the earlier statement of an uncertain pairing, "" where there is none.
func SeeAlso(st *ask.TimelineStatement) string {
	if !st.Uncertain || len(st.Before) == 0 {
		return ""
	}
	return "see also " + st.LastSaid.String() + ": " + st.Before[0].Text
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
