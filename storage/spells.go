package storage

import (
	"cmp"
	"slices"
	"time"
)

// Spell is a time during which one version of a release was seen. A text that is taken
// back to what it was has several.
type Spell struct {
	Version int       // its number
	From    time.Time // first seen in this spell
	Until   time.Time // last seen in it
	// FromClaimed and UntilClaimed report that nobody but who took the bytes in says that
	// they were seen then.
	FromClaimed, UntilClaimed bool
}

// Spells lays out which version of a release stood when, of the sightings that pass; nil
// lets all pass. Of two versions seen at one moment the current one came last.
func (e *Entry) Spells(pass func(Sighting) bool) []Spell {
	var seen []Spell
	for _, v := range e.Versions {
		for _, s := range v.Sightings {
			if pass == nil || pass(s) {
				seen = append(seen, Spell{v.Number, s.At, s.At, s.Claimed, s.Claimed})
			}
		}
	}
	rank := func(version int) int {
		if version == e.Current {
			return len(e.Versions) + 1
		}
		return version
	}
	slices.SortStableFunc(seen, func(a, b Spell) int {
		return cmp.Or(a.From.Compare(b.From), cmp.Compare(rank(a.Version), rank(b.Version)))
	})
	var out []Spell
	for _, s := range seen {
		if k := len(out) - 1; k >= 0 && out[k].Version == s.Version {
			out[k].Until, out[k].UntilClaimed = s.Until, s.UntilClaimed
		} else {
			out = append(out, s)
		}
	}
	return out
}
