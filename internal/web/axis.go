package web

import (
	"fmt"
	"strconv"
	"time"

	"readout/timeline"
)

// axis places days on a line, so that equal times are equally long. Its measures are in
// the units of its picture.
type axis struct {
	Left, Right float64
	from, to    int64 // days since 1970
}

// tick is a place on an axis with its name.
type tick struct {
	X    float64
	Text string
}

// daysIn is a day of a calendar as a number that can be taken from another.
func daysIn(d timeline.Date) int64 { return d.Time().Unix() / (24 * 60 * 60) }

// newAxis returns the axis from one day to another, with a little room behind the last.
// The two may be the same day.
func newAxis(from, to timeline.Date, left, right float64) axis {
	a := axis{Left: left, Right: right, from: daysIn(from), to: daysIn(to)}
	const least = 30 // days, so that one day is a point and not the whole line
	a.to = max(a.to+(a.to-a.from)/60, a.from+least)
	return a
}

// X is the place of a day.
func (a axis) X(d timeline.Date) float64 {
	share := float64(daysIn(d)-a.from) / float64(a.to-a.from)
	return a.Left + share*(a.Right-a.Left)
}

// Ticks are the beginnings of years on the axis, or of months where there would be fewer
// than two of years, thinned out so that their names have room.
func (a axis) Ticks() []tick {
	first, last := time.Unix(a.from*24*60*60, 0).UTC(), time.Unix(a.to*24*60*60, 0).UTC()
	years := last.Year() - first.Year()
	const room = 60 // units for a name
	most := max(2, int((a.Right-a.Left)/room))
	if years < 2 {
		return a.months(first, last, most)
	}
	step := (years + most - 1) / most
	var out []tick
	for y := first.Year() + 1; y <= last.Year(); y++ {
		if y%step == 0 {
			out = a.add(out, timeline.DateOf(time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC)), strconv.Itoa(y))
		}
	}
	return out
}

// months are the ticks of a short axis.
func (a axis) months(first, last time.Time, most int) []tick {
	all := 12*(last.Year()-first.Year()) + int(last.Month()) - int(first.Month()) + 1
	step := (all + most - 1) / most
	var out []tick
	for m := time.Date(first.Year(), first.Month()+1, 1, 0, 0, 0, 0, time.UTC); !m.After(last); m = m.AddDate(0, step, 0) {
		out = a.add(out, timeline.DateOf(m), fmt.Sprintf("%s %d", m.Month().String()[:3], m.Year()))
	}
	return out
}

// add appends a tick, unless its name would stick out of the picture.
func (a axis) add(ticks []tick, d timeline.Date, text string) []tick {
	const name = 34 // units that it takes
	if x := a.X(d); x+name < a.Right+10 {
		ticks = append(ticks, tick{x, text})
	}
	return ticks
}
