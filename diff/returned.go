package diff

import (
	"cmp"
	"slices"

	"readout/timeline"
)

// Return is an earlier statement that a new one takes up again: it was said, left
// out at one meeting or more that spoke of the topic, and came back.
type Return struct {
	Statement  timeline.Statement
	Release    *timeline.Release // the last meeting that said it
	Similarity float64           // of the wordings, 0 to 1
	// Edits lead from the text of Statement to that of the one that returned.
	Edits []Edit
}

// leastReturn is the similarity from which a new statement counts as an old one come
// back. It lies above what links neighbouring meetings: the further apart two
// statements stand, the more a likeness may be chance.
const leastReturn = 0.6

// absence keeps the statements of a topic that were dropped and have not come back,
// laid out once for all: a meeting makes a few new ones, its past may have left out
// thousands. The zero value is empty.
type absence struct {
	bench  *bench // where new statements are held against them; frequency counts the words of all
	keys   map[string]int32
	units  []unit
	last   []said         // side by side with units
	people []int32        // see bench.people
	grams  [][]occurrence // by sequence of letters, the units that have it
	places []int32        // in units, by number; -1 of one that came back
}

// said is when an absent statement was there, and its number in order of leaving.
type said struct {
	in     *timeline.Release
	number int32
}

// occurrence says how often the unit of a number has a sequence of letters.
type occurrence struct {
	number int32
	weight float32
}

// begin notes that the statement, last said in r, was dropped.
func (a *absence) begin(st timeline.Statement, r *timeline.Release, o Options) {
	if a.bench == nil {
		*a = absence{bench: &bench{vocabulary: newVocabulary(o.lexicon()), bearing: positionBearing()},
			keys: map[string]int32{}, grams: make([][]occurrence, 1<<gramBits)}
	}
	u := a.lay([]timeline.Statement{st})[0]
	number := int32(len(a.places))
	for _, t := range u.grams.terms {
		a.grams[t.id] = append(a.grams[t.id], occurrence{number, t.weight})
	}
	a.places = append(a.places, int32(len(a.units)))
	a.units, a.last = append(a.units, u), append(a.last, said{r, number})
	a.count(&u, 1)
}

// lay lays statements out, their words counted but not weighed: how rare a word is
// changes with every meeting. Statements of several releases are compared, so they lie
// there without their sections.
func (a *absence) lay(statements []timeline.Statement) []unit {
	us := units(side{statements: slices.Clone(statements)}, a.keys)
	for i := range us {
		u := &us[i]
		u.st.Section = -1
		u.words.terms = a.bench.countWords(a.bench.tokensOf(u))
		u.grams = a.bench.gramVector(u.st.Text)
		u.ready = true
	}
	return us
}

// count counts the words of a unit; times is 1, or -1 to take them off again.
func (a *absence) count(u *unit, times int32) {
	b := a.bench
	b.frequency = b.vocabulary.widen(b.frequency)
	for _, t := range u.tokens {
		b.frequency[b.vocabulary.entries[t.id].folded] += times
	}
	a.people = b.countPeople(a.people, u, times)
}

// end finds out which of the new statements are absent ones come back; those are
// absent no longer.
func (a *absence) end(changes []StatementChange) {
	var statements []timeline.Statement
	var at []int
	for i, c := range changes {
		if c.Kind == New {
			statements, at = append(statements, c.Statement), append(at, i)
		}
	}
	if len(statements) == 0 || len(a.units) == 0 {
		return
	}
	fresh := a.lay(statements)
	back := make(map[string]bool)
	for _, l := range a.links(fresh) {
		if len(l.Old) != 1 || len(l.New) != 1 || l.Uncertain {
			continue
		}
		old, new := a.units[l.Old[0]].st, fresh[l.New[0]].st
		if c := a.bench.change(l, []timeline.Statement{*old}, []timeline.Statement{*new}); c.Similarity >= leastReturn {
			back[old.ID] = true
			changes[at[l.New[0]]].Returned = &Return{Statement: *old, Release: a.last[l.Old[0]].in, Similarity: c.Similarity, Edits: c.Edits}
		}
	}
	if len(back) > 0 {
		a.forget(back)
	}
}

// links links the new statements with the absent ones as if either were said at one
// meeting (see bench.meeting).
func (a *absence) links(fresh []unit) []Link {
	b := a.bench
	for i := range fresh {
		a.count(&fresh[i], 1)
	}
	b.setRarities(len(a.units) + len(fresh))
	for _, us := range [][]unit{a.units, fresh} {
		for i := range us {
			a.weigh(&us[i])
		}
	}
	for i := range fresh {
		a.count(&fresh[i], -1)
	}
	b.old, b.new, b.links = a.units, fresh, nil
	b.findFrames()
	b.choose(a.pairings())
	return b.finish()
}

// weigh makes what depends on the others of a unit anew, in the space of the last one.
func (a *absence) weigh(u *unit) {
	b := a.bench
	b.terms = append(b.terms[:0], u.words.terms...)
	b.weighRare(b.terms)
	u.content = b.contentVector(u.content.terms[:0], b.terms, a.people)
	u.frame = false // until findFrames says so
}

// pairings measures every pair as bench.pairings does, old by old, but lists only those
// that may be linked.
func (a *absence) pairings() []pairing {
	b := a.bench
	olds, news := b.topicsShared()
	letters := make([]float64, len(b.old))
	var out []pairing
	for j := range b.new {
		y := &b.new[j]
		a.dots(&y.grams, letters)
		b.words.load(&y.content)
		for i := range b.old {
			x := &b.old[i]
			p := pairing{old: i, new: j}
			p.content = ratio(b.words.dot(&x.content), x.content.norm*y.content.norm)
			p.letters = ratio(letters[i], x.grams.norm*y.grams.norm)
			b.circumstances(&p, olds[i]+news[j])
			if b.settle(&p); p.score >= b.bearing.link {
				out = append(out, p)
			}
		}
		b.words.unload(&y.content)
	}
	slices.SortFunc(out, func(x, y pairing) int { return cmp.Or(cmp.Compare(x.old, y.old), cmp.Compare(x.new, y.new)) })
	return out
}

// dots sets out[i] to the scalar product of a letter vector with that of the i-th unit.
func (a *absence) dots(v *vector, out []float64) {
	clear(out)
	for _, t := range v.terms {
		for _, o := range a.grams[t.id] {
			if i := a.places[o.number]; i >= 0 {
				out[i] += float64(t.weight) * float64(o.weight)
			}
		}
	}
}

// forget takes out the statements that came back.
func (a *absence) forget(back map[string]bool) {
	kept := 0
	for i := range a.units {
		u, l := a.units[i], a.last[i]
		if back[u.st.ID] {
			a.places[l.number] = -1
			a.count(&u, -1)
			continue
		}
		a.places[l.number] = int32(kept)
		a.units[kept], a.last[kept] = u, l
		kept++
	}
	clear(a.units[kept:])
	a.units, a.last = a.units[:kept], a.last[:kept]
}
