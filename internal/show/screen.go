package show

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"readout/diff/formula"
	"readout/internal/ask"
	"readout/internal/letters"
)

// The layout of a timeline on one screen.
const (
	screenRows  = 14  // lines of meetings and silences, which leaves room for the issue above them
	narrow      = 140 // columns below which a screen is narrow
	screenLabel = 10  // columns of what a line of the issue says, as of a day
	screenKind  = 15  // columns of the kind of a text
	secondSlack = 12  // columns that breaking a line between words may cost
)

// writeScreen writes a timeline on one screen: the issue in five lines, then a line a meeting.
func writeScreen(w io.Writer, s Style, t *ask.Timeline) error {
	var b strings.Builder
	writeTimelineHead(&b, s, t)
	b.WriteByte('\n')
	writeIssue(&b, s, t)
	writeNoneWithin(&b, s, t)
	b.WriteByte('\n')
	writeRows(&b, s, t)
	if line := screenLegend(t); line != "" {
		p := &paragraph{}
		p.raw(dim, line)
		b.WriteString(p.block(s, "", "", s.prose()))
	}
	for _, line := range screenFoot(t) {
		b.WriteString(text(dim, line).block(s, "", "", s.prose()))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeIssue writes the five lines on an issue: what is said, by whom, since when, what moved last
// and where it is missing. What takes more than two lines is cut.
func writeIssue(b *strings.Builder, s Style, t *ask.Timeline) {
	x, about := &t.Issue, subjectOf(t.Topic)
	room := s.columns() - screenLabel - 4
	line := func(label, what string) {
		at := Style{Color: s.Color, Width: s.columns()}
		b.WriteString(text(plain, fit(letters.Clean(what), 2*room-screenLabel)).block(at,
			s.paint(bold, pad(label, screenLabel, false))+"  ", strings.Repeat(" ", screenLabel+2), at.Width))
	}
	if f := x.Formula; f != nil {
		line("formula", "“"+f.Text+"”")
		line("said by", fmt.Sprintf("%s in %s, %s from %s to %s", speakers(f.Speakers), spell(f.Lane),
			count(f.Uses, "text", "texts"), f.First.Day, f.Last.Day))
		line("since", "in these words since "+f.Since.Day.String()+more(x.Formulas-1))
	}
	if p := x.Position; p != nil {
		line("strongest", p.Day.String()+" "+Join(" ", speakers(p.Speakers), about.position(p, 2*room-3*screenLabel)))
	}
	line("moved", about.moveLine(x.Moved, 2*room-2*screenLabel))
	missing := "nowhere that a comparable text was searched"
	if m := x.Missing; m != nil {
		near := m.Nearest != nil && m.Nearest.Similarity >= leastNear
		columns := 2*room - 2*screenLabel
		if near {
			columns = room / 2
		}
		missing = fmt.Sprintf("%s lacks “%s”", m.Day, about.excerpt(letters.Clean(m.Text), columns))
		if near {
			missing += fmt.Sprintf("; nearest (%.2f): “%s”", m.Nearest.Similarity, about.excerpt(letters.Clean(m.Nearest.Text), room/2))
		}
	}
	line("missing", missing)
}

// leastNear is how near a sentence comes to what is missing for a line on it to quote the sentence.
const leastNear = 0.25

// more counts the other formulas of an issue, "" for none.
func more(n int) string {
	if n < 1 {
		return ""
	}
	return "; " + count(n, "more formula", "more formulas") + " on the issue"
}

// moveLine says a change in one line: its day, what it is read from and both wordings.
func (s subject) moveLine(m *ask.IssueMove, room int) string {
	if m == nil {
		return "nothing that the texts show"
	}
	head := Join(" ", m.Day.String(), m.Change)
	if m.Because != "" {
		head += " (" + m.Because + ")"
	}
	each := max(16, (room-cells(head)-8)/2)
	if m.Change == string(formula.Reworded) {
		old, new := fromWhereTheyPart(reworded(m))
		return fmt.Sprintf("%s: “%s” → “%s”", head, fit(old, each), fit(new, each))
	}
	was, is, _ := strings.Cut(m.Because, " → ")
	return fmt.Sprintf("%s: “%s” → “%s”", head, s.around(m.Old.Text, was, each), s.around(m.New.Text, is, each))
}

// reworded returns the two wordings that a rewording is told by: those of the formula, or the
// sentences where it is these that differ.
func reworded(m *ask.IssueMove) (old, new string) {
	if m.Old.Part == m.New.Part {
		return m.Old.Text, m.New.Text
	}
	return cmp.Or(m.Old.Part, m.Old.Text), cmp.Or(m.New.Part, m.New.Text)
}

// beforeParting is how many words that two texts have in common stand before what sets them apart.
const beforeParting = 2

// fromWhereTheyPart cuts off what two texts begin with alike, so that the change stands in the little
// room there is.
func fromWhereTheyPart(old, new string) (string, string) {
	a, b := strings.Fields(letters.Clean(old)), strings.Fields(letters.Clean(new))
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	if n = min(n, len(a)-1, len(b)-1) - beforeParting; n <= 0 {
		return strings.Join(a, " "), strings.Join(b, " ")
	}
	return "… " + strings.Join(a[n:], " "), "… " + strings.Join(b[n:], " ")
}

// writeRows writes the latest meetings that fit, one a line; meetings in a row that left the issue
// out share one.
func writeRows(b *strings.Builder, s Style, t *ask.Timeline) {
	rows, about := meetingRows(t.Meetings), subjectOf(t.Topic)
	lines := make([]string, len(rows))
	for i, r := range rows {
		lines[i] = meetingRow(s, about, r)
	}
	if n := len(rows) - rowsShown(lines, t.Rows); n > 0 {
		hidden := 0
		for _, r := range rows[:n] {
			hidden += len(r)
		}
		first, last := rows[0][0], rows[n-1][len(rows[n-1])-1]
		lines = lines[n:]
		line := fmt.Sprintf("%s before: %s to %s", count(hidden, "meeting", "meetings"), first.Day(), last.Day())
		if t.NewestFirst {
			defer func() { b.WriteString(s.paint(dim, line) + "\n") }()
		} else {
			b.WriteString(s.paint(dim, line) + "\n")
		}
	}
	if t.NewestFirst {
		slices.Reverse(lines)
	}
	for _, l := range lines {
		b.WriteString(l)
	}
}

// rowsShown is how many of the last meetings fit on the screen, or as many as were asked for.
func rowsShown(lines []string, asked int) int {
	if asked > 0 {
		return asked
	}
	room, n := screenRows, 0
	for n < len(lines) && room > 0 {
		if room -= strings.Count(lines[len(lines)-1-n], "\n"); room < 0 {
			break
		}
		n++
	}
	return n
}

// meetingRows puts meetings in a row that left the issue out together: those of a proved absence, and
// the others.
func meetingRows(ms []ask.TimelineMeeting) [][]ask.TimelineMeeting {
	var out [][]ask.TimelineMeeting
	for _, m := range ms {
		if n := len(out); n > 0 && !m.Cell.Mark.Raises() {
			if last := out[n-1][0].Cell; last.Mark == m.Cell.Mark && (last.Absent == nil) == (m.Cell.Absent == nil) {
				out[n-1] = append(out[n-1], m)
				continue
			}
		}
		out = append(out, []ask.TimelineMeeting{m})
	}
	return out
}

// meetingRow is the line of a meeting, or of several that left the issue out. On a narrow screen what was said
// may take a second line.
func meetingRow(s Style, about subject, ms []ask.TimelineMeeting) string {
	m := &ms[len(ms)-1]
	c := &m.Cell
	head := s.paint(cyan, pad(m.Day().String(), screenLabel, false)) + "  " + cellText(s, c) + " "
	room := s.prose() - screenLabel - 6
	kind := pad(fit(spell(string(m.Kind)), screenKind), screenKind, false) + " "
	switch {
	case c.Mark.Raises():
		room -= screenKind + 1
		if s.prose() >= narrow {
			return strings.TrimRight(head+s.paint(dim, kind)+about.rowText(c, room), " ") + "\n"
		}
		indent := screenLabel + 6
		said := about.rowText(c, room+s.prose()-indent-secondSlack)
		lines := text(plain, said).lines(s, room)
		out := head + s.paint(dim, kind) + lines[0] + "\n"
		if rest := strings.TrimSpace(strings.TrimPrefix(said, strings.TrimRight(lines[0], " "))); rest != "" {
			out += text(plain, rest).block(Style{Width: s.prose()}, strings.Repeat(" ", indent), strings.Repeat(" ", indent), s.prose())
		}
		return out
	case len(ms) > 1:
		return head + s.paint(dim, fit(fmt.Sprintf("%s in %d meetings from %s", SignOf(Shown(*c)[0]).Says, len(ms),
			ms[0].Day()), room)) + "\n"
	}
	return head + s.paint(dim, kind+fit(SignOf(Shown(*c)[0]).Says, room-screenKind-1)) + "\n"
}

// rowText says what a meeting said within so many columns: what moved, or the strongest position.
func (s subject) rowText(c *ask.Cell, columns int) string {
	for _, x := range c.Shifts {
		if ask.Sways(x.Kind) {
			return s.shift(x, columns)
		}
	}
	if c.Position == nil {
		return fit("told without a position", columns)
	}
	who := ""
	if len(c.Position.Speakers) > 0 {
		who = fit(speakers(c.Position.Speakers), screenKind) + " "
	}
	return who + s.position(c.Position, columns-cells(who))
}

// screenLegend explains the signs of the meetings that raised the issue, those that occur; ""
// where none did.
func screenLegend(t *ask.Timeline) string {
	var shown strings.Builder
	for i := range t.Meetings {
		if c := &t.Meetings[i].Cell; c.Mark.Raises() {
			shown.WriteString(cellText(Style{}, c))
		}
	}
	var out []string
	for _, group := range [][][2]string{wordingSigns(), actSigns(), moveSigns()} {
		var says []string
		for _, x := range group {
			if strings.ContainsAny(shown.String(), tenths(x[0])) {
				says = append(says, x[0]+"\u00a0"+strings.ReplaceAll(x[1], " ", "\u00a0"))
			}
		}
		out = append(out, strings.Join(says, ", "))
	}
	return Join("; ", out...)
}

// tenths returns the signs that a legend's "0–9" stands for, any other sign as it is.
func tenths(sign string) string {
	if sign == keptTenths {
		return "0123456789"
	}
	return sign
}

// screenFoot says what the screen leaves out and how to see it.
func screenFoot(t *ask.Timeline) []string {
	var out []string
	for _, x := range []struct {
		n         int
		one, many string
	}{
		{len(t.Unsettled), "release raised what may be the same issue", "releases raised what may be the same issue"},
		{len(t.Undated), "release without a day raised it", "releases without a day raised it"},
		{len(t.Lulls), "time from which no release was captured", "times from which no release was captured"},
	} {
		if x.n > 0 {
			out = append(out, count(x.n, x.one, x.many))
		}
	}
	command := "readout timeline " + t.Topic.ID
	if t.Series != "" {
		command += " --series " + string(t.Series)
	}
	return []string{Join(" · ", strings.Join(out, "; "), command+" --full")}
}
