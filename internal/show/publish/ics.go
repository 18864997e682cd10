package publish

import (
	"io"
	"strings"
	"unicode/utf8"

	"readout/internal/ask"
	"readout/internal/letters"
	"readout/internal/show"
	"readout/timeline"
)

// TimelineICS writes the meetings of a timeline as an iCalendar (RFC 5545): an event of
// a whole day for each release, with what it says on the topic. Releases without a day
// are left out.
func TimelineICS(w io.Writer, t *ask.Timeline) error {
	c := calendar{}
	c.property("BEGIN", "VCALENDAR")
	c.property("VERSION", "2.0")
	c.property("PRODID", "-//readout//timeline//EN")
	c.property("CALSCALE", "GREGORIAN")
	c.text("X-WR-CALNAME", show.Join(" · ", string(t.Series), t.Topic.Name))
	for i := range t.Entries {
		if e := &t.Entries[i]; !e.Day.IsZero() {
			c.event(t, e)
		}
	}
	c.property("END", "VCALENDAR")
	_, err := io.WriteString(w, c.String())
	return err
}

// calendar is the lines of an iCalendar object.
type calendar struct{ strings.Builder }

func (c *calendar) event(t *ask.Timeline, e *ask.TimelineEntry) {
	day := func(d timeline.Date) string { return strings.ReplaceAll(d.String(), "-", "") }
	stamp := e.Published
	if stamp.IsZero() {
		stamp = e.Day
	}
	c.property("BEGIN", "VEVENT")
	c.text("UID", e.Release+"/"+t.Topic.ID+"@readout.invalid")
	c.property("DTSTAMP", stamp.Time().Format("20060102T150405Z")) // not the clock: the same timeline gives the same bytes
	c.property("DTSTART;VALUE=DATE", day(e.Day))
	c.property("DTEND;VALUE=DATE", day(e.Day.AddDays(1))) // the first day after it
	c.property("TRANSP", "TRANSPARENT")
	c.text("SUMMARY", e.Title)
	if e.Place != "" {
		c.text("LOCATION", e.Place)
	}
	if link := show.Link(e.Source); link != "" {
		c.property("URL", link)
	}
	c.text("DESCRIPTION", account(t, e))
	c.property("END", "VEVENT")
}

// account says in plain text, a line to a statement, what a release says on the topic.
func account(t *ask.Timeline, e *ask.TimelineEntry) string {
	lines := []string{t.Topic.Name}
	if !e.Raised {
		lines[0] += ": " + show.NotRaised
	}
	lines = append(lines, show.Notes(e)...)
	for _, st := range e.Statements {
		lines = append(lines, show.Join(" ", "["+string(st.Told())+"]", letters.Clean(st.Text)))
		for _, x := range st.Shifts {
			lines = append(lines, show.ShiftText(x))
		}
	}
	for _, d := range e.Dropped {
		lines = append(lines, "["+show.Dropped+"] "+letters.Clean(d.Text))
	}
	return strings.Join(lines, "\n")
}

// text writes a property whose value is text: backslash, comma, semicolon and line
// break are written as section 3.3.11 of the RFC has them.
func (c *calendar) text(name, value string) {
	escaped := strings.NewReplacer(`\`, `\\`, ",", `\,`, ";", `\;`, "\n", `\n`).Replace(letters.CleanLines(value))
	c.property(name, strings.ReplaceAll(escaped, "\t", " "))
}

// lineOctets is how long a line may be without its break (section 3.1).
const lineOctets = 75

// property writes a content line, folded where it is too long: a break and a space
// inside it count for nothing. No character is cut in two.
func (c *calendar) property(name, value string) {
	rest, room := name+":"+value, lineOctets
	for len(rest) > room {
		at := room
		for at > room-utf8.UTFMax && !utf8.RuneStart(rest[at]) {
			at--
		}
		c.WriteString(rest[:at] + "\r\n ")
		rest, room = rest[at:], lineOctets-1
	}
	c.WriteString(rest + "\r\n")
}
