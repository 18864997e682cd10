package speech

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/reading/speech/en"
	"readout/timeline"
)

// discourse is what later sentences may refer to of what has been said so far.
type discourse struct {
	cast     *cast
	all      []timeline.Party // who speaks where both sides do
	group    []timeline.Party // whom "they" and "the leaders" mean
	gender   byte             // of the last single person who spoke, if known
	lastOf   map[byte]*person // by gender
	side     voice            // the last single side that spoke, for "it" and "he"
	pair     []timeline.Party // the last two named together, for "the former"
	authored bool             // the parties are the authors
	authors  []timeline.Party // whose words an authored text is, nil for those of the group
	floor    *voice           // who has the floor in a transcript, nil between turns
	asking   bool             // a journalist has it
	alone    bool             // the text is a statement of one author about others
	frame    *frame
}

func newDiscourse(c *cast, rel *timeline.Release) *discourse {
	d := &discourse{cast: c, all: c.parties, group: c.parties, lastOf: map[byte]*person{}}
	d.authored = rel.Kind == timeline.KindJointStatement || rel.Kind == timeline.KindStatement || c.lex.isStatementTitle(rel.Title)
	if home := c.homeOf(rel); rel.Kind == timeline.KindStatement && home != "" && !c.speakTogether(rel.Title) {
		d.authors, d.alone = []timeline.Party{home}, c.lex.isStatementTitle(rel.Title)
	}
	return d
}

// speakTogether reports whether a title says that a statement is that of all parties: it
// calls it joint or names all of them before it says what it is about. "Statement of the
// Ministry of Uruguay on the unrest in Norway" is Uruguay's alone.
func (c *cast) speakTogether(title string) bool {
	if c.gaz == nil {
		return false
	}
	r := c.read(title)
	named := map[timeline.Party]bool{}
	for i := range r.toks {
		if r.is(i, en.Jointly) {
			return true
		}
		if i > 0 && r.is(i, en.About) {
			break
		}
		if p, ok := r.at[i]; ok {
			named[c.choose(p.parties)] = true
		}
	}
	return containsAll(slices.Collect(maps.Keys(named)), c.parties)
}

// author returns whose words the sentences of an authored text are.
func (d *discourse) author() voice {
	switch {
	case d.floor != nil:
		return *d.floor
	case d.authors != nil:
		return of(d.authors)
	}
	return of(d.group)
}

// isStatementTitle reports whether a title is that of a text in which its parties
// speak themselves, together or as one body.
func (lex *Lexicon) isStatementTitle(title string) bool {
	low := strings.ToLower(title)
	if slices.ContainsFunc(lex.List(en.Readout), func(w string) bool { return strings.HasPrefix(low, w) }) {
		return false
	}
	low = lex.withoutPress(low)
	return slices.ContainsFunc(lex.List(en.Authored), func(w string) bool { return strings.Contains(low, w) })
}

// withoutPress returns a title without what a ministry calls a text of any kind for the
// press, one word before it and the mark behind it: "Wellington media statement: ".
func (lex *Lexicon) withoutPress(title string) string {
	at := strings.IndexAny(title, ":–—-")
	if at < 0 {
		return title
	}
	label := strings.TrimSpace(title[:at])
	if _, rest, _ := strings.Cut(label, " "); !lex.Has(en.Press, label) && !lex.Has(en.Press, rest) {
		return title
	}
	_, size := utf8.DecodeRuneInString(title[at:])
	if after, _ := utf8.DecodeRuneInString(title[at+size:]); !unicode.IsSpace(after) {
		return title
	}
	return title[at+size:]
}

// voice is who speaks.
type voice struct {
	parties []timeline.Party // sorted
	unknown bool             // somebody speaks of whom the text does not tell the party
	people  []*person        // those who speak in person
}

// silent reports whether nobody who takes part speaks.
func (v voice) silent() bool { return len(v.parties) == 0 && !v.unknown }

// say gives a statement its speakers and act.
func (v voice) say(s *timeline.Statement, act timeline.Act, verb string) {
	s.Speakers, s.Act, s.Verb = slices.Clone(v.parties), act, verb
	s.Unresolved = v.unknown && len(v.parties) == 0
	s.By = nil
	for _, p := range v.people {
		if !slices.Contains(s.By, p.full) {
			s.By = append(s.By, p.full)
		}
	}
}

// of returns the voice of whole parties.
func of(ps []timeline.Party) voice { return voice{parties: slices.Clone(ps)} }

// speakers returns who speaks in the statement; the voice is silent where the subject
// is nobody who takes part.
func (d *discourse) speakers(c *clauseReader, got reading) voice {
	if got.act == timeline.ActNone || d.tellsOf(got.subject) && (d.alone || !c.reports(got)) {
		return voice{}
	}
	if d.floor != nil && !c.reports(got) {
		if (got.subject == nil || got.subject.pronoun == en.We) && collective(got.act) {
			return of(d.all) // "We agreed", "Gold was raised"
		}
		return *d.floor
	}
	if got.subject == nil {
		return of(d.group)
	}
	v := d.resolve(got.subject)
	switch {
	case got.other && len(v.parties) == 1:
		if o := d.cast.other(v.parties[0]); o != "" {
			return of([]timeline.Party{o})
		}
	case got.together:
		return of(d.all)
	}
	if got.reply != nil && len(v.parties) == 1 {
		if other := d.resolve(got.reply); len(other.parties) == 1 && slices.Contains(d.all, other.parties[0]) &&
			got.reply.kind == namedActor {
			v.parties = timeline.SortParties(append(v.parties, other.parties...))
			v.people = append(v.people, other.people...)
		}
	}
	if d.authored && containsAll(v.parties, d.all) {
		// Two authors who name a third party beside themselves speak for
		// themselves.
		return of(d.all)
	}
	if !v.unknown && !slices.ContainsFunc(v.parties, func(p timeline.Party) bool { return slices.Contains(d.all, p) }) {
		return voice{}
	}
	return v
}

