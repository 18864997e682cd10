package timeline

// Topic is an issue followed through a series under all the names it has had.
type Topic struct {
	ID         string   `json:"id"`                // slug, unique in its series
	Name       string   `json:"name"`              // as the texts have it, or as a curator set it
	Aliases    []string `json:"aliases"`           // its other names, never nil
	PartOf     string   `json:"part_of,omitempty"` // id of the topic that this one is part of
	Twins      []Twin   `json:"twins,omitempty"`   // topics of a later id that are likely the same issue
	Judged     []string `json:"judged,omitempty"`  // names of topics that a model's judgement made part of it
	Releases   int      `json:"releases"`          // those of its parts included
	Statements int      `json:"statements"`
	First      Date     `json:"first"` // Day of the first dated release that raised it
	Last       Date     `json:"last"`
}
