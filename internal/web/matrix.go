package web

import (
	"fmt"
	"slices"
	"strings"

	"readout/diff"
	"readout/internal/ask"
	"readout/internal/show"
	"readout/timeline"
)

// cellSign is what a mark shows beside how much of the wording was kept.
func cellSign(c ask.Cell) string {
	switch {
	case c.Absent != nil:
		return show.MarkSign(ask.Missed)
	case c.Mark == ask.NotRaised, c.Mark == ask.PerhapsRaised, c.Mark == ask.Opened:
		return show.MarkSign(c.Mark)
	case c.Direction != "":
		return show.DirectionSign(c.Direction)
	case c.Dropped > 0:
		return show.MarkSign(ask.Dropped)
	}
	return ""
}

// cellWords says what happened in a cell, for a tooltip and a screen reader.
func cellWords(c ask.Cell) string {
	switch c.Mark {
	case ask.NotRaised, ask.PerhapsRaised, ask.Raised:
		if c.Absent != nil {
			return show.SignOf(ask.Missed).Says
		}
		return show.SignOf(c.Mark).Says
	case ask.Opened:
		return show.SignOf(ask.Opened).Says + ", " + count(c.New, "statement")
	}
	parts := []string{show.SummaryText(diff.Summary{
		New:       c.New,
		Reworded:  c.Reworded,
		Unchanged: c.Same,
		Dropped:   c.Dropped,
		Silent:    c.Silent,
	})}
	if c.Kept != nil && *c.Kept >= worthTelling {
		parts = append(parts, fmt.Sprintf("%.0f%% of the wording kept", *c.Kept*100))
	}
	for _, s := range c.Shifts {
		parts = append(parts, show.ShiftText(s))
	}
	return strings.Join(parts, "; ")
}

// worthTelling is the share of the wording kept from which it is told: less rounds to nothing.
const worthTelling = 0.005

// hasSpeaker reports whether the party speaks on the topic in the cell; it does where
// none is asked for.
func hasSpeaker(c ask.Cell, topic string, party timeline.Party) bool {
	if party == "" {
		return true
	}
	for _, r := range c.Said {
		for _, st := range r.Statements {
			if st.On(topic) && slices.Contains(st.Speakers, party) {
				return true
			}
		}
	}
	return false
}
