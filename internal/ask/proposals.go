package ask

import (
	"fmt"

	"readout/timeline"
)

// Proposals is the answer of "topics propose".
type Proposals struct {
	Schema    string            `json:"schema"` // "readout.proposals/1"
	Series    timeline.SeriesID `json:"series"`
	Proposals []Proposal        `json:"proposals"`
}

// Proposal is two topics that are likely one issue, and how a person settles it.
type Proposal struct {
	A     TimelineTopic `json:"a"`
	B     TimelineTopic `json:"b"`
	Why   string        `json:"why"`   // "table", "name" or "matter", see timeline.Proposal
	What  string        `json:"what"`  // what they share
	Same  string        `json:"same"`  // the command that says that they are one
	Apart string        `json:"apart"` // the command that says that they are two
}

// NewProposals returns the proposals on the topics of a series as an answer.
func NewProposals(series timeline.SeriesID, t *timeline.Topics) *Proposals {
	out := &Proposals{Schema: "readout.proposals/1", Series: series, Proposals: []Proposal{}}
	for _, p := range t.Proposals() {
		a, _ := t.Get(p.A)
		b, _ := t.Get(p.B)
		out.Proposals = append(out.Proposals, Proposal{A: TopicName(a), B: TopicName(b), Why: p.Why, What: p.What,
			Same:  fmt.Sprintf("readout topics merge %s %s --series %s", b.ID, a.ID, series),
			Apart: fmt.Sprintf("readout topics apart %s %s --series %s", a.ID, b.ID, series)})
	}
	return out
}

// Lines returns the proposals.
func (p *Proposals) Lines() []any { return lines(p.Proposals) }
