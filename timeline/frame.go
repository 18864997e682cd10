package timeline

import (
	"slices"

	"readout/internal/rules/list"
)

// frames are the sentences that frame a release and belong to no issue: "A summary of
// the meeting follows." Each is a pattern of words, "*" standing for up to widest of them.
type frames struct {
	announcements [][]string // end a sentence
	reports       [][]string // stand anywhere in a sentence that nobody says
	notes         [][]string // stand anywhere
}

// widest is how many words "*" stands for at most in a frame.
const widest = 8

// add takes in a line of frames.txt.
func (f *frames) add(l list.Line) {
	to := map[string]*[][]string{"announcements": &f.announcements, "reports": &f.reports, "notes": &f.notes}[l.Section]
	*to = append(slices.Clip(*to), pattern(l.Text))
}

// isFrame reports whether the unit only frames the release. What nobody says is a
// frame where it reports that there was a meeting, unless it lists what was taken up.
//
// What announces something under the heading of one issue is on that issue.
func (l *WordLists) isFrame(u *unit, folded []string, ruled bool) bool {
	f := l.frames
	if slices.ContainsFunc(f.notes, func(p []string) bool { return standsIn(p, folded) }) {
		return true
	}
	if !ruled && slices.ContainsFunc(f.announcements, func(p []string) bool { return endsWith(p, folded) }) {
		return true
	}
	s := u.statement
	if len(s.Speakers) > 0 || s.Act != ActNone && s.Act != "" {
		return false
	}
	return slices.ContainsFunc(f.reports, func(p []string) bool { return standsIn(p, folded) })
}

// standsIn reports whether the pattern matches somewhere in the words.
func standsIn(p, ws []string) bool {
	for i := range ws {
		if n := matchFrom(p, ws[i:]); n >= 0 {
			return true
		}
	}
	return false
}

// endsWith reports whether the pattern matches up to the last word.
func endsWith(p, ws []string) bool {
	for i := range ws {
		if n := matchFrom(p, ws[i:]); n >= 0 && i+n == len(ws) {
			return true
		}
	}
	return false
}

// matchFrom is how many of the words, from the first, the pattern takes up; -1 where it
// does not match. Of several ways the shortest counts.
func matchFrom(p, ws []string) int {
	for i, w := range p {
		if w == "*" {
			for k := 0; k <= widest && i+k <= len(ws); k++ {
				if n := matchFrom(p[i+1:], ws[i+k:]); n >= 0 {
					return i + k + n
				}
			}
			return -1
		}
		if i >= len(ws) || ws[i] != w {
			return -1
		}
	}
	return len(p)
}
