// Package formula finds the standing formulas of a series: clauses that its texts use
// again and again, such as "peace and stability across the Taiwan Strait", with the
// wording of every use and what became of it from one use to the next.
//
// [Find] works lane by lane, since only texts that an officer would compare can repeat
// or leave out a formula. It is done in four steps:
//
//   - Runs of words that at least three meetings of a lane have are counted, one word
//     longer at a time: a run can only be frequent where the one without its last word
//     is (Agrawal and Srikant, Fast Algorithms for Mining Association Rules, 1994).
//   - The run that says most, by the rareness of its words and the number of meetings
//     that have it, becomes a formula; the places where it stands are taken, and the
//     next is looked for in what is left. So "free and open Indo-Pacific" is found once
//     and not with each of its parts.
//   - Where a meeting lacks the very words, the sentence is looked for that has most of
//     the formula's words, near each other and in order: the same formula in other
//     words. Where none has, the formula is missing there, and the likest sentence is
//     kept as the proof.
//   - Each use is held against the one before it: the words beside the formula that
//     make it firmer, weaker, wider or narrower are a list (qualifiers.tsv), the verbs
//     that govern it stand on the ladder of package diff.
//
// Nothing here depends on the order in which releases are given.
package formula

import (
	"readout/diff"
	"readout/timeline"
)

// Change says what became of a formula from one use to the next.
type Change string

// The changes of a formula.
const (
	Same     Change = "same"
	Reworded Change = "reworded"
	Softened Change = "softened" // a weaker verb, a reservation more, an assurance less
	Firmed   Change = "firmed"   // the other way
	Narrowed Change = "narrowed" // "all" → "some", a part of what was named is gone
	Widened  Change = "widened"  // the other way
)

// Formula is a clause that recurs, varied or not, in three or more meetings of a lane.
type Formula struct {
	ID      string // a slug of its wording, unique in the answer
	Text    string // as the last use has it
	Topic   string // the topic of most of its uses, "" where they have none
	Lane    string
	Weight  float64   // 0 to 1: how long it lasted, how rare its words are, how much it changed
	Uses    []Use     // in order, one a meeting
	Missing []Missing // meetings after its first use that lack it though it was to be expected
}

// Use is a meeting that has the formula.
type Use struct {
	Release   *timeline.Release
	Statement timeline.Statement
	Text      string // the words of the formula here
	Start     int    // where they begin, in bytes of the statement's text
	// Change is what became of it since the use before; empty for the first use.
	Change Change
	// Because are the words or verbs that Change stands on, "" where there are none:
	// "will → may", "+ firm".
	Because string
}

// Missing is a text that lacks a formula that was to be expected in it.
type Missing struct {
	Release *timeline.Release
	Nearest Nearest
}

// Nearest is the sentence of a text that is likest to a formula: the proof that the
// text was searched. It is zero where the text has no word of the formula.
type Nearest struct {
	Statement  timeline.Statement
	Similarity float64 // 0 to 1, rounded to four places
}

// Options adjust [Find]. The zero value works.
type Options struct {
	// Least is in how many meetings of a lane a clause must stand, 0 for 3.
	Least int
	// Names are the names of the parties, which make no formula: "Iceland and Peru".
	Names []string
	// Topic narrows the answer to formulas that stand under that topic id.
	Topic string
	// Since and Until, both included and zero for no bound, narrow it to formulas that were
	// used in these days; they are weighed by what they did then, and those that came or
	// went then weigh more.
	Since, Until timeline.Date
	// Diff are the word lists and the ladder, nil ones for the embedded ones.
	Diff diff.Options
	// Qualifiers are the words that make a formula firmer or weaker, wider or narrower;
	// nil for the embedded ones.
	Qualifiers *Qualifiers
	// Memory remembers what became of a formula between two uses, nil for nothing. It holds for these
	// word lists, ladder and qualifiers.
	Memory diff.Memory
}

// days are the days that the answer is about.
func (o Options) days() timeline.Filter { return timeline.Filter{Since: o.Since, Until: o.Until} }

func (o Options) least() int {
	if o.Least > 0 {
		return o.Least
	}
	return 3
}

func (o Options) lexicon() *diff.Lexicon {
	if o.Diff.Lexicon != nil {
		return o.Diff.Lexicon
	}
	return diff.DefaultLexicon()
}

func (o Options) qualifiers() *Qualifiers {
	if o.Qualifiers != nil {
		return o.Qualifiers
	}
	return DefaultQualifiers()
}

// Find returns the formulas of the releases of one series, the weightiest first. Their
// topics must have been linked for [Options.Topic] and [Formula.Topic] to mean anything.
func Find(releases []*timeline.Release, o Options) []Formula {
	c := newCorpus(releases, o)
	var found []*found
	for _, l := range c.lanes {
		found = append(found, l.formulas(o.least())...)
	}
	return c.answer(found, o)
}
