package attribution

import (
	"strings"

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

// predicate is a finite verb with its auxiliaries.
type predicate struct {
	head    int // token of the main verb
	form    verbForm
	will    bool // will, shall
	modal   bool // any other modal
	be      bool // is, was, been
	beAt    int  // token of the last form of be
	perfect bool
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
			if passing == nil && got.act != timeline.ActNone && !got.will && (c.low(a.first-1) == "as" || c.within(a)) {
				passing = &got
			}
			continue
		case got.act != timeline.ActNone:
			return c.weigh(got, i)
		case unknown == nil:
			unknown = &got
		}
	}
	if passing != nil && (c.low(passing.subject.first-1) == "as" || unknown != nil && unknown.met && unknown.subject.kind != eventActor) {
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
	if c.low(a.end) == "'s" {
		return notSubject
	}
	i := a.first - 1
	for i >= 0 && isAdverb(c.low(i)) {
		i--
	}
	if i < 0 {
		return mainSubject
	}
	w := c.low(i)
	switch {
	case w == "that" && c.cleft(i):
		return mainSubject
	case isSubordinator(w):
		return subordinate
	case isPreposition(w):
		return notSubject
	case !c.toks[i].word, w == "and", w == "but", w == "or", w == "nor":
		if c.toks[i].low == "(" {
			return notSubject
		}
		return mainSubject
	}
	for k := range i + 1 {
		if f, ok := c.lex.forms[c.low(k)]; ok && (f.past || f.third) || isAuxiliary(c.low(k)) {
			return subordinate
		}
	}
	return mainSubject
}

// cleft reports whether the "that" at token i ends "it is in this spirit that".
func (c *clauseReader) cleft(i int) bool {
	for k := range max(0, i-2) {
		if c.low(k) == "it" && (c.low(k+1) == "is" || c.low(k+1) == "was") && isPreposition(c.low(k+2)) {
			return true
		}
	}
	return false
}

// joinedVerb returns the first reporting verb before token end that is joined to
// that of got by "and".
func (c *clauseReader) joinedVerb(got reading, end int) (secondVerb, bool) {
	for k := got.head + 1; k < min(end, len(c.toks)); k++ {
		if w := c.low(k); w == "that" || w == ";" {
			break
		}
		if c.low(k) != "and" {
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
	w := c.low(a.first - 1)
	return w == "where" || w == "which" && (c.low(a.first-2) == "in" || c.low(a.first-2) == "during" || c.low(a.first-2) == "at")
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
		case isAdverb(w):
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

// completed returns the actor with a second one joined to it that nobody is
// known by: "the President and Prime Minster". Then all parties act.
func (c *clauseReader) completed(a *actor) *actor {
	if c.low(a.end) != "and" || a.kind == pronounActor || a.kind == eventActor {
		return a
	}
	j := a.end + 1
	for j < a.end+6 && c.capital(j) {
		j++
	}
	f := c.lex.forms[c.low(j)]
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
	situation := false
	if got.act == timeline.ActDiscuss && got.verb != "review" {
		for k := got.head + 1; k < len(c.toks) && k < got.head+5; k++ {
			if w := c.low(k); w == "situation" || w == "developments" {
				situation = true
			}
		}
	}
	for i := at + 1; i < len(c.actors); i++ {
		a := &c.actors[i]
		prev := c.low(a.first - 1)
		if a.first <= got.head || prev != "and" && prev != "while" && prev != "whereas" || c.low(a.end) == "'s" {
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
		if prev != "and" {
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

// announcing returns the reading of a sentence that announces a list: of its
// verbs the last one, on which the list hangs.
func (c *clauseReader) announcing(got reading) reading {
	if got.act == timeline.ActNone || got.subject == nil {
		return got
	}
	for i := got.head + 1; i < len(c.toks); i++ {
		if c.low(i) != "and" {
			continue
		}
		if q, ok := c.second(i, got); ok {
			return c.with(got, q)
		}
	}
	return got
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
		return c.coordinated(got, p.head+1)
	}
	m, ok := c.match(p.form.lemma, p.head)
	if !ok || p.modal {
		return c.coordinated(got, p.head+1)
	}
	if m.act == actMeet {
		return c.meeting(got, p, m)
	}
	got.act, got.verb = c.settled(m, p.head)
	if m.verb == "speak" && !a.plural {
		got.act = timeline.ActState // one side alone exchanges no views
	}
	switch {
	case got.act == timeline.ActDiscuss && c.low(p.head+1) == "with":
		got.together = true
	case got.verb == "announce" && got.act == timeline.ActState && (a.plural || c.future(p.head)):
		// "We announce that": a promise; "announced that it had been done": news.
		if a.plural {
			got.act = timeline.ActCommit
		}
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
				return c.with(got, q)
			}
		case w == "regarding" || w == "concerning" || w == "about":
			if m.verb == "speak" || m.verb == "talk" {
				got.act, got.verb, got.together = timeline.ActDiscuss, "speak", true
				return got
			}
		case w == ",":
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
		for _, p := range c.lex.phrases {
			if _, ok := c.matchAt(p.words, i, i); ok && c.mainAt(i) {
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
		for isAdverb(c.low(j)) || isBe(c.low(j)) {
			j++
		}
		f := c.lex.forms[c.low(j)]
		if !f.part || f.base {
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
			weighty := contains([]string{"importance", "need", "necessity", "significance", "urgency", "value"}, c.low(1)) && c.low(0) == "the"
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

// agent returns the actor after "by" in the rest of the sentence, or nil.
func (c *clauseReader) agent(i int) *actor {
	for k := range c.actors {
		if a := &c.actors[k]; a.first > i && c.low(a.first-1) == "by" {
			return a
		}
	}
	return nil
}

// match returns the most specific pattern of a verb that fits the words after
// the verb at token i. Of equally specific ones the one whose words stand
// nearest counts.
func (c *clauseReader) match(lemma string, i int) (pattern, bool) {
	var best pattern
	bestEnd, found := 0, false
	for _, p := range c.lex.verbs[lemma] {
		if found && len(p.words) < len(best.words) {
			break
		}
		end, ok := c.matchAt(p.words[1:], i+1, i)
		if ok && (!found || end < bestEnd) {
			best, bestEnd, found = p, end, true
		}
	}
	return best, found
}

// maxGap is how many words a "~" may stand for.
const maxGap = 8

// matchAt matches the places of a pattern from token i on and returns the token
// after the last one.
func (c *clauseReader) matchAt(places [][]string, i, start int) (int, bool) {
	for n := 0; n < len(places); n++ {
		if places[n][0] != "~" {
			for i > start+1 && isAdverb(c.low(i)) && !contains(places[n], c.low(i)) {
				i++
			}
			if i == start+1 && len(places) > 0 {
				for isAdverb(c.low(i)) && !contains(places[n], c.low(i)) {
					i++
				}
			}
			if !contains(places[n], c.low(i)) {
				return 0, false
			}
			i++
			continue
		}
		if n+1 == len(places) {
			return i, true
		}
		end := -1
		for gap := 0; gap <= maxGap && i < len(c.toks); gap++ {
			if contains(places[n+1], c.low(i)) {
				end = i
				break
			}
			if w := c.low(i); isPreposition(w) || isSubordinator(w) || w == ";" || w == ":" || w == "." {
				break
			}
			i++
		}
		if end < 0 {
			return 0, false
		}
		i = end
	}
	return i, true
}

func contains(words []string, w string) bool {
	for _, v := range words {
		if v == w {
			return w != ""
		}
	}
	return false
}
