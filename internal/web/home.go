package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"readout/internal/archive"
	"readout/timeline"
)

// homeData is the first page: all series, and what came in lately.
type homeData struct {
	Series   []homeSeries
	Latest   []latest
	Releases int
	Doubtful int    // releases of which something could not be decided
	Years    string // the first and the last year with a meeting, "" for none known
}

// homeSeries is one series in a line.
type homeSeries struct {
	ID          timeline.SeriesID
	Name        string
	Releases    int
	First, Last timeline.Date
	Recent      *timeline.Release
	Spark       spark
	News        link // what its latest release changed
}

// latest is a release that came in lately.
type latest struct {
	Release *timeline.Release
	Series  string
}

// latestShown is how many of them the page has.
const latestShown = 8

func (s *Server) home(_ *http.Request, st *snapshot) (*page, error) {
	d := homeData{Releases: len(st.heads)}
	from, to := years(st.heads)
	d.Years = span(from, to)
	for id, sh := range st.series {
		h := homeSeries{ID: id, Name: seriesName(id, s.Names), Releases: len(sh.heads), Recent: sh.heads[len(sh.heads)-1]}
		h.First, h.Last = sh.heads[0].Day(), h.Recent.Day()
		h.News = latestChange(sh.heads)
		h.Spark = newSpark(sh.heads, from, to)
		d.Series = append(d.Series, h)
	}
	slices.SortFunc(d.Series, func(a, b homeSeries) int {
		return cmp.Or(b.Last.Compare(a.Last), cmp.Compare(b.Releases, a.Releases), cmp.Compare(a.ID, b.ID))
	})
	for _, r := range st.heads {
		if len(archive.DoubtsOf(r)) > 0 {
			d.Doubtful++
		}
	}
	newest := slices.SortedStableFunc(slices.Values(st.heads), func(a, b *timeline.Release) int {
		return cmp.Or(b.CapturedAt.Compare(a.CapturedAt), timeline.CompareReleases(b, a))
	})
	for _, r := range newest[:min(latestShown, len(newest))] {
		d.Latest = append(d.Latest, latest{r, seriesName(r.Series, s.Names)})
	}
	return &page{View: "home", Title: "readout", Data: d}, nil
}

// latestChange leads to what the latest of the releases changed. It is zero where no
// release is of an earlier day.
func latestChange(heads []*timeline.Release) link {
	then := meetingBefore(heads)
	if then == nil {
		return link{}
	}
	now := heads[len(heads)-1]
	return link{compareHref(then.ID, now.ID), longDay(now.Day()) + ": what changed since " + longDay(then.Day())}
}

// meetingBefore returns the latest of the releases, which are in the order of their
// days, that is of an earlier day than the last of them, or nil: two accounts of one
// meeting are no change.
func meetingBefore(heads []*timeline.Release) *timeline.Release {
	if len(heads) == 0 {
		return nil
	}
	now := heads[len(heads)-1].Day()
	for _, then := range slices.Backward(heads) {
		if day := then.Day(); !day.IsZero() && day.Compare(now) < 0 {
			return then
		}
	}
	return nil
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

// spark is how many meetings there were, as a row of bars.
type spark struct {
	Width, Height int // of the picture, in its own units
	Base          float64
	Bars          []bar
	Words         string
}

// bar is one bar of a chart, in the units of its picture.
type bar struct {
	X, Y, W, H float64
	Title      string
}

const (
	sparkWidth  = 160
	sparkHeight = 28
	sparkBars   = 40 // at most
)

// newSpark counts meetings per span of years, all spans being equally long.
func newSpark(heads []*timeline.Release, from, to int) spark {
	s := spark{Width: sparkWidth, Height: sparkHeight, Base: sparkHeight - 0.5}
	if from == 0 {
		return s
	}
	const secondsPerDay = 24 * 60 * 60
	n := min(sparkBars, 4*(to-from+1))
	counts := make([]int, n)
	start := time.Date(from, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	span := time.Date(to+1, 1, 1, 0, 0, 0, 0, time.UTC).Unix() - start + secondsPerDay
	most := 1
	for _, r := range heads {
		day := r.Day()
		if day.IsZero() {
			continue
		}
		k := int((day.Time().Unix() - start) * int64(n) / span)
		counts[k]++
		most = max(most, counts[k])
	}
	w := float64(sparkWidth) / float64(n)
	for k, c := range counts {
		if c > 0 {
			h := max(3, float64(sparkHeight-2)*float64(c)/float64(most))
			s.Bars = append(s.Bars, bar{X: float64(k) * w, Y: sparkHeight - 1 - h, W: max(1, w-1), H: h})
		}
	}
	s.Words = count(len(heads), "meeting")
	return s
}
