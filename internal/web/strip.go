package web

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"readout/timeline"
)

// strip is the meetings of a series on a true time axis: the higher the level, the higher
// the line. Summits are labelled where there is room.
type strip struct {
	Width, Height, Base float64
	Linked              bool // each mark leads to its release
	Axis                axis
	Ticks               []tick
	Marks               []stripMark
	Words               string
	Key                 string // what its lines mean, "" where there are none
}

// stripMark is a meeting on a strip.
type stripMark struct {
	X, Top     float64
	Level      timeline.Level
	Joint      bool // there is a joint statement of it
	Href       string
	Title      string
	Label      string // "" for none
	LabelX     float64
	LabelY     float64
	LabelRight bool // the label ends at its place
}

// The measures of the large strip of a series and of a small one, in their own units.
const (
	stripWidth, stripHeight = 1100, 92
	smallWidth, smallHeight = 320, 44
	labelRows               = 2
	labelLetter             = 6.7 // units that a letter takes
)

// newStrip draws the meetings between two days; a zero day is that of the first or the last
// meeting. It is empty where no day is known.
func newStrip(meetings []timeline.Meeting, from, to timeline.Date, large bool) strip {
	s := strip{Width: smallWidth, Height: smallHeight, Base: smallHeight - 14}
	if large {
		s.Width, s.Height, s.Base, s.Linked = stripWidth, stripHeight, stripHeight-16, true
	}
	var known []timeline.Meeting
	for _, m := range meetings {
		if !m.Day().IsZero() {
			known = append(known, m)
		}
	}
	if len(known) == 0 {
		return strip{}
	}
	from, to = cmp.Or(from, known[0].Day()), cmp.Or(to, known[len(known)-1].Day())
	const edge = 8
	s.Axis = newAxis(from, to, edge, s.Width-edge)
	s.Ticks = s.Axis.Ticks()
	ends := make([]float64, labelRows) // where the labels of each row end
	for _, m := range known {
		s.Marks = append(s.Marks, s.mark(m, large, ends))
	}
	s.Words = fmt.Sprintf("%s from %s to %s", count(len(known), "meeting"), longDay(known[0].Day()), longDay(known[len(known)-1].Day()))
	s.Key = s.key()
	return s
}

// key explains the lines that are on the strip.
func (s *strip) key() string {
	var out []string
	if slices.ContainsFunc(s.Marks, func(m stripMark) bool { return m.Level == timeline.LevelSummit }) {
		out = append(out, "the highest lines are summits")
	}
	if slices.ContainsFunc(s.Marks, func(m stripMark) bool { return m.Joint }) {
		out = append(out, "thick ones have a joint statement")
	}
	return strings.Join(out, ", ")
}

// mark places a meeting, with a label where it is a summit and there is room.
func (s *strip) mark(m timeline.Meeting, large bool, ends []float64) stripMark {
	r := m.Releases[0]
	out := stripMark{X: s.Axis.X(m.Day()), Level: r.Level, Href: releaseHref(r.ID), Title: longDay(m.Day()) + ": " + r.Label()}
	for _, x := range m.Releases {
		out.Joint = out.Joint || x.Kind == timeline.KindJointStatement
	}
	room := s.Base - 4
	if large {
		room = s.Base - 14*labelRows - 6
	}
	share := map[timeline.Level]float64{
		timeline.LevelSummit:           1,
		timeline.LevelForeignMinisters: 0.7,
		timeline.LevelViceMinisters:    0.5,
	}[r.Level]
	out.Top = s.Base - room*max(share, 0.35)
	if !large || r.Level != timeline.LevelSummit {
		return out
	}
	label := shortDay(m.Day())
	if r.Place != "" && len(r.Place) < 18 {
		label = r.Place + " " + label
	}
	wide := labelLetter * float64(len([]rune(label)))
	start := out.X
	if out.LabelRight = out.X+wide > s.Width; out.LabelRight {
		start = out.X - wide
	}
	for row := range ends {
		if start > ends[row] {
			const gap = 10
			out.Label, out.LabelX, out.LabelY = label, out.X, float64(11+13*row)
			ends[row] = start + wide + gap
			break
		}
	}
	return out
}
