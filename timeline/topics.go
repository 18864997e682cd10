package timeline

import (
	"cmp"
	"slices"
	"sync"
)

// Topics are the topics of one series, the releases they were looked for in, and which
// statements belong to them: as found by [Link], or as [Assigned] by somebody else.
type Topics struct {
	// Topics are in order of how many releases raise them, most first, then of
	// how many statements they have, then of id.
	Topics []Topic

	releases []*Release // in order: what was searched, so that silence can be told from ignorance

	of        map[string][]string
	inherited map[string]bool // by statement, see [Statement.Inherited]
	explain   func(statementID string) []Reason
	look      *lookup
	again     func() *Topics // links once more, see [Kept]; nil where everything is at hand
	held      []Judgement    // that decided something

	grouped  sync.Once
	meetings map[string]string // see meetingIDs
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
	switch {
	case t.explain != nil:
		return t.explain(statementID)
	case t.again != nil:
		return t.again().Explain(statementID)
	}
	return nil
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

// Releases returns the releases that were searched for the topics, in the order of
// [CompareReleases]. The caller must not change the slice.
func (t *Topics) Releases() []*Release { return t.releases }

// meetingIDs returns the meeting of each dated release, by id.
func (t *Topics) meetingIDs() map[string]string {
	t.grouped.Do(func() {
		dated, _ := Dated(t.releases)
		t.meetings = MeetingIDs(dated)
	})
	return t.meetings
}

// assign sets the topics of every statement, in place; one that belongs to no topic gets
// an empty list.
func (t *Topics) assign() {
	wholes := WholesOf(t.Topics)
	for _, r := range t.releases {
		for i := range r.Statements {
			r.Statements[i].Topics = slices.Clone(t.of[r.Statements[i].ID])
			r.Statements[i].Wholes = wholes(t.of[r.Statements[i].ID])
			r.Statements[i].Inherited = t.inherited[r.Statements[i].ID]
			if r.Statements[i].Topics == nil {
				r.Statements[i].Topics = []string{}
			}
		}
	}
}

func compareTopics(a, b Topic) int {
	return cmp.Or(cmp.Compare(b.Releases, a.Releases), cmp.Compare(b.Statements, a.Statements), cmp.Compare(a.ID, b.ID))
}
