package speech

import (
	"readout/internal/reading/speech/en"
	"readout/timeline"
)

// read says what the subject a does by predicate p.
func (c *clauseReader) read(a *actor, p predicate) reading {
	got := reading{act: timeline.ActNone, subject: a, head: p.head}
	if a.kind == eventActor {
		return c.event(got, p)
	}
	if p.be && p.beAt >= 0 {
		if m, ok := c.match(toBe, p.beAt); ok && a.pronoun != en.It {
			got.act, got.verb = m.act, m.verb
			return got
		}
		if p.form.part && p.form.known() && !p.will {
			return c.passiveOf(got, p)
		}
		if !p.form.ing {
			if p.will {
				got.act, got.verb, got.will = timeline.ActCommit, toBe, true
				return got
			}
			return c.coordinated(got, p.head)
		}
	}
	if p.will {
		return c.promise(got, p)
	}
	if !p.form.known() {
		return c.dealing(c.coordinated(got, p.head+1), p)
	}
	m, ok := c.match(p.form.lemma, p.head)
	if q, leads := c.infinitive(p); leads && !p.modal && (!ok || m.act == actMeet) {
		return c.with(got, q)
	}
	if !ok || p.modal {
		return c.dealing(c.coordinated(got, p.head+1), p)
	}
	if m.act == actMeet {
		return c.meeting(got, p, m)
	}
	if c.lex.Has(en.Calling, m.verb) && !c.after(p.head, en.Asked) {
		got.met = true // a courtesy call
		return got
	}
	got.act, got.verb = c.settled(m, p.head)
	if p.not {
		return got.denied()
	}
	if c.lex.Has(en.Exchanging, m.verb) && !a.plural {
		got.act = timeline.ActState // one side alone exchanges no views
	}
	switch {
	case got.act == timeline.ActDiscuss && c.is(p.head+1, en.With):
		got.together = true
	case c.lex.Has(en.Announcing, got.verb) && a.plural:
		// What both announce is a promise; what one side tells the other, news.
		got.act = timeline.ActCommit
	}
	return got
}

// dealing returns a reading in which nothing is reported as one of discussing, where both
// sides deal with something: "The two leaders surveyed the state of trade". What they do
// without words (they visit, they plant a tree) is none.
func (c *clauseReader) dealing(got reading, p predicate) reading {
	a, w := got.subject, c.low(p.head)
	both := a.kind == groupActor && a.plural || a.pronoun == en.They
	if got.act != timeline.ActNone || !both || p.modal || p.not || p.be || p.perfect ||
		!c.toks[p.head].word || !inPast(w) && !c.is(p.head, en.IrregularPast) || c.is(p.head, en.Wordless) {
		return got
	}
	if !c.objectAt(p.head + 1) {
		return got
	}
	got.act, got.verb = timeline.ActDiscuss, w
	return got
}

// objectAt reports whether an object begins at token i, past adverbs.
func (c *clauseReader) objectAt(i int) bool {
	for c.adverb(i) {
		i++
	}
	return i < len(c.toks) && c.toks[i].word && !c.is(i, en.Preposition) && !c.is(i, en.Subordinator) && !c.is(i, en.And)
}

// infinitive returns the reporting verb that a verb without meaning of its own leads to:
// "took the opportunity to explain", "went on to urge".
func (c *clauseReader) infinitive(p predicate) (secondVerb, bool) {
	if !c.is(p.head, en.Leading) {
		return secondVerb{}, false
	}
	for i := p.head + 1; i < min(p.head+7, len(c.toks)); i++ {
		if !c.is(i, en.To) {
			continue
		}
		f := c.form(i + 1)
		m, ok := c.match(f.lemma, i+1)
		return secondVerb{m, i + 1}, ok && f.base && m.act != actMeet
	}
	return secondVerb{}, false
}

// denied returns the reading of a verb that is denied: who did not discuss a matter said
// nothing of it, and who did not agree told so.
func (got reading) denied() reading {
	switch got.act {
	case timeline.ActDiscuss:
		got.act, got.verb = timeline.ActNone, ""
	case timeline.ActCondemn:
	default:
		got.act = timeline.ActState
	}
	return got
}

