package diff

import (
	"cmp"
	"math"
	"slices"

	"readout/timeline"
)

// bearing holds the weights by which evidence counts between two meetings, where
// wording shifts far more than between two versions of a page and order means
// little. docs/quality.md says what they were found on, and what else was tried.
type bearing struct {
	content float64 // rare words; formulas of the trade put down, function words and speakers left out
	letters float64 // sequences of letters
	topic   float64 // sharing a topic or a heading that few others share
	place   float64 // standing at about the same point of the text
	idle    float64 // taken off where only the author narrates, on either side
	frame   float64 // taken off where one of the two makes no point; see [bench.findFrames]

	formula float64 // how much a formula word weighs, 1 being any other
	unknown float64 // what counts as shared where a statement has no topic
	link    float64 // score from which two statements continue each other
}

func positionBearing() bearing {
	return bearing{
		content: 0.5, letters: 0.35, topic: 0.2, place: 0.03, idle: 0.15, frame: 0.4,
		formula: 0.5, unknown: 0.25, link: 0.3,
	}
}

// maxParts is how many statements may stand on the larger side of a link.
const maxParts = 3

// unsure is how far above the threshold a score still asks for a person's eye: two
// in five of those below are wrong, one in eight of the others.
const unsure = 0.1

// mostUnequal is the highest score of statements that are not the same.
const mostUnequal = 0.99

// pairing is what speaks for one pair: each piece of evidence from 0 to 1.
type pairing struct {
	old, new                                    int
	content, letters, topic, place, idle, frame float64
	score                                       float64
}

// meeting links the statements of two meetings.
func (b *bench) meeting() { b.choose(b.pairings()) }

// choose links pairs best first: one to one, or as a further part of a link that is
// liker with it than without.
func (b *bench) choose(ps []pairing) {
	w := &b.bearing
	ps = slices.DeleteFunc(ps, func(p pairing) bool { return p.score < w.link })
	slices.SortStableFunc(ps, func(x, y pairing) int { return cmp.Compare(y.score, x.score) })
	olds, news := make([]int, len(b.old)), make([]int, len(b.new)) // number of the link plus one
	for k := range ps {
		p := &ps[k]
		o, n := olds[p.old], news[p.new]
		switch {
		case o == 0 && n == 0:
			l := b.link(p.score, Reason{}, []int{p.old}, []int{p.new})
			l.Reasons, l.Shared = w.reasons(p), b.shared(p)
			l.Uncertain = p.score < w.link+unsure || p.score < 1 && otherSide(b.old[p.old].st, b.new[p.new].st)
			olds[p.old], news[p.new] = len(b.links), len(b.links)
		case o != 0 && n == 0:
			if l := &b.links[o-1]; l.open(l.Old, l.New) && b.completes(&b.old[p.old], b.new, l.New, p.new) {
				l.New = append(l.New, p.new)
				news[p.new] = o
			}
		case n != 0 && o == 0:
			if l := &b.links[n-1]; l.open(l.New, l.Old) && b.completes(&b.new[p.new], b.old, l.Old, p.old) {
				l.Old = append(l.Old, p.old)
				olds[p.old] = n
			}
		}
	}
	for k := range b.links {
		slices.Sort(b.links[k].Old)
		slices.Sort(b.links[k].New)
	}
}

// otherSide reports whether one side alone spoke then and another now: that may be
// the answer to a point, and no later wording of it.
func otherSide(x, y *timeline.Statement) bool {
	return len(x.Speakers) == 1 && len(y.Speakers) == 1 && x.Speakers[0] != y.Speakers[0]
}

// open reports whether a further statement may join the side called many. Nothing
// joins two equal ones.
func (l *Link) open(one, many []int) bool {
	return len(one) == 1 && len(many) < maxParts && l.Score < 1
}

// completes reports whether the parts together with the next one are at least as
// like the whole as they are without: what merely speaks of the same adds words of
// its own, the rest of a statement brings the words that were missing.
func (b *bench) completes(whole *unit, side []unit, parts []int, next int) bool {
	likeness := func(parts []int) float64 {
		var dot, square float64
		b.words.load(&whole.content)
		for _, i := range parts {
			dot += b.words.dot(&side[i].content)
		}
		b.words.unload(&whole.content)
		for _, i := range parts {
			b.words.load(&side[i].content)
			for _, j := range parts {
				square += b.words.dot(&side[j].content)
			}
			b.words.unload(&side[i].content)
		}
		return ratio(dot, math.Sqrt(square))
	}
	return likeness(append(slices.Clone(parts), next)) >= likeness(parts)
}

// pairings measures every pair, old by old. Equal statements score 1, others less.
func (b *bench) pairings() []pairing {
	people := b.people()
	b.findFrames()
	for _, us := range [][]unit{b.old, b.new} {
		for i := range us {
			u := b.vectors(&us[i])
			u.content = b.contentVector(make([]term, 0, len(u.words.terms)), u.words.terms, people)
		}
	}
	content := newPostings(b.new, func(u *unit) *vector { return &u.content }, len(b.vocabulary.entries))
	letters := b.letterDots()
	words, grams := make([]float64, len(b.new)), make([]float64, len(b.new))
	olds, news := b.topicsShared()
	out := make([]pairing, 0, len(b.old)*len(b.new))
	for i := range b.old {
		x := &b.old[i]
		content.dots(&x.content, words)
		letters(&x.grams, grams)
		for j := range b.new {
			y := &b.new[j]
			p := pairing{old: i, new: j}
			p.content = ratio(words[j], x.content.norm*y.content.norm)
			p.letters = ratio(grams[j], x.grams.norm*y.grams.norm)
			b.circumstances(&p, olds[i]+news[j])
			b.settle(&p)
			out = append(out, p)
		}
	}
	return out
}

