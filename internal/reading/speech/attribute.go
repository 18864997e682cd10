package speech

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/reading/names"
	"readout/internal/reading/speech/en"
	"readout/timeline"
)

// Attribute fills in rel's participants and the speakers, act and verb of every
// statement, from its title, parties, issuer, kind, sections and statements.
//
// Speakers are sorted; they are all parties of rel where both sides speak and
// empty where the author narrates. They may hold a party that is not one of
// rel's where the text names it as speaking together with one of them. Act is
// always one of [timeline.Acts]; with [timeline.ActNone] there are no speakers
// and no verb. Where rel has no parties, acts are found and speakers are not. In a language
// that lex does not read every act is none. In a statement that is longer than any sentence
// nothing is looked for: it has no speakers and no act.
func Attribute(rel *timeline.Release, g *names.Gazetteer, lex *Lexicon) {
	if !lex.Reads(rel.Language) {
		for i := range rel.Statements {
			unsay(&rel.Statements[i])
		}
		return
	}
	defer setAside(rel.Statements)()
	defer withoutUnsaid(rel, lex)
	if t := lex.tongue(rel.Language); t != nil {
		attributeForeign(rel, g, lex, t)
		return
	}
	c := newCast(rel, g, lex)
	d := newDiscourse(c, rel)
	for i := range rel.Statements {
		s := &rel.Statements[i]
		if i == 0 || s.Section != rel.Statements[i-1].Section {
			d.open(rel, s.Section)
		}
		d.take(c.turns[i])
		if d.asking {
			unsay(s)
			continue
		}
		d.attribute(s, c.readers[i], nextOf(rel.Statements, i))
	}
	rel.Participants = c.participants()
}

// longestSaid is how many bytes a statement has at most in which anybody says anything: the
// longest sentences of communiqués have half as many. What goes on without an end is a table or
// rubbish, and costs far more than its length to be searched for names and verbs.
const longestSaid = 4 << 10

// setAside takes the texts that are longer than any sentence out of the statements; what it
// returns puts them back, and unsays them.
func setAside(statements []timeline.Statement) (restore func()) {
	texts := map[int]string{}
	for i := range statements {
		if s := &statements[i]; len(s.Text) > longestSaid {
			texts[i], s.Text = s.Text, ""
		}
	}
	return func() {
		for i, text := range texts {
			statements[i].Text = text
			unsay(&statements[i])
		}
	}
}

func nextOf(ss []timeline.Statement, i int) *timeline.Statement {
	if i+1 < len(ss) {
		return &ss[i+1]
	}
	return nil
}

// frame is a sentence that speaks for those after it: "made the following
// statements", "agreed on the following".
type frame struct {
	voice
	act     timeline.Act
	verb    string
	path    []string
	list    bool // what follows stands deeper, as a list
	section bool // a heading speaks, for all that stands under it
}

// covers reports whether a statement at path still stands under the frame.
func (f *frame) covers(path []string) bool {
	if len(path) < len(f.path) || !slices.Equal(path[:len(f.path)], f.path) {
		return false
	}
	return !f.list || len(path) > len(f.path)
}

// attribute fills in one statement, whose tokens r has. Next is the statement after it, or nil.
func (d *discourse) attribute(s *timeline.Statement, r *reader, next *timeline.Statement) {
	c := &clauseReader{reader: r, actors: d.cast.actors(r)}
	got := c.main()
	if d.frame != nil && !d.frame.covers(s.Path) {
		d.frame = nil
	}
	if !hasLetters(s.Text) {
		unsay(s)
		return
	}
	if d.frame != nil && d.inherits(got) {
		act, verb := d.frame.act, d.frame.verb
		if m, ok := c.leading(); ok && verb == "" && got.subject == nil {
			act, verb = m.act, m.verb // "The two ministers:", "(a) welcomed …"
		}
		d.frame.say(s, act, verb)
		if act == timeline.ActNone {
			unsay(s)
		}
		return
	}
	if d.frame != nil && !d.frame.list && !d.frame.section && !isHeShe(got.subject) {
		d.frame = nil
	}
	framing := opens(c, s.Text) || next != nil && len(next.Path) > len(s.Path) && !c.isSentence()
	if framing {
		got = c.announcing(got)
	}
	v := d.speakers(c, got)
	act, verb := got.act, got.verb
	if act == timeline.ActNone || v.silent() && len(d.all) > 0 {
		act, verb, v = d.byAuthor(c, got)
	}
	d.remember(c, got)
	if act == timeline.ActNone {
		if framing && got.act == timeline.ActNone && !got.met && d.startsWithActor(c) {
			d.frame = &frame{voice: d.resolve(&c.actors[0]), act: act, path: s.Path, list: true}
		}
		unsay(s)
		return
	}
	v.say(s, act, verb)
	if framing {
		d.frame = &frame{voice: v, act: act, verb: verb, path: s.Path,
			list: next != nil && len(next.Path) > len(s.Path)}
	}
}