// reports reports whether one who has the floor reports what others said or agreed: "The
// two ministers agreed", "Peru thanked us". What they do, have done or will do is told.
func (c *clauseReader) reports(got reading) bool {
	if got.subject == nil || got.subject.kind == pronounActor || got.will {
		return false
	}
	return c.form(got.head).past && !c.auxiliary(got.head-1)
}

// tellsOf reports whether what is said of an actor is only told by the one who speaks:
// "Norway has not informed us" is said by the author, not by Norway.
func (d *discourse) tellsOf(a *actor) bool {
	author := d.author().parties
	if a == nil || d.floor == nil && len(d.authors) != 1 || len(author) != 1 {
		return false
	}
	if !d.alone && d.floor == nil && a.kind != countryActor && !a.institution {
		return false
	}
	v := d.resolve(a)
	return len(v.parties) > 0 && !slices.Contains(v.parties, author[0])
}

func containsAll(ps, all []timeline.Party) bool {
	return !slices.ContainsFunc(all, func(p timeline.Party) bool { return !slices.Contains(ps, p) })
}

// resolve returns the voice of an actor.
func (d *discourse) resolve(a *actor) voice {
	if a.members != nil {
		return d.chorus(a.members)
	}
	switch a.kind {
	case pronounActor:
		return d.pronoun(a.pronoun)
	case groupActor, eventActor:
		return of(d.group)
	}
	if a.who == nil {
		return of(a.named())
	}
	return d.personal(a.who)
}

// personal returns the voice of a person.
func (d *discourse) personal(p *person) voice {
	if p.party == "" {
		return voice{unknown: true, people: []*person{p}}
	}
	return voice{parties: []timeline.Party{p.party}, people: []*person{p}}
}

// chorus returns the voice of several who speak together. Of two persons who stand against
// each other both parties speak, whoever is whose.
func (d *discourse) chorus(members []actor) voice {
	var out voice
	for i := range members {
		v := d.resolve(&members[i])
		out.parties = append(out.parties, v.parties...)
		out.unknown = out.unknown || v.unknown
		out.people = append(out.people, v.people...)
	}
	out.parties = timeline.SortParties(out.parties)
	if out.unknown {
		out.parties = nil
		if len(out.people) == 2 && slices.Contains(out.people[0].against, out.people[1]) {
			out.parties = slices.Clone(d.all)
		}
	}
	return out
}

func (d *discourse) pronoun(w en.Class) voice {
	switch w {
	case en.We, en.I:
		return d.author()
	case en.They, en.Both:
		return of(d.group)
	case en.He, en.She:
		if p := d.lastOf[genderOf(w)]; p != nil && d.gender != 0 && d.gender != genderOf(w) {
			return d.personal(p)
		}
		return d.side
	case en.It:
		return d.side
	case en.TheFormer:
		if len(d.pair) == 2 {
			return of(d.pair[:1])
		}
	case en.TheLatter:
		if len(d.pair) == 2 {
			return of(d.pair[1:2])
		}
	}
	return voice{}
}

func genderOf(pronoun en.Class) byte {
	if pronoun == en.She {
		return 'f'
	}
	return 'm'
}

// remember takes in what later sentences may refer to.
func (d *discourse) remember(c *clauseReader, got reading) {
	d.rememberPair(c)
	a := got.subject
	if a == nil || a.kind == eventActor || a.kind == pronounActor && !a.heOrShe() {
		return
	}
	v := d.resolve(a)
	ps := v.parties
	switch {
	case a.who != nil && a.members == nil:
		d.side = v
		d.learnGender(c, a)
		d.gender = a.who.gender
		if a.who.gender != 0 {
			d.lastOf[a.who.gender] = a.who
		}
		d.cast.speak(a.who)
	case a.kind == groupActor && !a.plural:
		d.side = v // "our partnership": what "it" does, all do
	case len(ps) == 1:
		d.side = v
		d.gender = 0
		if a.kind == pronounActor {
			d.gender = genderOf(a.pronoun)
		}
	}
	if len(ps) >= 2 && a.kind == namedActor && slices.ContainsFunc(ps, func(p timeline.Party) bool { return slices.Contains(d.all, p) }) {
		d.group = slices.Clone(ps)
	}
}

// rememberPair notes the first two sides that a sentence names, in order.
func (d *discourse) rememberPair(c *clauseReader) {
	var pair []timeline.Party
	for _, a := range c.actors {
		for _, m := range append([]actor{a}, a.members...) {
			ps := m.named()
			if len(ps) == 1 && slices.Contains(d.all, ps[0]) && !slices.Contains(pair, ps[0]) {
				pair = append(pair, ps[0])
			}
		}
	}
	if len(pair) >= 2 {
		d.pair = pair[:2]
	}
}

// speak marks that a person takes part.
func (c *cast) speak(p *person) { p.taking = true }

// learnGender takes the gender of a speaker from a possessive right after the
// verb: "expressed her hope".
func (d *discourse) learnGender(c *clauseReader, a *actor) {
	if a.who.gender != 0 {
		return
	}
	for i := a.end; i < len(c.toks) && i < a.end+5; i++ {
		if gender := c.lex.Value(en.Possessive, c.low(i)); gender != "" {
			a.who.gender = gender[0]
			return
		}
	}
}
