package web

import (
	"testing"

	"readout/timeline"
)

// heldOn makes a release of a day, "" for one that is not known.
func heldOn(t *testing.T, id, day string) *timeline.Release {
	t.Helper()
	r := &timeline.Release{ID: id}
	if day == "" {
		return r
	}
	held, err := timeline.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	r.Held = held
	return r
}

func TestLatestChange(t *testing.T) {
	undated, first := heldOn(t, "undated", ""), heldOn(t, "first", "2031-03-01")
	ours, theirs := heldOn(t, "ours", "2031-05-01"), heldOn(t, "theirs", "2031-05-01")
	sinceMarch := ": what changed since 1 March 2031"
	for _, tt := range []struct {
		name  string
		heads []*timeline.Release
		want  link
	}{
		{"nothing", nil, link{}},
		{"one meeting", []*timeline.Release{first}, link{}},
		{"two accounts of one meeting", []*timeline.Release{ours, theirs}, link{}},
		{"no day known", []*timeline.Release{undated, undated}, link{}},
		{"a release without a day is no earlier meeting", []*timeline.Release{undated, first}, link{}},
		{"two meetings", []*timeline.Release{undated, first, ours}, link{compareHref("first", "ours"), "1 May 2031" + sinceMarch}},
		{"over the other account", []*timeline.Release{first, ours, theirs}, link{compareHref("first", "theirs"), "1 May 2031" + sinceMarch}},
	} {
		if got := latestChange(tt.heads, nil); got != tt.want {
			t.Errorf("%s: latestChange = %+v, want %+v", tt.name, got, tt.want)
		}
	}
}
