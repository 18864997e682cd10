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
	LeftOut   []LeftOut      `json:"left_out"` // files of folders that were not taken in
}

// LeftOut is a file that was not taken in, and why.
type LeftOut struct {
	Input string `json:"input"`
	Why   string `json:"why"`
}

// IngestResult says what became of one input.
type IngestResult struct {
	Input      string            `json:"input"`
	Status     IngestStatus      `json:"status"`
	Release    string            `json:"release"`
	Version    int               `json:"version"`
	Series     timeline.SeriesID `json:"series"`
	Held       timeline.Date     `json:"held"`
	Published  timeline.Date     `json:"published"`
	Title      string            `json:"title"`
	Statements int               `json:"statements"`
	Error      string            `json:"error"`
	// Warnings say what of the text is in doubt, each with its field: "held: …".
	Warnings []string `json:"warnings"`
	// Undecided are the fields that stayed empty or unread: "day", "parties",
	// "language".
	Undecided []string `json:"undecided"`
}

// IngestStatus says what became of an input: "new", "revised", "unchanged" or "failed".
type IngestStatus string

// NewIngestResult returns the result with lists where it has none.
func NewIngestResult(r IngestResult) IngestResult {
	r.Warnings, r.Undecided = some(r.Warnings), some(r.Undecided)
	return r
}

// NewIngest returns the results, in their order, as an answer.
func NewIngest(results []IngestResult, dryRun bool) *Ingest {
	in := &Ingest{Schema: "readout.ingest/1", DryRun: dryRun, Results: some(results), LeftOut: []LeftOut{}}
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
