package sources

import (
	"hash/fnv"
	"slices"
	"time"
)

const (
	recheckFirst = time.Hour
	recheckLast  = 30 * day
	recheckPart  = 4 // of a page's age pass between two looks at it
	// slack is how much too early a run may come: cron does not start it on the
	// second, and a source missed by one is missed for an hour.
	slack = 5 * time.Minute
	// retryLast is the longest a source that fails is left alone.
	retryLast = 4 * time.Hour
	// wholeAfter is when a page is asked for without conditions although nothing
	// is said to be new: some servers go on saying so after an edit.
	wholeAfter = 30 * day

	rhythmKept    = 30 // arrivals by which the rhythm of a list is known
	rhythmLeast   = 4
	rhythmUnknown = 14 * day // of a list that has not shown its own
	staleAfter    = 3        // times the rhythm
)

// recheck returns how long to leave a page alone whose text has stood since
// changed: a quarter of that time, so that a silent edit is seen the sooner the
// earlier it comes, and a page costs some forty requests in its first year. The
// address spreads pages that came in together.
func recheck(address string, changed, now time.Time) time.Duration {
	d := min(max(now.Sub(changed)/recheckPart, recheckFirst), recheckLast)
	h := fnv.New32a()
	h.Write([]byte(address)) // a hash.Hash never fails
	return d + time.Duration(int64(d)/5*int64(h.Sum32()%1000)/1000)
}

// retry returns how long to leave alone what has failed n times in a row.
func retry(every time.Duration, n int) time.Duration {
	d := every
	for range n - 1 {
		if d >= retryLast {
			break
		}
		d *= 2
	}
	return max(every, min(d, retryLast))
}

// rhythm returns the gap between arrivals of something new that a list stays within
// nine times out of ten. Arrivals are in order.
func rhythm(arrivals []time.Time) time.Duration {
	if len(arrivals) < rhythmLeast {
		return rhythmUnknown
	}
	var gaps []time.Duration
	for i := 1; i < len(arrivals); i++ {
		gaps = append(gaps, arrivals[i].Sub(arrivals[i-1]))
	}
	slices.Sort(gaps)
	return max(gaps[(len(gaps)*9-1)/10], day)
}
