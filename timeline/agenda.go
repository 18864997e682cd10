package timeline

import "slices"

// Slot is where a release takes a topic up among the others.
type Slot struct {
	Place   int    // 1 for the topic raised first, 0 where the release does not raise it
	Of      int    // how many topics the release raises
	Heading string // of the section that is given to the topic, "" for none
	Headed  bool   // whether the release has headed sections at all
}

// headingShare is the share of a section's statements on any topic that must be on one
// topic for the section to be its own.
const headingShare = 0.6

// SlotOf returns the slot of the topic with the given id in a release.
func SlotOf(r *Release, topic string) Slot {
	var order []string // topics, as they are raised
	mine, any := make([]int, len(r.Sections)), make([]int, len(r.Sections))
	for _, s := range r.Statements {
		for _, id := range s.Topics {
			if !slices.Contains(order, id) {
				order = append(order, id)
			}
		}
		if s.Section < 0 || s.Section >= len(r.Sections) || len(s.Topics) == 0 {
			continue
		}
		any[s.Section]++
		if slices.Contains(s.Topics, topic) {
			mine[s.Section]++
		}
	}
	place := slices.Index(order, topic)
	if place < 0 {
		return Slot{}
	}
	return Slot{Place: place + 1, Of: len(order), Headed: len(r.Sections) > 1, Heading: ownHeading(r, mine, any)}
}

// ownHeading returns the heading of the section that is given to a topic, which has the
// first numbers of statements in each section, as any topic has the second.
func ownHeading(r *Release, mine, any []int) string {
	best, heading := 0, ""
	for i, n := range mine {
		if n > best && r.Sections[i].Heading != "" && float64(n) >= headingShare*float64(any[i]) {
			best, heading = n, r.Sections[i].Heading
		}
	}
	return heading
}