// unsay makes a statement one in which nobody speaks.
func unsay(s *timeline.Statement) { voice{}.say(s, timeline.ActNone, "") }

// leading returns the verb that a statement begins with, in any form.
func (c *clauseReader) leading() (pattern, bool) {
	f := c.form(0)
	if !f.known() {
		return pattern{}, false
	}
	m, ok := c.match(f.lemma, 0)
	return m, ok && m.act != actMeet
}

// startsWithActor reports whether a statement begins with those who take part.
func (d *discourse) startsWithActor(c *clauseReader) bool {
	return len(c.actors) > 0 && c.actors[0].first <= 1 && !d.resolve(&c.actors[0]).silent()
}

// inherits reports whether a statement under a frame takes the frame's speaker
// and act: it reports nothing of its own, or only in the words of the speaker.
func (d *discourse) inherits(got reading) bool {
	if got.act == timeline.ActNone || got.subject == nil || got.subject.kind == eventActor {
		return true
	}
	if got.subject.kind == countryActor {
		// "Chile will …" under "agreed to the following" is Chile's own part.
		return !(got.will && len(got.subject.named()) == 1)
	}
	if got.will && d.frame.list {
		return true
	}
	if isHeShe(got.subject) {
		return got.act == timeline.ActState || got.act == timeline.ActDiscuss
	}
	return got.subject.kind == pronounActor
}

func isHeShe(a *actor) bool {
	return a != nil && a.kind == pronounActor && a.heOrShe()
}

// opens reports whether the statement announces what follows it.
func opens(c *clauseReader, text string) bool {
	low := strings.ToLower(tail(strings.TrimRight(text, " .:;*")))
	if strings.HasSuffix(strings.TrimRight(text, " *"), ":") {
		return true
	}
	return slices.ContainsFunc(c.lex.List(en.Announcement), func(end string) bool { return strings.HasSuffix(low, end) }) ||
		slices.ContainsFunc(c.lex.List(en.Following), func(w string) bool {
			i := strings.Index(low, w)
			return i >= 0 && i > len(low)-60
		})
}

// tail returns the end of a text, in which an announcement stands: more than the sixty
// bytes in which it is looked for. Letters beyond ASCII may be shorter in lower case.
func tail(text string) string {
	i := max(0, len(text)-80)
	if strings.ContainsFunc(text[i:], func(r rune) bool { return r >= utf8.RuneSelf }) {
		i = max(0, len(text)-240)
	}
	for i > 0 && !utf8.RuneStart(text[i]) {
		i--
	}
	return text[i:]
}

// byAuthor attributes a statement that reports nothing. A joint statement speaks
// for its parties throughout, and so does the statement of one body; the author
// of a readout only narrates.
func (d *discourse) byAuthor(c *clauseReader, got reading) (timeline.Act, string, voice) {
	if !d.authored && d.floor == nil || d.author().silent() && len(d.all) > 0 {
		return timeline.ActNone, "", voice{}
	}
	m, led := c.leading()
	f := c.form(0)
	if led && f.base && d.floor != nil {
		return m.act, m.verb, d.author() // "Thank you, Minister."
	}
	if isNarration(c, got) {
		return timeline.ActNone, "", voice{}
	}
	if led && f.ing {
		return m.act, m.verb, d.author()
	}
	return timeline.ActState, "", d.author()
}

// isNarration reports whether a statement that reports nothing tells of the
// meeting or of the document, even where the parties are the authors.
func isNarration(c *clauseReader, got reading) bool {
	if got.met && got.act == timeline.ActNone && (got.subject == nil || got.subject.pronoun != en.We) {
		return true
	}
	words, lower := 0, 0
	for i, t := range c.toks {
		if t.word {
			words++
		}
		if t.word && !t.upper && t.end-t.start > 1 && !c.is(i, en.Connector) && i > 0 && !isNumber(t.low) {
			lower++
		}
	}
	if words < 3 || lower == 0 || words < 25 && !c.isSentence() {
		return true // a heading or a label
	}
	return c.is(0, en.Narration)
}

// isSentence reports whether the statement ends as a sentence does, or as a clause of
// one in a resolution.
func (r *reader) isSentence() bool {
	for i := len(r.toks) - 1; i >= 0; i-- {
		if r.is(i, en.Ending) {
			continue
		}
		switch r.low(i) {
		case "\"", "”", "’", "'", ")", "|":
			continue
		case ".", ";", "!", "?", ":":
			return true
		}
		return strings.HasSuffix(r.word(i), ".")
	}
	return false
}

func hasLetters(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }
