package reading

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/document"
	"readout/internal/letters"
	"readout/internal/reading/calendar"
	"readout/internal/rules/pattern"
	"readout/timeline"
)

// published finds the day the text is dated, and why that is not sure, "" where it is.
// It is printed in a line of its own above the first sentence or below the last, in the
// head of the first sentence ("Bern, 4.12.2041 - The Minister"), or given by the
// document's head or front matter. The day on which the page was touched last counts
// only where there is no other, and so does a day in the address.
func (r *Rules) published(doc *document.Document, h head, us []unit) (timeline.Date, string) {
	if !h.dated.IsZero() {
		return h.dated, ""
	}
	var touched timeline.Date
	placed, bare := r.placedDay(h)
	line := func(s string) (day timeline.Date) {
		printed, ok := r.dateLine(s)
		switch {
		case !ok || printed.Year == 0 || printed.UntilDay > 0: // several days are those of a meeting
		case bare && s == placed:
		case firstWord(r.words["touched"], s) == nil:
			return printed.Date()
		case touched.IsZero():
			touched = printed.Date()
		}
		return timeline.Date{}
	}
	for _, s := range h.above {
		if day := line(s); !day.IsZero() {
			return day, ""
		}
	}
	for _, u := range us {
		if day := line(u.text); !day.IsZero() {
			return day, ""
		}
	}
	for _, s := range []string{doc.Meta.Published, doc.Meta.Date} {
		if day := r.calendar.Meta(s); !day.IsZero() {
			return day, ""
		}
	}
	if !touched.IsZero() {
		return touched, "the page gives no day but that on which it was altered last"
	}
	return timeline.Date{}, ""
}

// dateLine returns the day that a line prints where it says nothing else than the
// day, the place and who publishes: "3 June 2041", "Bergen, 3 June 2041", "Bergen,
// 3.6.2041 - Ministry of Foreign Affairs". Beside a place the year must be printed.
func (r *Rules) dateLine(s string) (calendar.Day, bool) {
	if at := firstWord(r.words["reference"], s); at != nil && at[0] == 0 {
		return calendar.Day{}, false // "Ref. 07/31/05"
	}
	if d, ok := r.calendar.Only(s); ok {
		return d, true
	}
	if r.foreign {
		s = r.calendar.Bare(s)
	}
	if len(s) > longestDateLine || bracketed(s) {
		return calendar.Day{}, false
	}
	found := r.calendar.Find(s)
	if len(found) != 1 || found[0].Year == 0 || strings.HasSuffix(s, ".") && found[0].End < len(s)-1 {
		return calendar.Day{}, false // a stop after the day may close a line that signs a text
	}
	d := found[0]
	before, after := strings.Trim(s[:d.Start], placeMarks), s[d.End:]
	if r.isPlaceName(before) && issuedBy.MatchString(after) && wordsIn(after) <= 14 && !terminated(s) {
		return d, true
	}
	if r.foreign && wordsIn(s) <= longestAuthority && !terminated(s) && firstWord(r.words["authority"], s) != nil &&
		firstWord(r.words["met"], s) == nil {
		return d, true // "Tasavallan presidentin kanslia, tiedote 14/2041, 3.2.2041"
	}
	if r.headParts(s[:d.Start], s[d.End:]) {
		return d, true
	}
	if utf8.RuneCountInString(s) > 60 {
		return calendar.Day{}, false
	}
	place := strings.Trim(before+" "+after, placeMarks)
	if r.words["banner"].MatchString(place) {
		return d, true // "14.02.2041 - Press release"
	}
	return d, r.isPlaceName(place) && !firstKindWord(r.kinds, place) && firstWord(r.words["met"], place) == nil
}

