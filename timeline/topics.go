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
	reasons map[string][]Reason
	vocab   map[string][]string // topic id -> expressions beyond its names, folded
}

// Reason is one piece of evidence for a statement's place in a topic.
type Reason struct {
	Topic  string  `json:"topic"`  // id
	Kind   string  `json:"kind"`   // "heading", "phrase", "issue", "context", "curation"
	Detail string  `json:"detail"` // the words that spoke for it
	Weight float64 `json:"weight"` // its share in the decision, 0 to 1
}

// Of returns the ids of the topics of a statement, best first, nil for none or an
// unknown statement. The caller must not change the slice.
func (t *Topics) Of(statementID string) []string { return t.of[statementID] }

// Explain returns why the statement is in each of its topics, in the order of
// [Topics.Of], the strongest reason first. It is nil where the statement has no topic.
func (t *Topics) Explain(statementID string) []Reason { return t.reasons[statementID] }

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

// Match is one answer to [Topics.Find].
type Match struct {
	Topic Topic
	Exact bool    // the query is the topic's id or one of its names
	Score float64 // 0 to 1, 1 where Exact
}

// Find returns the topics that the query may mean, best first: those whose id,
// name or alias it is (case, punctuation and a leading article aside), then those
// that share words with it. It returns nil where nothing fits.
func (t *Topics) Find(query string) []Match {
	want := foldName(query)
	if want == "" {
		return nil
	}
	var out []Match
	for _, x := range t.Topics {
		m := Match{Topic: x}
		for _, n := range append([]string{x.ID, x.Name}, x.Aliases...) {
			if foldName(n) == want {
				m.Exact, m.Score = true, 1
				break
			}
			m.Score = max(m.Score, 0.99*overlap(words(want), words(n)))
		}
		if m.Score > 0.2 {
			out = append(out, m)
		}
	}
	slices.SortStableFunc(out, func(a, b Match) int { return cmp.Compare(b.Score, a.Score) })
	return out
}

// overlap is the share of common words in two word lists, 0 to 1 (Dice).
func overlap(a, b []string) float64 {
	n := 0
	for _, w := range a {
		if slices.Contains(b, w) {
			n++
		}
	}
	if len(a)+len(b) == 0 {
		return 0
	}
	return 2 * float64(n) / float64(len(a)+len(b))
}
