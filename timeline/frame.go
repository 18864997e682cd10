package timeline

import (
	"maps"
	"slices"

	"readout/internal/rules/list"
)

// frames are the sentences that frame a release and belong to no issue: "A summary of
// the meeting follows." Each is a pattern of words, "*" standing for up to widest of them.
type frames struct {
	announcements framePatterns // end a sentence
	reports       framePatterns // stand anywhere in a sentence that nobody says
	notes         framePatterns // stand anywhere
}

// framePatterns are patterns filed by their first word, so that a sentence asks only those that may
// begin at one of its words.
type framePatterns map[string][][]string

// anyWords is the word of a pattern that stands for up to [widest] words.
const anyWords = "*"

// widest is how many words [anyWords] stands for at most in a frame.
const widest = 8

// add takes in a line of frames.txt. One without a word matches nothing.
func (f *frames) add(l list.Line) {
	to := map[string]framePatterns{"announcements": f.announcements, "reports": f.reports, "notes": f.notes}[l.Section]
	if p := pattern(l.Text); len(p) > 0 {
		to[p[0]] = append(slices.Clip(to[p[0]]), p)
	}
}

// clone returns a copy to which lines may be added.
func (f frames) clone() frames {
	copied := func(p framePatterns) framePatterns {
		out := framePatterns{}
		maps.Copy(out, p)
		return out
	}
	return frames{copied(f.announcements), copied(f.reports), copied(f.notes)}
}

// isFrame reports whether the unit only frames the release. What nobody says is a
// frame where it reports that there was a meeting, unless it lists what was taken up.
//
// What announces something under the heading of one issue is on that issue.
func (l *WordLists) isFrame(u *unit, folded []string, ruled bool) bool {
	f := l.frames
	if f.notes.standIn(folded) || !ruled && f.announcements.end(folded) {
		return true
	}
	s := u.statement
	if len(s.Speakers) > 0 || s.Act != ActNone && s.Act != "" {
		return false
	}
	return f.reports.standIn(folded)
}

// begin reports whether a frame may begin with a word.
func (f frames) begin(w string) bool {
	return slices.ContainsFunc([]framePatterns{f.announcements, f.reports, f.notes},
		func(p framePatterns) bool { return len(p[w])+len(p[anyWords]) > 0 })
}

// standIn reports whether one of the patterns matches somewhere in the words.
func (f framePatterns) standIn(ws []string) bool {
	return f.match(ws, func(int) bool { return true })
}

// end reports whether one of the patterns matches up to the last word.
func (f framePatterns) end(ws []string) bool {
	return f.match(ws, func(end int) bool { return end == len(ws) })
}

// match reports whether one of the patterns takes up words to an end that will do.
func (f framePatterns) match(ws []string, will func(end int) bool) bool {
	for i, w := range ws {
		from := func(p []string) bool {
			n := matchFrom(p, ws[i:])
			return n >= 0 && will(i+n)
		}
		if slices.ContainsFunc(f[w], from) || slices.ContainsFunc(f[anyWords], from) {
			return true
		}
	}
	return false
}

// matchFrom is how many of the words, from the first, the pattern takes up; -1 where it
// does not match. Of several ways the shortest counts.
func matchFrom(p, ws []string) int {
	for i, w := range p {
		if w == anyWords {
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