// settled is the act of a matched pattern, with what depends on more of the
// sentence than a pattern sees: to agree that something is so is to share a
// view, to agree that something shall be done is to agree.
func (c *clauseReader) settled(m pattern, head int) (timeline.Act, string) {
	if m.act != timeline.ActAgree || !c.lex.Has(en.Agreeing, m.verb) {
		return m.act, m.verb
	}
	j := head + 1
	for c.adverb(j) {
		j++
	}
	if !c.is(j, en.That) {
		return m.act, m.verb
	}
	if later := c.after(j, en.Prospect); !later && (c.lex.Has(en.Concurring, m.verb) || c.after(j, en.Fact)) {
		return timeline.ActShareView, m.verb
	}
	return m.act, m.verb
}

// after reports whether a word of a class stands at token i or later.
func (c *clauseReader) after(i int, k en.Class) bool { return c.among(i, len(c.toks), k) }

// promise reads "will" and the verb after it. To condemn or to oppose in the
// future tense is still to condemn.
func (c *clauseReader) promise(got reading, p predicate) reading {
	got.act, got.will = timeline.ActCommit, true
	got.verb = c.low(p.head)
	if p.form.lemma != "" {
		got.verb = p.form.lemma
		if m, ok := c.match(p.form.lemma, p.head); ok && m.act == timeline.ActCondemn {
			got.act, got.verb = m.act, m.verb
		}
	}
	return got
}

// coordinated looks for a reporting verb that a verb which reports nothing is
// joined to: "received a briefing and reiterated".
func (c *clauseReader) coordinated(got reading, i int) reading {
	for ; i < len(c.toks); i++ {
		switch w := c.low(i); {
		case w == ";" || w == ":" || c.is(i, en.EndsClause):
			return got
		case c.is(i, en.And) || c.is(i, en.But):
			if q, ok := c.second(i, got); ok {
				return c.with(got, q)
			}
		}
	}
	return got
}

type secondVerb struct {
	m    pattern
	head int
}

// second reads a finite reporting verb after the conjunction at token i: one in
// the past, or one in the present where the verb of got is.
func (c *clauseReader) second(i int, got reading) (secondVerb, bool) {
	j := i + 1
	for c.adverb(j) {
		j++
	}
	if c.is(j, en.Be) {
		m, ok := c.match(toBe, j)
		return secondVerb{m, j}, ok
	}
	f := c.form(j)
	now := f.base && got.subject != nil && got.subject.plural &&
		(c.form(got.head).base || c.is(got.head-1, en.Are) || c.is(got.head, en.Are))
	if (!f.past || f.base) && !now {
		return secondVerb{}, false
	}
	m, ok := c.match(f.lemma, j)
	return secondVerb{m, j}, ok && m.act != actMeet
}

func (c *clauseReader) with(got reading, q secondVerb) reading {
	got.act, got.verb = c.settled(q.m, q.head)
	got.head = q.head
	return got
}

// passiveOf reads "was briefed": the other side speaks. Other passives of a
// person report nothing.
func (c *clauseReader) passiveOf(got reading, p predicate) reading {
	if c.lex.Has(en.Told, p.form.lemma) {
		got.act, got.verb, got.other = timeline.ActState, p.form.lemma, true
		return got
	}
	m, ok := c.match(p.form.lemma, p.head)
	got.met = ok && m.act == actMeet
	return c.coordinated(got, p.head+1)
}

// event reads a sentence about the meeting itself: "the conversation focused on".
func (c *clauseReader) event(got reading, p predicate) reading {
	if c.is(p.head, en.Dealing) {
		got.act, got.verb = timeline.ActDiscuss, c.lex.Value(en.Dealing, c.low(p.head))
		return got
	}
	if c.is(p.head, en.Including) && c.among(p.head+1, p.head+10, en.Exchange) {
		got.act, got.verb = timeline.ActDiscuss, c.lex.Value(en.Including, c.low(p.head))
		return got
	}
	if m, ok := c.match(p.form.lemma, p.head); ok && m.act == actMeet && !p.modal && !p.will {
		got = c.meeting(got, p, m)
	}
	return got
}
