package timeline

import "slices"

// Lull is a time for which no release of a series was captured although its rhythm
// made one likely. What was raised in it is not known: it is no silence of the
// parties.
type Lull struct {
	After, Before *Release // the releases around it
	Days          int      // from the one to the other
	Usual         int      // the median number of days between two meetings
}

// minRhythm is how many intervals between meetings it takes to speak of a rhythm.
const minRhythm = 6

// Lulls returns the intervals between the meetings of the releases that stand far out
// from the others: longer than the upper quartile by more than three times the distance
// between the quartiles (Tukey, Exploratory Data Analysis, 1977), and than four medians.
// Where there are too few meetings to tell a rhythm there are none. Releases without a
// day are left aside.
func Lulls(releases []*Release) []Lull {
	sorted, _ := Dated(releases)
	var found []Lull
	var days []int
	for i := 1; i < len(sorted); i++ {
		n := daysBetween(sorted[i-1].Day(), sorted[i].Day())
		if n == 0 {
			continue
		}
		days = append(days, n)
		found = append(found, Lull{After: sorted[i-1], Before: sorted[i], Days: n})
	}
	if len(days) < minRhythm {
		return nil
	}
	slices.Sort(days)
	quartile := func(k int) int { return days[(len(days)-1)*k/4] }
	far := max(quartile(3)+3*(quartile(3)-quartile(1)), 4*quartile(2))
	out := slices.DeleteFunc(found, func(l Lull) bool { return l.Days <= far })
	for i := range out {
		out[i].Usual = quartile(2)
	}
	return out
}

func daysBetween(a, b Date) int { return int(b.Time().Sub(a.Time()).Hours() / 24) }
