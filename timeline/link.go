package timeline

import "slices"

// LinkOptions adjust [Link]; the zero value works.
type LinkOptions struct {
	// Series limits the linking to the releases of one series; empty takes all
	// that are given for one series.
	Series SeriesID
	// Curation holds the decisions of a person; nil for none.
	Curation *Curation
}

// Link finds the topics of a series: which issues its statements take up, under
// whatever heading, and what to call them. The releases must have their ids (see
// [Release.Name]); they are not changed, and their order does not matter.
func Link(releases []*Release, o LinkOptions) *Topics {
	var rs []*Release
	for _, r := range releases {
		if o.Series == "" || r.Series == o.Series {
			rs = append(rs, r)
		}
	}
	SortReleases(rs)
	t := &Topics{of: map[string][]string{}, reasons: map[string][]Reason{}, vocab: map[string][]string{}}
	byID := map[string]*Topic{}
	for _, r := range rs {
		seen := map[string]bool{}
		for _, s := range r.Statements {
			if s.Section < 0 || s.Section >= len(r.Sections) {
				continue
			}
			name := r.Sections[s.Section].Heading
			id := slug(name)
			x := byID[id]
			if x == nil {
				x = &Topic{ID: id, Name: name, Aliases: []string{}, First: r.Day()}
				byID[id] = x
			}
			if !seen[id] {
				seen[id] = true
				x.Releases++
				x.Last = r.Day()
			}
			x.Statements++
			t.of[s.ID] = []string{id}
			t.reasons[s.ID] = []Reason{{Topic: id, Kind: "heading", Detail: name, Weight: 1}}
		}
	}
	for _, x := range byID {
		t.Topics = append(t.Topics, *x)
	}
	slices.SortFunc(t.Topics, compareTopics)
	return t
}
