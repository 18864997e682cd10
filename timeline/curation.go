package timeline

import (
	"fmt"
	"slices"
)

// Curation is what a person has decided about the topics of one series. It always
// wins over what [Link] would find, and it survives re-ingestion: it refers to
// topics by id or name and to statements by release and wording, never by place.
// The zero Curation decides nothing.
type Curation struct {
	// Decisions are carried out in order.
	Decisions []Decision `json:"decisions" yaml:"decisions"`
	// Judgements are those of a model. They are carried out after the decisions, on what
	// these leave in doubt, and are kept apart from them.
	Judgements []Judgement `json:"-" yaml:"-"`
}

// CurationOp says what a decision does.
type CurationOp string

// The decisions a curator can take.
const (
	Rename  CurationOp = "rename"  // Topic is called Name from now on; its old name stays an alias
	Alias   CurationOp = "alias"   // Topic is also called Name
	Merge   CurationOp = "merge"   // Topic is part of Into
	Split   CurationOp = "split"   // statements of Topic that contain Text form a topic called Name
	Pin     CurationOp = "pin"     // the statement belongs to Topic
	Apart   CurationOp = "apart"   // Topic and Into are two issues, and are not proposed for one
	Exclude CurationOp = "exclude" // the statement does not belong to Topic; to no topic where Topic is empty
)

// CurationOps returns every kind of decision, in the order in which they are
// documented.
func CurationOps() []CurationOp {
	return []CurationOp{Rename, Alias, Merge, Split, Pin, Apart, Exclude}
}

// Decision is one step of a [Curation]. Topic and Into hold the id or any name of
// a topic. A decision whose topic the series does not have is kept but has no
// effect, save that Pin and Split make the topic they name.
type Decision struct {
	Op    CurationOp `json:"op" yaml:"op"`
	Topic string     `json:"topic,omitempty" yaml:"topic,omitempty"`
	Name  string     `json:"name,omitempty" yaml:"name,omitempty"`
	Into  string     `json:"into,omitempty" yaml:"into,omitempty"`
	// Release is the id of the release that holds the statement of Pin and Exclude.
	Release string `json:"release,omitempty" yaml:"release,omitempty"`
	// Text is the wording of the statement (case, punctuation and spacing do not
	// matter), or the phrase by which Split tells statements apart.
	Text string `json:"text,omitempty" yaml:"text,omitempty"`
}

// Check returns an error where the decision lacks what its operation needs.
func (d Decision) Check() error {
	needs := map[CurationOp][]string{
		Rename: {"topic", "name"}, Alias: {"topic", "name"}, Merge: {"topic", "into"}, Apart: {"topic", "into"},
		Split: {"name", "text"}, Pin: {"topic", "text"}, Exclude: {"text"},
	}
	if !slices.Contains(CurationOps(), d.Op) {
		return fmt.Errorf("op %q is none of %v", d.Op, CurationOps())
	}
	has := map[string]string{"topic": d.Topic, "name": d.Name, "into": d.Into, "text": d.Text}
	for _, field := range needs[d.Op] {
		if foldName(has[field]) == "" {
			return fmt.Errorf("%s needs a %s", d.Op, field)
		}
	}
	return nil
}
