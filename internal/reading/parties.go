package reading

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"readout/internal/reading/names"
	"readout/timeline"
)

// parties finds who took part. The title leads: the parties it joins by a hyphen,
// those beside an office ("Prime Minister of Chile", "Chilean officials"), those
// that were visited. What it names as a subject ("on", "regarding") and the
// occasion are no parties. The host of the document adds its own side. Where that
// leaves fewer than two, the first sentences say who met, then headings, and at
// last the text as a whole: but a text whose title names no other state's office
// is taken to be about home affairs. Dated are the lines of the document, among
// which one may give the seat of government beside the day.
func (r *Rules) parties(title string, k timeline.Kind, l layout, issuer timeline.Party, dated []string) []timeline.Party {
	clause, _ := r.mainClause(title)
	found := newPartySet(issuer, r.territories)
	if r.foreign {
		return r.foreignParties(clause, l, found, dated)
	}
	found.add(r.partakers(clause, true)...)
	opening := openingOf(l)
	if found.others() == 0 && !attendance.MatchString(clause) {
		for _, s := range opening[:min(2, len(opening))] {
			s = r.withoutOccasion(s)
			if k == timeline.KindJointStatement || firstWord(r.words["met"], s) != nil {
				found.add(r.partakers(s, false)...)
			}
			if found.enough() && !plural.MatchString(clause) {
				break
			}
		}
	}
	if found.others() == 0 {
		found.add(r.visited(clause)...)
	}
	for _, s := range l.sections {
		if found.enough() {
			break
		}
		found.add(r.pairs(withoutAsides(s.Heading))...)
	}
	if !found.enough() && (issuer == "" || !attendance.MatchString(clause) && r.foreignOffice(clause, opening)) {
		want := 2
		if k == timeline.KindStatement { // one speaks, of whatever country it may be
			want = 1
		}
		found.addBest(r.weigh(title, l), want)
	}
	return timeline.SortParties(found.list)
}

var (
	// attendance is how a title says that someone was one of many.
	attendance = regexp.MustCompile(`(?i)\bparticipation (?:in|at)\b`)
	// plural is how a title says that several are met without naming them.
	plural = regexp.MustCompile(`\b(?:Leaders|Ministers|Presidents|Allies|Ambassadors|Partners|Counterparts)\b`)
)

// partySet collects parties in the order found.
type partySet struct {
	list        []timeline.Party
	issuer      timeline.Party
	territories map[timeline.Party]timeline.Party
}

func newPartySet(issuer timeline.Party, territories map[timeline.Party]timeline.Party) *partySet {
	s := &partySet{issuer: issuer, territories: territories}
	if issuer != "" {
		s.list = append(s.list, issuer)
	}
	return s
}

func (s *partySet) add(ps ...timeline.Party) {
	for _, p := range ps {
		if s.issuer != "" && s.territories[p] == s.issuer {
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

// addBest adds from the weighed parties until there are so many.
func (s *partySet) addBest(weights map[timeline.Party]float64, want int) {
	var order []timeline.Party
	for p, w := range weights {
		if w >= 1 {
			order = append(order, p)
		}
	}
	slices.SortFunc(order, func(a, b timeline.Party) int {
		return cmp.Or(cmp.Compare(weights[b], weights[a]), cmp.Compare(a, b))
	})
	for _, p := range order {
		if len(s.list) >= want {
			return
		}
		s.add(p)
	}
}

// foreignOffice reports whether the title or the first sentences name an office
// that only another state has.
func (r *Rules) foreignOffice(title string, opening []string) bool {
	if firstWord(r.words["foreign office"], title) != nil {
		return true
	}
	return len(opening) > 0 && firstWord(r.words["foreign office"], opening[0]) != nil
}

// weigh gives each party a weight by how and how often the text names it.
func (r *Rules) weigh(title string, l layout) map[timeline.Party]float64 {
	out := make(map[timeline.Party]float64)
	var words names.Words
	count := func(s string, each, side, seat float64) {
		words.Reset(s)
		for _, m := range r.Gazetteer.FindIn(words) {
			w := each
			if m.Demonym && strings.HasPrefix(s[m.End:], " side") {
				w += side
			}
			out[m.Party] += w
		}
		for _, m := range r.Gazetteer.Places(words) {
			out[m.Party] += seat
		}
	}
	count(title, 8, 0, 2)
	for _, s := range l.sections {
		count(s.Heading, 4, 0, 1)
	}
	for i, s := range l.statements {
		each := 1.0
		if i < openingSentences {
			each = 3
		}
		count(s.Text, each, 3, 0.5)
	}
	return out
}
