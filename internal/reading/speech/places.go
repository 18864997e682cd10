package speech

import "slices"

// role is what a sentence makes of a person whom it names.
type role int

const (
	mentioned role = iota // may be anybody's
	leading               // the sentence says what the person does
	faced                 // others meet or address the person
)

// place notes of each person of the sentence whether it leads it, or is one whom others
// face. A title leads with whom it names first. Those who are listed beside a person are
// faced as that person is, but who leads, leads alone: the others may be of another party.
func (sc *scene) place(title bool) {
	now := mentioned
	for i, p := range sc.people {
		switch {
		case !sc.listed(i):
			now = sc.role(i, title)
		case now == leading:
			now = mentioned
		}
		if p == nil {
			continue
		}
		p.leads, p.met = p.leads || now == leading, p.met || now == faced
	}
}

// role returns the role of naming i by the words beside it.
func (sc *scene) role(i int, title bool) role {
	n := sc.ns[i]
	before := sc.r.low(n.first - 1)
	verb := sc.r.lex.forms[before]
	switch {
	case title && i == 0:
		return leading
	case sc.owns(i):
		return mentioned
	case n.first == 0:
		return leading
	case before == "with" && !sc.r.beside(n.first-2), before == "to" && sc.r.low(n.first-2) == "spoke", verb.past, verb.third, verb.base, verb.ing:
		return faced
	case isPreposition(before), isRelative(before), sc.r.toldOf(n.first):
		return mentioned
	}
	at := n.end
	for isAdverb(sc.r.low(at)) || isAuxiliary(sc.r.low(at)) {
		at++
	}
	if f := sc.r.lex.forms[sc.r.low(at)]; f.past || f.third || f.base || f.ing {
		return leading
	}
	return mentioned
}

// beside reports whether the word before "with" makes it say who goes along, not who is met.
func (r *reader) beside(i int) bool { return r.low(i) == "together" || r.low(i) == "along" }

// isRelative reports whether a word opens a clause about what stands before it.
func isRelative(w string) bool {
	return slices.Contains([]string{"which", "that", "whom", "whose", "how", "what", "where", "when", "whether", "as"}, w)
}

// listed reports whether naming i goes on with the list that the naming before it is in: "A,
// B and C", "the staff including A". In "with A, B explained" B is in no list.
func (sc *scene) listed(i int) bool {
	if i == 0 {
		return false
	}
	switch sc.joint(i) {
	case "and", ", and", "&", "as well as", ", as well as", "including", ", including":
		return true
	case ",":
		for k := i + 1; k < len(sc.ns); k++ {
			switch sc.joint(k) {
			case ",":
			case "and", ", and":
				return true
			default:
				return false
			}
		}
	}
	return false
}

// joint returns the tokens between naming i and the one before it, as far as they can join
// two names. A capitalised word before an office may be of the office: "and Alternate Prime
// Minister A".
func (sc *scene) joint(i int) string {
	from, to := sc.ns[i-1].end, sc.ns[i].first
	for to > from && sc.r.capital(to-1) && sc.ns[i].title != "" {
		to--
	}
	s := ""
	for k := from; k < min(to, from+4); k++ {
		if s != "" {
			s += " "
		}
		s += sc.r.low(k)
	}
	return s
}
