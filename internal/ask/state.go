package ask

import (
	"cmp"
	"math"
	"slices"
)

// The measures of a silence.
const (
	recent      = 10 // meetings that say what the next one will raise
	silentAfter = 3  // meetings without a topic, at least, before its silence is a finding
	regular     = 3  // meetings that must have raised a topic for its silence to be one
	// chance is how likely a silence may be by accident, given how often the topic was
	// raised until then, for it to be a finding.
	chance = 0.05
)

// raisedAt lists the meetings that raise the topic of a row.
func raisedAt(r *MatrixTopic) []int {
	var out []int
	for i, c := range r.Cells {
		if c.Mark.Raises() {
			out = append(out, i)
		}
	}
	return out
}

// fellSilent reports whether a topic raised at the given meetings, of n, has been left
// out at the end for longer than its past makes likely.
func fellSilent(at []int, n int) bool {
	first, last := at[0], at[len(at)-1]
	silent := n - 1 - last
	if len(at) < regular || silent < silentAfter {
		return false
	}
	rate := float64(len(at)) / float64(last-first+1)
	return math.Pow(1-rate, float64(silent)) < chance
}

// judge says whether the issue of a row is still raised.
func (r *MatrixTopic) judge(meetings []MatrixMeeting) {
	at := raisedAt(r)
	r.Raised, r.State = len(at), Once
	if len(at) == 0 {
		return
	}
	last := at[len(at)-1]
	r.Last, r.Since = meetings[last].Day(), len(meetings)-1-last
	switch {
	case len(at) == 1:
	case fellSilent(at, len(meetings)) || r.Since >= recent:
		r.State = Quiet
	default:
		r.State = Alive
	}
}

// sort puts the rows in the order of their states; those that are no longer raised, the latest first.
func (m *Matrix) sort() {
	states := []State{Alive, Quiet, Once}
	slices.SortStableFunc(m.Topics, func(a, b MatrixTopic) int {
		if by := cmp.Compare(slices.Index(states, a.State), slices.Index(states, b.State)); by != 0 || a.State == Alive {
			return by
		}
		return cmp.Compare(a.Since, b.Since)
	})
}
