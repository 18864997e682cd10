package speech

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/reading/speech/en"
	"readout/timeline"
)

// A transcript is a run of turns. Whose turn it is stands in a heading ("Foreign Minister
// Rusu", "Ana Ruiz, Minister of Moldova") or before a colon at the head of a paragraph
// ("MINISTER RUSU: Thank you.").

// turn is the head of a turn.
type turn struct {
	who   *person // nil where others ask
	asked bool    // others ask: "QUESTION:", "Journalist:"
}

// longestLabel is how many bytes the label of a turn may have.
const longestLabel = 80

// cutLabel parts a text from the label before it, "" where it has none. A name without an
// office is a label only where the title has the name.
func (c *cast) cutLabel(title map[string]bool, text string) (label, rest string) {
	label, rest, ok := strings.Cut(text, ":")
	if !ok {
		label, rest, ok = strings.Cut(text, "：")
	}
	if !ok || len(label) > longestLabel || label == "" || !unicode.IsUpper(firstRune(label)) || !hasLetters(rest) {
		return "", text
	}
	if c.lex.Has(en.Question, strings.ToLower(strings.TrimRight(labelHead(label), " "))) {
		return label, rest
	}
	r := c.read(label)
	if ns := r.namings(); len(ns) == 1 && ns[0].first == 0 && ns[0].name != nil && ns[0].end == len(r.toks) {
		return label, rest
	}
	for i := range r.toks {
		if !r.capital(i) || !title[fold(r.low(i))] || r.isTitleWord(i) || len(r.at) > 0 {
			return "", text
		}
	}
	return label, rest
}

