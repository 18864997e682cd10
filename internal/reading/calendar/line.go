package calendar

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"readout/timeline"
)

// longestLine is how many bytes a line of the day has.
const longestLine = 120

// Only returns the day that s prints where it prints nothing else but the weekday, the
// time or words such as "Date:" and "Published on". Of two days the first counts.
func (c *Calendar) Only(s string) (Day, bool) {
	if len(s) > longestLine || !hasDigit(s) {
		return Day{}, false
	}
	found := c.Find(s)
	if len(found) == 0 || len(found) > 2 {
		return Day{}, false
	}
	rest := s
	for _, d := range slices.Backward(found) {
		rest = rest[:d.Start] + " " + rest[d.End:]
	}
	for w := range strings.FieldsFuncSeq(rest, func(r rune) bool { return !isLetter(r) }) {
		if c.Weekday(w) == 0 && !c.LineWord(w) {
			return Day{}, false
		}
	}
	return found[0], true
}

// Bare returns a line without the brackets around it and the shortened word for
// year at its end: "(Київ, 2 березня 2043 р.)".
func (c *Calendar) Bare(s string) string {
	if first, n := utf8.DecodeRuneInString(s); strings.ContainsRune("(（[［", first) {
		if last, m := utf8.DecodeLastRuneInString(s); strings.ContainsRune(")）]］", last) && len(s) > n+m {
			s = strings.TrimSpace(s[n : len(s)-m])
		}
	}
	if rest, ok := strings.CutSuffix(s, "."); ok {
		if at := strings.LastIndexByte(rest, ' '); at >= 0 && c.LineWord(rest[at+1:]) {
			return strings.TrimSpace(rest[:at])
		}
	}
	return s
}

// Meta reads the day of a field of front matter or a header: ISO 8601 with or without a
// time, RFC 1123, or any printed form. A time with an offset gives the local day.
func (c *Calendar) Meta(s string) timeline.Date {
	s = strings.TrimSpace(s)
	for _, layout := range []string{time.RFC1123, time.RFC1123Z, time.RFC850, time.ANSIC} {
		if t, err := time.Parse(layout, s); err == nil {
			return timeline.DateOf(t)
		}
	}
	if len(s) >= 10 {
		if d, err := timeline.ParseDate(s[:10]); err == nil {
			return d
		}
	}
	if len(s) == 8 {
		if t, err := time.Parse("20060102", s); err == nil {
			return timeline.DateOf(t)
		}
	}
	if found := c.Find(s); len(found) > 0 {
		return found[0].Date()
	}
	return timeline.Date{}
}
