package speech

import (
	"regexp"
	"slices"
	"strings"

	"readout/internal/reading/names"
	"readout/timeline"
)

// discourse is what has been said so far, as far as later sentences refer to it.
type discourse struct {
	cast     *cast
	all      []timeline.Party // who speaks where both sides do
	group    []timeline.Party // whom "they" and "the leaders" mean
	gender   byte             // of the last single person who spoke, if known
	lastOf   map[byte]*person // by gender
	side     []timeline.Party // the last single side that spoke, for "it" and "he"
	pair     []timeline.Party // the last two named together, for "the former"
	authored bool             // the parties are the authors
	authors  []timeline.Party // whose words an authored text is, nil for those of the group
	whole    []timeline.Party // authors of the whole text, between the turns of a transcript
	frame    *frame
}

func newDiscourse(c *cast, rel *timeline.Release) *discourse {
	d := &discourse{cast: c, all: c.parties, group: c.parties, lastOf: map[byte]*person{}}
	d.authored = rel.Kind == timeline.KindJointStatement || rel.Kind == timeline.KindStatement || isStatementTitle(rel.Title)
	if home := c.homeOf(rel); rel.Kind == timeline.KindStatement && home != "" && !c.names(rel.Title, home) {
		d.authors = []timeline.Party{home}
	}
	d.whole = d.authors
	return d
}

// names reports whether a text names a party. The statement of one ministry leaves its
// own country out of the title; one that names both sides speaks for both.
func (c *cast) names(text string, p timeline.Party) bool {
	return c.gaz != nil && slices.ContainsFunc(c.gaz.Find(text), func(m names.Mention) bool { return m.Party == p })
}

// author returns whose words the sentences of an authored text are.
func (d *discourse) author() []timeline.Party {
	if d.authors != nil {
		return slices.Clone(d.authors)
	}
	return slices.Clone(d.group)
}

// pressLabel is what a ministry calls a text of any kind for the press.
var pressLabel = regexp.MustCompile(`^(?:[\pL]+ )?(?:press|media|news) statements?\s*[:–—-]\s`)

// isStatementTitle reports whether a title is that of a text in which its parties
// speak themselves, together or as one body.
func isStatementTitle(title string) bool {
	low := strings.ToLower(title)
	if strings.HasPrefix(low, "readout") {
		return false
	}
	low = pressLabel.ReplaceAllString(low, "")
	for _, kind := range []string{"statement", "declaration", "communiqu", "joint vision", "joint announcement"} {
		if strings.Contains(low, kind) {
			return true
		}
	}
	return false
}

// speakers returns who speaks in the statement, sorted, or nil where the subject
// is nobody who takes part.
func (d *discourse) speakers(c *clauseReader, got reading) []timeline.Party {
	if got.act == timeline.ActNone {
		return nil
	}
	if got.subject == nil {
		return slices.Clone(d.group)
	}
	ps := d.resolve(got.subject)
	switch {
	case got.other && len(ps) == 1:
		if o := d.cast.other(ps[0]); o != "" {
			return []timeline.Party{o}
		}
	case got.together:
		return slices.Clone(d.all)
	}
	if got.reply != nil && len(ps) == 1 {
		if other := d.resolve(got.reply); len(other) == 1 && slices.Contains(d.all, other[0]) && got.reply.kind == namedActor {
			ps = timeline.SortParties(append(ps, other...))
		}
	}
	if d.authored && containsAll(ps, d.all) {
		// Two authors who name a third party beside themselves speak for
		// themselves.
		return slices.Clone(d.all)
	}
	if !slices.ContainsFunc(ps, func(p timeline.Party) bool { return slices.Contains(d.all, p) }) {
		return nil
	}
	return ps
}

func containsAll(ps, all []timeline.Party) bool {
	return !slices.ContainsFunc(all, func(p timeline.Party) bool { return !slices.Contains(ps, p) })
}

// resolve returns the parties that an actor stands for.
func (d *discourse) resolve(a *actor) []timeline.Party {
	if a.members != nil {
		var out []timeline.Party
		for i := range a.members {
			out = append(out, d.resolve(&a.members[i])...)
		}
		return timeline.SortParties(out)
	}
	switch a.kind {
	case pronounActor:
		return d.pronoun(a.pronoun)
	case groupActor, eventActor:
		return slices.Clone(d.group)
	}
	return a.named()
}

func (d *discourse) pronoun(w string) []timeline.Party {
	switch w {
	case "we":
		return d.author()
	case "they", "both", "each":
		return slices.Clone(d.group)
	case "he", "she":
		if p := d.lastOf[genderOf(w)]; p != nil && d.gender != 0 && d.gender != genderOf(w) {
			return timeline.SortParties([]timeline.Party{p.party})
		}
		return slices.Clone(d.side)
	case "it":
		return slices.Clone(d.side)
	case "former":
		if len(d.pair) == 2 {
			return d.pair[:1:1]
		}
	case "latter":
		if len(d.pair) == 2 {
			return d.pair[1:2:2]
		}
	}
	return nil
}

func genderOf(pronoun string) byte {
	if pronoun == "she" || pronoun == "her" {
		return 'f'
	}
	return 'm'
}

// remember takes in what later sentences may refer to.
func (d *discourse) remember(c *clauseReader, got reading, speakers []timeline.Party) {
	d.rememberPair(c)
	a := got.subject
	if a == nil || a.kind == eventActor || a.kind == pronounActor && a.pronoun != "he" && a.pronoun != "she" {
		return
	}
	ps := d.resolve(a)
	switch {
	case a.who != nil && a.members == nil:
		d.side = slices.Clone(ps)
		d.learnGender(c, a)
		d.gender = a.who.gender
		if a.who.gender != 0 {
			d.lastOf[a.who.gender] = a.who
		}
		d.cast.speak(a.who)
	case a.kind == groupActor && !a.plural:
		d.side = slices.Clone(ps) // "our partnership": what "it" does, all do
	case len(ps) == 1:
		d.side = slices.Clone(ps)
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
		if w := c.low(i); w == "his" || w == "her" {
			a.who.gender = genderOf(w)
			if w == "his" {
				a.who.gender = 'm'
			}
			return
		}
	}
}
