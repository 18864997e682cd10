package calendar

import (
	"time"

	"readout/timeline"
)

// Day is a day as a text prints it. A part that is not printed is 0.
type Day struct {
	Year    int
	Month   time.Month
	Day     int
	Weekday int // 1 for Monday to 7 for Sunday
	// UntilMonth and UntilDay are the last day of a span, of which the rest is the
	// first: "23–24 January 2034". Both are 0 for a single day. A span that goes over
	// the turn of the year ends in the year after Year.
	UntilMonth time.Month
	UntilDay   int
	Start, End int  // byte offsets in the text that was searched
	Short      bool // the year is printed with two digits: "6/26/34"
}

// In returns the day in the given year, the zero Date where that year has no such day.
func (d Day) In(year int) timeline.Date {
	day, _ := timeline.NewDate(year, d.Month, d.Day)
	return day
}

// Date returns the day in its printed year, the zero Date where none is printed.
func (d Day) Date() timeline.Date {
	if d.Year == 0 {
		return timeline.Date{}
	}
	return d.In(d.Year)
}

// Fits reports whether the day exists in the year and falls on its printed weekday there.
func (d Day) Fits(year int) bool {
	day := d.In(year)
	return !day.IsZero() && (d.Weekday == 0 || Weekday(day) == d.Weekday)
}

// Until returns the last day of a span whose first day is the given one, the zero Date
// for a single day.
func (d Day) Until(first timeline.Date) timeline.Date {
	if d.UntilDay == 0 || first.IsZero() {
		return timeline.Date{}
	}
	year := first.Year()
	if d.UntilMonth < d.Month {
		year++
	}
	last, _ := timeline.NewDate(year, d.UntilMonth, d.UntilDay)
	return last
}

// Weekday returns the day of the week of a known day, 1 for Monday to 7 for Sunday.
func Weekday(d timeline.Date) int { return (int(d.Time().Weekday())+6)%7 + 1 }

// valid reports whether some year has the day, and its printed year where it has one.
func (d Day) valid() bool {
	year := d.Year
	if year == 0 {
		year = 2000 // which has a 29 February
	}
	if d.In(year).IsZero() {
		return false
	}
	if d.UntilDay == 0 {
		return true
	}
	_, err := timeline.NewDate(2000, d.UntilMonth, d.UntilDay)
	return err == nil
}
