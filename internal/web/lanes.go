package web

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"readout/diff/formula"
	"readout/internal/ask"
	"readout/internal/show"
	"readout/timeline"
)

// lanesChart is the standing formulas of an issue on a true time axis: a line where each
// is said, thick where all parties say it together, broken where it is missing though it
// was expected, a knot where its words changed.
type lanesChart struct {
	Width, Height, Foot int
	Axis                axis
	Raised              []lanePoint // the meetings of the series
	Rows                []formulaLane
	Words               string

	at func(release string) string
}

// formulaLane is one formula in the chart.
type formulaLane struct {
	Name, Whole string // its words, cut to the room there is, and whole
	Lane        string
	Y, NameY    float64
	NameX       float64 // where the name begins, over the lane's first text, or ends
	NameEnds    bool
	Lines       []laneLine
	Points      []lanePoint
	Href        string // of its first entry in the list below the chart
	Uses        int
	Gone        string // "missing 7 February 2025", "" where the last comparable text has it
}

// laneLine is a stretch of a lane between two texts.
type laneLine struct {
	X1, X2 float64
	Kind   string // "said", "joint" or "missing"
}

// lanePoint is a text on a lane.
type lanePoint struct {
	X     float64
	Kind  string // "same", "reworded", "softened" and so on; "missing"; "raised", "silent"
	Href  string
	Title string
}

// Turn reports whether the words changed here, so that there is a redline to open.
func (p lanePoint) Turn() bool { return p.Kind != "same" && p.Kind != "missing" && p.Kind != "first" }

// The measures of the chart in its own units, and how many formulas it shows.
const (
	lanesWidth   = 1100
	laneHeight   = 46
	lanesHead    = 54
	lanesShown   = 7
	nameRoom     = 118 // letters
	chartPadding = 12
)

// newLanes draws the formulas over the time of the entries, the weightiest first.
// The place of a release in the list below is told by at.
func newLanes(t *ask.Timeline, all []ask.Formula, parties []timeline.Party, at func(release string) string) lanesChart {
	c := lanesChart{Width: lanesWidth, at: at}
	days := dated(t.Entries)
	if len(days) == 0 {
		return c
	}
	c.Axis = newAxis(days[0].Day, days[len(days)-1].Day, chartPadding, lanesWidth-chartPadding)
	c.meetings(t.Entries)
	for i := range all[:min(lanesShown, len(all))] {
		c.Rows = append(c.Rows, c.lane(&all[i], i, t, parties))
	}
	c.Height = lanesHead + len(c.Rows)*laneHeight + 8
	c.Foot = c.Height - 4
	raised, met := t.Issue.Raised, t.Issue.Meetings
	c.Words = fmt.Sprintf("raised at %d of %s, from %s to %s", raised, count(met, "meeting"), longDay(days[0].Day),
		longDay(days[len(days)-1].Day))
	return c
}

// dated returns the entries whose day is known.
func dated(entries []ask.TimelineEntry) []ask.TimelineEntry {
	return slices.DeleteFunc(slices.Clone(entries), func(e ask.TimelineEntry) bool { return e.Day.IsZero() })
}

// meetings marks on top of the chart which meetings raised the issue.
func (c *lanesChart) meetings(entries []ask.TimelineEntry) {
	for _, e := range dated(entries) {
		p := lanePoint{X: c.Axis.X(e.Day), Kind: "silent", Title: longDay(e.Day) + ": " + show.NotRaised}
		if e.Raised {
			p.Kind, p.Href, p.Title = "raised", c.at(e.Release), longDay(e.Day)+": "+count(len(e.Statements), "statement")
		}
		c.Raised = append(c.Raised, p)
	}
}

