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

// Slots returns the slot of every topic that the release raises, by id.
func Slots(r *Release) map[string]Slot {
	out := map[string]Slot{}
	var order []string
	in := map[string]map[int]int{} // topic -> section -> statements
	onTopic := map[int]int{}       // section -> statements on any topic
	for _, s := range r.Statements {
		if len(s.Topics) > 0 {
			onTopic[s.Section]++
		}
		for _, id := range s.Topics {
			if in[id] == nil {
				in[id] = map[int]int{}
				order = append(order, id)
			}
			in[id][s.Section]++
		}
	}
	headed := len(r.Sections) > 1
	for i, id := range order {
		out[id] = Slot{Place: i + 1, Of: len(order), Headed: headed, Heading: ownHeading(r, in[id], onTopic)}
	}
	return out
}

// ownHeading returns the heading of the section that is given to a topic, which has the
// given number of statements in each section.
func ownHeading(r *Release, statements, onTopic map[int]int) string {
	best, heading := 0, ""
	sections := make([]int, 0, len(statements))
	for i := range statements {
		sections = append(sections, i)
	}
	slices.Sort(sections)
	for _, i := range sections {
		n := statements[i]
		if i < 0 || i >= len(r.Sections) || r.Sections[i].Heading == "" || float64(n) < headingShare*float64(onTopic[i]) {
			continue
		}
		if n > best {
			best, heading = n, r.Sections[i].Heading
		}
	}
	return heading
}
