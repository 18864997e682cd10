package reading

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"readout/internal/reading/calendar"
	"readout/internal/rules/list"
	"readout/internal/rules/pattern"
	"readout/timeline"
)

// yearProof says in which year a day was that is printed without one. It only claims
// what the page shows: the same day printed in full, the day the text is dated, the
// address, a summit whose year is known, or a weekday that fits one year alone. The day
// of the capture is no proof.
type yearProof struct {
	reader  *dayReader
	context []string // the title, the first sentences and the lines above the text
	events  []event
	months  func() []calendar.Day // days and months of the text whose year is printed; few texts need them
}

func newYearProof(x *dayReader, us []unit) *yearProof {
	p := &yearProof{reader: x, events: x.rules.events}
	p.context = append(append([]string{x.head.title}, x.opening...), x.head.above...)
	p.months = sync.OnceValue(func() (out []calendar.Day) {
		for _, u := range us {
			for _, d := range append(x.rules.calendar.Find(u.text), x.rules.calendar.Partial(u.text)...) {
				if d.Year > 0 {
					out = append(out, d)
				}
			}
		}
		return out
	})
	return p
}

// complete returns the day of d, and why its year is not sure. The day is zero where
// its year is not proved.
func (p *yearProof) complete(d calendar.Day) (timeline.Date, string) {
	if d.Year != 0 {
		return d.Date(), ""
	}
	if d.Month == 0 {
		return timeline.Date{}, ""
	}
	for _, other := range p.months() {
		if other.Month == d.Month && other.Day == d.Day && p.inContext(other) {
			return other.Date(), ""
		}
	}
	if !p.reader.published.IsZero() {
		return nearest(d, p.reader.published)
	}
	if day := addressDate(strings.Join(p.reader.addresses, " ")); !day.IsZero() {
		if day, _ := nearest(d, day); !day.IsZero() {
			return day, "the year is not printed; it is that of the day in the address"
		}
	}
	for _, proof := range []func(calendar.Day) (int, string){p.byAddress, p.byEvent, p.byWeekday} {
		if year, why := proof(d); year > 0 {
			return d.In(year), why
		}
	}
	return timeline.Date{}, ""
}

// inContext reports whether a day is printed in the head of the page or its first
// sentences.
func (p *yearProof) inContext(d calendar.Day) bool {
	for _, s := range p.context {
		for _, other := range p.reader.rules.calendar.Find(s) {
			if other.Year == d.Year && other.Month == d.Month && other.Day == d.Day {
				return true
			}
		}
	}
	return false
}

