package timeline

import (
	"slices"
	"strings"
)

// Joining finds the issues that go by several names. Two names are one issue only where
// the texts themselves say so: a statement under the heading of the one names the other.
// That two names share a word, or that their statements are alike, is not enough; and two
// headings that stand in one release are two issues to the one who wrote it.

// join merges the topics that are one issue under several names.
func (l *linker) join() {
	l.noteHeadings()
	l.joinTable()
	l.joinCalled()
	l.joinOwn()
	l.joinInstruments()
	l.joinTongues()
}

// noteHeadings notes in which releases each topic has a heading, and the headings.
func (l *linker) noteHeadings() {
	l.headsOf = make([][]int, len(l.cands))
	for i, parts := range l.parts {
		if l.heads[i].slogan {
			continue
		}
		for _, t := range parts {
			l.headsOf[t] = append(l.headsOf[t], i)
		}
	}
}

// apart reports whether some release has a heading for each of two topics: then it takes
// them for two issues. One heading that names both does not part them.
func (l *linker) apart(a, b int) bool {
	return slices.ContainsFunc(l.headsOf[a], func(i int) bool {
		return slices.ContainsFunc(l.headsOf[b], func(k int) bool { return i != k && l.heads[i].release == l.heads[k].release })
	})
}

// joinTable joins the issues of which the table says that they are one where the texts
// name both together.
func (l *linker) joinTable() {
	for k, x := range l.issues.list {
		if !x.Same {
			continue
		}
		child, ok := l.byIssue[k]
		if !ok {
			continue
		}
		for p, y := range l.issues.list {
			parent, ok := l.byIssue[p]
			if ok && y.Name == x.PartOf && !l.apart(child, parent) && l.namedTogether(child, parent) {
				l.take(parent, child)
			}
		}
	}
}

// The share of the releases, and how many of them, that must name the pair by an issue for
// the relationship to be that issue: one text may speak of the alliance of another pair.
const (
	calledShare = 0.2
	calledLeast = 3
)

// joinCalled joins the relationship with the issue that the texts call it by.
func (l *linker) joinCalled() {
	for k, x := range l.issues.list {
		own, ok := l.byIssue[k]
		if x.Calls == "" || !ok {
			continue
		}
		n := l.namingPair(k)
		for p, y := range l.issues.list {
			called, ok := l.byIssue[p]
			if ok && y.Name == x.Calls && n >= calledLeast && float64(n) >= calledShare*float64(len(l.releases)) && !l.apart(own, called) {
				l.take(own, called)
			}
		}
	}
}

// namingPair counts the releases that name the two parties together with an issue.
func (l *linker) namingPair(issue int) (n int) {
	last := -1
	for i := range l.units {
		u := &l.units[i]
		if u.release != last && slices.ContainsFunc(u.hits, func(h hit) bool {
			return l.pairs[strings.Join(h.words, " ")] == h.expression &&
				slices.ContainsFunc(h.issues, func(r issueRef) bool { return r.issue == issue })
		}) {
			n, last = n+1, u.release
		}
	}
	return n
}

// namedTogether reports whether a statement speaks of both topics: it names both, or
// names one under the heading of the other.
func (l *linker) namedTogether(a, b int) bool {
	for _, labels := range l.labels {
		x, y := find(labels, a), find(labels, b)
		if x != nil && y != nil && x.expr >= enough && y.expr+y.heading >= enough ||
			x != nil && y != nil && y.expr >= enough && x.heading >= enough {
			return true
		}
	}
	return false
}

// find is the label of a topic among the labels of a unit, nil where there is none.
func find(labels []label, topic int) *label {
	for i := range labels {
		if labels[i].topic == topic {
			return &labels[i]
		}
	}
	return nil
}

// joinOwn joins topics that the headings of the series give: one with the general issue
// of the table that its statements are about, and two of which the statements under the
// heading of one name the other.
func (l *linker) joinOwn() {
	for a := range l.cands {
		if l.cands[a].issue >= 0 {
			continue
		}
		for _, b := range l.ruledNaming(l.root(a)) {
			x, y := l.root(a), l.root(b)
			if x == y || !l.general(y) && (l.cands[b].issue >= 0 || len(l.headsOf[b]) == 0) {
				continue
			}
			if !l.apart(x, y) && !l.paired(x, y) {
				l.take(y, x)
			}
		}
	}
}

// paired reports whether one heading names both topics, as two.
func (l *linker) paired(a, b int) bool {
	return slices.ContainsFunc(l.headsOf[a], func(i int) bool { return slices.Contains(l.headsOf[b], i) })
}

// general reports whether a topic is an issue of the table that series call by names of
// their own.
func (l *linker) general(t int) bool {
	k := l.cands[t].issue
	return k >= 0 && slices.ContainsFunc(l.issues.list, func(x Issue) bool { return x.Same && x.PartOf == l.issues.list[k].Name })
}

// ruledNaming returns the topics that the statements under the headings of a topic name,
// in order.
func (l *linker) ruledNaming(topic int) []int {
	var out []int
	for _, i := range l.headsOf[topic] {
		for _, u := range l.heads[i].units {
			for _, x := range l.labels[u] {
				if x.expr >= 1 && !slices.Contains(out, x.topic) {
					out = append(out, x.topic)
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

// take merges topic b into topic a.
func (l *linker) take(a, b int) {
	l.cands[b].merged = a
	l.cands[a].uses = append(l.cands[a].uses, l.cands[b].uses...)
	l.cands[a].also = append(l.cands[a].also, l.cands[b].also...)
	if l.cands[b].issue >= 0 {
		l.cands[a].also = append(l.cands[a].also, l.cands[b].name)
	}
	l.headsOf[a] = append(l.headsOf[a], l.headsOf[b]...)
}
