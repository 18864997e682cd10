package calendar

import (
	"time"

	"readout/timeline"
)

// The years of the solar Hijri calendar that are read as such: from the year in which Iran
// took it over on. They are in no other use: a text does not print so early a year of ours
// beside a day.
const (
	firstSolar = 1304
	lastSolar  = 1599
)

// farYear is the last year that is read as one of ours where the language counts years ahead
// of it: a text does not print so late a year of ours.
const farYear = 2399

// ours takes the years by which the language is ahead off a day.
func (r *reader) ours(d Day, next int) (Day, int) {
	if d.Year > farYear {
		d.Year -= r.calendar.years
	}
	return d, next
}

// solarDay reads a day of the solar Hijri calendar: "۱۵ مهر ۱۴۱۱", and "1411/7/15" in a
// language of which the table has its months.
func (r *reader) solarDay(i int) (Day, int) {
	t := r.at(i)
	if m := r.at(i + 1); m.kind == letters && m.word != nil && m.word.solar > 0 && t.digits <= 2 {
		k := i + 2
		if r.at(k).isSign(',') {
			k++
		}
		if y := r.at(k); y.kind == number && y.digits == 4 {
			return solarDate(y.number, int(m.word.solar), t.number, t.start, y.end, i, k+1)
		}
		return Day{}, i
	}
	if !r.calendar.hijri || t.digits != 4 {
		return Day{}, i
	}
	last, month, day := r.afterYear(i)
	if last == i {
		return Day{}, i
	}
	return solarDate(t.number, month, day, t.start, r.at(last).end, i, last+1)
}

// solarDate returns our day for one of the solar Hijri calendar, and next, or at where there is no
// such day.
func solarDate(year, month, day, start, end, at, next int) (Day, int) {
	if year < firstSolar || year > lastSolar || month < 1 || month > 12 || day < 1 || day > solarLength(year, month) {
		return Day{}, at
	}
	days := day - 1
	for m := 1; m < month; m++ {
		days += solarLength(year, m)
	}
	for y := solarAnchor; y < year; y++ {
		days += solarYear(y)
	}
	for y := year; y < solarAnchor; y++ {
		days -= solarYear(y)
	}
	first, _ := timeline.NewDate(2021, time.March, 21)
	d := first.AddDays(days)
	return Day{Year: d.Year(), Month: d.Month(), Day: d.Day(), Start: start, End: end}, next
}

// solarAnchor is the year that began on 21 March 2021.
const solarAnchor = 1400

// solarLength returns how many days a month of the solar Hijri calendar has.
func solarLength(year, month int) int {
	switch {
	case month <= 6:
		return 31
	case month <= 11:
		return 30
	}
	return solarYear(year) - 6*31 - 5*30
}

// solarYear returns how many days a year of the solar Hijri calendar has: eight of 33 are
// leap years, which agrees with the astronomical rule in the years that are read.
func solarYear(year int) int {
	if (25*year+11)%33 < 8 {
		return 366
	}
	return 365
}
