package calendar

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"readout/timeline"
)

// strokes are days with strokes between their numbers: "12/02/2041".
var strokes = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\b(\d{1,2})/(\d{1,2})/(\d{4})\b`) })

// nearby is how many days may lie between a day with strokes and another of the same text that
// proves which it is: a text is dated when the meeting was, or soon after.
const nearby = 3

// Ordered returns the calendar for a text in English, of which "3/4/2041" may be a day in March
// or in April: another day with strokes that can be only one, or a day in words right beside one
// of the two, proves in which order the text writes them. Where nothing does, or the proofs
// disagree, c itself is returned, and such a day stays unread.
func (c *Calendar) Ordered(text string) *Calendar {
	if strings.Count(text, "/") < 2 {
		return c
	}
	var days []Day
	dayFirst, monthFirst := false, false
	for i, m := range strokes().FindAllStringSubmatch(text, -1) {
		if i == 0 {
			days = c.Find(text)
		}
		first, _ := strconv.Atoi(m[1])
		second, _ := strconv.Atoi(m[2])
		year, _ := strconv.Atoi(m[3])
		inDays, inMonths := Day{
			Year:  year,
			Month: time.Month(second),
			Day:   first,
		}.Date(), Day{Year: year, Month: time.Month(first), Day: second}.Date()
		switch {
		case first == second, inDays.IsZero() && inMonths.IsZero():
		case inMonths.IsZero() || near(inDays, days) && !near(inMonths, days):
			dayFirst = true
		case inDays.IsZero() || near(inMonths, days) && !near(inDays, days):
			monthFirst = true
		}
	}
	if dayFirst == monthFirst {
		return c
	}
	d := *c
	d.dayFirst, d.monthFirst = dayFirst, monthFirst
	return &d
}

// near reports whether one of the days is within [nearby] days of d, in the year of d where it has none.
func near(d timeline.Date, days []Day) bool {
	for _, other := range days {
		day := other.Date()
		if other.Year == 0 {
			day = other.In(d.Year())
		}
		if !day.IsZero() && !d.IsZero() && !day.Before(d.AddDays(-nearby)) && !d.AddDays(nearby).Before(day) {
			return true
		}
	}
	return false
}
