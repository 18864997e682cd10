package diff

import (
	"slices"

	"readout/timeline"
)

// Absence is the proof that a meeting did not make a statement again, or that it may have.
type Absence struct {
	// Against is the text of the meeting in which the statement was looked for; every
	// other text of that meeting was searched as well.
	Against *timeline.Release
	// Nearest is what came closest in any of these texts, nil where they say nothing.
	Nearest *Nearest
	// Silence says why nothing is claimed; it is empty where the statement is gone.
	Silence Silence
	// Raised reports whether the meeting took up any topic of the statement. Where it did
	// not, the whole issue is gone.
	Raised bool
}

// Words says in words why nothing is claimed or that the whole issue is gone, "" where neither is.
func (a Absence) Words() string {
	if a.Against != nil && a.Silence == "" && !a.Raised {
		return "and its issue with it"
	}
	return a.Silence.Words()
}

// Nearest is the statement that is most like one that was looked for.
type Nearest struct {
	Statement  timeline.Statement
	Similarity float64 // 0 to 1, rounded to four places; not on the scale of two wordings
}

// Missing is a statement that is gone.
type Missing struct {
	Statement timeline.Statement
	Release   *timeline.Release // the one that made it
	Absence
}

// likeness is what two units share: of the weight of their stems and of their letters, and
// which share of the first the second has.
type likeness struct{ content, letters, cover float64 }

func (l likeness) total() float64 {
	return contentShare*l.content + lettersShare*l.letters + coverShare*l.cover
}

// The measures of a likeness and of the search for a statement that may be gone.
// docs/quality.md says what they were found on.
const (
	contentShare = 0.5
	lettersShare = 0.4
	coverShare   = 0.1
	// A topic in common lifts a likeness by so much when the nearest statement is chosen.
	topicShare = 0.1
	// The nearest statement may be nearer still to another of the old text, whose
	// successor it then is rather.
	rivalShare = 0.4
	// The words of a statement may be met again scattered over a meeting.
	metShare = 0.4
	// The nearest statement may be all that the meeting says on an issue of which the old text
	// said no more either: what is one point in both is likely the same one.
	loneShare = 0.1
	// goneBelow is the sum of these below which the point was not made again.
	goneBelow = 0.36
	// shortGoneBelow is the same where a text much shorter takes up the issue: it
	// could not hold every point of the old one, and one of fewer than detailed
	// statements hardly any.
	shortGoneBelow = 0.33
	detailed       = 12
)

// muchShorter is the share of the statements of a text below which another is much shorter.
const muchShorter = 1.0 / 3

// absence looks for unit o in all texts of the meeting of text new.
func (p *Past) absence(o int32, new int) Absence {
	return p.finding(o, new).Absence
}

// finding is an absence with what speaks for the statement's having been said.
type finding struct {
	Absence
	said float64
	// opening is set where it is not called gone only because the nearest statement opens its text.
	opening bool
}

// maySay reports whether the meeting may make the point, whatever the form of its texts.
func (f finding) maySay() bool {
	return f.Silence == MaybeSaid && !f.opening || f.Silence == OtherForm && f.said >= goneBelow
}

func (p *Past) finding(o int32, new int) finding {
	key := [2]int32{o, int32(new)}
	if f, known := p.judged[key]; known {
		return f
	}
	f := p.search(o, new)
	p.judged[key] = f
	return f
}

func (p *Past) search(o int32, new int) finding {
	a := Absence{Against: p.texts[new].release}
	old := int(p.owner[o])
	if (p.texts[old].to-p.texts[old].from)*p.size(new) > maxCells {
		a.Silence = TooLong
		return finding{Absence: a}
	}
	x := &p.units[o]
	best, at := p.nearest(x, old, new, &a)
	said, opening := 0.0, 0.0
	if at >= 0 {
		said = best.total() + metShare*p.met(x, old, new) + rivalShare*(best.total()-p.rival(o, old, at))
		if a.Raised && x.sharesTopic(&p.units[at]) {
			said += topicShare
			if p.lone(x, old, new, &p.units[at]) {
				said += loneShare
			}
		}
		a.Nearest = &Nearest{*p.units[at].st, round(min(1, best.total()))}
		opening = rivalShare * p.openingRival(o, old, at)
	}
	a.Raised = a.Raised || p.founded(x, new)
	f := finding{Absence: a, said: said}
	f.Silence = p.silence(o, old, new, said, a.Raised)
	if f.Silence == "" && p.takenUp(o, new) {
		f.Silence = MaybeSaid
	}
	if f.Silence == "" && opening > 0 {
		f.Silence = p.silence(o, old, new, said+opening, a.Raised)
		f.opening = f.Silence != ""
	}
	return f
}

