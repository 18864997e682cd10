package diff

import (
	"cmp"
	"slices"

	"readout/internal/letters"
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
	at         []int // the place of each statement in its release; nil where nobody asks
}

// bench is where two texts lie to be aligned.
type bench struct {
	vocabulary *vocabulary
	tuning     tuning
	bearing    bearing
	old, new   []unit
	flipped    bool // old and new were exchanged
	frequency  []int32
	rarities   []float32
	links      []Link
	words      dense // one word vector, laid out
	grams      dense // one letter vector, laid out
	scratch    []uint32
}

// newBench lays out the two sides, the one with the smaller text first: the work
// is done in one order, so that exchanging the sides mirrors the answer.
func newBench(l *Lexicon, old, new side) *bench {
	b := &bench{vocabulary: newVocabulary(l), tuning: recordTuning(), bearing: positionBearing(), grams: make(dense, 1<<gramBits)}
	b.flipped = slices.CompareFunc(old.statements, new.statements, func(a, b timeline.Statement) int {
		return cmp.Compare(a.Text, b.Text)
	}) > 0
	if b.flipped {
		old, new = new, old
	}
	n := numbering{texts: make(numbers, len(old.statements)), matters: numbers{}}
	b.old, b.new = n.units(old), n.units(new)
	return b
}

// numbering numbers what units are compared by, so that numbers are compared and no words.
type numbering struct {
	texts   numbers
	matters numbers // topics, and headings behind a zero
}

// numbers are those given to words, from 0.
type numbers map[string]int32

func (n numbers) of(s string) int32 {
	id, ok := n[s]
	if !ok {
		id = int32(len(n))
		n[s] = id
	}
	return id
}

func (n numbering) units(s side) []unit {
	out := make([]unit, len(s.statements))
	for i := range s.statements {
		st := &s.statements[i]
		u := unit{st: st, key: n.texts.of(normalKey(st.Text))}
		for _, t := range st.Topics {
			u.matters = append(u.matters, n.matters.of(t))
		}
		if st.Section >= 0 && st.Section < len(s.sections) {
			if u.heading = letters.Plain(s.sections[st.Section].Heading); u.heading != "" {
				u.matters = append(u.matters, n.matters.of("\x00"+u.heading))
			}
		}
		out[i] = u
	}
	return out
}

// align finds the links: equal statements first, then what clearly moved, then the
// stretches between, then whatever is left over on both sides. Two meetings are
// compared pair by pair instead, unless they are too long for that.
func (b *bench) align(c Cause) []Link {
	if c == Position && len(b.old)*len(b.new) <= maxCells {
		b.count(nil)
		b.meeting()
		return b.finish()
	}
	anchors := anchor(b.old, b.new)
	for _, a := range anchors {
		b.link(1, equalTexts(), []int{a.old}, []int{a.new})
	}
	b.count(anchors)
	for _, s := range b.stretches(b.crossings(anchors)) {
		b.stretch(s)
	}
	b.moves()
	b.dropFaint()
	return b.finish()
}

// dropFaint takes away the links of single statements that are weak and have hardly
// a word in common in the same order: letters alone made them alike, and nothing of
// the one is left in the other.
func (b *bench) dropFaint() {
	b.links = slices.DeleteFunc(b.links, func(l Link) bool {
		if l.Score >= b.tuning.move || len(l.Old)+len(l.New) > 2 {
			return false
		}
		old, new := b.tokensOf(&b.old[l.Old[0]]), b.tokensOf(&b.new[l.New[0]])
		return b.vocabulary.likeness(old, new, longestCommon(ids(old), ids(new))) < b.tuning.faint
	})
}

// link records a link between the given units.
func (b *bench) link(score float64, why Reason, old, new []int) *Link {
	b.links = append(b.links, Link{Old: old, New: new, Evidence: Evidence{Score: score, Reasons: []Reason{why}}})
	return &b.links[len(b.links)-1]
}

// finish turns the links the right way round, sorts them and finds the moved ones.
func (b *bench) finish() []Link {
	at := make([]int, max(len(b.old), len(b.new))) // number of the link that a new unit begins, plus one
	for i := range b.links {
		l := &b.links[i]
		if b.flipped {
			l.Old, l.New = l.New, l.Old
		}
		l.Score = round(l.Score)
		at[l.New[0]] = i + 1
	}
	out := make([]Link, 0, len(b.links))
	for _, i := range at {
		if i > 0 {
			out = append(out, b.links[i-1])
		}
	}
	markMoved(out)
	return out
}

// span is a stretch between two anchors: half-open ranges of units.
type span struct{ old0, old1, new0, new1 int }

// stretch holds the units between two anchors that are in no link yet.
type stretch struct{ old, new []int }

// stretches lists what lies between the anchors and has free units on both sides.
func (b *bench) stretches(anchors []match) []stretch {
	var out []stretch
	old, new := b.free()
	for _, a := range append(anchors[:len(anchors):len(anchors)], match{len(b.old), len(b.new), 0}) {
		i, _ := slices.BinarySearch(old, a.old)
		j, _ := slices.BinarySearch(new, a.new)
		if i > 0 && j > 0 {
			out = append(out, stretch{old[:i], new[:j]})
		}
		old, new = old[i:], new[j:]
	}
	return out
}

// tuning holds the thresholds of a comparison (docs/quality.md says what each was
// found on).
type tuning struct {
	link   float64 // likeness below which statements do not continue each other
	group  float64 // share of what its best part lacks that a group must make good
	strong float64 // likeness from which a pair out of order has moved, whatever else there is
	move   float64 // likeness from which two left over count as one that moved
	alone  float64 // likeness from which they do if neither is like anything else
	faint  float64 // share of words in common below which a weak link is none
	words  float64 // share of rare words in the likeness, the rest being letters
}

func recordTuning() tuning {
	return tuning{link: 0.26, group: 0.25, strong: 0.6, move: 0.5, alone: 0.25, faint: 0.1, words: 0.4}
}

// maxCells bounds the stretch that is aligned in order; a larger one is left to
// the search for moves.
const maxCells = 250_000

// stretch aligns the units between two anchors: an order-keeping dynamic programme
// over one-to-one links, gaps, and groups of two or three on one side.
func (b *bench) stretch(s stretch) {
	if len(s.old)*len(s.new) > maxCells {
		return
	}
	old, new := b.pick(b.old, s.old), b.pick(b.new, s.new)
	t := b.newTable(old, new)
	t.solve()
	for _, l := range t.path() {
		b.link(l.score, alikeTexts(l.score), slices.Clone(s.old[l.old:l.old+l.olds]), slices.Clone(s.new[l.new:l.new+l.news]))
	}
}

// pick returns the units at the given places, their vectors filled.
func (b *bench) pick(us []unit, at []int) []*unit {
	out := make([]*unit, len(at))
	for k, i := range at {
		out[k] = b.vectors(&us[i])
	}
	return out
}
