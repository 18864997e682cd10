package ask

import "readout/timeline"

// BriefCheck is the answer of "brief --check": which claims of a saved brief no longer hold.
type BriefCheck struct {
	Schema string            `json:"schema"` // "readout.brief-check/1"
	Series timeline.SeriesID `json:"series"`
	Claims int               `json:"claims"` // that the saved brief makes
	Failed []FailedClaim     `json:"failed"` // in the order of the brief
}

// FailedClaim is a claim of a saved brief that does not follow from what the store has.
type FailedClaim struct {
	Claim string `json:"claim"` // as the saved brief has it
	Now   string `json:"now"`   // what the brief of now says of the same statement or issue, "" for nothing
}

// Lines returns the claims that failed.
func (c *BriefCheck) Lines() []any { return lines(c.Failed) }
