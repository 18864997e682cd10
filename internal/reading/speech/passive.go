package speech

import (
	"readout/internal/reading/speech/en"
	"readout/timeline"
)

// impersonal reads what is reported without one who acts: "agreement was
// reached", "it was affirmed that", "the plan was discussed".
func (c *clauseReader) impersonal(unknown *reading) (reading, bool) {
	for i := range c.toks {
		for _, p := range c.lex.opening[c.low(i)] {
			if _, ok := c.matchAt(p.words, i, i); ok && c.mainAt(i) {
				if c.is(i-1, en.No) || c.denies(i) {
					return reading{act: timeline.ActNone}, true
				}
				return reading{act: p.act, verb: p.verb, head: i, subject: c.agent(i)}, true
			}
		}
	}
	if unknown != nil {
		return reading{}, false
	}
	for i := range c.toks {
		if !c.is(i, en.Be) || !c.mainAt(i) {
			continue
		}
		j := i + 1
		denied := false
		for c.adverb(j) || c.is(j, en.Be) {
			denied = denied || c.is(j, en.Negation)
			j++
		}
		f := c.form(j)
		if !f.part || f.base || denied {
			return reading{}, false
		}
		m, ok := c.match(f.lemma, j)
		if !ok {
			return reading{}, false
		}
		by := c.agent(j)
		switch m.act {
		case timeline.ActAgree, timeline.ActShareView, timeline.ActConfirm, timeline.ActDiscuss:
			return reading{act: m.act, verb: m.verb, head: j, subject: by}, true
		case timeline.ActWelcome, timeline.ActCondemn, timeline.ActExpress, timeline.ActUrge:
			return reading{act: m.act, verb: m.verb, head: j, subject: by}, by != nil
		case timeline.ActState:
			weighty := c.is(0, en.The) && c.is(1, en.Weight)
			return reading{act: m.act, verb: m.verb, head: j, subject: by}, weighty || by != nil && m.firm
		}
		return reading{}, false
	}
	return reading{}, false
}

// mainAt reports whether token i belongs to the main clause: nothing before it
// in its clause subordinates it.
func (c *clauseReader) mainAt(i int) bool {
	for k := i - 1; k >= 0; k-- {
		if w := c.low(k); w == "," || w == ";" || c.is(k, en.And) {
			// What follows a comma may still be inside "that …"; look no further
			// than one clause.
			return true
		}
		if c.is(k, en.Subordinator) {
			return false
		}
	}
	return true
}

// denies reports whether a phrase at token i is denied: "was not raised".
func (c *clauseReader) denies(i int) bool {
	for k := i; k < min(i+6, len(c.toks)); k++ {
		if c.is(k, en.Be) && c.is(k+1, en.Negation) {
			return true
		}
	}
	return false
}

// agent returns the actor after "by" in the rest of the sentence, or the side at its head
// that something comes from ("From the Chilean side, it was explained"), or nil.
func (c *clauseReader) agent(i int) *actor {
	if len(c.actors) > 0 && c.actors[0].first == 1 && c.is(0, en.From) {
		return &c.actors[0]
	}
	for k := range c.actors {
		if a := &c.actors[k]; a.first > i && c.is(a.first-1, en.By) {
			return a
		}
	}
	return nil
}
