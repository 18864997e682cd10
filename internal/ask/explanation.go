package ask

import "readout/timeline"

// Explanation is the answer of "topics explain".
type Explanation struct {
	Schema    string             `json:"schema"` // "readout.explanation/1"
	Statement timeline.Statement `json:"statement"`
	Reasons   []timeline.Reason  `json:"reasons"` // in the order of the statement's topics
	Names     map[string]string  `json:"-"`       // of the topics, by id
}

// NewExplanation returns why the statement is under its topics as an answer.
func NewExplanation(st timeline.Statement, t *timeline.Topics) *Explanation {
	e := &Explanation{
		Schema:    "readout.explanation/1",
		Statement: withLists(st),
		Reasons:   some(t.Explain(st.ID)),
		Names:     map[string]string{},
	}
	for _, r := range e.Reasons {
		if x, ok := t.Get(r.Topic); ok {
			e.Names[r.Topic] = x.Name
		}
	}
	return e
}

// Lines returns the reasons.
func (e *Explanation) Lines() []any { return lines(e.Reasons) }