// labelHead returns a label without what stands in brackets.
func labelHead(label string) string {
	head, _, _ := strings.Cut(label, "(")
	return head
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// turnOf returns the turn that a label opens.
func (c *cast) turnOf(label string) *turn {
	if label == "" {
		return nil
	}
	if c.lex.Has(en.Question, strings.ToLower(strings.TrimRight(labelHead(label), " "))) {
		return &turn{asked: true}
	}
	r := c.read(label)
	ns := r.namings()
	if people := c.introduce(r, ns, true); len(people) == 1 && people[0] != nil {
		return &turn{who: people[0]}
	}
	if p := c.spelt(r, 1); p != nil {
		return &turn{who: p}
	}
	p := &person{name: r.folded(), full: label, taking: true}
	c.add(p)
	return &turn{who: p}
}

// spelt returns the person whose name the tokens spell with at least so many words, or nil.
func (c *cast) spelt(r *reader, least int) *person {
	for _, q := range c.people {
		if len(r.toks) >= least && len(r.toks) <= len(q.name) && r.spells(q.name) {
			return q
		}
	}
	return nil
}

// spells reports whether the tokens are words of a name.
func (r *reader) spells(name []string) bool {
	return !slices.ContainsFunc(r.folded(), func(w string) bool { return !slices.Contains(name, w) })
}

// folded returns the tokens as names are compared.
func (r *reader) folded() []string {
	var out []string
	for i := range r.toks {
		if r.toks[i].word {
			out = append(out, fold(r.low(i)))
		}
	}
	return out
}

// settleTurns proves the parties of those who take turns by what they say in the first
// person; of two who speak for two parties the second is of the other one.
func (c *cast) settleTurns(rel *timeline.Release) {
	var floor *person
	var speakers []*person
	section := -1
	for i, r := range c.readers {
		t := c.turns[i]
		if s := rel.Statements[i].Section; s != section && s >= 0 && s < len(c.heads) {
			section, floor = s, nil
			t = cmp.Or(t, c.heads[s])
		}
		if t != nil {
			floor = t.who
			if t.who != nil && !slices.Contains(speakers, t.who) {
				t.who.leads, t.who.opens = true, true
				speakers = append(speakers, t.who)
			}
		}
		if floor != nil {
			c.settleFirstPerson(floor, r)
		}
	}
	if len(speakers) != 2 {
		return
	}
	for i, p := range speakers {
		q := speakers[1-i]
		p.prove(c.other(q.party), timeline.ProofMeeting, q.full)
	}
}

// settleFirstPerson uses what one who has the floor says of the guest, the host and the
// place: "my colleague from LAND", "welcome to LAND", "my visit to LAND".
func (c *cast) settleFirstPerson(p *person, r *reader) {
	for i := range r.toks {
		var land timeline.Party
		end, own := i, false
		switch {
		case r.is(i, en.Mine):
			land, end = c.colleague(r, i+1)
		case r.is(i, en.Welcoming):
			land, end, own = c.welcomed(r, i+1)
		case r.is(i, en.Being):
			k := i + 1
			for r.is(k, en.Here) {
				k++
			}
			if r.is(k, en.In) && !r.is(0, en.If) {
				land, end = c.land(r, k+1)
			}
		}
		switch {
		case land == "":
		case own:
			p.prove(land, timeline.ProofHost, r.print(i, end))
		default:
			p.prove(c.other(land), timeline.ProofVisit, r.print(i, end))
		}
	}
}

// colleague reads "colleague from LAND", "Chilean friend", "visit to LAND" at token i and
// returns the country, which is the other one's.
func (c *cast) colleague(r *reader, i int) (timeline.Party, int) {
	var demonym timeline.Party
	for k := i; k < i+5; k++ {
		if p, ok := r.at[k]; ok && p.demonym {
			demonym = c.choose(p.parties)
			continue
		}
		switch {
		case r.is(k, en.Colleague):
			for m := k + 1; demonym == "" && m < k+8; m++ {
				if r.is(m, en.Whence) {
					if land, end := c.land(r, m+1); land != "" {
						return land, end
					}
				}
			}
			return demonym, k + 1
		case r.is(k, en.Visit) && r.is(k+1, en.Into):
			return c.land(r, k+2)
		}
	}
	return "", i
}

// welcomed reads "you to LAND", "the Minister from LAND" at token i and returns the
// country, and whether it is the one who welcomes that is of it.
func (c *cast) welcomed(r *reader, i int) (land timeline.Party, end int, own bool) {
	for k := i; k < i+reach && k < len(r.toks); k++ {
		switch w := r.low(k); {
		case r.is(k, en.Into) || r.is(k, en.Whence):
			if land, end = c.land(r, k+1); land != "" {
				return land, end, r.is(k, en.Into)
			}
		case w == "." || w == ";" || r.is(k, en.And):
			return "", i, false
		}
	}
	return "", i, false
}

// open takes in the heading under which the next statements stand. It may give the word to
// the person or the side that it names; any other heading gives it back to the authors of
// the whole text.
func (d *discourse) open(rel *timeline.Release, section int) {
	d.frame, d.floor, d.asking = nil, nil, false
	if section < 0 || section >= len(rel.Sections) {
		return
	}
	r := d.cast.read(rel.Sections[section].Heading)
	if v := d.cast.headed(r); !v.silent() {
		d.frame = &frame{voice: v, act: timeline.ActState, section: true}
		d.side = v
		if d.authored {
			d.floor = &v
		}
		return
	}
	d.take(d.cast.heads[section])
}

// take gives the floor to whose turn it is.
func (d *discourse) take(t *turn) {
	if t == nil {
		return
	}
	d.frame, d.asking, d.floor = nil, t.asked, nil
	if t.who != nil {
		v := d.personal(t.who)
		d.floor, d.side = &v, v
	}
}

// headed returns the voice of the side or person for whom a heading says that the items
// under it are told: "Norwegian side", "Opening remarks by Minister Rusu". It is silent for
// any other heading.
func (c *cast) headed(r *reader) voice {
	for i := range r.toks {
		p, ok := r.at[i]
		if !ok || !r.is(p.end, en.Side) || i > 1 || i == 1 && !r.is(0, en.The) {
			continue
		}
		if party := c.choose(p.parties); slices.Contains(c.parties, party) && len(r.toks) <= p.end+3 {
			return of([]timeline.Party{party})
		}
	}
	for _, n := range r.namings() {
		if n.end < len(r.toks) && !(r.genitive(n.end) && r.speaking(n.end+1, len(r.toks))) {
			continue
		}
		by := r.is(n.first-1, en.By) || r.is(n.first-1, en.Of)
		if n.end < len(r.toks) && n.first == 0 || by && r.speaking(0, n.first-1) {
			if q := c.meant(n); q != nil && q.party != "" && slices.Contains(c.parties, q.party) {
				return voice{parties: []timeline.Party{q.party}, people: []*person{q}}
			}
		}
	}
	return voice{}
}

// speaking reports whether tokens [i, end) say that somebody speaks: "Opening remarks".
func (r *reader) speaking(i, end int) bool {
	for ; i < end; i++ {
		if r.is(i, en.Remarks) {
			return true
		}
	}
	return false
}

// meant returns the person whom a naming means, or nil.
func (c *cast) meant(n naming) *person {
	if n.name != nil {
		return c.find(n)
	}
	return c.office(n)
}

// headings returns the turns that the headings of a transcript open, nil where they open
// none. What a journalist asks under a heading makes a text a transcript: then a bare name
// is one who answers.
func (c *cast) headings(rel *timeline.Release) []*turn {
	out := make([]*turn, len(rel.Sections))
	if rel.Kind != timeline.KindStatement {
		return out
	}
	asked := func(s timeline.Section) bool { return s.Number == "" && c.lex.Has(en.Question, label(s.Heading)) }
	transcript := slices.ContainsFunc(rel.Sections, asked)
	for i, s := range rel.Sections {
		switch {
		case s.Number != "":
		case asked(s):
			out[i] = &turn{asked: true}
		default:
			if p := c.heading(c.read(s.Heading), transcript); p != nil {
				out[i] = &turn{who: p}
			}
		}
	}
	return out
}

// heading returns the person whose name or office is all that a heading says, nil where it
// says anything else. Who is named so is of the cast from then on: later turns may give the
// name alone. A name without an office counts where it may be bare or is known.
func (c *cast) heading(r *reader, bare bool) *person {
	if ns := r.namings(); len(ns) > 0 && ns[0].first == 0 && ns[0].name != nil {
		if n := ns[0]; n.end >= len(r.toks) || r.low(n.end) == "," || r.low(n.end) == "(" {
			if q := c.introduce(r, ns[:1], true)[0]; q.party != "" || bare {
				return q
			}
		}
		return nil
	}
	if q := c.spelt(r, 2); q != nil && len(r.toks) == len(q.name) {
		return q
	}
	if n := len(r.toks); !bare || n < 2 || n > 4 || r.nameLength(0) != n || r.speaking(0, n) {
		return nil
	}
	p := &person{name: r.folded(), full: r.text, taking: true}
	c.add(p)
	return p
}
