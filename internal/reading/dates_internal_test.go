package reading

import (
	"testing"

	"readout/timeline"
)

func day(t testing.TB, s string) timeline.Date {
	t.Helper()
	d, err := timeline.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDates(t *testing.T) {
	c := Default().calendar
	tests := []struct{ in, ref, want string }{
		{"17 March 2041", "", "2041-03-17"},
		{"March 17, 2041", "", "2041-03-17"},
		{"17th of March, 2041", "", "2041-03-17"},
		{"MARCH 3RD 2041", "", ""},
		{"MARCH 3, 2041", "", "2041-03-03"},
		{"Sept. 9, 2041", "", "2041-09-09"},
		{"2041-03-17T08:00:00Z", "", ""},
		{"2041-03-17", "", "2041-03-17"},
		{"2041/3/7", "", "2041-03-07"},
		{"2041.03.07", "", "2041-03-07"},
		{"On March 17 (local time)", "2041-03-18", "2041-03-17"},
		{"Monday, June 5", "2034-06-06", "2034-06-05"},
		{"from September 20 to 22, 2042", "", "2042-09-20"},
		{"from September 30 to October 2, 2042", "", "2042-09-30"},
		{"from December 30 to January 2, 2042", "", "2041-12-30"},
		{"20 to 22 September 2042", "", "2042-09-20"},
		{"(November 4, Port Alder)", "2041-11-06", "2041-11-04"},
		{"July 17 (Mon.), 2034", "", "2034-07-17"},
		{"am 5. Mai 2041", "", "2041-05-05"},
		{"le 1er mars 2041", "", "2041-03-01"},
		{"el 14 de agosto de 2041", "", "2041-08-14"},
		{"3.11.2041", "", "2041-11-03"},
		{"2041年3月7日", "", "2041-03-07"},
		{"令和13年6月12日", "", "2031-06-12"},
		{"６月５日", "2041-06-06", "2041-06-05"},
		{"June ６, ２０４４", "", "2044-06-06"},
		{"2041년 3월 7일", "", "2041-03-07"},
		{"17 марта 2041", "", "2041-03-17"},
		// Years that are not printed.
		{"December 30", "2042-01-03", "2041-12-30"},
		{"January 4", "2042-01-03", "2042-01-04"},
		{"March 1", "2042-02-20", "2042-03-01"},
		{"November 4", "", ""},
		{"February 29", "2041-03-02", "2040-02-29"},
		{"Wednesday, March 5", "2043-03-20", "2042-03-05"}, // the 5th was a Wednesday in 2042
		// No days.
		{"May 12 countries join?", "2041-06-01", "2041-05-12"},
		{"may 12 of them march 5 miles", "2041-06-01", ""},
		{"30 February 2041", "", ""},
		{"in 2041", "", ""},
		{"Resolution 2041-99-12", "", ""},
	}
	for _, tt := range tests {
		var got string
		if days := c.find(plain(tt.in)); len(days) > 0 {
			got = days[0].complete(day(t, tt.ref)).String()
		}
		if got != tt.want {
			t.Errorf("find(%q), text dated %q = %q, want %q", tt.in, tt.ref, got, tt.want)
		}
	}
}

func TestDateLine(t *testing.T) {
	c := Default().calendar
	for in, want := range map[string]bool{
		"March 17, 2041": true, "Date 2041-03-17": true, "Wednesday, 3 April 2041": true, "Published on 3 April 2041, 5 p.m.": true, "３月７日": true,
		"On March 17 they met": false, "(March 17, Port Alder)": false, "Talks": false,
	} {
		if _, got := c.only(in); got != want {
			t.Errorf("only(%q) = %t, want %t", in, got, want)
		}
	}
}

func TestRelativeDays(t *testing.T) {
	c := Default().calendar
	ref := day(t, "2041-03-07") // a Thursday
	for in, want := range map[string]string{
		"The premier spoke today with": "2041-03-07", "They met yesterday.": "2041-03-06", "met on Tuesday in": "2041-03-05",
		"met on Thursday": "2041-03-07", "met on Friday": "2041-03-01", "They met.": "",
	} {
		if got := c.relativeDay(in, ref).String(); got != want {
			t.Errorf("relative(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzDates(f *testing.F) {
	c := Default().calendar
	for _, s := range []string{"from September 30 to October 2, 2042", "令和元年5月1日", "3.11.2041", "Sun, 31 Dec"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p := plain(s)
		last := 0
		for _, d := range c.find(p) {
			if d.start < last || d.end <= d.start || d.end > len(p) {
				t.Fatalf("find(%q): %+v after %d", p, d, last)
			}
			last = d.end
			d.complete(timeline.Date{})
		}
		c.only(s)
		c.metaDate(s)
	})
}
