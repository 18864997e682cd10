package reading

import (
	"slices"

	"readout/timeline"
)

// A central bank decides by itself, without any government: its texts are a series of its
// own. Where a text of a government names one, it stands for its state.

// bank returns the central bank whose own text it is, where no address tells: the title or
// one of the first sentences names it before any other party, as one that acts. It is "" for
// any other text.
func (r *Rules) bank(title string, opening []string) timeline.Party {
	if clause, _ := r.mainClause(title); firstWord(r.words["met"], clause) != nil {
		return ""
	}
	for i, s := range append([]string{title}, opening...) {
		ms := r.Gazetteer.Find(s)
		if len(ms) == 0 {
			continue
		}
		m := ms[0]
		if _, ok := r.banks[m.Party]; ok && (i == 0 || m.Start < farthestSubject) {
			return m.Party
		}
		return ""
	}
	return ""
}

// farthestSubject is how many bytes may stand before the name of a bank that acts in a
// sentence: "At its meeting on 5 March, the Governing Council of the …".
const farthestSubject = 60

// partySet collects parties in the order found.
type partySet struct {
	rules  *Rules
	list   []timeline.Party
	issuer timeline.Party
	thin   timeline.Party // the one for which least speaks, "" where each is named beside an office
}

func (r *Rules) newPartySet(issuer timeline.Party) *partySet {
	s := &partySet{rules: r, issuer: issuer}
	if issuer != "" {
		s.list = append(s.list, issuer)
	}
	return s
}

// add adds parties, but for the territories of the issuer. A bank stands for its state.
func (s *partySet) add(ps ...timeline.Party) {
	for _, p := range ps {
		if state, ok := s.rules.banks[p]; ok {
			p = state
		}
		if s.issuer != "" && s.rules.territories[p] == s.issuer {
			continue
		}
		if !slices.Contains(s.list, p) {
			s.list = append(s.list, p)
		}
	}
}

// others counts the parties beside the issuer.
func (s *partySet) others() int {
	if s.issuer != "" {
		return len(s.list) - 1
	}
	return len(s.list)
}

func (s *partySet) enough() bool { return len(s.list) >= 2 }
