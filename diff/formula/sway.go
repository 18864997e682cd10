package formula

import (
	"slices"

	"readout/diff"
	"readout/timeline"
)

// Shifts returns how the qualifiers that came or went between two wordings of one statement moved the
// position, nil where none did or they disagree. What a
// statement narrates is no position.
func (q *Qualifiers) Shifts(c *diff.Change, l *diff.Lexicon) []diff.Shift {
	if len(c.Old) != 1 || len(c.New) != 1 || c.Link.Uncertain || denied(c) ||
		c.Old[0].Act == timeline.ActNone || c.New[0].Act == timeline.ActNone {
		return nil
	}
	v := between(c, q.phrasing(c.OldText, l), q.phrasing(c.NewText, l), nil, nil)
	scale := "qualifier"
	if v.change == "" {
		v, scale = q.members(c, l), "list"
	}
	var out []diff.Shift
	for _, m := range v.moves {
		out = append(out, diff.Shift{Kind: diff.ShiftKind(v.change), Scale: scale, From: m.from, To: m.to,
			Old: diff.Quote{ID: c.Old[0].ID, Text: c.Old[0].Text}, New: diff.Quote{ID: c.New[0].ID, Text: c.New[0].Text}})
	}
	return out
}

// leastAlike is how alike two sentences are in which a head may have little around it that both have.
const leastAlike = 0.3

// denied reports whether a negation came or went, which turns the meaning of a qualifier round.
func denied(c *diff.Change) bool {
	return slices.ContainsFunc(c.Marks, func(m diff.Mark) bool { return m.Kind == diff.MarkNegation })
}

// verdict is what the qualifiers that came and went make of a wording: the change that they agree on, ""
// where there are none or they disagree.
type verdict struct {
	change Change
	moves  []move
}

// move is one qualifier that came or went, with its head on both sides as printed.
type move struct{ from, to string }

// between compares the qualifiers of the two wordings of a change. The functions say which words of either are
// of interest, by where they begin; nil for all.
func between(c *diff.Change, was, is *phrasing, inOld, inNew func(start int) bool) verdict {
	context := leastContext
	if c.Similarity < leastAlike {
		context = looseContext
	}
	var v verdict
	agree := true
	note := func(change Change, moves ...move) {
		for _, m := range moves {
			agree = agree && (v.change == "" || v.change == change)
			v.change, v.moves = change, append(v.moves, m)
		}
	}
	firmer, softer := was.steps(is, inOld, context)
	note(Firmed, firmer...)
	note(Softened, softer...)
	for _, m := range was.only(is, inOld, context) {
		note(opposite(m.class), move{m.with, m.without})
	}
	for _, m := range is.only(was, inNew, context) {
		note(m.class, move{m.without, m.with})
	}
	if !agree || against(v.change, c) {
		return verdict{}
	}
	return v
}

// against reports whether a change runs against the acts of its statements: what was promised and is now
// talked about is no firmer for a reservation less.
func against(change Change, c *diff.Change) bool {
	was, is := c.Old[0].Act == timeline.ActDiscuss, c.New[0].Act == timeline.ActDiscuss
	up := change == Firmed || change == Widened
	return is && !was && up || was && !is && !up
}
