package diff

import (
	"cmp"
	"slices"
)

// look is a second look at the links of two texts, by what their whole meetings say. It goes
// from the earlier text to the later one, whichever of them is called old: to exchange the
// sides of a comparison mirrors its answer.
type look struct {
	past           *Past
	earlier, later half
	links          []Link
	taken          map[int]bool // statements of the earlier text that are in a link
	at             map[int]int  // by statement of the later one: the number of its link plus one
}

// half is one of the two texts: those of its statements that are compared, and its place in the past.
type half struct {
	side
	text int
	from int // its first unit
}

func (p *Past) half(s side, text int) half { return half{s, text, p.texts[text].from} }

// unit returns the unit of the i-th statement.
func (h *half) unit(i int) int32 { return int32(h.from + h.at[i]) }

// lookAgain mends the links of two texts of the past, whose changes are those of position: an
// uncertain one of statements that are gone on either side is none, and a statement that may have
// been said joins the link of the later one that is nearest to it, or begins one.
func (p *Past) lookAgain(links []Link, old, new half) []Link {
	back := new.text < old.text
	if back {
		old, new = new, old
		turn(links)
	}
	l := &look{past: p, earlier: old, later: new, taken: map[int]bool{}, at: map[int]int{}}
	l.links = slices.DeleteFunc(links, l.refuted)
	for k := range l.links {
		l.note(k)
	}
	for _, f := range l.found() {
		l.take(f)
	}
	if back {
		turn(l.links)
	}
	slices.SortStableFunc(l.links, func(x, y Link) int { return cmp.Compare(x.New[0], y.New[0]) })
	markMoved(l.links)
	return l.links
}

// turn exchanges the sides of the links.
func turn(links []Link) {
	for i := range links {
		links[i].Old, links[i].New = links[i].New, links[i].Old
	}
}

// note enters the statements of the k-th link.
func (l *look) note(k int) {
	for _, i := range l.links[k].Old {
		l.taken[i] = true
	}
	for _, j := range l.links[k].New {
		l.at[j] = k + 1
	}
}

// refuted reports whether a link is uncertain and nothing that it holds was said in the other's meeting.
func (l *look) refuted(link Link) bool {
	return link.Uncertain && l.gone(&l.earlier, link.Old, &l.later) && l.gone(&l.later, link.New, &l.earlier)
}

// gone reports whether none of the given statements was said in the meeting of the other text.
func (l *look) gone(h *half, at []int, other *half) bool {
	return !slices.ContainsFunc(at, func(i int) bool { return l.past.absence(h.unit(i), other.text).Silence != "" })
}

// The measures of a second look. docs/quality.md says what they were found on.
const (
	secondLook = 0.24 // likeness from which a statement may have been said
	closed     = 0.45 // score from which a link holds no further statement,
	surelyToo  = 0.25 // but for one of this likeness that stands under no heading: items are cut point by point
)

// found says of a statement of the earlier text which one of the later may say it again.
type found struct {
	old, new int
	likeness float64
}

// found lists the statements of the earlier text that are in no link and may be said again, likest first.
func (l *look) found() []found {
	var out []found
	for i := range l.earlier.statements {
		o := l.earlier.unit(i)
		if l.taken[i] {
			continue
		}
		if a := l.past.finding(o, l.later.text); !a.maySay() || a.Nearest == nil || a.Nearest.Similarity < secondLook {
			continue
		}
		j, likeness := l.past.nearestOf(o, l.later.from, l.later.at)
		if likeness >= secondLook { // else another text of the meeting says it
			out = append(out, found{i, j, likeness})
		}
	}
	slices.SortStableFunc(out, func(x, y found) int { return cmp.Compare(y.likeness, x.likeness) })
	return out
}

// take joins what was found to the link of the later statement, or makes an uncertain one.
func (l *look) take(f found) {
	if k := l.at[f.new] - 1; k >= 0 {
		l.join(&l.links[k], f.old, f.likeness)
		return
	}
	e := Evidence{Score: f.likeness, Uncertain: true, Reasons: []Reason{alikeTexts(f.likeness)}}
	l.links = append(l.links, Link{Old: []int{f.old}, New: []int{f.new}, Evidence: e})
	l.note(len(l.links) - 1)
}

// join adds the i-th statement of the earlier text to a link that is loose enough to hold it.
func (l *look) join(k *Link, i int, likeness float64) {
	loose := k.Score < closed || likeness >= surelyToo && l.past.units[l.earlier.unit(i)].heading == ""
	if len(k.New) == 1 && len(k.Old) < maxParts && loose {
		k.Old = append(slices.Clone(k.Old), i)
		slices.Sort(k.Old)
		k.Uncertain = true
	}
}
