package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"readout/timeline"
)

// daysShown is how many releases of a day, a month or a year a search names.
const daysShown = 6

// onDays returns the releases of the day, month or year that the words name, the latest
// first; none where they name no time.
func onDays(st *snapshot, words string) []*timeline.Release {
	prefix := dayPrefix(words)
	if prefix == "" {
		return nil
	}
	var out []*timeline.Release
	for _, r := range slices.Backward(st.heads) {
		if strings.HasPrefix(r.Day().String(), prefix) {
			out = append(out, r)
		}
	}
	return out
}

// dayPrefix reads "2031-04-17", "2031-04", "2031", "17 April 2031", "April 17, 2031" and
// "Apr 2031" as the beginning of a day, "" for anything else.
func dayPrefix(words string) string {
	words = strings.TrimSpace(words)
	for layout, form := range map[string]string{
		"2006-01-02": time.DateOnly, "2006-01": "2006-01", "2006": "2006",
		"2 January 2006": time.DateOnly, "2 Jan 2006": time.DateOnly, "January 2, 2006": time.DateOnly, "Jan 2, 2006": time.DateOnly,
		"January 2006": "2006-01", "Jan 2006": "2006-01",
	} {
		if t, err := time.Parse(layout, words); err == nil {
			return t.Format(form)
		}
	}
	return ""
}

// years returns the first and last year in which there was a meeting; releases
// without a day count as of no year.
func years(heads []*timeline.Release) (from, to int) {
	for _, r := range heads {
		if y := r.Day().Year(); y > 0 {
			if from == 0 {
				from = y
			}
			to = y
		}
	}
	return from, to
}

// span writes a range of years, "" for none.
func span(from, to int) string {
	switch {
	case from == 0:
		return ""
	case from == to:
		return strconv.Itoa(from)
	}
	return fmt.Sprintf("%d–%d", from, to)
}
