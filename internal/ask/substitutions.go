package ask

import (
	"readout/diff"
	"readout/timeline"
)

// Substitutions is the answer of "substitutions": wordings that gave way to others in
// several releases and in one direction.
type Substitutions struct {
	Schema        string         `json:"schema"` // "readout.substitutions/1"
	Since         timeline.Date  `json:"since"`
	Substitutions []Substitution `json:"substitutions"` // the most frequent first
}

// Substitution is one wording in place of another.
type Substitution struct {
	From      string                 `json:"from"`
	To        string                 `json:"to"`
	Releases  int                    `json:"releases"` // in which To took the place of From
	Back      int                    `json:"back"`     // in which From took the place of To
	Instances []SubstitutionInstance `json:"instances"`
}

// SubstitutionInstance is one place where it happened.
type SubstitutionInstance struct {
	Release string        `json:"release"` // the newer text
	Held    timeline.Date `json:"held"`
	Change  diff.Cause    `json:"change"`
	Old     diff.Quote    `json:"old"`
	New     diff.Quote    `json:"new"`
	Day     timeline.Date `json:"-"`
}

// NewSubstitutions returns what was found as an answer.
func NewSubstitutions(found []diff.Substitution, since timeline.Date) *Substitutions {
	a := &Substitutions{Schema: "readout.substitutions/1", Since: since, Substitutions: []Substitution{}}
	for _, s := range found {
		x := Substitution{From: s.From, To: s.To, Releases: len(s.Forth), Back: len(s.Back)}
		for _, i := range s.Forth {
			x.Instances = append(x.Instances, SubstitutionInstance{Release: i.Release.ID, Held: i.Release.Held, Change: i.Cause,
				Old: diff.Quote{ID: i.Old.ID, Text: i.Old.Text}, New: diff.Quote{ID: i.New.ID, Text: i.New.Text}, Day: i.Release.Day()})
		}
		a.Substitutions = append(a.Substitutions, x)
	}
	return a
}

// Lines returns the substitutions.
func (a *Substitutions) Lines() []any { return lines(a.Substitutions) }
