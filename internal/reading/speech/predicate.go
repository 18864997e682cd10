package speech

import (
	"strings"
)

// predicate is a finite verb with its auxiliaries.
type predicate struct {
	head    int // token of the main verb
	form    verbForm
	will    bool // will, shall
	modal   bool // any other modal
	be      bool // is, was, been
	beAt    int  // token of the last form of be
	perfect bool
	not     bool // "did not", "was never"
}

// predicate reads the finite verb that follows a subject ending before token i.
func (c *clauseReader) predicate(i int, plural bool) (predicate, bool) {
	i = c.skipAside(i, plural)
	p := predicate{beAt: -1}
	aux := false
	for i < len(c.toks) {
		w := c.low(i)
		switch {
		case w == "will" || w == "shall" || w == "'ll":
			p.will, aux = true, true
		case isModal(w):
			p.modal, aux = true, true
		case isBe(w):
			p.be, p.beAt, aux = true, i, true
		case w == "has" || w == "have" || w == "had":
			if !c.auxiliaryHave(i) {
				p.head, p.form = i, c.lex.forms[w]
				return p, true
			}
			p.perfect, aux = true, true
		case w == "do" || w == "does" || w == "did":
			aux = true
		case w == "didn't" || w == "doesn't" || w == "don't":
			aux, p.not = true, true
		case w == "not" || w == "never" || w == "n't" || w == "neither":
			p.not = true
		case isAdverb(w), w == "and" && isAdverb(c.low(i-1)) && isAdverb(c.low(i+1)):
		default:
			end := c.timeAdverbial(i)
			if end == i && !aux {
				end = c.skipPhrase(i)
			}
			if end > i {
				i = end
				continue
			}
			if c.low(i) == "(" {
				if end := c.find(i, ")"); end > 0 {
					i = end + 1
					continue
				}
			}
			return c.mainVerb(p, i, aux, plural)
		}
		i++
	}
	return p, p.be
}

// skipPhrase passes over a prepositional phrase between subject and verb ("over
// the course of two hours", "together with Minister A"), if a finite verb of the
// lexicon follows it; else it returns i.
func (c *clauseReader) skipPhrase(i int) int {
	w := c.low(i)
	if w == "with" && c.low(i-1) != "together" && c.low(i-1) != "along" || !isPreposition(w) || w == "of" || w == "to" || w == "by" {
		return i
	}
	for k := i + 1; k < len(c.toks) && k < i+16; k++ {
		v := c.low(k)
		if v == "had" || v == "has" || v == "have" {
			return k
		}
		if v == "," || v == ";" || isSubordinator(v) || isAuxiliary(v) {
			return i
		}
		if f := c.lex.forms[v]; (f.past || f.third) && !f.base && !c.toks[k].upper {
			return k
		}
	}
	return i
}

func (c *clauseReader) mainVerb(p predicate, i int, aux, plural bool) (predicate, bool) {
	p.head = i
	f, known := c.lex.forms[c.low(i)]
	p.form = f
	switch {
	case p.be:
		return p, true
	case !c.toks[i].word || c.toks[i].upper || isPreposition(c.low(i)) || isSubordinator(c.low(i)):
		return p, false
	case p.will || p.modal || aux:
		return p, true
	case !known:
		return p, couldBeVerb(c.low(i), plural)
	case f.past || f.third && !plural || f.base && plural || f.third:
		return p, true
	}
	return p, false
}

// couldBeVerb reports whether a word outside the lexicon, right after a subject,
// has the look of a finite verb.
func couldBeVerb(w string, plural bool) bool {
	if w == "and" || w == "or" || w == "the" || w == "a" || w == "'s" {
		return false
	}
	return plural || strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "s") || isIrregularPast(w)
}

func isIrregularPast(w string) bool {
	switch w {
	case "took", "gave", "went", "came", "made", "said", "left", "began", "became", "led", "saw", "rose", "grew",
		"kept", "brought", "built", "sent", "spent", "stood", "sat", "won", "wrote", "drew", "put", "set", "cut", "let":
		return true
	}
	return false
}

