package publish

import (
	"fmt"
	"io"

	"readout/internal/ask"
	"readout/timeline"
)

// The layout of the picture of a spread, in units that are pixels of the SVG.
const (
	wayRow   = 24  // of a party
	wayHead  = 56  // title and years
	wayName  = 90  // room for the code of a party
	wayWidth = 640 // of the time axis
	wayTail  = 90  // room for the number of releases
)

// way is a spread laid out: a line for each party from its first use to its last.
type way struct {
	Width, Height int
	Title         string
	Years         []wayYear
	Rows          []wayLine
}

type wayYear struct{ X, Top, Bottom, Year int }

type wayLine struct {
	Y, Text, From, To int // Text is the baseline of the words
	Party, Uses       string
	First, Last       string // said when, where and in which words
	Lapsed            bool   // it spoke later without the phrase
}

// SpreadSVG draws who said a phrase from when to when, the first to say it on top. A line is broken
// at its end where the party has spoken since without the phrase.
func SpreadSVG(w io.Writer, s *ask.Spread) error { return writePage(w, "spread", laySpread(s)) }

// days is how many days lie between two.
func days(from, to timeline.Date) int { return int(to.Time().Sub(from.Time()).Hours() / 24) }

func laySpread(s *ask.Spread) way {
	p := way{Width: wayName + wayWidth + wayTail, Height: wayHead + wayRow*len(s.Parties) + wayRow/2,
		Title: fmt.Sprintf("“%s”: who said it, from when to when", s.Phrase)}
	if len(s.Parties) == 0 {
		return p
	}
	first, last := s.Parties[0].First.Day, s.Parties[0].Last.Day
	for _, x := range s.Parties {
		if x.First.Day.Before(first) {
			first = x.First.Day
		}
		if last.Before(x.Last.Day) {
			last = x.Last.Day
		}
	}
	span := max(1, days(first, last))
	at := func(d timeline.Date) int { return wayName + wayWidth*days(first, d)/span }
	for year := first.Year() + 1; year <= last.Year(); year++ {
		d, _ := timeline.NewDate(year, 1, 1)
		p.Years = append(p.Years, wayYear{at(d), wayHead - 12, p.Height, year})
	}
	for i, x := range s.Parties {
		y := wayHead + wayRow*i + wayRow/2
		said := func(u ask.SpreadUse) string { return u.Day.String() + " " + u.Release + ": " + u.Text }
		p.Rows = append(p.Rows, wayLine{Y: y, Text: y + 4, From: at(x.First.Day), To: max(at(x.Last.Day), at(x.First.Day)+2),
			Party: string(x.Party), Uses: fmt.Sprintf("%d×", x.Uses), First: said(x.First), Last: said(x.Last), Lapsed: x.Since > 0})
	}
	return p
}
