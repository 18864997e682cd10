package reading

import (
	"regexp"
	"strings"
	"unicode"

	"readout/internal/document"
	"readout/timeline"
)

// days are when the meeting took place and when the text is dated.
type days struct {
	held, published timeline.Date
	doubts          []timeline.Doubt
}

// readDays finds both days. The text is dated by a line of its own above the
// first sentence or below the last, or else by what the document's head or front
// matter says. The meeting's day is printed in the title, in the sentence that
// says who met, in the title without brackets, or in a heading; a year that is not printed comes from a fuller
// date of the same day in the title or the first sentences, from the day the text
// is dated, or else from a day in its address. Words such as "today" count from that day too. Where the text
// names no day, one that front matter gives is that of the meeting; else the day
// is not known.
func (r *Rules) readDays(doc *document.Document, h head, lines []string, l layout, given Overrides) days {
	d := days{published: given.Published, held: given.Held}
	if d.published.IsZero() {
		d.published = r.published(doc, h, lines)
	}
	if !d.held.IsZero() {
		return d
	}
	ref := d.published
	if ref.IsZero() {
		ref = addressDate(given.Source + " " + doc.Meta.URL)
	}
	opening := openingOf(l)
	if len(opening) > 0 {
		if day, rest := r.dateline(opening[0]); rest != "" {
			if d.published.IsZero() {
				d.published, ref = day, day
			}
			if held := r.calendar.relativeDay(rest, day); !held.IsZero() && firstWord(r.words["met"], rest) != nil {
				d.held = held
				return d
			}
			if len(r.calendar.find(plain(rest))) > 0 {
				opening[0] = rest
			}
		}
	}
	context := append(append([]string{h.title}, opening...), h.above...)
	printed := func(s string) bool {
		for _, p := range r.calendar.find(plain(s)) {
			if d.held = r.fullest(p, context, ref); !d.held.IsZero() && d.plausible() {
				return true
			}
		}
		return false
	}
	for _, aside := range asidePattern.FindAllString(h.title, -1) {
		if printed(aside) {
			return d
		}
	}
	for _, s := range opening {
		if firstWord(r.words["met"], s) == nil {
			continue
		}
		relative := r.calendar.relativeDay(s, d.published)
		for _, aside := range asidePattern.FindAllString(s, -1) { // "today (Monday 9 March)" comes out on the 10th
			_, only := r.calendar.only(strings.Trim(aside, " ()（）[]［］"))
			if only && !relative.IsZero() && printed(aside) && daysApart(relative, d.held) <= 3 {
				return d
			}
		}
		if d.held = relative; !d.held.IsZero() || printed(withoutAsides(s)) {
			return d
		}
	}
	for _, p := range r.calendar.find(plain(h.title)) { // "Call with the Foreign Minister of Chile, 9 March 2041"
		if d.held = p.complete(ref); p.year != 0 && d.plausible() {
			return d
		}
	}
	for _, s := range l.sections {
		if printed(s.Heading) {
			return d
		}
	}
	for _, s := range h.above { // "（2042年8月19日，聖地亞哥）": when and where it was signed
		if r.foreign && bracketed(s) && r.dayInBrackets(s) && printed(s) {
			return d
		}
	}
	if placed, bare := r.placedDay(h); bare && printed(placed) {
		return d
	}
	d.held = timeline.Date{}
	if doc.Meta.Date != "" {
		d.held = r.calendar.metaDate(doc.Meta.Date)
	}
	if d.held.IsZero() && r.daysWithoutYear(opening) {
		d.doubts = append(d.doubts, timeline.Doubt{Field: "held", Why: "the text prints the day without a year, and nothing on the page proves the year"})
	}
	return d
}

// daysWithoutYear reports whether a sentence that says who met prints a day without a
// year.
func (r *Rules) daysWithoutYear(opening []string) bool {
	for _, s := range opening {
		if firstWord(r.words["met"], s) == nil {
			continue
		}
		for _, p := range r.calendar.find(plain(s)) {
			if p.year == 0 {
				return true
			}
		}
	}
	return false
}

// daysApart counts the days between two days.
func daysApart(a, b timeline.Date) int {
	n := int(a.Time().Sub(b.Time()).Hours() / 24)
	return max(n, -n)
}