// lone reports whether x and y are all that their texts say on a topic that they share, for y all
// that the meeting of text new says on it.
func (p *Past) lone(x *unit, old, new int, y *unit) bool {
	return slices.ContainsFunc(x.st.Topics, func(id string) bool {
		if p.texts[old].topics[id] != 1 || !slices.Contains(y.st.Topics, id) {
			return false
		}
		n := 0
		for _, k := range p.texts[new].meeting {
			if k != old {
				n += p.texts[k].topics[id]
			}
		}
		return n == 1
	})
}

// silence says why a statement that was looked for is not called gone, given how much
// speaks for its having been said.
func (p *Past) silence(o int32, old, new int, said float64, raised bool) Silence {
	switch {
	case len(p.units[o].st.Topics) == 0 && p.topics:
		return NoTopic
	case p.idle(o):
		return Idle
	case p.lanes.Of(p.texts[old].release).Form != p.lanes.Of(p.texts[new].release).Form && p.options.Against != ByNeighbour:
		return OtherForm
	case p.maySay(o, new, said):
		return MaybeSaid
	case p.units[o].st.Inherited:
		return Unnamed
	case raised && p.short(old, new) && (said >= shortGoneBelow || p.size(new) < detailed):
		return ShortText
	case p.done(o):
		return Idle
	}
	return ""
}

// maySay reports whether the meeting of text new may make the point of unit o again, given how much
// speaks for it.
func (p *Past) maySay(o int32, new int, said float64) bool {
	switch {
	case said >= lostBelow:
		return true
	case said >= goneBelow:
		return !p.knownBy(o, new).isLost() || p.namesAgain(o, new, false)
	}
	return p.knownBy(o, new).stands() || p.namesAgain(o, new, true)
}

// short reports whether all texts of the meeting of new together are much shorter than old.
func (p *Past) short(old, new int) bool {
	return float64(p.size(new)) < muchShorter*float64(p.texts[old].to-p.texts[old].from)
}

// size is how many statements all texts of the meeting of a text have.
func (p *Past) size(i int) (n int) {
	for _, k := range p.texts[i].meeting {
		n += p.texts[k].to - p.texts[k].from
	}
	return n
}

// nearest finds the unit of the meeting of text new that is most like x, -1 for none, and
// notes whether a topic of x is taken up at all.
func (p *Past) nearest(x *unit, old, new int, a *Absence) (best likeness, at int) {
	sum := p.load(x)
	defer p.unload(x)
	at = -1
	most := -1.0
	for _, k := range p.texts[new].meeting {
		if k == old {
			continue
		}
		for i := p.texts[k].from; i < p.texts[k].to; i++ {
			y := &p.units[i]
			l := p.like(x, y, sum)
			total := l.total()
			if x.sharesTopic(y) {
				a.Raised = true
				total += topicShare
			}
			if total > most {
				best, most, at = l, total, i
			}
		}
	}
	return best, at
}

// nearestOf finds which of some statements of a text, whose units begin at from, is most like unit o,
// with their likeness, rounded; -1 where there are none.
func (p *Past) nearestOf(o int32, from int, among []int) (at int, likeness float64) {
	x := &p.units[o]
	sum := p.load(x)
	defer p.unload(x)
	at = -1
	most := -1.0
	for k, n := range among {
		y := &p.units[from+n]
		total := p.like(x, y, sum).total()
		lift := 0.0
		if x.sharesTopic(y) {
			lift = topicShare
		}
		if total+lift > most {
			at, most, likeness = k, total+lift, total
		}
	}
	return at, round(min(1, likeness))
}