// nearest returns the day in the year in which it was nearest to ref, the day the text
// is dated, within the time in which texts come out; the zero Date where it was not.
func nearest(d calendar.Day, ref timeline.Date) (timeline.Date, string) {
	var best timeline.Date
	for year := ref.Year() - 1; year <= ref.Year()+1; year++ {
		day := d.In(year)
		if day.IsZero() {
			continue
		}
		since := daysBetween(day, ref)
		if since >= -longestBefore && since <= longestAfter && (best.IsZero() || daysApart(day, ref) < daysApart(best, ref)) {
			best = day
		}
	}
	if !best.IsZero() && !d.Fits(best.Year()) {
		return best, fmt.Sprintf("the weekday printed with the day is not that of %d, the year in which the text is dated", best.Year())
	}
	return best, ""
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

// DayInName returns the day that an address holds, or the name of a file, or the zero
// Date. The folders above a file do not count: they often have the day of a capture.
func DayInName(name string) timeline.Date {
	if _, address, ok := strings.Cut(name, "://"); ok {
		return addressDate(address)
	}
	return addressDate(path.Base(name))
}

var (
	addressDay = pattern.New(`(?:^|\D)((?:19|20)\d{2})[-/_]?(\d{2})[-/_]?(\d{2})(?:$|\D)`)
	// addressMonth is a year and a month in an address, the year in four digits:
	// "/2041/3/", "/204103/".
	addressMonth = pattern.New(`(?:^|\D)((?:19|20)\d{2})[-/_]?(\d{1,2})(?:$|\D)`)
	// addressShort is a year and a month of two digits each: "talk4103.html".
	addressShort = pattern.New(`(?:^|[^\d])(\d{2})(\d{2})(?:$|[^\d])`)
)

// byAddress finds the year in an address that holds the month of d or the one after it
// beside it.
func (p *yearProof) byAddress(d calendar.Day) (int, string) {
	why := "the year is not printed; it is the one that the address gives beside the month"
	for _, address := range p.reader.addresses {
		_, path, _ := strings.Cut(address, "://")
		for _, m := range addressMonth.FindAllStringSubmatch(path, -1) {
			year, _ := strconv.Atoi(m[1])
			month, _ := strconv.Atoi(m[2])
			if y := yearOfIssue(d, year, month); y > 0 && d.Fits(y) {
				return y, why
			}
		}
		for _, m := range addressShort.FindAllStringSubmatch(path, -1) {
			first, _ := strconv.Atoi(m[1])
			second, _ := strconv.Atoi(m[2])
			if time.Month(first) == d.Month {
				continue // the month and the day
			}
			year := 2000 + first
			if first >= 69 {
				year = 1900 + first
			}
			if y := yearOfIssue(d, year, second); y > 0 && d.Fits(y) {
				return y, why
			}
		}
	}
	return 0, ""
}

// yearOfIssue returns the year of d where the text came out in the given month: the
// month of d, or the one after it, which may be January. 0 is none.
func yearOfIssue(d calendar.Day, year, month int) int {
	switch {
	case time.Month(month) == d.Month, time.Month(month) == d.Month+1:
		return year
	case d.Month == time.December && month == 1:
		return year - 1
	}
	return 0
}

// event is a summit or a session whose year is known.
type event struct {
	names  []string // one of each must be named: the event, the place
	years  []int
	offset int // of a counted event: the year of the first less one; else 0
}

// readEvents reads the lines of events.tsv, whose head describes them.
func readEvents(lines []list.Line) ([]event, error) {
	var out []event
	for _, l := range lines {
		f := l.Fields()
		e := event{names: []string{strings.ToLower(f[0])}}
		years, counted := strings.CutPrefix(f[2], "nth ")
		if !counted {
			e.names = append(e.names, strings.ToLower(f[1]))
		}
		for y := range strings.FieldsSeq(years) {
			year, err := strconv.Atoi(y)
			if err != nil {
				return nil, l.Errorf("%q is no year", y)
			}
			e.years = append(e.years, year)
		}
		if counted {
			e.offset, e.years = e.years[0], nil
		}
		out = append(out, e)
	}
	return out, nil
}

// byEvent finds the year of a summit that the title or the sentence of the day names,
// or the year that they print beside the occasion.
func (p *yearProof) byEvent(d calendar.Day) (int, string) {
	for _, s := range p.context {
		if s != p.reader.head.title && !p.prints(s, d) {
			continue
		}
		if _, occasion := p.reader.rules.mainClause(s); occasion != "" {
			if m := yearAlone.FindString(occasion); m != "" {
				if year, _ := strconv.Atoi(m); d.Fits(year) {
					return year, "the year is not printed with the day; it is that of the occasion, " + occasion
				}
			}
		}
		small := strings.ToLower(s)
		for _, e := range p.events {
			if year := p.reader.rules.yearOf(e, small, d); year > 0 {
				return year, "the year is not printed; it is that of " + e.names[len(e.names)-1] + ", which the text names"
			}
		}
	}
	return 0, ""
}

var yearAlone = pattern.New(`\b(?:19|20)\d{2}\b`)

func (p *yearProof) prints(s string, d calendar.Day) bool {
	return slices.ContainsFunc(p.reader.rules.calendar.Find(s), func(x calendar.Day) bool {
		return x.Year == 0 && x.Month == d.Month && x.Day == d.Day
	})
}

// yearOf returns the only year in which the event can have been on the day, 0 for none; small
// is the text in small letters.
func (r *Rules) yearOf(e event, small string, d calendar.Day) int {
	for _, names := range e.names {
		if !slices.ContainsFunc(strings.Split(names, "|"), func(n string) bool { return strings.Contains(small, n) }) {
			return 0
		}
	}
	years := e.years
	if e.offset > 0 {
		at := strings.Index(small, strings.Split(e.names[0], "|")[0])
		all := r.words["counted"].FindAllStringSubmatch(small[:max(at, 0)], -1)
		if len(all) == 0 {
			return 0
		}
		n, _ := strconv.Atoi(all[len(all)-1][1])
		years = []int{e.offset + n}
	}
	found := 0
	for _, y := range years {
		if d.Fits(y) {
			if found > 0 {
				return 0
			}
			found = y
		}
	}
	return found
}

// yearsAround is how many years about the newest one that the text prints beside a
// month are asked for a weekday: in five years running a day falls on five weekdays
// at most, but on one of them twice in six.
const yearsAround = 2

// byWeekday finds the only year about those that the text prints beside months in which
// the day fell on its weekday.
func (p *yearProof) byWeekday(d calendar.Day) (int, string) {
	if d.Weekday == 0 || len(p.months()) == 0 {
		return 0, ""
	}
	newest := 0
	for _, m := range p.months() {
		newest = max(newest, m.Year)
	}
	found := 0
	for year := newest - yearsAround; year <= newest+yearsAround; year++ {
		if !d.Fits(year) {
			continue
		}
		if found > 0 {
			return 0, ""
		}
		found = year
	}
	return found, "the year is not printed; of those about the years that the text prints only this one has the weekday"
}
