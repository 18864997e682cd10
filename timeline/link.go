package timeline

import (
	"cmp"
	"slices"
)

// LinkOptions adjust [Link]; the zero value works.
type LinkOptions struct {
	// Series limits the linking to the releases of one series; empty takes all
	// that are given for one series.
	Series SeriesID
	// Curation holds the decisions of a person; nil for none.
	Curation *Curation
	// Issues is the table of recurring issues; nil stands for [DefaultIssues].
	Issues *Issues
	// Words are those that are no names of issues; nil stands for [DefaultWordLists].
	Words *WordLists
}

// Link finds the topics of a series: which issues its statements take up, under
// whatever heading, and what to call them. The releases must have their ids (see
// [Release.Name]), and their order does not matter. Link sets the topics of every
// statement of the series, in place and always: a release that went through it and has
// a statement without topics says nothing on any issue, and nobody has to remember a
// second step for that to be true.
func Link(releases []*Release, o LinkOptions) *Topics {
	var rs []*Release
	for _, r := range releases {
		if o.Series == "" || r.Series == o.Series {
			rs = append(rs, r)
		}
	}
	SortReleases(rs)
	if o.Issues == nil {
		o.Issues = DefaultIssues()
	}
	about := func(x Issue) bool { return aboutSeries(x, rs) }
	finder := o.Issues.finder(about)
	finder.tongues = o.Issues.tongues(rs, about)
	l := newLinker(newCorpus(rs, cmp.Or(o.Words, DefaultWordLists()), finder), o.Issues, finder)
	l.run()
	t := l.result(o.Curation)
	t.releases = rs
	t.assign()
	return t
}

// aboutSeries reports whether an issue is about a party of most of the releases.
func aboutSeries(x Issue, rs []*Release) bool {
	n := 0
	for _, r := range rs {
		if slices.ContainsFunc(r.Parties, func(p Party) bool { return slices.Contains(x.Parties, p) }) {
			n++
		}
	}
	return n > 0 && 2*n > len(rs)
}
