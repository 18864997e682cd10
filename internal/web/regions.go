package web

import (
	"cmp"
	"slices"

	"readout/internal/reading/names"
	"readout/timeline"
)

// bodies, several and single are the regions of what lies in none.
const (
	bodies  = "International bodies"
	several = "Many parties"
	single  = "One party alone"
	unsaid  = "Parties not known"
)

// regionTable says where parties are, and in which order regions stand.
type regionTable struct {
	of    map[timeline.Party]string
	order []string
}

func newRegions(regions []names.Region) regionTable {
	t := regionTable{of: map[timeline.Party]string{}}
	for _, r := range regions {
		t.order = append(t.order, r.Name)
		for _, p := range r.Parties {
			t.of[p] = r.Name
		}
	}
	t.order = append(t.order, bodies, several, single, unsaid)
	return t
}

// place is the region of a series: that of the party which has the fewest releases in the
// archive, since the other one is whose archive it is.
func (t regionTable) place(id timeline.SeriesID, releases map[timeline.Party]int) string {
	parties := id.Parties()
	switch {
	case id == "":
		return unsaid
	case len(parties) == 1:
		return single
	case len(parties) > fewParties:
		return several
	}
	rarest := slices.MinFunc(parties, func(a, b timeline.Party) int {
		return cmp.Or(cmp.Compare(releases[a], releases[b]), cmp.Compare(a, b))
	})
	return cmp.Or(t.of[rarest], bodies)
}
