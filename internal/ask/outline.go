package ask

import (
	"slices"

	"readout/timeline"
)

// Outline is a whole timeline without its entries and meetings, and what says which of them a
// question wants: a long timeline is kept in pieces, of which a question reads those that it shows.
type Outline struct {
	Head     Timeline // without entries and meetings
	Entries  []OutlineEntry
	Meetings [][]int // for each, the entries about it
}

// OutlineEntry is an entry of an [Outline].
type OutlineEntry struct {
	Day timeline.Date // it stands at
	// First and Last bound the days on which another release may be about the same meeting.
	First, Last timeline.Date
}

// NewOutline returns the outline of a timeline that was made of a thread without any filter.
func NewOutline(th *Thread, t *Timeline) *Outline {
	o := &Outline{Head: *t}
	o.Head.Entries, o.Head.Meetings = nil, nil
	at := map[string]int{}
	for i, s := range th.Steps {
		r := s.Entry.Release
		first, last := timeline.Near(r)
		o.Entries = append(o.Entries, OutlineEntry{r.Day(), first, last})
		at[r.ID] = i
	}
	for _, m := range t.Meetings {
		about := []int{} // none where the meeting is unsettled
		for _, id := range m.Releases {
			if i, ok := at[id]; ok {
				about = append(about, i)
			}
		}
		o.Meetings = append(o.Meetings, about)
	}
	return o
}

// Cut returns the places of the entries and meetings that a timeline has that is cut to the days of
// the filter and its last entries, all where last is 0. It reports false where that timeline may
// have other meetings than the whole one has, because a release that is left out may be about
// the meeting of one that is not, and where the filter has other conditions.
func (o *Outline) Cut(f timeline.Filter, last int) (entries, meetings []int, ok bool) {
	days := timeline.Filter{Since: f.Since, Until: f.Until}
	bounded := !f.Since.IsZero() || !f.Until.IsZero()
	if len(f.Kinds)+len(f.Levels)+len(f.Speakers)+len(f.Acts) > 0 || bounded && len(o.Head.Unsettled) > 0 {
		return nil, nil, false
	}
	var from, to timeline.Date // near which the entries are
	for i, e := range o.Entries {
		if !days.Covers(e.Day) {
			continue
		}
		if entries = append(entries, i); from.IsZero() || e.First.Before(from) {
			from = e.First
		}
		if to.Before(e.Last) {
			to = e.Last
		}
	}
	for _, e := range o.Entries {
		if !days.Covers(e.Day) && len(entries) > 0 && !e.Last.Before(from) && !to.Before(e.First) {
			return nil, nil, false
		}
	}
	if last > 0 && last < len(entries) {
		entries = entries[len(entries)-last:]
	}
	for i, about := range o.Meetings {
		if last == 0 && !bounded ||
			slices.ContainsFunc(about, func(k int) bool { _, found := slices.BinarySearch(entries, k); return found }) {
			meetings = append(meetings, i)
		}
	}
	return entries, meetings, true
}
