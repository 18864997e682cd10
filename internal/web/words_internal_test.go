package web

import "testing"

func TestLongDays(t *testing.T) {
	for line, want := range map[string]string{
		"":                                   "",
		"Last met 2033-02-08 (Bergen)":       "Last met 8 February 2033 (Bergen)",
		"since 2031-03-11, not 2031-13-11":   "since 11 March 2031, not 2031-13-11",
		"release 12031-03-11 is no day":      "release 12031-03-11 is no day",
		"2031-03-11 and again on 2032-05-19": "11 March 2031 and again on 19 May 2032",
	} {
		if got := longDays(line); got != want {
			t.Errorf("longDays(%q) = %q, want %q", line, got, want)
		}
	}
}
