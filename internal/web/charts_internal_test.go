package web

import (
	"strings"
	"testing"
	"time"

	"readout/internal/reading/names"
	"readout/internal/rules/list"
	"readout/timeline"
)

func day(t *testing.T, s string) timeline.Date {
	t.Helper()
	d, err := timeline.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestAxis: equal times are equally long, years are named where there are some, else months,
// and no name sticks out.
func TestAxis(t *testing.T) {
	for _, tt := range []struct {
		from, to string
		right    float64
		want     string
	}{
		{"2031-03-01", "2035-06-01", 1000, "2032 2033 2034 2035"},
		{"1990-03-01", "2035-06-01", 320, "2000 2010 2020 2030"},
		{"2031-11-20", "2032-04-10", 1000, "Dec 2031 Jan 2032 Feb 2032 Mar 2032 Apr 2032"},
		{"2031-03-05", "2031-03-05", 1000, "Apr 2031"},
	} {
		a := newAxis(day(t, tt.from), day(t, tt.to), 0, tt.right)
		var names []string
		for _, x := range a.Ticks() {
			names = append(names, x.Text)
			if x.X < 0 || x.X > tt.right {
				t.Errorf("%s to %s: %q stands at %.0f of %.0f", tt.from, tt.to, x.Text, x.X, tt.right)
			}
		}
		if got := strings.Join(names, " "); got != tt.want {
			t.Errorf("%s to %s is named %q, want %q", tt.from, tt.to, got, tt.want)
		}
		if x := a.X(day(t, tt.from)); x != 0 {
			t.Errorf("the first day stands at %.1f", x)
		}
	}
	a := newAxis(day(t, "2031-01-01"), day(t, "2031-12-31"), 100, 500)
	b, c, d := a.X(day(t, "2031-02-01")), a.X(day(t, "2031-02-11")), a.X(day(t, "2031-02-21"))
	if diff := (c - b) - (d - c); diff > 1e-9 || diff < -1e-9 {
		t.Errorf("ten days are %.3f and %.3f long", c-b, d-c)
	}
}

// TestStripLabelsSummits: labels do not run into each other, and one at the end stays inside.
func TestStripLabelsSummits(t *testing.T) {
	var meetings []timeline.Meeting
	for i := range 40 {
		r := &timeline.Release{ID: "r", Title: "T", Level: timeline.LevelSummit, Held: timeline.DateOf(time.Date(2031, 1, 1+20*i, 0, 0, 0, 0, time.UTC))}
		meetings = append(meetings, timeline.Meeting{Releases: []*timeline.Release{r}})
	}
	s := newStrip(meetings, timeline.Date{}, timeline.Date{}, true)
	ends := map[float64]float64{}
	labels := 0
	for _, m := range s.Marks {
		if m.Label == "" {
			continue
		}
		labels++
		start, wide := m.LabelX, labelLetter*float64(len(m.Label))
		if m.LabelRight {
			start -= wide
		}
		if start < ends[m.LabelY] || start+wide > s.Width {
			t.Errorf("the label %q runs from %.0f to %.0f, after one that ends at %.0f", m.Label, start, start+wide, ends[m.LabelY])
		}
		ends[m.LabelY] = start + wide
	}
	if labels < 10 || labels == len(meetings) {
		t.Errorf("%d of %d summits are labelled", labels, len(meetings))
	}
	if got := newStrip(nil, timeline.Date{}, timeline.Date{}, true); got.Marks != nil {
		t.Errorf("a strip of nothing is %+v", got)
	}
}

// TestRegions: no party is in two regions, and a series stands where the party is that the
// archive has least of.
func TestRegions(t *testing.T) {
	seen := map[string]bool{}
	for _, l := range list.BuiltIn("regions.tsv") {
		for code := range strings.FieldsSeq(l.Fields()[1]) {
			if seen[code] {
				t.Errorf("%s is in two regions", code)
			}
			seen[code] = true
		}
	}
	table := newRegions(names.Regions(nil))
	releases := map[timeline.Party]int{"JP": 30, "US": 500, "UY": 3, "NATO": 9}
	for id, want := range map[timeline.SeriesID]string{
		"JP-US": "East and South-East Asia", "US-UY": "Latin America and the Caribbean", "NATO-US": bodies, "US": single, "": unsaid, "CL-JP-US-UY": several,
	} {
		if got := table.place(id, releases); got != want {
			t.Errorf("%q stands under %q, want %q", id, got, want)
		}
	}
}

func TestDayPrefix(t *testing.T) {
	for words, want := range map[string]string{"2031-04-17": "2031-04-17", "2031-04": "2031-04", " 2031 ": "2031", "17 April 2031": "2031-04-17", "Apr 3, 2031": "2031-04-03",
		"april 2031": "2031-04", "krill": "", "2031 krill": "", "": ""} {
		if got := dayPrefix(words); got != want {
			t.Errorf("dayPrefix(%q) = %q, want %q", words, got, want)
		}
	}
}
