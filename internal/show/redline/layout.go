package redline

import (
	"slices"

	"readout/diff"
	"readout/timeline"
)

// spot is a place in the joint reading order of two texts. Both sides stand there
// for a change that stayed in its place; one of them for a new or dropped
// statement and for either end of a move.
type spot struct {
	change   *diff.Change
	index    int // of the change in its report
	old, new []timeline.Statement
}

// inPlace reports whether the old and the new wording stand at this spot.
func (s spot) inPlace() bool { return len(s.old) > 0 && len(s.new) > 0 }

// movedAway reports whether this is where a moved statement used to stand.
func (s spot) movedAway() bool { return len(s.new) == 0 && len(s.change.New) > 0 }

// movedHere reports whether this is where a moved statement stands now.
func (s spot) movedHere() bool { return len(s.old) == 0 && len(s.change.Old) > 0 }

// complete reports whether all of the change stands at this spot.
func (s spot) complete() bool {
	return len(s.old) == len(s.change.Old) && len(s.new) == len(s.change.New)
}

// layout returns the spots of a report in joint reading order. The old statements
// of the spots, read through, are the old text in its own order, and the new ones
// the new text. A change whose statements lie apart stands where its first ones do, and
// has a further spot for each other run of statements; one that cannot keep both
// orders at once, or is moved, has a spot for each run on either side. Where nothing
// else decides, what went stands before what came.
func layout(r *diff.Report) []spot {
	olds := rank(r.Old, r.Changes, func(c *diff.Change) []timeline.Statement { return c.Old })
	news := rank(r.New, r.Changes, func(c *diff.Change) []timeline.Statement { return c.New })
	anchors := inPlace(r.Changes, olds, news)

	var spots []spot
	i, j := 0, 0
	upTo := func(oldEnd, newEnd int) {
		for i < oldEnd {
			s := spot{change: &r.Changes[olds[i].change], index: olds[i].change}
			for ; i < oldEnd && olds[i].change == s.index; i++ {
				s.old = append(s.old, olds[i].statement)
			}
			spots = append(spots, s)
		}
		for j < newEnd {
			s := spot{change: &r.Changes[news[j].change], index: news[j].change}
			for ; j < newEnd && news[j].change == s.index; j++ {
				s.new = append(s.new, news[j].statement)
			}
			spots = append(spots, s)
		}
	}
	for _, a := range anchors {
		upTo(a.old, a.new)
		s := spot{change: &r.Changes[a.change], index: a.change}
		for i = a.old; i < len(olds) && olds[i].change == a.change; i++ {
			s.old = append(s.old, olds[i].statement)
		}
		for j = a.new; j < len(news) && news[j].change == a.change; j++ {
			s.new = append(s.new, news[j].statement)
		}
		if s.complete() {
			s.old, s.new = s.change.Old, s.change.New
		}
		spots = append(spots, s)
	}
	upTo(len(olds), len(news))
	return spots
}

// place is a statement of one side and the change it is part of.
type place struct {
	statement timeline.Statement
	change    int
}

// rank returns the statements of one side of the changes in the reading order of
// their release. A statement that the release does not have comes last.
func rank(rel *timeline.Release, changes []diff.Change, side func(*diff.Change) []timeline.Statement) []place {
	at := map[string]int{}
	if rel != nil {
		for i, s := range rel.Statements {
			at[s.ID] = i
		}
	}
	position := func(s timeline.Statement) int {
		if i, known := at[s.ID]; known {
			return i
		}
		return len(at)
	}
	var places []place
	for i := range changes {
		for _, s := range side(&changes[i]) {
			places = append(places, place{s, i})
		}
	}
	slices.SortStableFunc(places, func(a, b place) int { return position(a.statement) - position(b.statement) })
	return places
}

// anchor is a change whose both sides stand at one spot: its first statements are
// those numbered old and new.
type anchor struct{ change, old, new int }

// inPlace returns the changes whose two sides can stand at one spot without
// disturbing either reading order, in that order: the longest such run of those
// that are not marked as moved.
func inPlace(changes []diff.Change, olds, news []place) []anchor {
	oldAt, newAt := firsts(olds, len(changes)), firsts(news, len(changes))
	var candidates []anchor
	for i := range changes {
		c := &changes[i]
		if !c.Moved && len(c.Old) > 0 && len(c.New) > 0 && oldAt[i] >= 0 && newAt[i] >= 0 {
			candidates = append(candidates, anchor{i, oldAt[i], newAt[i]})
		}
	}
	slices.SortFunc(candidates, func(a, b anchor) int { return a.new - b.new })
	return longestRising(candidates)
}

// firsts returns for each change the number of its first statement, or -1 where it
// has none.
func firsts(places []place, changes int) []int {
	first := make([]int, changes)
	for i := range first {
		first[i] = -1
	}
	for i, p := range places {
		if first[p.change] < 0 {
			first[p.change] = i
		}
	}
	return first
}

// longestRising returns a longest run of anchors, which come in the order of the
// new text, that is also in the order of the old one.
func longestRising(anchors []anchor) []anchor {
	var tails []int // index of the smallest last anchor of a run of each length
	before := make([]int, len(anchors))
	for i, a := range anchors {
		n, _ := slices.BinarySearchFunc(tails, a.old, func(t, old int) int { return anchors[t].old - old })
		before[i] = -1
		if n > 0 {
			before[i] = tails[n-1]
		}
		if n == len(tails) {
			tails = append(tails, i)
		} else {
			tails[n] = i
		}
	}
	if len(tails) == 0 {
		return nil
	}
	var run []anchor
	for i := tails[len(tails)-1]; i >= 0; i = before[i] {
		run = append(run, anchors[i])
	}
	slices.Reverse(run)
	return run
}