// addressDate returns the day that an address holds, as in "/2041/03/07/" or
// "fm_20410307.html", or the zero Date.
func addressDate(s string) timeline.Date {
	for _, m := range addressDay.FindAllStringSubmatch(s, -1) {
		if d, err := timeline.ParseDate(m[1] + "-" + m[2] + "-" + m[3]); err == nil {
			return d
		}
	}
	return timeline.Date{}
}

var addressDay = regexp.MustCompile(`(?:^|\D)((?:19|20)\d{2})[-/_]?(\d{2})[-/_]?(\d{2})(?:$|\D)`)

// plausible reports whether the meeting may be the one that the text reports: a
// text comes out within some months of it, and announces it by few weeks. An
// older day is one that the text only mentions.
func (d days) plausible() bool {
	if d.published.IsZero() {
		return true
	}
	since := int(d.published.Time().Sub(d.held.Time()).Hours() / 24)
	return -30 <= since && since <= 150
}

// fullest completes a printed day from the same day printed in full elsewhere, or
// from the day the text is dated.
func (r *Rules) fullest(printed printedDate, places []string, published timeline.Date) timeline.Date {
	if printed.year == 0 {
		for _, s := range places {
			for _, other := range r.calendar.find(plain(s)) {
				if other.year != 0 && other.month == printed.month && other.day == printed.day {
					return other.complete(published)
				}
			}
		}
	}
	return printed.complete(published)
}

// dateline reads the place and day at the head of a report, "MANILA, 11 May 2041 – ",
// and returns the day and what follows. The rest is "" where there is none.
func (r *Rules) dateline(s string) (day timeline.Date, rest string) {
	at := datelineEnd.FindStringIndex(s)
	if at == nil || at[0] > longestDateline {
		return day, ""
	}
	days := r.calendar.find(plain(s[:at[0]]))
	if len(days) != 1 || days[0].year == 0 || firstWord(r.words["met"], s[:at[0]]) != nil {
		return day, ""
	}
	return days[0].complete(timeline.Date{}), s[at[1]:]
}

// longestDateline is how many bytes the place, day and agency before a report take.
const longestDateline = 60

var datelineEnd = regexp.MustCompile(`\s+(?:[-–—]|--)\s+`)

// published finds the day the text is dated. The day on which the page was touched
// last counts only where there is no other.
func (r *Rules) published(doc *document.Document, h head, lines []string) timeline.Date {
	if !h.dated.IsZero() {
		return h.dated
	}
	var touched timeline.Date
	placed, bare := r.placedDay(h)
	for _, candidates := range [][]string{h.above, lines} {
		for _, s := range candidates {
			printed, ok := r.dateLine(s)
			switch {
			case !ok || printed.year == 0:
			case bare && s == placed:
			case firstWord(r.words["touched"], s) == nil:
				return printed.complete(timeline.Date{})
			case touched.IsZero():
				touched = printed.complete(timeline.Date{})
			}
		}
	}
	for _, s := range []string{doc.Meta.Published, doc.Meta.Date} {
		if s != "" {
			if d := r.calendar.metaDate(s); !d.IsZero() {
				return d
			}
		}
	}
	return touched
}

// placedDay returns the line above the text that says where and on which day it was
// adopted ("Bergen, 3 June 2041"), and whether another line there gives another day
// without a place: the day on which the site published it. The line is "" where there
// is none.
func (r *Rules) placedDay(h head) (placed string, bare bool) {
	var at, plain timeline.Date
	for _, s := range h.above {
		printed, ok := r.dateLine(s)
		if !ok || printed.year == 0 || firstWord(r.words["touched"], s) != nil {
			continue
		}
		day := printed.complete(timeline.Date{})
		_, only := r.calendar.only(s)
		first, _, comma := strings.Cut(s, ",")
		switch {
		case !only && comma && placed == "" && r.calendar.weekdays[strings.ToLower(first)] == 0 && strings.IndexFunc(first, unicode.IsDigit) < 0:
			placed, at = s, day
		case only && plain.IsZero():
			plain = day
		}
	}
	return placed, placed != "" && !plain.IsZero() && plain != at
}

// openingSentences is how many sentences may say who met, where and when.
const openingSentences = 3

// openingOf returns the first sentences of the text.
func openingOf(l layout) []string {
	var out []string
	for _, s := range l.statements[:min(len(l.statements), openingSentences)] {
		out = append(out, s.Text)
	}
	return out
}
