package speech

import (
	"strings"

	"readout/internal/reading/speech/en"
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
		switch {
		case c.is(i, en.Future):
			p.will, aux = true, true
		case c.is(i, en.Modal):
			p.modal, aux = true, true
		case c.is(i, en.Be):
			p.be, p.beAt, aux = true, i, true
		case c.is(i, en.Have):
			if !c.auxiliaryHave(i) {
				p.head, p.form = i, c.form(i)
				return p, true
			}
			p.perfect, aux = true, true
		case c.is(i, en.Do):
			aux = true
		case c.is(i, en.DoNot):
			aux, p.not = true, true
		case c.is(i, en.Negation):
			p.not = true
		case c.adverb(i), c.is(i, en.And) && c.adverb(i-1) && c.adverb(i+1):
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
	if c.is(i, en.With) && !c.is(i-1, en.Along) || !c.is(i, en.Preposition) || c.is(i, en.Tied) {
		return i
	}
	for k := i + 1; k < len(c.toks) && k < i+16; k++ {
		if c.is(k, en.Have) {
			return k
		}
		if v := c.low(k); v == "," || v == ";" || c.is(k, en.Subordinator) || c.auxiliary(k) {
			return i
		}
		if f := c.form(k); (f.past || f.third) && !f.base && !c.toks[k].upper {
			return k
		}
	}
	return i
}

func (c *clauseReader) mainVerb(p predicate, i int, aux, plural bool) (predicate, bool) {
	p.head = i
	f := c.form(i)
	p.form = f
	switch {
	case p.be:
		return p, true
	case !c.toks[i].word || c.toks[i].upper || c.is(i, en.Preposition) || c.is(i, en.Subordinator):
		return p, false
	case p.will || p.modal || aux:
		return p, true
	case !f.known():
		return p, c.couldBeVerb(i, plural)
	case f.past || f.third && !plural || f.base && plural || f.third:
		return p, true
	}
	return p, false
}

// couldBeVerb reports whether the word at token i, which the lexicon does not know and
// which stands right after a subject, has the look of a finite verb.
func (c *clauseReader) couldBeVerb(i int, plural bool) bool {
	if c.is(i, en.NoVerb) || c.genitive(i) {
		return false
	}
	return plural || inPast(c.low(i)) || strings.HasSuffix(c.low(i), "s") || c.is(i, en.IrregularPast)
}

// auxiliaryHave reports whether the "have" at token i is followed by a participle.
func (c *clauseReader) auxiliaryHave(i int) bool {
	for i++; i < len(c.toks) && c.adverb(i); i++ {
	}
	f := c.form(i)
	return f.part || f.past || inPast(c.low(i)) || c.is(i, en.Participle)
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
		for c.adverb(j) {
			j++
		}
		f := c.form(j)
		listed := f.past || f.third || f.base && plural && commas > 1
		if listed || inPast(c.low(j)) && k > i+1 && c.is(j+1, en.On) || c.auxiliary(j) && !c.is(j, en.Do) {
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
	for _, places := range c.lex.adverbial {
		if end, ok := c.matchAt(places, i, i); ok {
			return end
		}
	}
	switch {
	case c.low(i) == "," && c.adverb(i-1) && i > 0:
		return i + 1
	case (c.is(i, en.On) || c.is(i, en.In)) && c.is(i+1, en.Calendar):
		j := i + 2
		for j < len(c.toks) && (isNumber(c.low(j)) || c.low(j) == "," || c.low(j) == "-" || c.low(j) == "–" || c.is(j, en.Calendar)) {
			j++
		}
		return j
	}
	return i
}

func isNumber(w string) bool {
	return w != "" && w[0] >= '0' && w[0] <= '9'
}
