package web

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"
	"sync"

	"readout/timeline"
)

//go:embed regions.tsv
var regionsTSV string

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

// regionsOnce reads the embedded table when it is first asked for.
var regionsOnce = sync.OnceValue(func() regionTable { return readRegions(regionsTSV) })

func readRegions(table string) regionTable {
	t := regionTable{of: map[timeline.Party]string{}}
	for line := range strings.Lines(table) {
		name, codes, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		t.order = append(t.order, name)
		for code := range strings.FieldsSeq(codes) {
			t.of[timeline.Party(code)] = name
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
