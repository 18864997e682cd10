package speech

import (
	"strings"

	"readout/internal/reading/speech/en"
)

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
	before := n.first - 1
	verb := sc.r.form(before)
	switch {
	case title && i == 0:
		return leading
	case sc.owns(i):
		return mentioned
	case n.first == 0:
		return leading
	case sc.r.is(before, en.With) &&
		!sc.r.is(before-1, en.Along), sc.r.spokeTo(before), sc.r.calledOn(before), verb.past, verb.third, verb.base, verb.ing:
		return faced
	case sc.r.is(before, en.Preposition), sc.r.is(before, en.Relative), sc.r.toldOf(n.first):
		return mentioned
	}
	at := n.end
	for sc.r.adverb(at) || sc.r.auxiliary(at) {
		at++
	}
	if f := sc.r.form(at); f.past || f.third || f.base || f.ing {
		return leading
	}
	return mentioned
}

// spokeTo reports whether token i is the preposition of "spoke to".
func (r *reader) spokeTo(i int) bool { return r.is(i, en.To) && r.is(i-1, en.Spoke) }

// calledOn reports whether token i ends a verb of calling on somebody.
func (r *reader) calledOn(i int) bool { return r.lex.Has(en.Calling, r.form(i-1).lemma+" "+r.low(i)) }

// listed reports whether naming i goes on with the list that the naming before it is in: "A,
// B and C", "the staff including A". In "with A, B explained" B is in no list.
func (sc *scene) listed(i int) bool {
	if i == 0 {
		return false
	}
	joint := sc.joint(i)
	if joint != "," {
		return sc.r.lex.Has(en.Lists, strings.TrimPrefix(joint, ", "))
	}
	for k := i + 1; k < len(sc.ns); k++ {
		if joint := sc.joint(k); joint != "," {
			return sc.r.lex.Has(en.And, strings.TrimPrefix(joint, ", "))
		}
	}
	return false
}

// joint returns the tokens between naming i and the one before it that can join
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
