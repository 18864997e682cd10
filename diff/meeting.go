package diff

import (
	"cmp"
	"math"
	"slices"

	"readout/timeline"
)

// bearing holds the weights by which evidence counts between two meetings, where
// wording shifts far more than between two versions of a page and order means
// little. docs/quality.md says what they were found on.
type bearing struct {
	content float64 // rare words, formulas of the trade put down
	letters float64 // sequences of letters
	within  float64 // how much of the shorter statement the longer one holds
	names   float64 // names and numbers shared
	place   float64 // standing at about the same point of the text
	next    float64 // that the statements before or after them are alike as well
	topic   float64 // sharing a topic, or a heading
	act     float64 // the same speech act, the same speakers
	idle    float64 // taken off where only the author narrates, on either side
	apart   float64 // taken off where both have topics and share none
	formula float64 // how much a formula word weighs, 1 being any other

	link  float64 // score from which two statements continue each other
	join  float64 // score from which a further one joins a link
	share float64 // and the share of the link's own score that it must reach
}

func positionBearing() bearing {
	return bearing{
		content: 0.45, letters: 0.3, within: 0.15, names: 0.1,
		place: 0.04, next: 0.06, topic: 0.15, act: 0.06, idle: 0.15, apart: 0.08,
		formula: 0.5, link: 0.385, join: 0.42, share: 0.64,
	}
}

// maxParts is how many statements may stand on the larger side of a link.
const maxParts = 3

// pairing is what speaks for one pair: each piece of evidence from 0 to 1.
type pairing struct {
	old, new                                                              int
	content, letters, within, names, place, next, topic, act, idle, apart float64
	score                                                                 float64
}

// weigh is the score without the neighbours' evidence.
func (w *bearing) weigh(p *pairing) float64 {
	return w.content*p.content + w.letters*p.letters + w.within*p.within + w.names*p.names +
		w.place*p.place + w.topic*p.topic + w.act*p.act - w.idle*p.idle - w.apart*p.apart
}

// reasons lists the evidence for people, the penalties negative.
func (p *pairing) reasons() []Reason {
	all := []Reason{
		{"words", p.content}, {"letters", p.letters}, {"within", p.within}, {"names", p.names}, {"place", p.place},
		{"neighbours", p.next}, {"topic", p.topic}, {"act and speakers", p.act}, {"narration", -p.idle}, {"topics apart", -p.apart},
	}
	out := all[:0]
	for _, r := range all {
		if r.Value = round(r.Value); r.Value != 0 {
			out = append(out, r)
		}
	}
	return out
}

// meeting links the statements of two meetings.
func (b *bench) meeting() { b.choose(b.pairings()) }

