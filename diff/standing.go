package diff

import (
	"math"
	"slices"
)

// What a statement is known by are its expressions: runs of words that say something, function
// words passed over, such as "freedom of navigation and overflight". One is standing where
// several meetings of the series used it before, and where its words are so rare that they would
// not come together in a statement by chance. The heaviest decides:
//
//   - Where it stands anywhere in a meeting, also in a sentence on another matter, the statement
//     is not gone from it.
//   - Where it was said time and again and no text of the meeting has it, less proof is wanted
//     that the statement is gone.
//
// Package formula, which stands above this one, looks for such expressions lane by lane and tells
// what became of each. Here one statement is asked about, and one meeting. Only texts before that
// meeting, and the statement's own, make an expression standing: a later text changes no answer.
type standing struct {
	said float64 // weight of the heaviest that the meeting has, of [leastContent] words or more
	kept float64 // the same, of two words or more
	lost float64 // weight of the heaviest that it lacks
}

// The measures of a standing expression. docs/quality.md says what they were found on.
const (
	standingUses = 3   // meetings that used it
	longestRun   = 6   // stems of one
	lostBelow    = 0.5 // what goneBelow is where the expression that a statement is known by is lost
)

// stands reports whether the meeting has the wording that the statement is known by.
func (k standing) stands() bool { return k.said > 0 && k.said >= k.lost }

// isLost reports whether the meeting lacks it, and has nothing as heavy of what the statement says.
func (k standing) isLost() bool { return k.lost > k.kept }

// noStem stands in a sequence for what parts two expressions.
const noStem = math.MaxUint32

// sequence returns the stems of unit i in order, without function words: punctuation, the names of
// people and the formulas of the trade ("reaffirmed", "the two ministers") part expressions.
func (p *Past) sequence(i int32) []uint32 {
	if p.sequences == nil {
		p.sequences = make([][]uint32, len(p.units))
	}
	if p.sequences[i] != nil {
		return p.sequences[i]
	}
	v := p.bench.vocabulary
	out := make([]uint32, 0, len(p.units[i].tokens))
	for _, t := range p.units[i].tokens {
		folded := v.entries[t.id].folded
		e := &v.entries[folded]
		switch {
		case !v.entries[t.id].word || e.class&formula != 0 || int(folded) < len(p.people) && p.people[folded] > 0:
			out = append(out, noStem)
		case e.class&stopWord == 0:
			out = append(out, uint32(p.stem(folded)))
		}
	}
	p.sequences[i] = out
	return out
}

// spot is where two stems stand beside each other.
type spot struct {
	unit int32
	at   int // of the first
}

// knownBy weighs the standing expressions of unit o and looks for them in the meeting of text new.
func (p *Past) knownBy(o int32, new int) (k standing) {
	seq := p.sequence(o)
	least := p.byChance()
	for i := 0; i+1 < len(seq); i++ {
		if p.weightOf(seq[i:i+2]) < least {
			continue
		}
		spots := p.spots(o, new, seq[i], seq[i+1])
		for from := i; from >= 0 && i+2-from <= longestRun; from-- {
			if !p.widen(&k, spots, o, new, seq, from, i) {
				break
			}
		}
	}
	return k
}

// widen notes the standing expressions that begin at from and hold the pair at i. It reports false where
// there are none.
func (p *Past) widen(k *standing, spots []spot, o int32, new int, seq []uint32, from, i int) bool {
	for to := i + 2; to <= len(seq) && to-from <= longestRun; to++ {
		run := seq[from:to]
		if slices.Contains(run, noStem) {
			return to > i+2
		}
		uses, has := p.uses(spots, o, new, run, i-from)
		if uses < standingUses {
			return to > i+2
		}
		switch weight := p.weightOf(run); {
		case !has:
			k.lost = max(k.lost, weight)
		case len(run) >= leastContent:
			k.said = max(k.said, weight)
			fallthrough
		default:
			k.kept = max(k.kept, weight)
		}
	}
	return true
}

// byChance is the weight of words of which it is to be expected that one statement of the series
// has them together by chance.
func (p *Past) byChance() float64 { return math.Log(float64(len(p.units))) }

// weightOf is how rare the stems of a run are together.
func (p *Past) weightOf(run []uint32) (sum float64) {
	for _, id := range run {
		if id != noStem {
			sum += float64(p.rarity(id))
		}
	}
	return sum
}

// spots finds where two stems stand beside each other: in the text of unit o, before the meeting of
// text new, and in it.
func (p *Past) spots(o int32, new int, a, b uint32) []spot {
	if a == noStem || b == noStem {
		return nil
	}
	rarer := a
	if len(p.unitsWith(b)) < len(p.unitsWith(a)) {
		rarer = b
	}
	var out []spot
	for _, unit := range p.unitsWith(rarer) {
		text := int(p.owner[unit])
		if text >= p.before(new) && text != int(p.owner[o]) && !slices.Contains(p.texts[new].meeting, text) {
			continue
		}
		seq := p.sequence(unit)
		for at := 0; at+1 < len(seq); at++ {
			if seq[at] == a && seq[at+1] == b {
				out = append(out, spot{unit, at})
			}
		}
	}
	return out
}

// uses counts the meetings that used a run of stems, whose pair at an offset has the given spots, before
// that of text new, that of unit o included, and reports whether the meeting of new has it.
func (p *Past) uses(spots []spot, o int32, new int, run []uint32, offset int) (uses int, has bool) {
	in := map[int]bool{}
	for _, s := range spots {
		seq := p.sequence(s.unit)
		from := s.at - offset
		if from < 0 || from+len(run) > len(seq) || !slices.Equal(seq[from:from+len(run)], run) {
			continue
		}
		text := int(p.owner[s.unit])
		if text != int(p.owner[o]) && slices.Contains(p.texts[new].meeting, text) {
			has = true
			continue
		}
		in[p.texts[text].meeting[0]] = true
	}
	return len(in), has
}
