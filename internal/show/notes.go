package show

import (
	"fmt"

	"readout/internal/ask"
	"readout/timeline"
)

// Novelty is how much of the wording on a topic changed, against the topic's own past.
type Novelty struct {
	Changed float64 `json:"changed"` // share of words put in or taken out, 0 to 1
	Usual   float64 `json:"usual"`   // the median share at the changes before
	Earlier int     `json:"earlier"` // how many changes there were before
	Above   int     `json:"above"`   // how many of them were smaller
	Notable bool    `json:"notable"`
	still   bool
}

func newNovelty(n ask.Novelty) *Novelty {
	return &Novelty{Changed: n.Changed, Usual: n.Usual, Earlier: n.Earlier, Above: n.Above, Notable: n.Notable() || n.Still(), still: n.Still()}
}

// text says what is notable about the change, "" for nothing.
func (n *Novelty) text() string {
	switch {
	case n == nil || !n.Notable:
		return ""
	case n.still:
		return fmt.Sprintf("unusual: not a word changed, where %.0f%% usually does", 100*n.Usual)
	}
	return fmt.Sprintf("unusual: %.0f%% of the wording is new, the most in %d changes (usually %.0f%%)", 100*n.Changed, n.Earlier+1, 100*n.Usual)
}

// Agenda is the place of a topic in a release.
type Agenda struct {
	Place   int    `json:"place"`          // 1 for the topic raised first
	Of      int    `json:"of"`             // how many topics the release raises
	Heading string `json:"heading"`        // of the section given to the topic, or ""
	Moved   string `json:"moved"`          // "up", "down" or "": by half of the agenda or more
	Change  string `json:"heading_change"` // "got", "lost" or ""
	last    timeline.Slot
}

func newAgenda(a ask.Agenda) *Agenda {
	return &Agenda{Place: a.Slot.Place, Of: a.Slot.Of, Heading: a.Slot.Heading, Moved: a.Moved, Change: a.Heading, last: a.Last}
}

// text says how the topic moved on the agenda, "" where it did not.
func (a *Agenda) text() string {
	if a == nil {
		return ""
	}
	moved, heading := "", ""
	if a.Moved != "" {
		moved = fmt.Sprintf("moved %s the agenda, from place %d of %d to %d of %d", a.Moved, a.last.Place, a.last.Of, a.Place, a.Of)
	}
	switch a.Change {
	case "got":
		heading = "got a heading of its own: " + a.Heading
	case "lost":
		heading = "lost its heading: " + a.last.Heading
	}
	return joinNonEmpty("; ", moved, heading)
}

// Lull is a time from which no release of a series was captured.
type Lull struct {
	After     string        `json:"after"` // id of the release before it
	Before    string        `json:"before"`
	From      timeline.Date `json:"from"`
	Until     timeline.Date `json:"until"`
	Days      int           `json:"days"`
	UsualDays int           `json:"usual_days"` // the median between two meetings
}

func newLulls(ls []timeline.Lull) []Lull {
	out := []Lull{}
	for _, l := range ls {
		out = append(out, Lull{After: l.After.ID, Before: l.Before.ID, From: l.After.Day(), Until: l.Before.Day(), Days: l.Days, UsualDays: l.Usual})
	}
	return out
}

// lullWithin returns the lull that lies between two days, nil for none.
func lullWithin(ls []Lull, from, until timeline.Date) *Lull {
	for i := range ls {
		if !ls[i].From.Before(from) && !until.Before(ls[i].Until) {
			return &ls[i]
		}
	}
	return nil
}

// Text says how long no release was captured.
func (l *Lull) Text() string {
	return fmt.Sprintf("no release captured for %d days (usually one in %s)", l.Days, count(l.UsualDays, "day", "days"))
}