// fewPairs is up to how many pairs of statements the letters are multiplied pair by
// pair: a table of all sequences costs more to lay out than that. Products of counts are
// whole numbers, so that the sums are the same either way.
const fewPairs = 500

// letterDots returns a function that sets out[j] to the scalar product of v with the
// letter vector of the j-th new unit.
func (b *bench) letterDots() func(v *vector, out []float64) {
	if len(b.old)*len(b.new) > fewPairs {
		p := newPostings(b.new, func(u *unit) *vector { return &u.grams }, 1<<gramBits)
		return p.dots
	}
	return func(v *vector, out []float64) {
		b.grams.load(v)
		for j := range b.new {
			out[j] = b.grams.dot(&b.new[j].grams)
		}
		b.grams.unload(v)
	}
}

// findFrames marks the statements that make no point: the author narrates, and of no
// topic, as in "the ministers met today". Those of two meetings are much alike without
// the one continuing the other. They can be told only in texts that were understood:
// both report what was said, and topics are known.
func (b *bench) findFrames() {
	topics := false
	for _, us := range [][]unit{b.old, b.new} {
		reports := false
		for i := range us {
			reports = reports || us[i].st.Act != timeline.ActNone
			topics = topics || len(us[i].st.Topics) > 0
		}
		if !reports {
			return
		}
	}
	if !topics {
		return
	}
	for _, us := range [][]unit{b.old, b.new} {
		for i := range us {
			us[i].frame = us[i].st.Act == timeline.ActNone && len(us[i].st.Topics) == 0
		}
	}
}

// circumstances sets the evidence that does not lie in the wording. The two statements
// share topics with so many others, both taken together: a topic that they have to
// themselves says more than one that is the subject of the whole meeting. One that is
// not known may still be shared.
func (b *bench) circumstances(p *pairing, sharing int) {
	x, y := &b.old[p.old], &b.new[p.new]
	p.place = 1 - math.Abs(float64(p.old)/float64(len(b.old))-float64(p.new)/float64(len(b.new)))
	if x.st.Act == timeline.ActNone || y.st.Act == timeline.ActNone {
		p.idle = 1
	}
	if x.frame || y.frame {
		p.frame = 1
	}
	switch {
	case x.sharesTopic(y):
		p.topic = math.Sqrt(2 / float64(sharing))
	case len(x.st.Topics) == 0 || len(y.st.Topics) == 0:
		p.topic = b.bearing.unknown
	}
}

// settle sets the score of a pair from its evidence.
func (b *bench) settle(p *pairing) {
	p.score = b.bearing.weigh(p)
	if b.old[p.old].key == b.new[p.new].key {
		p.score = 1
	}
}

// topicsShared counts, for every unit of either side, those of the other that have a
// topic in common with it.
func (b *bench) topicsShared() (olds, news []int) {
	olds, news = make([]int, len(b.old)), make([]int, len(b.new))
	for i := range b.old {
		for j := range b.new {
			if b.old[i].sharesTopic(&b.new[j]) {
				olds[i]++
				news[j]++
			}
		}
	}
	return olds, news
}

// sharesTopic reports whether the two have a topic in common, or a heading.
func (x *unit) sharesTopic(y *unit) bool {
	for _, m := range x.matters {
		if slices.Contains(y.matters, m) {
			return true
		}
	}
	return false
}

// ratio is x/of, 0 where of is.
func ratio(x, of float64) float64 {
	if of == 0 {
		return 0
	}
	return x / of
}

// contentVector is the vector of the given words, weighed by rarity, without function
// words and the names of people who speak, and with the formulas of the trade put down.
// It is made in the given space.
func (b *bench) contentVector(space, words []term, people []int32) vector {
	v := vector{terms: space}
	for _, t := range words {
		c := b.vocabulary.entries[t.id].class
		if c&stopWord != 0 || people[t.id] > 0 {
			continue
		}
		if c&formula != 0 {
			t.weight *= float32(b.bearing.formula)
		}
		v.terms = append(v.terms, t)
	}
	v.measure()
	return v
}

// people counts, by folded word, how often both sides name a person by it.
func (b *bench) people() []int32 {
	var out []int32
	for _, us := range [][]unit{b.old, b.new} {
		for i := range us {
			out = b.countPeople(out, &us[i], 1)
		}
	}
	return b.vocabulary.widen(out)
}

// countPeople adds times to the count of each folded word that stands behind a title
// or the name of an office, as "Foreign Minister Arden" or "Mr. Tolva" have them: who
// spoke says nothing of what was said.
func (b *bench) countPeople(counts []int32, u *unit, times int32) []int32 {
	ts := b.tokensOf(u)
	counts = b.vocabulary.widen(counts)
	office := false
	for _, t := range ts {
		e := &b.vocabulary.entries[t.id]
		switch c := b.vocabulary.entries[e.folded].class; {
		case c&formula != 0 && e.capital:
			office = true
		case e.capital && c&stopWord == 0 && office:
			counts[e.folded] += times
		case e.text != ".":
			office = false
		}
	}
	return counts
}

// widen makes room in counts for every token.
func (v *vocabulary) widen(counts []int32) []int32 {
	return append(counts, make([]int32, max(0, len(v.entries)-len(counts)))...)
}
