package timeline

import (
	"slices"
	"strings"
)

// Resolve completes who speaks in releases of one series. A person whose party a release
// does not prove is of the party that another release of the series proves of one of the
// same name and office; where two prove different parties, of none. What those persons say
// alone is then said for their parties.
//
// It writes into the releases and depends on their set alone.
func Resolve(releases []*Release) {
	var proved []acquaintance
	for _, r := range releases {
		for _, p := range r.Participants {
			if p.Party != "" && p.Evidence != nil && firm(p.Evidence.How) {
				proved = append(proved, acquaintance{p, r.ID})
			}
		}
	}
	slices.SortStableFunc(proved, func(a, b acquaintance) int { return strings.Compare(a.release, b.release) })
	for _, r := range releases {
		if !slices.ContainsFunc(r.Statements, func(s Statement) bool { return s.Unresolved }) {
			continue
		}
		for i := range r.Participants {
			r.Participants[i].meet(proved)
		}
		for i := range r.Statements {
			r.Statements[i].resolve(r)
		}
	}
}

// acquaintance is a person whose party a release proves.
type acquaintance struct {
	Participant
	release string
}

// firm reports whether a proof holds beyond the text in which it stands.
func firm(how Proof) bool {
	switch how {
	case ProofOffice, ProofSide, ProofHost, ProofVisit:
		return true
	}
	return false
}

// meet gives a person without a party that of those of the same name and office.
func (p *Participant) meet(known []acquaintance) {
	if p.Party != "" {
		return
	}
	var found *acquaintance
	for i := range known {
		k := &known[i]
		switch {
		case !sharesAll(p.Name, k.Name) || !sharesAll(p.Title, k.Title):
		case found != nil && found.Party != k.Party:
			return
		case found == nil:
			found = k
		}
	}
	if found != nil {
		p.Party = found.Party
		p.Evidence = &Evidence{How: ProofSeries, Text: found.Evidence.Text, Release: found.release}
	}
}

// sharesAll reports whether all words of the shorter text stand in the longer one, and there
// are any.
func sharesAll(a, b string) bool {
	x, y := strings.Fields(strings.ToLower(a)), strings.Fields(strings.ToLower(b))
	if len(x) > len(y) {
		x, y = y, x
	}
	return len(x) > 0 && !slices.ContainsFunc(x, func(w string) bool { return !slices.Contains(y, w) })
}

// resolve gives a statement without proved speakers those of the persons who speak in it,
// where the party of each is known.
func (s *Statement) resolve(r *Release) {
	if !s.Unresolved || len(s.By) == 0 {
		return
	}
	var parties []Party
	for _, name := range s.By {
		i := slices.IndexFunc(r.Participants, func(p Participant) bool { return p.Name == name })
		if i < 0 || !slices.Contains(r.Parties, r.Participants[i].Party) {
			return
		}
		parties = append(parties, r.Participants[i].Party)
	}
	s.Speakers, s.Unresolved = SortParties(parties), false
}
