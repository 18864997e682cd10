package diff

import (
	"cmp"
	"slices"
)

// weigh is the score of a pair of different statements: what its reasons come to.
func (w *bearing) weigh(p *pairing) float64 {
	score := 0.0
	for _, r := range w.evidence(p) {
		score += r.Value * r.Weight
	}
	return min(score, mostUnequal)
}

// evidence lists all that speaks for a pair and against it, the latter with negative weights.
func (w *bearing) evidence(p *pairing) [6]Reason {
	return [6]Reason{
		{"words", p.content, w.content}, {"letters", p.letters, w.letters}, {"topic", p.topic, w.topic},
		{"place", p.place, w.place}, {"narration", p.idle, -w.idle}, {"no topic", p.frame, -w.frame},
	}
}

// reasons lists for people the evidence that there is.
func (w *bearing) reasons(p *pairing) []Reason {
	if p.score == 1 {
		return []Reason{equalTexts()}
	}
	var out []Reason
	for _, r := range w.evidence(p) {
		if r.Value = round(r.Value); r.Value != 0 {
			out = append(out, r)
		}
	}
	return out
}

// sharedNamed is how many words name what two statements share.
const sharedNamed = 5

// shared lists the words that weigh most in the likeness of the words of a pair, as
// they are spelled; of two spellings the one that sorts first, whichever side has it.
func (b *bench) shared(p *pairing) []string {
	if p.score == 1 {
		return nil
	}
	old, new := &b.old[p.old], &b.new[p.new]
	b.words.load(&old.content)
	var common []term
	for _, t := range new.content.terms {
		if int(t.id) < len(b.words) && b.words[t.id] > 0 {
			common = append(common, term{t.id, t.weight * b.words[t.id]})
		}
	}
	b.words.unload(&old.content)
	slices.SortFunc(common, func(x, y term) int {
		return cmp.Or(cmp.Compare(y.weight, x.weight), cmp.Compare(b.vocabulary.entries[x.id].text, b.vocabulary.entries[y.id].text))
	})
	var out []string
	for _, t := range common[:min(len(common), sharedNamed)] {
		out = append(out, min(b.spelling(old, int32(t.id)), b.spelling(new, int32(t.id))))
	}
	return out
}

// spelling returns how a folded word that the unit has is spelled there first.
func (b *bench) spelling(u *unit, folded int32) string {
	for _, t := range b.tokensOf(u) {
		if e := &b.vocabulary.entries[t.id]; e.folded == folded {
			return e.text
		}
	}
	return b.vocabulary.entries[folded].text
}
