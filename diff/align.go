package diff

import (
	"cmp"
	"slices"

	"readout/timeline"
)

// Link pairs statements that continue each other: indexes into the two sides,
// ascending. One old and one new in the plain case; several on one side, and one
// on the other, for a split or a merger.
type Link struct {
	Old, New []int
	Moved    bool // it crosses the order that the other links keep
	Evidence
}

// Align pairs the statements of two texts. A statement is in at most one link;
// what is in none was dropped or is new. Links are ordered by the new side.
// Options.Cause, empty here for Record, says how much the order of the statements
// means: two versions of a page keep it, two meetings need not.
func Align(old, new []timeline.Statement, o Options) []Link {
	b := newBench(o.lexicon(), side{statements: old}, side{statements: new})
	return b.align(o.Cause)
}

// side is one of the two texts.
type side struct {
	statements []timeline.Statement
	sections   []timeline.Section
}

// bench is where two texts lie to be aligned.
type bench struct {
	vocabulary *vocabulary
	old, new   []unit
	flipped    bool // old and new were exchanged
	frequency  []int32
	rarities   []float32
	links      []Link
	scratch    []uint32
}

// newBench lays out the two sides, the one with the smaller text first: the work
// is done in one order, so that exchanging the sides mirrors the answer.
func newBench(l *Lexicon, old, new side) *bench {
	b := &bench{vocabulary: newVocabulary(l)}
	b.flipped = slices.CompareFunc(old.statements, new.statements, func(a, b timeline.Statement) int {
		return cmp.Compare(a.Text, b.Text)
	}) > 0
	if b.flipped {
		old, new = new, old
	}
	keys := make(map[string]int32, len(old.statements))
	b.old, b.new = units(old, keys), units(new, keys)
	return b
}

func units(s side, keys map[string]int32) []unit {
	out := make([]unit, len(s.statements))
	for i := range s.statements {
		st := &s.statements[i]
		k := normalKey(st.Text)
		id, ok := keys[k]
		if !ok {
			id = int32(len(keys))
			keys[k] = id
		}
		out[i] = unit{st: st, key: id}
		if st.Section >= 0 && st.Section < len(s.sections) {
			out[i].heading = fold(s.sections[st.Section].Heading)
		}
	}
	return out
}

// align finds the links.
func (b *bench) align(c Cause) []Link {
	anchors := anchor(b.old, b.new)
	for _, a := range anchors {
		b.link(1, Reason{"equal", 1}, []int{a.old}, []int{a.new})
	}
	b.count(anchors)
	gaps := stretches(anchors, len(b.old), len(b.new))
	for _, g := range gaps {
		b.stretch(g)
	}
	b.moves()
	if c == Position {
		b.recall()
	}
	return b.finish()
}

// link records a link between the given units.
func (b *bench) link(score float64, why Reason, old, new []int) *Link {
	b.links = append(b.links, Link{Old: old, New: new, Evidence: Evidence{Score: score, Reasons: []Reason{why}}})
	return &b.links[len(b.links)-1]
}

// finish turns the links the right way round, sorts them and finds the moved ones.
func (b *bench) finish() []Link {
	out := b.links
	for i := range out {
		l := &out[i]
		if b.flipped {
			l.Old, l.New = l.New, l.Old
		}
		l.Score = round(l.Score)
	}
	slices.SortFunc(out, func(a, b Link) int { return cmp.Compare(a.New[0], b.New[0]) })
	markMoved(out)
	return out
}

// span is a stretch between two anchors: half-open ranges of units.
type span struct{ old0, old1, new0, new1 int }

// stretches lists what lies between the anchors and has units on both sides.
func stretches(anchors []match, olds, news int) []span {
	var out []span
	o, n := 0, 0
	for _, a := range append(slices.Clone(anchors), match{olds, news, 0}) {
		if a.old > o && a.new > n {
			out = append(out, span{o, a.old, n, a.new})
		}
		o, n = a.old+1, a.new+1
	}
	return out
}

// The thresholds of a record comparison, found on revised essays and on texts
// with made edits (docs/quality.md).
const (
	linkFrom    = 0.22 // likeness below which statements do not continue each other
	groupMargin = 0.04 // what a group must have over its best single member
	maxCells    = 250_000
)

// stretch aligns the units between two anchors: an order-keeping dynamic programme
// over one-to-one links, gaps, and groups of two or three on one side. A stretch
// too large for it is left to the search for moves.
func (b *bench) stretch(g span) {
	n, m := g.old1-g.old0, g.new1-g.new0
	old, new := b.old[g.old0:g.old1], b.new[g.new0:g.new1]
	if n*m > maxCells {
		return
	}
	b.vectors(old)
	b.vectors(new)
	t := newTable(old, new)
	t.solve()
	for _, s := range t.path() {
		b.link(s.score, Reason{"wording", round(s.score)}, seq(g.old0+s.old, s.olds), seq(g.new0+s.new, s.news))
	}
}

// seq lists n numbers from start.
func seq(start, n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = start + i
	}
	return out
}
