package timeline

import (
	"cmp"
	"slices"
)

// Spread is how a phrase went from party to party.
type Spread struct {
	Phrase string
	// Parties are those that said it, the first to say it first. Of several that said it
	// first in one release, as in a joint statement, the order is that of their codes.
	Parties []PartyUse
}

// PartyUse is what one party did with a phrase.
type PartyUse struct {
	Party       Party
	First, Last Said
	Uses        int // releases in which it said the phrase
	// Since is in how many later releases it spoke without the phrase.
	Since int
}

// Said is a statement in its release.
type Said struct {
	Release   *Release
	Statement Statement
}

// SpreadOf finds who said a phrase, in releases of any series. A party said it where it is a
// speaker of a statement that has it; what the author of a text narrates, or what a text
// does not prove to be anybody's, is nobody's. Releases without a day stand in no order and
// are left out. The phrase is found as [Trace] finds it.
func SpreadOf(releases []*Release, phrase string, o TraceOptions) *Spread {
	byParty := map[Party]*PartyUse{}
	for _, u := range Trace(releases, phrase, o).Uses {
		for _, s := range u.Statements {
			for _, p := range s.Speakers {
				x := byParty[p]
				if x == nil {
					x = &PartyUse{Party: p, First: Said{u.Release, s}}
					byParty[p] = x
				}
				if x.Last.Release != u.Release {
					x.Uses++
				}
				x.Last = Said{u.Release, s}
			}
		}
	}
	dated, _ := Dated(releases)
	for _, r := range dated {
		for _, p := range speakersOf(r) {
			if x := byParty[p]; x != nil && CompareReleases(r, x.Last.Release) > 0 {
				x.Since++
			}
		}
	}
	out := &Spread{Phrase: phrase}
	for _, x := range byParty {
		out.Parties = append(out.Parties, *x)
	}
	slices.SortFunc(out.Parties, func(a, b PartyUse) int {
		return cmp.Or(CompareReleases(a.First.Release, b.First.Release), cmp.Compare(a.Party, b.Party))
	})
	return out
}

// speakersOf returns the parties that speak in a release, each once, sorted.
func speakersOf(r *Release) []Party {
	var out []Party
	for _, s := range r.Statements {
		out = append(out, s.Speakers...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
