package timeline_test

import (
	"testing"

	"readout/timeline"
)

func TestParseSpan(t *testing.T) {
	today, err := timeline.ParseDate("2032-03-01")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ in, first, last string }{
		{"", "", ""},
		{"2031-04-17", "2031-04-17", "2031-04-17"},
		{"2032-02", "2032-02-01", "2032-02-29"},
		{"2031-12", "2031-12-01", "2031-12-31"},
		{"2031", "2031-01-01", "2031-12-31"},
		{"today", "2032-03-01", "2032-03-01"},
		{"yesterday", "2032-02-29", "2032-02-29"},
		{"1d", "2032-02-29", "2032-02-29"},
		{"-30d", "2032-01-31", "2032-01-31"},
		{"0d", "2032-03-01", "2032-03-01"},
		{"2w", "2032-02-16", "2032-02-16"},
		{"-6m", "2031-09-01", "2031-09-01"},
		{"1y", "2031-03-01", "2031-03-01"},
	} {
		got, err := timeline.ParseSpan(tt.in, today)
		if err != nil || got.First.String() != tt.first || got.Last.String() != tt.last {
			t.Errorf("ParseSpan(%q) = %v to %v, %v; want %s to %s", tt.in, got.First, got.Last, err, tt.first, tt.last)
		}
	}
	for _, in := range []string{"2031-13", "2031-00", "2031-02-30", "0000", "0000-01", "31", "soon", "d", "--1d", "1h", "99999y", "2031-4", " 2031"} {
		if got, err := timeline.ParseSpan(in, today); err == nil {
			t.Errorf("ParseSpan(%q) = %v, want an error", in, got)
		}
	}
}

// TestParseSpanWithoutToday asks for nothing that would have to be counted from a day that
// is not known.
func TestParseSpanWithoutToday(t *testing.T) {
	for _, in := range []string{"today", "yesterday", "1d"} {
		if got, err := timeline.ParseSpan(in, timeline.Date{}); err == nil {
			t.Errorf("ParseSpan(%q) without today = %v, want an error", in, got)
		}
	}
	if got, err := timeline.ParseSpan("2031", timeline.Date{}); err != nil || got.IsDay() {
		t.Errorf("ParseSpan(2031) without today = %v, %v", got, err)
	}
}