// met is the share of the words of x, by weight, that the meeting of text new has
// anywhere, also inside sentences on another matter.
func (p *Past) met(x *unit, old, new int) float64 {
	var met, sum float64
	for _, t := range x.content.terms {
		sum += float64(t.weight)
		if p.has(t.id, old, new) {
			met += float64(t.weight)
		}
	}
	return ratio(met, sum)
}

// has reports whether a text of the meeting of text new, other than old, has a stem.
func (p *Past) has(stem uint32, old, new int) bool {
	units := p.unitsWith(stem)
	return slices.ContainsFunc(p.texts[new].meeting, func(k int) bool {
		i, _ := slices.BinarySearch(units, int32(p.texts[k].from))
		return k != old && i < len(units) && int(units[i]) < p.texts[k].to
	})
}

// kin2 are the two likest statements of a text to a unit of another.
type kin2 struct {
	first          int32 // the likest, -1 for none
	most, nextMost float64
}

// rival is the likeness of unit y with that statement of the old text, other than o, which is
// most like it.
func (p *Past) rival(o int32, old, y int) float64 {
	key := [2]int32{int32(y), int32(old)}
	k, known := p.rivals[key]
	if !known {
		k = p.likest(p.texts[old].from, p.texts[old].to, &p.units[y])
		p.rivals[key] = k
	}
	if k.first == o {
		return k.nextMost
	}
	return k.most
}

// openingRival is how much of the likeness of a rival is that of two openings: where unit y opens its
// text, the opening of the old one is like it by who met whom, whatever else either says.
func (p *Past) openingRival(o int32, old, y int) float64 {
	from, to := p.texts[old].from, p.texts[old].to
	if y != p.texts[p.owner[y]].from || int(o) == from {
		return 0
	}
	k := p.likest(from+1, to, &p.units[y])
	if k.first == o {
		k.most = k.nextMost
	}
	return p.rival(o, old, y) - k.most
}

// likest finds the two of some units that are most like y.
func (p *Past) likest(from, to int, y *unit) kin2 {
	p.load(y)
	defer p.unload(y)
	k := kin2{first: -1}
	for i := from; i < to; i++ {
		z := &p.units[i]
		switch total := p.like(y, z, p.weight(z)).total(); {
		case total > k.most:
			k = kin2{int32(i), total, k.most}
		case total > k.nextMost:
			k.nextMost = total
		}
	}
	return k
}

// like compares x, which is loaded, with y. Sum is the weight of that of the two which may
// be covered by the other.
func (p *Past) like(x, y *unit, sum float64) likeness {
	l := p.stemsAlike(x, y, sum)
	l.letters = p.lettersAlike(x, y)
	return l
}

// lettersAlike is the likeness of the letters of x, which is loaded, and y.
func (p *Past) lettersAlike(x, y *unit) float64 {
	return ratio(p.grams.dot(&p.letters(y).grams), x.grams.norm*y.grams.norm)
}

// stemsAlike is like without the letters.
func (p *Past) stemsAlike(x, y *unit, sum float64) likeness {
	var dot, both float64
	cover := p.bench.words
	for _, t := range y.content.terms {
		if int(t.id) < len(cover) && cover[t.id] > 0 {
			dot += float64(cover[t.id]) * float64(t.weight)
			both += float64(cover[t.id])
		}
	}
	return likeness{content: ratio(dot, x.content.norm*y.content.norm), cover: min(1, ratio(both, sum))}
}

// load lays the vectors of x out, and returns the weight of its stems.
func (p *Past) load(x *unit) float64 {
	p.bench.words.load(&x.content)
	p.grams.load(&p.letters(x).grams)
	return p.weight(x)
}

func (p *Past) unload(x *unit) {
	p.bench.words.unload(&x.content)
	p.grams.unload(&x.grams)
}

// weight is the sum of the weights of the stems of a unit.
func (p *Past) weight(u *unit) (sum float64) {
	for _, t := range u.content.terms {
		sum += float64(t.weight)
	}
	return sum
}
