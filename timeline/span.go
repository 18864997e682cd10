package timeline

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// Span is an unbroken run of days, First and Last among them. The zero Span means that
// none was named.
type Span struct{ First, Last Date }

// IsDay reports whether the span is one day.
func (s Span) IsDay() bool { return !s.First.IsZero() && s.First == s.Last }

// The ways to write a span, beside the words.
var (
	writtenMonth = regexp.MustCompile(`^(\d{4})-(\d{2})$`)
	writtenYear  = regexp.MustCompile(`^\d{4}$`)
	writtenAgo   = regexp.MustCompile(`^-?(\d{1,5})([dwmy])$`)
)

// ParseSpan reads the days that somebody means who types a date: a day (2004-11-17), a
// month (2004-11), a year (2004), "today", "yesterday", or one day so many days, weeks,
// months or years ago (30d or -30d, 2w, 6m, 1y). What counts from today needs to be told
// when that is; with the zero Date it is an error. The empty string is the zero Span.
func ParseSpan(s string, today Date) (Span, error) {
	if s == "" {
		return Span{}, nil
	}
	if day, err := ParseDate(s); err == nil {
		return Span{day, day}, nil
	}
	if m := writtenMonth.FindStringSubmatch(s); m != nil {
		return months(m[1], m[2], 1)
	}
	if writtenYear.MatchString(s) {
		return months(s, "1", 12)
	}
	if day, ok := counted(s, today); ok {
		return Span{day, day}, nil
	}
	return Span{}, fmt.Errorf("%q is no date: 2004-11-17, 2004-11, 2004, today, yesterday, 30d (so many days ago), 2w, 6m and 1y are", s)
}

// months returns so many whole months from one on.
func months(year, month string, n int) (Span, error) {
	y, yearErr := strconv.Atoi(year)
	m, monthErr := strconv.Atoi(month)
	first, err := NewDate(y, time.Month(m), 1)
	if yearErr != nil || monthErr != nil || err != nil {
		return Span{}, fmt.Errorf("%s-%s is no month of the calendar", year, month)
	}
	return Span{first, DateOf(first.Time().AddDate(0, n, -1))}, nil
}

// counted reads a day that is counted from today, which must be known.
func counted(s string, today Date) (day Date, ok bool) {
	if today.IsZero() {
		return Date{}, false
	}
	switch s {
	case "today":
		return today, true
	case "yesterday":
		return today.AddDays(-1), true
	}
	m := writtenAgo.FindStringSubmatch(s)
	if m == nil {
		return Date{}, false
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		return Date{}, false
	}
	t := today.Time()
	switch m[2] {
	case "d":
		t = t.AddDate(0, 0, -n)
	case "w":
		t = t.AddDate(0, 0, -7*n)
	case "m":
		t = t.AddDate(0, -n, 0)
	case "y":
		t = t.AddDate(-n, 0, 0)
	}
	return DateOf(t), t.Year() > 0
}
