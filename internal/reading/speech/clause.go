package speech

import (
	"readout/internal/reading/speech/en"
	"readout/timeline"
)

// reading is what a statement says that someone did with words.
type reading struct {
	act      timeline.Act // ActNone where nothing is reported
	verb     string
	subject  *actor // nil where nobody is named: then all speak
	head     int    // token of the verb
	together bool   // the verb says that all took part ("met to discuss")
	other    bool   // the one addressed speaks ("was briefed")
	met      bool   // the verb is one of meeting
	reply    *actor // the other side, where it answers in the same sentence
	will     bool   // a modal "will", not a verb of speech
}

// clauseReader finds the main clause of one statement.
type clauseReader struct {
	*reader
	actors []actor
}

// main returns the reading of the statement's main clause: that of the first
// subject that reports something. Second are what a meeting was for, then what
// is said in passing ("as the President made clear") and without a subject.
func (c *clauseReader) main() reading {
	var passing, unknown *reading
	for i := range c.actors {
		a := c.completed(&c.actors[i])
		rank := c.subject(a)
		if rank == notSubject {
			continue
		}
		p, ok := c.predicate(a.end, a.plural)
		if !ok {
			continue
		}
		got := c.read(a, p)
		switch {
		case rank == subordinate:
			if passing == nil && got.act != timeline.ActNone && !got.will && (c.is(a.first-1, en.As) || c.within(a)) {
				passing = &got
			}
			continue
		case got.act != timeline.ActNone:
			return c.weigh(got, i)
		case unknown == nil:
			unknown = &got
		}
	}
	if passing != nil && (c.is(passing.subject.first-1, en.As) || unknown != nil && unknown.met && unknown.subject.kind != eventActor) {
		return *passing
	}
	if got, ok := c.impersonal(unknown); ok {
		return got
	}
	if unknown != nil {
		return *unknown
	}
	return reading{act: timeline.ActNone}
}

// The places of an actor in the sentence.
type rank int

const (
	notSubject rank = iota
	subordinate
	mainSubject
)

// subject says whether the actor can be the subject of a main clause.
func (c *clauseReader) subject(a *actor) rank {
	if c.genitive(a.end) {
		return notSubject
	}
	i := a.first - 1
	for i >= 0 && c.adverb(i) {
		i--
	}
	if i < 0 {
		return mainSubject
	}
	switch {
	case c.is(i, en.That) && c.cleft(i):
		return mainSubject
	case c.is(i, en.Subordinator):
		return subordinate
	case c.is(i, en.Preposition):
		return notSubject
	case !c.toks[i].word, c.is(i, en.Conjunction):
		if c.toks[i].low == "(" {
			return notSubject
		}
		return mainSubject
	}
	for k := range i + 1 {
		if f := c.form(k); f.past || f.third || c.auxiliary(k) {
			return subordinate
		}
	}
	return mainSubject
}

// cleft reports whether the "that" at token i ends "it is in this spirit that".
func (c *clauseReader) cleft(i int) bool {
	for k := range max(0, i-2) {
		if c.is(k, en.It) && c.is(k+1, en.Is) && c.is(k+2, en.Preposition) {
			return true
		}
	}
	return false
}

// joinedVerb returns the first reporting verb before token end that is joined to
// that of got by "and".
func (c *clauseReader) joinedVerb(got reading, end int) (secondVerb, bool) {
	for k := got.head + 1; k < min(end, len(c.toks)); k++ {
		if c.is(k, en.That) || c.low(k) == ";" {
			break
		}
		if !c.is(k, en.And) {
			continue
		}
		if q, ok := c.second(k, got); ok && q.m.act != timeline.ActDiscuss {
			return q, true
		}
	}
	return secondVerb{}, false
}

// within reports whether the actor speaks inside the meeting that the main
// clause reports: "held a meeting, where they agreed".
func (c *clauseReader) within(a *actor) bool {
	return c.is(a.first-1, en.Where) || c.is(a.first-1, en.Which) && c.is(a.first-2, en.Inside)
}

// completed returns the actor with a second one joined to it that nobody is
// known by: "the President and Prime Minster", "and the incoming administration". Then all parties act.
func (c *clauseReader) completed(a *actor) *actor {
	if !c.is(a.end, en.And) || a.kind == pronounActor || a.kind == eventActor {
		return a
	}
	j := a.end + 1
	for j < a.end+6 && c.capital(j) {
		j++
	}
	if c.is(a.end+1, en.The) {
		for j = a.end + 2; j < a.end+6 && !c.is(j, en.Body) && !c.is(j, en.Group); j++ {
		}
		j++ // "the incoming administration"
	}
	f := c.form(j)
	if j == a.end+1 || !f.past {
		return a
	}
	return &actor{first: a.first, end: j, kind: groupActor, plural: true}
}

// weigh returns the reading of a sentence with two clauses. The first counts,
// with two exceptions. Where the first only names a situation that was
// discussed, the second says what there was to say of it. And where the second
// is the other side's reply in kind ("while Minister B held to his"), both speak.
func (c *clauseReader) weigh(got reading, at int) reading {
	situation := got.act == timeline.ActDiscuss && !c.lex.Has(en.Reviewing, got.verb) &&
		c.among(got.head+1, got.head+5, en.Situation)
	for i := at + 1; i < len(c.actors); i++ {
		a := &c.actors[i]
		joined := c.is(a.first-1, en.And)
		if a.first <= got.head || !joined && !c.is(a.first-1, en.Contrast) || c.genitive(a.end) {
			continue
		}
		p, ok := c.predicate(a.end, a.plural)
		if !ok || p.be || p.will || p.modal || !p.form.past {
			continue
		}
		next := c.read(a, p)
		if next.act == timeline.ActNone {
			continue
		}
		if situation && next.act != timeline.ActDiscuss {
			if q, ok := c.joinedVerb(got, a.first); ok {
				return c.with(got, q)
			}
			return next
		}
		if !joined || next.act == got.act && facing(got.subject, a) {
			got.reply = a
		}
		return got
	}
	if situation {
		if q, ok := c.joinedVerb(got, len(c.toks)); ok {
			return c.with(got, q)
		}
	}
	return got
}

// facing reports whether two actors are one party each, and not the same: "the Chilean side
// decided … and the Norwegian side decided …".
func facing(a, b *actor) bool {
	x, y := a.named(), b.named()
	return len(x) == 1 && len(y) == 1 && x[0] != y[0]
}

// announcing returns the reading of a sentence that announces a list: of its
// verbs the last one, on which the list hangs.
func (c *clauseReader) announcing(got reading) reading {
	if got.act == timeline.ActNone || got.subject == nil {
		return got
	}
	for i := got.head + 1; i < len(c.toks); i++ {
		if !c.is(i, en.And) {
			continue
		}
		if q, ok := c.second(i, got); ok {
			return c.with(got, q)
		}
	}
	return got
}
