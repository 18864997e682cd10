package speech

import (
	"readout/internal/reading/speech/en"
	"readout/timeline"
)

// meeting reads what a meeting was for: "spoke with B to congratulate him",
// "met B and expressed her condolences", "spoke with B regarding trade".
func (c *clauseReader) meeting(got reading, p predicate, m pattern) reading {
	got.met = true
	for i := p.head + 1; i < len(c.toks); i++ {
		switch w := c.low(i); {
		case w == ";":
			return got
		case c.is(i, en.To):
			f := c.form(i + 1)
			if !f.base {
				continue
			}
			if q, ok := c.match(f.lemma, i+1); ok && c.isPurpose(q) {
				got.act, got.verb, got.head = q.act, q.verb, i+1
				got.together = q.act == timeline.ActDiscuss
				return got
			}
		case c.is(i, en.And):
			if q, ok := c.second(i, got); ok {
				got.together = q.m.act == timeline.ActDiscuss
				return c.with(got, q)
			}
		case c.is(i, en.Regarding) || c.is(i, en.On) && c.direct(p.head, i) && c.subjectAt(i+1):
			if verb := c.lex.Value(en.Talking, m.verb); verb != "" {
				got.act, got.verb, got.together = timeline.ActDiscuss, verb, true
				return got
			}
		case w == "," && c.lex.Has(en.Conversing, m.verb), c.is(i, en.By):
			if f := c.form(i + 1); f.ing {
				if q, ok := c.match(f.lemma, i+1); ok && c.isPurpose(q) && q.act != timeline.ActDiscuss {
					return c.with(got, secondVerb{q, i + 1})
				}
			}
		case c.is(i, en.Discussion) && c.is(i+1, en.Matter):
			got.act, got.verb, got.together = timeline.ActDiscuss, c.lex.Value(en.Discussion, w), true
			return got
		}
	}
	return got
}

// direct reports whether the "on" at token i is the first after the verb, with no comma
// between.
func (c *clauseReader) direct(verb, i int) bool {
	comma := c.find(verb, ",")
	return !c.among(verb, i, en.On) && (comma < 0 || comma > i)
}

// subjectAt reports whether what stands after "on" is what was spoken of, and not
// when, where or by what means.
func (c *clauseReader) subjectAt(i int) bool {
	if c.is(i, en.Calendar) || isNumber(c.low(i)) {
		return false
	}
	return !c.among(i, i+6, en.Circumstance)
}

// isPurpose reports whether an infinitive of the pattern's verb can be what a
// meeting was held for.
func (c *clauseReader) isPurpose(m pattern) bool {
	switch m.act {
	case timeline.ActDiscuss, timeline.ActState:
		return c.lex.Value(en.NoPurpose, m.verb) != string(m.act)
	case timeline.ActWelcome, timeline.ActExpress, timeline.ActConfirm, timeline.ActCondemn, timeline.ActUrge:
		return true
	}
	return false
}
