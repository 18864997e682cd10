package archive

import (
	"cmp"
	"slices"
	"time"

	"readout/storage"
)

// Spell is a time during which one version of a release was seen. A text that is taken
// back to what it was has several.
type Spell struct {
	Version int
	From    time.Time // first seen in this spell
	Until   time.Time // last seen in it
}

// spells lays out which version of a release stood when, of the sightings that pass.
func spells(e *storage.Entry, pass func(storage.Sighting) bool) []Spell {
	var seen []Spell
	for _, v := range e.Versions {
		for _, s := range v.Sightings {
			if pass(s) {
				seen = append(seen, Spell{v.Number, s.At, s.At})
			}
		}
	}
	// Of two versions seen at one moment the catalogue has the current one last.
	slices.SortStableFunc(seen, func(a, b Spell) int {
		return cmp.Or(a.From.Compare(b.From), cmp.Compare(rank(e, a.Version), rank(e, b.Version)))
	})
	var out []Spell
	for _, s := range seen {
		if k := len(out) - 1; k >= 0 && out[k].Version == s.Version {
			out[k].Until = s.Until
		} else {
			out = append(out, s)
		}
	}
	return out
}

// rank orders the versions seen at one moment.
func rank(e *storage.Entry, version int) int {
	if version == e.Current {
		return len(e.Versions) + 1
	}
	return version
}

// Alteration is the moment at which another text of a release was seen in the place of
// the one before.
type Alteration struct {
	Old, New int // the numbers of the versions
	At       time.Time
	// Back reports whether New had been seen before Old: the text was taken back.
	Back bool
}

// alterations are the steps from one spell to the next.
func alterations(of []Spell) []Alteration {
	var out []Alteration
	for i := 1; i < len(of); i++ {
		back := slices.ContainsFunc(of[:i], func(s Spell) bool { return s.Version == of[i].Version })
		out = append(out, Alteration{of[i-1].Version, of[i].Version, of[i].From, back})
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
