package timeline

import (
	"cmp"
	"slices"
)

// Topics are the topics of one series and which statements belong to them, as
// found by [Link].
type Topics struct {
	// Topics are in order of how many releases raise them, most first, then of
	// how many statements they have, then of id.
	Topics []Topic

	of      map[string][]string
	explain func(statementID string) []Reason
	look    *lookup
}

// Reason is one piece of evidence for a statement's place in a topic.
type Reason struct {
	Topic  string  `json:"topic"`  // id
	Kind   string  `json:"kind"`   // "expression", "heading", "words", "context" or "curation"
	Detail string  `json:"detail"` // the words that spoke for it
	Weight float64 `json:"weight"` // its share in the decision, 0 to 1
}

// Of returns the ids of the topics of a statement, best first, nil for none or an
// unknown statement. The caller must not change the slice.
func (t *Topics) Of(statementID string) []string { return t.of[statementID] }

// Explain returns why the statement is in each of its topics, in the order of
// [Topics.Of], the strongest reason first. It is nil where the statement has no topic.
func (t *Topics) Explain(statementID string) []Reason {
	if t.explain == nil {
		return nil
	}
	return t.explain(statementID)
}

// Get returns the topic with the given id.
func (t *Topics) Get(id string) (Topic, bool) {
	for _, x := range t.Topics {
		if x.ID == id {
			return x, true
		}
	}
	return Topic{}, false
}

// Apply sets the topics of every statement of the releases, in place; statements
// that belong to none get an empty list.
func (t *Topics) Apply(releases []*Release) {
	for _, r := range releases {
		for i := range r.Statements {
			r.Statements[i].Topics = slices.Clone(t.of[r.Statements[i].ID])
			if r.Statements[i].Topics == nil {
				r.Statements[i].Topics = []string{}
			}
		}
	}
}

func compareTopics(a, b Topic) int {
	return cmp.Or(cmp.Compare(b.Releases, a.Releases), cmp.Compare(b.Statements, a.Statements), cmp.Compare(a.ID, b.ID))
}
