package ask

import (
	"readout/diff/formula"
	"readout/timeline"
)

// Formulas is the answer of "formulas": the clauses that a series uses again and again.
type Formulas struct {
	Schema   string            `json:"schema"` // "readout.formulas/1"
	Series   timeline.SeriesID `json:"series"`
	Formulas []Formula         `json:"formulas"` // the weightiest first
	Left     int               `json:"left"`     // formulas beyond those that were asked for
}

// Formula is one clause with all its uses.
type Formula struct {
	ID      string           `json:"id"`
	Text    string           `json:"text"` // as the last use has it
	Topic   string           `json:"topic"`
	Lane    string           `json:"lane"`
	Weight  float64          `json:"weight"`
	First   FormulaUse       `json:"first"`
	Last    FormulaUse       `json:"last"`
	Uses    []FormulaUse     `json:"uses"`
	Missing []FormulaMissing `json:"missing"`
}

// FormulaUse is a text that has the formula.
type FormulaUse struct {
	Release   string           `json:"release"`
	Held      timeline.Date    `json:"held"`
	Statement string           `json:"statement"`
	Text      string           `json:"text"`             // its words there
	Sentence  string           `json:"sentence"`         // the statement whole
	Speakers  []timeline.Party `json:"speakers"`         // of the statement
	Change    formula.Change   `json:"change,omitempty"` // since the use before; not there for the first
	Because   string           `json:"because,omitempty"`
	Day       timeline.Date    `json:"-" cbor:"day"` // it stands at
}

// FormulaMissing is a text that lacks the formula though it was to be expected.
type FormulaMissing struct {
	Release string        `json:"release"`
	Held    timeline.Date `json:"held"`
	Nearest *Nearest      `json:"nearest"` // null where the text has no word of it
	Day     timeline.Date `json:"-" cbor:"day"`
}

// Nearest is the likest statement of a text in which something was looked for: the proof
// that it was.
type Nearest struct {
	ID         string  `json:"id"`
	Text       string  `json:"text"`
	Similarity float64 `json:"similarity"`
}

// NewFormulas returns the formulas of a series as an answer, at most so many where most is
// not 0.
func NewFormulas(series timeline.SeriesID, found []formula.Formula, most int) *Formulas {
	a := &Formulas{Schema: "readout.formulas/1", Series: series, Formulas: []Formula{}}
	if most > 0 && len(found) > most {
		a.Left, found = len(found)-most, found[:most]
	}
	for _, f := range found {
		a.Formulas = append(a.Formulas, newFormula(f))
	}
	return a
}

func newFormula(f formula.Formula) Formula {
	x := Formula{ID: f.ID, Text: f.Text, Topic: f.Topic, Lane: f.Lane, Weight: f.Weight, Missing: []FormulaMissing{}}
	for _, u := range f.Uses {
		x.Uses = append(x.Uses, FormulaUse{
			Release:   u.Release.ID,
			Held:      u.Release.Held,
			Statement: u.Statement.ID,
			Text:      u.Text,
			Sentence:  u.Statement.Text,
			Speakers:  some(u.Statement.Speakers),
			Change:    u.Change,
			Because:   u.Because,
			Day:       u.Release.Day(),
		})
	}
	x.First, x.Last = x.Uses[0], x.Uses[len(x.Uses)-1]
	for _, m := range f.Missing {
		gone := FormulaMissing{Release: m.Release.ID, Held: m.Release.Held, Day: m.Release.Day()}
		if n := m.Nearest; n.Statement.ID != "" {
			gone.Nearest = &Nearest{n.Statement.ID, n.Statement.Text, n.Similarity}
		}
		x.Missing = append(x.Missing, gone)
	}
	return x
}

// Lines returns the formulas.
func (a *Formulas) Lines() []any { return lines(a.Formulas) }
