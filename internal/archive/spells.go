package archive

import (
	"slices"
	"time"

	"readout/storage"
)

// Alteration is the moment at which another text of a release was seen in the place of
// the one before.
type Alteration struct {
	Old, New int       // the numbers of the versions
	At       time.Time // zero where only the texts are of interest
	// Back reports whether New had been seen before Old: the text was taken back.
	Back bool
	// Claimed reports that which text came first rests on when somebody says they were seen.
	Claimed bool
}

// alterations are the steps from one spell to the next.
func alterations(of []storage.Spell) []Alteration {
	var out []Alteration
	for i := 1; i < len(of); i++ {
		back := slices.ContainsFunc(of[:i], func(s storage.Spell) bool { return s.Version == of[i].Version })
		out = append(out, Alteration{of[i-1].Version, of[i].Version, of[i].From, back, of[i-1].UntilClaimed || of[i].FromClaimed})
	}
	return out
}

// unknown returns the alterations that were not known. The same two versions may follow each
// other several times: as many of them as were known are no news, the earliest.
func unknown(known, all []Alteration) []Alteration {
	type step struct{ old, new int }
	count := map[step]int{}
	for _, a := range known {
		count[step{a.Old, a.New}]++
	}
	var out []Alteration
	for _, a := range all {
		if s := (step{a.Old, a.New}); count[s] > 0 {
			count[s]--
			continue
		}
		out = append(out, a)
	}
	return out
}
