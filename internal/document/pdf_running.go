package document

import (
	"math"
	"readout/internal/rules/pattern"
	"strconv"
	"strings"
)

// edge is how many lines at the top and at the foot of a page may be printed on
// every page.
const edge = 4

// running identifies a line that is printed on several pages: its words without
// the figures in them, its size, and the end of the page it stands at.
type running struct {
	words string
	size  float64
	foot  bool
}

var figures = pattern.New(`\d+|\b[ivxlc]{1,6}\b`)

func newRunning(l printed, foot bool) running {
	return running{figures.ReplaceAllString(strings.ToLower(l.text), "#"), math.Round(l.size), foot}
}

// dropRunning takes headers, footers and page numbers off the pages. They stand at
// the edges, alike but for figures and at one height on a good part of the pages;
// what stands further in than text of the page itself is its text too.
func dropRunning(pages [][]printed) {
	heights := map[running]map[int]float64{} // by page
	for i, page := range pages {
		edges(page, func(l printed, _ int, foot bool) bool {
			key := newRunning(l, foot)
			if heights[key] == nil {
				heights[key] = map[int]float64{}
			}
			heights[key][i] = l.base
			return true
		})
	}
	for i, page := range pages {
		drop := map[int]bool{}
		edges(page, func(l printed, k int, foot bool) bool {
			alike := 0
			for _, base := range heights[newRunning(l, foot)] {
				if math.Abs(base-l.base) < 1.5*l.size {
					alike++
				}
			}
			if alike >= 2 && alike*10 >= len(pages)*3 || foot && pageNumber(l.text, i+1) {
				drop[k] = true
			}
			return drop[k]
		})
		kept := page[:0:0]
		for k, l := range page {
			if !drop[k] {
				kept = append(kept, l)
			}
		}
		pages[i] = kept
	}
}

// edges calls visit for the lines at the edges of a page, with their indices, from
// the outside in, until it returns false.
func edges(page []printed, visit func(l printed, index int, foot bool) bool) {
	order := byHeight(page)
	for i := range min(edge, len(order)) {
		if k := order[i]; !visit(page[k], k, false) {
			break
		}
	}
	for i := range min(edge, len(order)) {
		if k := order[len(order)-1-i]; !visit(page[k], k, true) {
			break
		}
	}
}

var numberedPage = pattern.New(`^[^\pL\d]*(?:\pL+\.?\s)?(\d{1,4})(?:\s?[^\pL\d]{1,3}\s?\d{1,4}|\s\pL+\s\d{1,4})?[^\pL\d]*$`)

// pageNumber reports whether a line at the foot is the number of page n: "3",
// "- 3 -", "Page 3 of 5", "3/5".
func pageNumber(s string, n int) bool {
	m := numberedPage.FindStringSubmatch(s)
	return m != nil && m[1] == strconv.Itoa(n)
}
