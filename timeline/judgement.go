package timeline

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Verdict is what a model says of two topics that are likely one issue.
type Verdict string

// The verdicts. Unsure changes nothing; it is kept so that the question is not put again.
const (
	OneIssue  Verdict = "same"
	TwoIssues Verdict = "different"
	Unsure    Verdict = "unsure"
)

// Verdicts returns every verdict, in the order in which they are documented.
func Verdicts() []Verdict { return []Verdict{OneIssue, TwoIssues, Unsure} }

// Judgement is what a model said of a [Proposal], once, as a record. Whoever has the record
// has the same topics, without the model. It holds only as long as the rules leave the pair
// in doubt: what the texts show goes over it, and so does what a person decided.
type Judgement struct {
	A       string  `json:"a"` // names of the two topics, in the order of the proposal's ids
	B       string  `json:"b"`
	Verdict Verdict `json:"verdict"`
	// Question is the SHA-256 of the question as it was put, in hexadecimal digits.
	Question string `json:"question"`
	// Model is the name that the model was asked by, and ModelSHA256 the SHA-256 of that name
	// with what the answer said of the model behind it.
	Model       string    `json:"model"`
	ModelSHA256 string    `json:"model_sha256"`
	JudgedAt    time.Time `json:"judged_at"` // UTC
}

// Check returns an error where the judgement names no pair or gives no verdict.
func (j Judgement) Check() error {
	switch {
	case foldName(j.A) == "" || foldName(j.B) == "" || foldName(j.A) == foldName(j.B):
		return fmt.Errorf("a judgement needs two topics, not %q and %q", j.A, j.B)
	case !slices.Contains(Verdicts(), j.Verdict):
		return fmt.Errorf("verdict %q is none of %v", j.Verdict, Verdicts())
	}
	return nil
}

// Pairs reports whether the judgement is about topics of these names, in either order.
func (j Judgement) Pairs(a, b string) bool {
	x, y, a, b := foldName(j.A), foldName(j.B), foldName(a), foldName(b)
	return x == a && y == b || x == b && y == a
}

// Judge returns the judgements with j in the place of an earlier one on the same pair, in
// order of their names, and that earlier one, nil for none.
func (c Curation) Judge(j Judgement) (judgements []Judgement, earlier *Judgement) {
	for _, x := range c.Judgements {
		if x.Pairs(j.A, j.B) {
			earlier = &x
		} else {
			judgements = append(judgements, x)
		}
	}
	judgements = append(judgements, j)
	slices.SortFunc(judgements, func(x, y Judgement) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) })
	return judgements, earlier
}

// Holds reports whether a judgement decided something: it is of the curation that the topics
// were linked with, its pair is left in doubt by the rules, and no person decided about it.
func (t *Topics) Holds(j Judgement) bool {
	if t.again != nil {
		return t.again().Holds(j)
	}
	return slices.ContainsFunc(t.held, func(x Judgement) bool { return x.Pairs(j.A, j.B) })
}

// hold carries out, one after another, the judgements on pairs that are in doubt in t, which
// is what the draft gives without them, and returns what it gives with them.
func (d *draft) hold(t *Topics, judgements []Judgement) *Topics {
	var held []Judgement
	for _, j := range judgements {
		a, b := d.resolve(j.A), d.resolve(j.B)
		if j.Verdict == Unsure || a < 0 || b < 0 || !t.doubts(d.slugs[a], d.slugs[b]) {
			continue
		}
		if j.Verdict == OneIssue {
			d.topics[a].judged = append(append(d.topics[a].judged, d.topics[b].name), d.topics[b].judged...)
			d.merge(b, a)
		} else {
			d.parted = append(d.parted, [2]int{a, b})
		}
		held = append(held, j)
		t = d.finish() // one judgement can settle, or forbid, what another is about
	}
	t.held = held
	return t
}

// doubts reports whether the two topics are proposed for one.
func (t *Topics) doubts(a, b string) bool {
	return slices.ContainsFunc(t.Proposals(), func(p Proposal) bool { return p.A == min(a, b) && p.B == max(a, b) })
}
