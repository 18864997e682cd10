package diff

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"readout/timeline"
)

// The measures of a line of descent: which earlier statement, in whatever text of the
// series, a statement continues. docs/quality.md says what they were found on.
const (
	// kinContent is the likeness of the stems alone below which nothing is compared.
	// It makes the search short: what is as like shares one of the rarest words.
	kinContent = 0.2
	// kin is the likeness from which a statement may continue another, kinSure that from which
	// no person need look.
	kin     = 0.3
	kinSure = 0.5
	// kinReturned is the score from which a statement is so surely the same as an earlier one
	// that it may be said to have returned.
	kinReturned = 0.55
	// kinFrame is taken off where one of the two makes no point.
	kinFrame = 0.2
)

// kinship is an earlier unit with its likeness.
type kinship struct {
	unit  int32
	like  likeness
	score float64
	frame bool
	topic bool
	equal bool
}

// descend finds the statement that unit i continues: of those that surely make the same point, the
// one of the last text that has any; where there is none, the likest. Nil where no
// earlier text of the series says it.
func (p *Past) descend(i int32) *kinship {
	x := &p.units[i]
	end := p.texts[p.before(int(p.owner[i]))].from
	found := p.candidates(x, int32(end))
	sum := p.load(x)
	defer p.unload(x)
	var best *kinship
	for n := len(found) - 1; n >= 0; {
		if !known(p.texts[p.owner[found[n]]].release) {
			n--
			continue
		}
		last := p.texts[p.owner[found[n]]].release.Day()
		var sure *kinship
		for ; n >= 0 && p.texts[p.owner[found[n]]].release.Day() == last; n-- {
			k := p.kinship(i, found[n], sum)
			if k.sure() && (sure == nil || k.score >= sure.score) {
				sure = &k
			}
			if k.score >= kin && (best == nil || k.score > best.score) {
				best = &k
			}
		}
		if sure != nil {
			return sure
		}
	}
	return best
}

// opens reports whether unit i is the first of its text.
func (p *Past) opens(i int32) bool { return p.texts[p.owner[i]].from == int(i) }

func (k *kinship) sure() bool { return k.score >= kinSure }

// before returns the first text of the day of text i: what stands before it is earlier. A text without
// a day is later than none.
func (p *Past) before(i int) int {
	r := p.texts[i].release
	if !known(r) {
		return 0
	}
	for i > 0 && p.texts[i-1].release.Day() == r.Day() {
		i--
	}
	for _, k := range p.texts[i].meeting {
		i = min(i, k)
	}
	return i
}

// candidates returns the units before end whose stems may be as like those of x as
// [kinContent] asks, ascending. They share one of those stems of x, rarest first, without which too
// little of its length would be left. The slice is overwritten by the next call.
func (p *Past) candidates(x *unit, end int32) []int32 {
	terms := slices.Clone(x.content.terms)
	slices.SortFunc(terms, func(a, b term) int { return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.id, b.id)) })
	left := x.content.norm * x.content.norm
	least := kinContent * x.content.norm
	if p.marked == nil {
		p.marked = make([]uint64, len(p.units)/64+1)
	}
	for _, t := range terms {
		if math.Sqrt(max(0, left)) < least {
			break
		}
		left -= float64(t.weight) * float64(t.weight)
		for _, k := range p.having[t.id] {
			if k >= end {
				break
			}
			p.marked[k/64] |= 1 << (k % 64)
		}
	}
	return p.takeMarked()
}

// takeMarked returns the units that are marked, ascending, and takes the marks away. In a long
// series a statement has thousands of candidates under several stems each, which would take
// longer to sort than to compare.
func (p *Past) takeMarked() []int32 {
	out := p.found[:0]
	for i, word := range p.marked {
		for ; word != 0; word &= word - 1 {
			out = append(out, int32(64*i+bits.TrailingZeros64(word)))
		}
		p.marked[i] = 0
	}
	p.found = out
	return out
}

// kinship measures how unit i, which is loaded, goes with unit k.
func (p *Past) kinship(i, k int32, sum float64) kinship {
	x, y := &p.units[i], &p.units[k]
	out := kinship{unit: k}
	if x.key == y.key {
		out.equal, out.score, out.like = true, 1, likeness{1, 1, 1}
		return out
	}
	if out.like = p.stemsAlike(x, y, sum); out.like.content < kinContent {
		return out
	}
	out.like.letters = p.lettersAlike(x, y)
	if p.opens(i) && p.opens(k) { // they are alike in their letters by who met whom
		out.like.letters = min(out.like.letters, out.like.content)
	}
	out.score = out.like.total()
	if out.topic = x.sharesTopic(y); out.topic {
		out.score += topicShare
	}
	if out.frame = p.idle(i) || p.idle(k); out.frame {
		out.score -= kinFrame
	}
	out.score = min(mostUnequal, out.score)
	return out
}

