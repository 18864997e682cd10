package ask

import (
	"fmt"

	"readout/timeline"
)

// Judgements is the answer of "judge".
type Judgements struct {
	Schema string `json:"schema"` // "readout.judgements/1"
	// Asked is how many questions a model answered now; Changed, of how many of them it said
	// otherwise before, itself or another one. That is a technical change.
	Asked      int         `json:"asked"`
	Changed    int         `json:"changed"`
	Undone     int         `json:"undone"` // judgements taken back now
	Judgements []Judgement `json:"judgements"`
}

// Judgement is one judgement of a model on two topics, and how a person overrules it.
type Judgement struct {
	Series timeline.SeriesID `json:"series"`
	timeline.Judgement
	JudgedAt Instant `json:"judged_at"`
	// Holds reports whether it decides anything: the rules leave the pair in doubt, no person
	// decided about it, and the verdict is not "unsure".
	Holds bool   `json:"holds"`
	Same  string `json:"same"`  // the command by which a person says that they are one
	Apart string `json:"apart"` // the command by which a person says that they are two
	Undo  string `json:"undo"`  // the command that takes the judgement back
}

// NewJudgement returns a judgement on topics of a series, linked with it, as an answer.
func NewJudgement(series timeline.SeriesID, j timeline.Judgement, t *timeline.Topics) Judgement {
	return Judgement{Series: series, Judgement: j, JudgedAt: Instant{j.JudgedAt}, Holds: t.Holds(j),
		Same:  fmt.Sprintf("readout topics merge %q %q --series %s", j.B, j.A, series),
		Apart: fmt.Sprintf("readout topics apart %q %q --series %s", j.A, j.B, series),
		Undo:  fmt.Sprintf("readout judge --undo %q %q --series %s", j.A, j.B, series)}
}

// Lines returns the judgements.
func (j *Judgements) Lines() []any { return lines(j.Judgements) }