// choose scores the pairs, which are listed old by old, and links them best first:
// one to one from the threshold for links, and as a further part of a link from
// the one for joining.
func (b *bench) choose(ps []pairing) {
	w := &b.bearing
	b.score(ps)
	var order []int
	for k := range ps {
		if ps[k].score >= min(w.link, w.join) {
			order = append(order, k)
		}
	}
	slices.SortFunc(order, func(x, y int) int { return cmp.Or(cmp.Compare(ps[y].score, ps[x].score), cmp.Compare(x, y)) })
	olds, news := make([]int, len(b.old)), make([]int, len(b.new)) // number of the link plus one
	for _, k := range order {
		p := &ps[k]
		o, n := olds[p.old], news[p.new]
		joins := func(l *Link, one, many []int) bool {
			return len(one) == 1 && len(many) < maxParts && p.score >= max(w.join, w.share*l.Score) && !l.whole()
		}
		switch {
		case o == 0 && n == 0 && p.score >= w.link:
			l := b.link(p.score, Reason{}, []int{p.old}, []int{p.new})
			l.Reasons = p.reasons()
			l.Uncertain = p.score < w.link+unsure
			olds[p.old], news[p.new] = len(b.links), len(b.links)
		case o != 0 && n == 0:
			if l := &b.links[o-1]; joins(l, l.Old, l.New) {
				l.New = append(l.New, p.new)
				news[p.new] = o
			}
		case n != 0 && o == 0:
			if l := &b.links[n-1]; joins(l, l.New, l.Old) {
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

// unsure is how far above the threshold a score still asks for a person's eye.
const unsure = 0.05

// whole reports whether the link is of equal statements, which nothing can join.
func (l *Link) whole() bool { return l.Score == 1 }

// score weighs the evidence of every pair. Equal statements score 1.
func (b *bench) score(ps []pairing) {
	w, m := &b.bearing, len(b.new)
	base := make([]float64, len(ps))
	for k := range ps {
		base[k] = w.weigh(&ps[k])
	}
	for k := range ps {
		p := &ps[k]
		p.next = 0
		if p.old > 0 && p.new > 0 {
			p.next = max(p.next, base[k-m-1])
		}
		if p.old+1 < len(b.old) && p.new+1 < m {
			p.next = max(p.next, base[k+m+1])
		}
		p.score = min(base[k]+w.next*p.next, 0.99)
		if b.old[p.old].key == b.new[p.new].key {
			p.score = 1
		}
	}
}

// pairings measures every pair, old by old.
func (b *bench) pairings() []pairing {
	out := make([]pairing, 0, len(b.old)*len(b.new))
	b.persons = b.people()
	type sketch struct {
		content, names vector
	}
	sketches := func(us []unit) []sketch {
		out := make([]sketch, len(us))
		for i := range us {
			b.vectors(&us[i])
			out[i] = sketch{b.contentVector(&us[i]), b.nameVector(&us[i])}
		}
		return out
	}
	olds, news := sketches(b.old), sketches(b.new)
	for i := range b.old {
		x := &b.old[i]
		for j := range b.new {
			y := &b.new[j]
			p := pairing{old: i, new: j}
			d := olds[i].content.dot(&news[j].content)
			p.content = ratio(d, olds[i].content.norm*news[j].content.norm)
			p.letters = ratio(x.grams.dot(&y.grams), x.grams.norm*y.grams.norm)
			small := min(olds[i].content.norm, news[j].content.norm)
			p.within = min(1, ratio(d, small*small))
			p.names = ratio(olds[i].names.dot(&news[j].names), olds[i].names.norm*news[j].names.norm)
			p.place = 1 - math.Abs(float64(i)/float64(len(b.old))-float64(j)/float64(len(b.new)))
			if slices.ContainsFunc(x.st.Topics, func(t string) bool { return slices.Contains(y.st.Topics, t) }) || x.heading != "" && x.heading == y.heading {
				p.topic = 1
			} else if len(x.st.Topics) > 0 && len(y.st.Topics) > 0 {
				p.apart = 1
			}
			if x.st.Act == timeline.ActNone || y.st.Act == timeline.ActNone {
				p.idle = 1
			}
			if x.st.Act != "" && x.st.Act == y.st.Act {
				p.act += .5
			}
			if x.st.Act != "" && slices.Equal(x.st.Speakers, y.st.Speakers) {
				p.act += .5
			}
			out = append(out, p)
		}
	}
	return out
}

func ratio(x, of float64) float64 {
	if of == 0 {
		return 0
	}
	return x / of
}

// contentVector is the word vector without function words and with the formulas
// of the trade put down.
func (b *bench) contentVector(u *unit) vector {
	var v vector
	for _, t := range u.words.terms {
		c := b.vocabulary.entries[t.id].class
		switch {
		case c&stopWord != 0:
			continue
		case c&formula != 0 || b.persons[int32(t.id)]:
			t.weight *= float32(b.bearing.formula)
		}
		v.terms = append(v.terms, t)
	}
	v.measure()
	return v
}

// people lists the folded words that stand behind a title or the name of an office,
// as "Foreign Minister Arden" or "Mr. Tolva" have them: who spoke says nothing of
// what was said.
func (b *bench) people() map[int32]bool {
	out := make(map[int32]bool)
	for _, us := range [][]unit{b.old, b.new} {
		for i := range us {
			office := false
			for _, t := range b.tokensOf(&us[i]) {
				e := &b.vocabulary.entries[t.id]
				switch c := b.vocabulary.entries[e.folded].class; {
				case c&formula != 0 && e.capital:
					office = true
				case e.capital && c&stopWord == 0 && office:
					out[e.folded] = true
				case e.text != ".":
					office = false
				}
			}
		}
	}
	return out
}

// nameVector holds the names and numbers, by rarity.
func (b *bench) nameVector(u *unit) vector {
	var v vector
	for k, t := range u.tokens {
		e := &b.vocabulary.entries[t.id]
		c := b.vocabulary.entries[e.folded].class
		if !e.word || c&(stopWord|formula) != 0 || b.persons[e.folded] || !(e.number || e.capital && k > 0) {
			continue
		}
		v.terms = append(v.terms, term{uint32(e.folded), 1})
	}
	v.gather()
	for i := range v.terms {
		v.terms[i].weight = b.rarity(int32(v.terms[i].id))
	}
	v.measure()
	return v
}