// auxiliaryHave reports whether the "have" at token i is followed by a participle.
func (c *clauseReader) auxiliaryHave(i int) bool {
	for i++; i < len(c.toks) && isAdverb(c.low(i)); i++ {
	}
	w := c.low(i)
	f, ok := c.lex.forms[w]
	return ok && (f.part || f.past) || w == "been" || strings.HasSuffix(w, "ed") || w == "taken" || w == "led" || w == "made" || w == "seen" || w == "grown" || w == "become"
}

// skipAside passes over what may stand between subject and verb: brackets,
// relative clauses and participles between commas, dashes.
func (c *clauseReader) skipAside(i int, plural bool) int {
	for i < len(c.toks) {
		switch c.low(i) {
		case "(", "[":
			end := c.find(i, ")", "]")
			if end < 0 {
				return i
			}
			i = end + 1
		case "–", "—", "-":
			end := c.find(i+1, "–", "—", "-")
			if end < 0 || end-i > 60 {
				return i
			}
			i = end + 1
		case ",":
			end := c.asideEnd(i, plural)
			if end < 0 {
				return i
			}
			return end
		case "who", "which":
			return i
		default:
			return i
		}
	}
	return i
}

// asideEnd returns the token after the comma that closes the aside opened by the
// comma at token i, or -1 where no finite verb of the lexicon follows.
func (c *clauseReader) asideEnd(i int, plural bool) int {
	commas := 0
	for k := i + 1; k < len(c.toks) && commas < 8; k++ {
		if c.low(k) == ";" || c.low(k) == ":" {
			return -1
		}
		if c.low(k) != "," && k != i+1 {
			continue
		}
		j := k
		if c.low(k) == "," {
			commas++
			j = k + 1
		}
		for isAdverb(c.low(j)) {
			j++
		}
		f, ok := c.lex.forms[c.low(j)]
		if ok && (f.past || f.third || f.base && plural && commas > 1) || strings.HasSuffix(c.low(j), "ed") && k > i+1 && c.low(j+1) == "on" || isModal(c.low(j)) || c.low(j) == "will" || isBe(c.low(j)) || c.low(j) == "has" || c.low(j) == "have" || c.low(j) == "had" {
			return j
		}
	}
	return -1
}

// find returns the first token from i on that is one of the marks, or -1.
func (c *clauseReader) find(i int, marks ...string) int {
	for ; i < len(c.toks); i++ {
		for _, m := range marks {
			if c.low(i) == m {
				return i
			}
		}
	}
	return -1
}

// timeAdverbial returns the end of "on October 25, 2034", "this morning", "in
// turn", "for the third time" at token i, or i.
func (c *clauseReader) timeAdverbial(i int) int {
	switch w := c.low(i); {
	case w == "," && isAdverb(c.low(i-1)) && i > 0:
		return i + 1
	case w == "this" || w == "earlier" || w == "later" || w == "last":
		switch c.low(i + 1) {
		case "morning", "afternoon", "evening", "week", "today", "night", "year", "month":
			return i + 2
		}
	case w == "in" && (c.low(i+1) == "turn" || c.low(i+1) == "response" || c.low(i+1) == "return" || c.low(i+1) == "particular"):
		return i + 2
	case (w == "on" || w == "in") && isCalendarWord(c.low(i+1)):
		j := i + 2
		for j < len(c.toks) && (isNumber(c.low(j)) || c.low(j) == "," || c.low(j) == "-" || c.low(j) == "–" || isCalendarWord(c.low(j))) {
			j++
		}
		return j
	case w == "at" && c.low(i+1) == "the" && c.low(i+2) == "outset":
		return i + 3
	}
	return i
}

func isNumber(w string) bool {
	return w != "" && w[0] >= '0' && w[0] <= '9'
}
