package speech

import (
	"slices"

	"readout/internal/reading/speech/en"
)

// match returns the most specific pattern of a verb that fits the words after
// the verb at token i. Of equally specific ones the one whose words stand
// nearest counts.
func (c *clauseReader) match(lemma string, i int) (pattern, bool) {
	var best pattern
	bestEnd, found := 0, false
	for _, p := range c.lex.verbs[lemma] {
		if found && len(p.words) < len(best.words) {
			break
		}
		end, ok := c.matchAt(p.words[1:], i+1, i)
		if ok && (!found || end < bestEnd) {
			best, bestEnd, found = p, end, true
		}
	}
	return best, found
}

// maxGap is how many words a "~" may stand for.
const maxGap = 8

// matchAt matches the places of a pattern from token i on and returns the token
// after the last one. Adverbs may stand before every word but one at start.
func (c *clauseReader) matchAt(places [][]string, i, start int) (int, bool) {
	for n, place := range places {
		if place[0] == "~" {
			if n+1 < len(places) {
				i = c.gap(places[n+1], i)
			}
			continue
		}
		for i > start && c.adverb(i) && !slices.Contains(place, c.low(i)) {
			i++
		}
		if i >= len(c.toks) || !slices.Contains(place, c.low(i)) {
			return 0, false
		}
		i++
	}
	return i, true
}

// gap returns the first token from i on that is one of the words, within one phrase;
// where there is none, the token at which the phrase ends.
func (c *clauseReader) gap(words []string, i int) int {
	for range maxGap {
		w := c.low(i)
		if i >= len(c.toks) || slices.Contains(words, w) || c.is(i, en.Preposition) || c.is(i, en.Subordinator) || w == ";" ||
			w == ":" || w == "." {
			break
		}
		i++
	}
	return i
}
