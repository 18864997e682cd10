package speech

import (
	"strings"

	"readout/timeline"
)

// read says what the subject a does by predicate p.
func (c *clauseReader) read(a *actor, p predicate) reading {
	got := reading{act: timeline.ActNone, subject: a, head: p.head}
	if a.kind == eventActor {
		return c.event(got, p)
	}
	if p.be && p.beAt >= 0 {
		if m, ok := c.match("be", p.beAt); ok && a.pronoun != "it" {
			got.act, got.verb = m.act, m.verb
			return got
		}
		if p.form.part && p.form.lemma != "" && !p.will {
			return c.passiveOf(got, p)
		}
		if !p.form.ing {
			if p.will {
				got.act, got.verb, got.will = timeline.ActCommit, "be", true
				return got
			}
			return c.coordinated(got, p.head)
		}
	}
	if p.will {
		return c.promise(got, p)
	}
	if p.form.lemma == "" {
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
	if m.verb == "call on" && c.find(p.head, "to", "for") < 0 {
		got.met = true // a courtesy call
		return got
	}
	got.act, got.verb = c.settled(m, p.head)
	if p.not {
		return got.denied()
	}
	if m.verb == "speak" && !a.plural {
		got.act = timeline.ActState // one side alone exchanges no views
	}
	switch {
	case got.act == timeline.ActDiscuss && c.low(p.head+1) == "with":
		got.together = true
	case got.verb == "announce" && a.plural:
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
	both := a.kind == groupActor && a.plural || a.pronoun == "they"
	if got.act != timeline.ActNone || !both || p.modal || p.not || p.be || p.perfect ||
		!c.toks[p.head].word || !strings.HasSuffix(w, "ed") && !isIrregularPast(w) || c.lex.is("wordless", w) {
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
	for isAdverb(c.low(i)) {
		i++
	}
	w := c.low(i)
	return i < len(c.toks) && c.toks[i].word && !isPreposition(w) && !isSubordinator(w) && w != "and"
}

// infinitive returns the reporting verb that a verb without meaning of its own leads to:
// "took the opportunity to explain", "went on to urge".
func (c *clauseReader) infinitive(p predicate) (secondVerb, bool) {
	if !c.lex.is("leading", c.low(p.head)) {
		return secondVerb{}, false
	}
	for i := p.head + 1; i < min(p.head+7, len(c.toks)); i++ {
		if c.low(i) != "to" {
			continue
		}
		f := c.lex.forms[c.low(i+1)]
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
	if m.act != timeline.ActAgree || m.verb != "agree" && m.verb != "concur" {
		return m.act, m.verb
	}
	j := head + 1
	for isAdverb(c.low(j)) {
		j++
	}
	if c.low(j) != "that" {
		return m.act, m.verb
	}
	if m.verb == "concur" && !c.future(j) || m.verb == "agree" && c.isFact(j) {
		return timeline.ActShareView, m.verb
	}
	return m.act, m.verb
}

// future reports whether the clause from token i on speaks of what is to be done.
func (c *clauseReader) future(i int) bool {
	for ; i < len(c.toks); i++ {
		switch c.low(i) {
		case "will", "would", "shall", "should", "must", "continue":
			return true
		}
	}
	return false
}

// isFact reports whether the clause from token i on says in the present tense
// how things are, and not what is to be done.
func (c *clauseReader) isFact(i int) bool {
	if c.future(i) {
		return false
	}
	for ; i < len(c.toks); i++ {
		switch c.low(i) {
		case "is", "are", "has", "have", "remain", "remains", "form", "forms", "plays", "play", "continues", "was", "were":
			return true
		}
	}
	return false
}

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

// meeting reads what a meeting was for: "spoke with B to congratulate him",
// "met B and expressed her condolences", "spoke with B regarding trade".
func (c *clauseReader) meeting(got reading, p predicate, m pattern) reading {
	got.met = true
	for i := p.head + 1; i < len(c.toks); i++ {
		w := c.low(i)
		switch {
		case w == ";":
			return got
		case w == "to":
			f := c.lex.forms[c.low(i+1)]
			if !f.base {
				continue
			}
			if q, ok := c.match(f.lemma, i+1); ok && isPurpose(q) {
				got.act, got.verb, got.head = q.act, q.verb, i+1
				got.together = q.act == timeline.ActDiscuss
				return got
			}
		case w == "and":
			if q, ok := c.second(i, got); ok {
				got.together = q.m.act == timeline.ActDiscuss
				return c.with(got, q)
			}
		case w == "regarding" || w == "concerning" || w == "about" || w == "on" && c.find(p.head, ",", "on") == i && c.subjectAt(i+1):
			if m.verb == "speak" || m.verb == "talk" {
				got.act, got.verb, got.together = timeline.ActDiscuss, "speak", true
				return got
			}
		case w == "," && isConversation(m.verb), w == "by":
			if f := c.lex.forms[c.low(i+1)]; f.ing {
				if q, ok := c.match(f.lemma, i+1); ok && isPurpose(q) && q.act != timeline.ActDiscuss {
					return c.with(got, secondVerb{q, i + 1})
				}
			}
		case w == "discussion" || w == "discussions":
			if c.low(i+1) == "of" || c.low(i+1) == "on" || c.low(i+1) == "about" {
				got.act, got.verb, got.together = timeline.ActDiscuss, "discuss", true
				return got
			}
		}
	}
	return got
}

// subjectAt reports whether what stands after "on" is what was spoken of, and not
// when, where or by what means.
func (c *clauseReader) subjectAt(i int) bool {
	if isCalendarWord(c.low(i)) || isNumber(c.low(i)) {
		return false
	}
	for k := i; k < i+6; k++ {
		switch c.low(k) {
		case "phone", "telephone", "behalf", "margins", "sidelines", "occasion", "anniversary", "eve", "day", "video", "his", "her", "their":
			return false
		}
	}
	return true
}

// isConversation reports whether a verb of meeting is one of talking, so that a
// participle after it ("spoke with B, stressing …") tells what was said.
func isConversation(verb string) bool {
	switch verb {
	case "meet", "speak", "call", "phone", "telephone", "host", "receive", "hold":
		return true
	}
	return false
}

// isPurpose reports whether an infinitive of the pattern's verb can be what a
// meeting was held for.
func isPurpose(m pattern) bool {
	switch m.act {
	case timeline.ActDiscuss:
		return m.verb != "continue"
	case timeline.ActWelcome, timeline.ActExpress, timeline.ActConfirm, timeline.ActCondemn, timeline.ActUrge:
		return true
	case timeline.ActState:
		switch m.verb {
		case "see", "view", "find", "regard", "consider", "understand", "introduce", "add", "appear", "establish",
			"observe", "demonstrate", "share", "respond", "present":
			return false
		}
		return true
	}
	return false
}

// coordinated looks for a reporting verb that a verb which reports nothing is
// joined to: "received a briefing and reiterated".
func (c *clauseReader) coordinated(got reading, i int) reading {
	for ; i < len(c.toks); i++ {
		switch c.low(i) {
		case ";", ":", "that", "which", "who":
			return got
		case "and", "but":
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
	for isAdverb(c.low(j)) {
		j++
	}
	if isBe(c.low(j)) {
		m, ok := c.match("be", j)
		return secondVerb{m, j}, ok
	}
	f := c.lex.forms[c.low(j)]
	now := f.base && got.subject != nil && got.subject.plural &&
		(c.lex.forms[c.low(got.head)].base || c.low(got.head-1) == "are" || c.low(got.head) == "are")
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
	switch p.form.lemma {
	case "brief", "update", "inform", "tell":
		got.act, got.verb, got.other = timeline.ActState, p.form.lemma, true
		return got
	}
	m, ok := c.match(p.form.lemma, p.head)
	got.met = ok && m.act == actMeet
	return c.coordinated(got, p.head+1)
}

// event reads a sentence about the meeting itself: "the conversation focused on".
func (c *clauseReader) event(got reading, p predicate) reading {
	switch w := c.low(p.head); w {
	case "focused", "focus", "centered", "centred", "covered", "addressed", "touched", "revolved", "dealt", "ranged":
		got.act, got.verb = timeline.ActDiscuss, strings.TrimSuffix(strings.TrimSuffix(w, "d"), "e")
		switch w {
		case "focused", "focus":
			got.verb = "focus"
		}
		return got
	case "included":
		for j := p.head + 1; j < len(c.toks) && j < p.head+10; j++ {
			if w := c.low(j); w == "discussion" || w == "discussions" || w == "exchange" || w == "exchanges" {
				got.act, got.verb = timeline.ActDiscuss, "include"
				return got
			}
		}
	}
	if m, ok := c.match(p.form.lemma, p.head); ok && m.act == actMeet && !p.modal && !p.will {
		got = c.meeting(got, p, m)
	}
	return got
}

// impersonal reads what is reported without one who acts: "agreement was
// reached", "it was affirmed that", "the plan was discussed".
func (c *clauseReader) impersonal(unknown *reading) (reading, bool) {
	for i := range c.toks {
		for _, p := range c.lex.opening[c.low(i)] {
			if _, ok := c.matchAt(p.words, i, i); ok && c.mainAt(i) {
				if c.low(i-1) == "no" || c.denies(i) {
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
		if !isBe(c.low(i)) || !c.mainAt(i) {
			continue
		}
		j := i + 1
		denied := false
		for isAdverb(c.low(j)) || isBe(c.low(j)) {
			denied = denied || c.low(j) == "not" || c.low(j) == "never"
			j++
		}
		f := c.lex.forms[c.low(j)]
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
			weighty := c.low(0) == "the" && isWeight(c.low(1))
			return reading{act: m.act, verb: m.verb, head: j, subject: by}, weighty || by != nil && m.strength >= emphatic
		}
		return reading{}, false
	}
	return reading{}, false
}

// emphatic is the strength from which a statement in the passive ("the need for
// patience was stressed by Minister A") counts as one; what was merely proposed or
// mentioned by someone is told by the author.
const emphatic = 38

// isWeight reports whether the noun says how much a thing matters: with such a
// subject the passive reports what the parties said.
func isWeight(w string) bool {
	switch w {
	case "importance", "need", "necessity", "significance", "urgency", "value":
		return true
	}
	return false
}

// mainAt reports whether token i belongs to the main clause: nothing before it
// in its clause subordinates it.
func (c *clauseReader) mainAt(i int) bool {
	for k := i - 1; k >= 0; k-- {
		w := c.low(k)
		if w == "," || w == ";" || w == "and" {
			// What follows a comma may still be inside "that …"; look no further
			// than one clause.
			return true
		}
		if isSubordinator(w) {
			return false
		}
	}
	return true
}

// denies reports whether a phrase at token i is denied: "was not raised".
func (c *clauseReader) denies(i int) bool {
	for k := i; k < min(i+6, len(c.toks)); k++ {
		if isBe(c.low(k)) && c.low(k+1) == "not" {
			return true
		}
	}
	return false
}

// agent returns the actor after "by" in the rest of the sentence, or the side at its head
// that something comes from ("From the Chilean side, it was explained"), or nil.
func (c *clauseReader) agent(i int) *actor {
	if len(c.actors) > 0 && c.actors[0].first == 1 && c.low(0) == "from" {
		return &c.actors[0]
	}
	for k := range c.actors {
		if a := &c.actors[k]; a.first > i && c.low(a.first-1) == "by" {
			return a
		}
	}
	return nil
}
