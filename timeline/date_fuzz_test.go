package timeline_test

import (
	"testing"

	"readout/timeline"
)

// FuzzSpan: a day is written as it is read, a span begins no later than it ends, and what is no
// date by itself needs to be told what day it is.
func FuzzSpan(f *testing.F) {
	for _, s := range []string{"2031-03-11", "2031-02", "2031", "today", "yesterday", "30d", "-2w", "99999y", "2031-13", "0000-01-01", "9999-12-31", ""} {
		f.Add(s)
	}
	today, err := timeline.ParseDate("2031-05-31")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := timeline.ParseDate(s); err == nil && d.String() != s {
			t.Errorf("%q is written %q", s, d)
		}
		span, err := timeline.ParseSpan(s, today)
		if err != nil {
			return
		}
		if span.Last.Before(span.First) || span.First.IsZero() != span.Last.IsZero() {
			t.Errorf("%q is from %s to %s", s, span.First, span.Last)
		}
		if fixed, err := timeline.ParseSpan(s, timeline.Date{}); err == nil && fixed != span {
			t.Errorf("%q is %v, and %v where the day is not known", s, span, fixed)
		}
	})
}
