package names

import (
	"slices"
	"strings"

	"readout/internal/rules/list"
	"readout/timeline"
)

// Region is a part of the world and the parties in it.
type Region struct {
	Name    string
	Parties []timeline.Party
}

// Regions returns the regions of a book of rules, in the order of regions.tsv. A party
// that two lines have is where the later one says.
func Regions(b *list.Book) []Region {
	var out []Region
	for _, l := range b.Lines("regions.tsv") {
		f := l.Fields()
		i := slices.IndexFunc(out, func(r Region) bool { return r.Name == f[0] })
		if i < 0 {
			i = len(out)
			out = append(out, Region{Name: f[0]})
		}
		for code := range strings.FieldsSeq(f[1]) {
			p := timeline.Party(code)
			for k := range out {
				out[k].Parties = slices.DeleteFunc(out[k].Parties, func(q timeline.Party) bool { return q == p })
			}
			out[i].Parties = append(out[i].Parties, p)
		}
	}
	return out
}