// lane draws one formula.
func (c *lanesChart) lane(f *ask.Formula, row int, t *ask.Timeline, parties []timeline.Party) formulaLane {
	y := float64(lanesHead + row*laneHeight)
	x := formulaLane{Name: shorten(f.Text, nameRoom), Whole: f.Text, Lane: spell(f.Lane), NameY: y + 14, Y: y + 28, Uses: len(f.Uses)}
	type text struct {
		day  timeline.Date
		use  *ask.FormulaUse
		gone *ask.FormulaMissing
	}
	var texts []text
	for i := range f.Uses {
		texts = append(texts, text{day: f.Uses[i].Day, use: &f.Uses[i]})
	}
	for i := range f.Missing {
		texts = append(texts, text{day: f.Missing[i].Day, gone: &f.Missing[i]})
	}
	slices.SortStableFunc(texts, func(a, b text) int { return a.day.Compare(b.day) })
	var before *ask.FormulaUse
	for i, now := range texts {
		if i > 0 {
			line := laneLine{c.Axis.X(texts[i-1].day), c.Axis.X(now.day), "said"}
			switch {
			case now.gone != nil || texts[i-1].gone != nil:
				line.Kind = "missing"
			case len(parties) > 1 && len(now.use.Speakers) == len(parties):
				line.Kind = "joint"
			}
			x.Lines = append(x.Lines, line)
		}
		if now.gone != nil {
			x.Points = append(x.Points, missingPoint(c.Axis, now.gone))
			x.Gone = "missing " + longDay(now.day)
			continue
		}
		x.Gone = ""
		if before == nil {
			x.NameX = c.Axis.X(now.day)
		}
		x.Points = append(x.Points, c.usePoint(now.use, before, t.Topic.ID))
		before = now.use
	}
	// A name that would stick out ends at the end of the chart.
	const letter = 7.4 // units that a letter takes
	if x.NameX+letter*float64(len([]rune(x.Name))) > lanesWidth-chartPadding {
		x.NameX, x.NameEnds = lanesWidth-chartPadding, true
	}
	return x
}

// usePoint is a text that has the formula; before is the last that had it, nil for none.
func (c *lanesChart) usePoint(u, before *ask.FormulaUse, topic string) lanePoint {
	p := lanePoint{X: c.Axis.X(u.Day), Kind: "first", Href: c.at(u.Release), Title: longDay(u.Day) + ": “" + u.Text + "”"}
	if before == nil {
		p.Title += ", for the first time"
		return p
	}
	p.Kind = string(u.Change)
	if u.Change != formula.Same {
		p.Href = compareHref(before.Release, u.Release) + "?" + url.Values{"topic": {topic}}.Encode() + "#c-" + number(u.Statement)
		p.Title = longDay(u.Day) + ": " + formulaWords(u)
	}
	return p
}

// formulaWords says what became of a formula: "firmed (+ strong): “…”".
func formulaWords(u *ask.FormulaUse) string {
	why := ""
	if u.Because != "" {
		why = " (" + u.Because + ")"
	}
	return string(u.Change) + why + ": “" + u.Text + "”"
}

// missingPoint is a text that lacks the formula though it was to be expected.
func missingPoint(a axis, m *ask.FormulaMissing) lanePoint {
	p := lanePoint{X: a.X(m.Day), Kind: "missing", Href: releaseHref(m.Release), Title: longDay(m.Day) + ": missing though expected"}
	if m.Nearest != nil {
		p.Href = statementHref(m.Nearest.ID)
		p.Title += "; nearest there: “" + shorten(m.Nearest.Text, nameRoom) + "”"
	}
	return p
}

// shorten cuts a text at a word, so that it has at most so many letters.
func shorten(s string, most int) string {
	letters := []rune(s)
	if len(letters) <= most {
		return s
	}
	cut := string(letters[:most-1])
	if i := strings.LastIndexByte(cut, ' '); i > most/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:") + "…"
}

// anchorOf is the place of a release on the page of a topic.
func anchorOf(release string) string { return "m-" + url.PathEscape(release) }

// formulasOf returns the formulas of a topic, the weightiest first.
func (v *volume) formulasOf(topic string) []formula.Formula {
	return slices.DeleteFunc(slices.Clone(v.formulas()), func(f formula.Formula) bool { return f.Topic != topic })
}

// topicFormulas are the formulas of a topic, those said last first, of equals the
// weightiest.
func (v *volume) topicFormulas(topic string) []ask.Formula {
	a := ask.NewFormulas(v.ID, v.formulasOf(topic), 0).Formulas
	slices.SortStableFunc(a, func(x, y ask.Formula) int { return cmp.Compare(standing(y), standing(x)) })
	return a
}

// standing is the weight of a formula that the last comparable text has, and little where it
// is gone: what stands is told before what stood.
func standing(f ask.Formula) float64 {
	if n := len(f.Missing); n > 0 && f.Last.Day.Before(f.Missing[n-1].Day) {
		return f.Weight - 1
	}
	return f.Weight
}