// headParts reports whether the parts of a line around its day, between upright strokes, say
// nothing but where, by whom and at which hour a text was issued: "Nieuwsbericht | 04-07-2041 |
// 16:45".
func (r *Rules) headParts(before, after string) bool {
	if !strings.Contains(before+after, "|") || terminated(after) {
		return false
	}
	for part := range strings.SplitSeq(before+"|"+after, "|") {
		part = strings.Trim(part, placeMarks)
		_, value, labelled := strings.Cut(part, ":")
		switch {
		case part == "", strings.Trim(part, "0123456789:. h") == "", r.words["banner"].MatchString(part), r.isPlaceName(part):
		case labelled && wordsIn(part) <= 4 && !strings.Contains(value, ":"):
		case wordsIn(part) <= longestAuthority && firstWord(r.words["authority"], part) != nil && firstWord(r.words["met"], part) == nil:
		default:
			return false
		}
	}
	return true
}

// longestAuthority is how many words a line has that names an authority beside a day.
const longestAuthority = 10

// longestDateLine is how many bytes a line has that says where, when and by whom a text
// was issued.
const longestDateLine = 160

// placeMarks stand between the place and the day.
const placeMarks = " ,،;:.|–—-"

// issuedBy tells the publisher behind the day: " - Ministry", " | Der Bundesrat".
var issuedBy = pattern.New(`^\s*[-–—|]\s+\p{Lu}`)

// isPlaceName reports whether s is short and written as the names of places are, each
// word with a capital letter but those that go with a day.
func (r *Rules) isPlaceName(s string) bool {
	words := strings.Fields(s)
	for i, w := range words {
		inside := i > 0 && i < len(words)-1 && len(w) <= 3 // "Dar es Salaam", "Rio de Janeiro"
		if !capitalised(w) && !inside && !r.calendar.LineWord(w) {
			return false
		}
	}
	return len(words) <= 4
}

// dateline reads the place and day at the head of a report, "MANILA, 11 May 2041 – ",
// and returns the day and what follows. The rest is "" where there is none.
func (r *Rules) dateline(s string) (day timeline.Date, rest string) {
	at := datelineEnd.FindStringIndex(s)
	if at == nil || at[0] > longestDateline {
		return day, ""
	}
	found := r.calendar.Find(s[:at[0]])
	if len(found) != 1 || found[0].Year == 0 || firstWord(r.words["met"], s[:at[0]]) != nil {
		return day, ""
	}
	return found[0].Date(), s[at[1]:]
}

// stoppedDateline returns the day of a sentence that is a dateline with a full stop behind it: "Maputo, 3 de
// Abril de 2041. A Ministra recebeu".
func (r *Rules) stoppedDateline(s string) timeline.Date {
	line, ok := strings.CutSuffix(strings.TrimSpace(s), ".")
	if !ok || len(line) > longestDateline {
		return timeline.Date{}
	}
	if day, ok := r.dateLine(line); ok && day.Year != 0 && day.UntilDay == 0 {
		return day.Date()
	}
	return timeline.Date{}
}

// longestDateline is how many bytes the place, day and agency before a report take.
const longestDateline = 60

var datelineEnd = pattern.New(`\s+(?:[-–—]|--)\s+`)

// capitalised reports whether a word begins as names do: with a capital letter, or in a
// script that has none.
func capitalised(w string) bool {
	c, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(c) || unicode.Is(unicode.Lo, c) && !letters.Joined(c)
}

// placedDay returns the line above the text that says where and on which day it was
// adopted ("Bergen, 3 June 2041"), and whether another line there gives another day
// without a place: the day on which the site published it. The line is "" where there
// is none.
func (r *Rules) placedDay(h head) (placed string, bare bool) {
	var at, alone timeline.Date
	for _, s := range h.above {
		printed, ok := r.dateLine(s)
		if !ok || printed.Year == 0 || firstWord(r.words["touched"], s) != nil {
			continue
		}
		day := printed.Date()
		_, only := r.calendar.Only(s)
		first, _, comma := strings.Cut(s, ",")
		switch {
		case !only && comma && placed == "" && r.calendar.Weekday(first) == 0 &&
			!strings.ContainsFunc(first, unicode.IsDigit):
			placed, at = s, day
		case only && alone.IsZero():
			alone = day
		}
	}
	return placed, placed != "" && !alone.IsZero() && alone != at
}