// evidence is the case for a kinship.
func (p *Past) evidence(x *unit, k *kinship) Evidence {
	e := Evidence{Score: round(k.score)}
	y := &p.units[k.unit]
	if k.equal {
		e.Reasons = []Reason{equalTexts()}
		return e
	}
	e.Uncertain = !k.sure() || otherSide(y.st, x.st)
	flag := func(on bool) float64 {
		if on {
			return 1
		}
		return 0
	}
	for _, r := range []Reason{{"words", k.like.content, contentShare}, {"letters", k.like.letters, lettersShare},
		{"covered", k.like.cover, coverShare},
		{"topic", flag(k.topic), topicShare}, {"no position", flag(k.frame), -kinFrame}} {
		if r.Value = round(r.Value); r.Value != 0 {
			e.Reasons = append(e.Reasons, r)
		}
	}
	e.Shared = p.shared(x, y)
	return e
}

// shared lists the words that weigh most in what two units have in common, as the later
// one spells them.
func (p *Past) shared(x, y *unit) []string {
	p.bench.words.load(&y.content)
	var common []term
	for _, t := range x.content.terms {
		if int(t.id) < len(p.bench.words) && p.bench.words[t.id] > 0 {
			common = append(common, term{t.id, t.weight * p.bench.words[t.id]})
		}
	}
	p.bench.words.unload(&y.content)
	v := p.bench.vocabulary
	slices.SortFunc(common, func(a, b term) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(v.entries[a.id].text, v.entries[b.id].text))
	})
	var out []string
	for _, c := range common[:min(len(common), sharedNamed)] {
		for _, t := range x.tokens {
			if e := &v.entries[t.id]; e.word && uint32(p.stem(e.folded)) == c.id {
				out = append(out, e.text)
				break
			}
		}
	}
	return out
}

// verdict is what became of the wording that led to statement i. It is found once.
func (p *Past) verdict(i int32) *StatementChange {
	if c := p.linked[i]; c != nil {
		return c
	}
	x := &p.units[i]
	c := &StatementChange{Statement: *x.st, Kind: New, Edits: whole(Insert, x.st.Text)}
	if k := p.descend(i); k != nil {
		y := &p.units[k.unit]
		e := p.evidence(x, k)
		ch := p.bench.vocabulary.change(Change{
			Link: e,
			Old:  []timeline.Statement{*y.st},
			New:  []timeline.Statement{*x.st},
		}, y.tokens, x.tokens, redlineBelow)
		if !e.Uncertain {
			ch.Shifts = p.options.shifts(p.bench.vocabulary, &ch)
		}
		c = &StatementChange{
			Statement:  *x.st,
			Kind:       ch.Kind,
			Previous:   ch.Old,
			From:       p.texts[p.owner[k.unit]].release,
			Similarity: ch.Similarity,
			Link:       e,
			Edits:      ch.Edits,
			Marks:      ch.Marks,
			Shifts:     ch.Shifts,
		}
		if !e.Uncertain {
			p.parent[i] = k.unit
			if k.score >= kinReturned {
				c.Returned = p.returned(k.unit, int(p.owner[i]))
			}
		}
	}
	p.linked[i] = c
	return c
}

// returned tells whether what was last said in unit o came back at text new: the lane of new
// had it before, and the last text of that lane was searched and lacked it.
func (p *Past) returned(o int32, new int) *Return {
	r, from := p.texts[new].release, p.texts[p.owner[o]].release
	between := p.lanes.Before(r)
	if between == nil || !from.Day().Before(between.Day()) {
		return nil
	}
	had, ok := p.within(o, p.lanes.Of(r))
	if !ok {
		return nil
	}
	a := p.absence(had, p.at[between])
	if a.Silence != "" {
		return nil
	}
	return &Return{Statement: *p.units[o].st, Release: from, Absence: a}
}

// within returns the last of unit o and of what it surely continues that stands in a text of
// the lane.
func (p *Past) within(o int32, lane timeline.Lane) (unit int32, ok bool) {
	for p.lanes.Of(p.texts[p.owner[o]].release) != lane {
		p.verdict(o)
		if o, ok = p.parent[o]; !ok {
			return 0, false
		}
	}
	return o, true
}

// Return says that a statement came back: it was said, and the last comparable text before
// was searched and lacked it.
type Return struct {
	Statement timeline.Statement
	Release   *timeline.Release // the last text that said it
	Absence   Absence           // from the comparable text between
}
