package ask

import "readout/timeline"

// Ingest is the answer of "ingest".
type Ingest struct {
	Schema    string         `json:"schema"` // "readout.ingest/1"
	DryRun    bool           `json:"dry_run"`
	Results   []IngestResult `json:"results"`
	New       int            `json:"new"`
	Revised   int            `json:"revised"`
	Unchanged int            `json:"unchanged"`
	Failed    int            `json:"failed"`
}

// IngestResult says what became of one input.
type IngestResult struct {
	Input      string            `json:"input"`
	Status     string            `json:"status"` // "new", "revised", "unchanged", "failed"
	Release    string            `json:"release"`
	Version    int               `json:"version"`
	Series     timeline.SeriesID `json:"series"`
	Held       timeline.Date     `json:"held"`
	Published  timeline.Date     `json:"published"`
	Title      string            `json:"title"`
	Statements int               `json:"statements"`
	Error      string            `json:"error"`
}

// NewIngest returns the results, in their order, as an answer.
func NewIngest(results []IngestResult, dryRun bool) *Ingest {
	in := &Ingest{Schema: "readout.ingest/1", DryRun: dryRun, Results: some(results)}
	for _, r := range results {
		switch r.Status {
		case "new":
			in.New++
		case "revised":
			in.Revised++
		case "unchanged":
			in.Unchanged++
		case "failed":
			in.Failed++
		}
	}
	return in
}

// Lines returns the results.
func (in *Ingest) Lines() []any { return lines(in.Results) }
