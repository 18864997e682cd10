package sources

import (
	"time"

	"readout/internal/archive"
	"readout/timeline"
)

// Report is what one pull did.
type Report struct {
	At      time.Time      `json:"at"`
	DryRun  bool           `json:"dry_run"`
	Sources []SourceReport `json:"sources"` // in the order of the file
	// Pages are those with something to tell, in order of source and address;
	// pages that stand as they stood are only counted.
	Pages []PageReport `json:"pages"`
	// Requests counts what was sent to every host, robots.txt and redirects
	// included.
	Requests map[string]int `json:"requests"`
	Totals   Counts         `json:"totals"`
}

// Counts count pages.
type Counts struct {
	Found     int `json:"found"`     // links that were not known
	Asked     int `json:"asked"`     // pages that a request was sent for
	New       int `json:"new"`       // releases that were not there
	Revised   int `json:"revised"`   // other texts of releases that were there
	Unchanged int `json:"unchanged"` // the same text, or not modified
	Gone      int `json:"gone"`      // that were there until now
	Suspect   int `json:"suspect"`
	Failed    int `json:"failed"`
	Left      int `json:"left"` // due, and left for a later run
}

func (c *Counts) add(o Counts) {
	c.Found, c.Asked, c.New, c.Revised, c.Unchanged = c.Found+o.Found, c.Asked+o.Asked, c.New+o.New, c.Revised+o.Revised, c.Unchanged+o.Unchanged
	c.Gone, c.Suspect, c.Failed, c.Left = c.Gone+o.Gone, c.Suspect+o.Suspect, c.Failed+o.Failed, c.Left+o.Left
}

// SourceReport is what became of one source.
type SourceReport struct {
	Name   string       `json:"name"`
	URL    string       `json:"url"`
	Kind   Kind         `json:"kind"`
	Status SourceStatus `json:"status"`
	Links  int          `json:"links"` // releases that the list names now
	Error  string       `json:"error,omitempty"`
	Note   string       `json:"note,omitempty"` // what was wrong but could be helped
	// Standing is how it stands after this run, since Since, where not well.
	Standing Standing  `json:"standing,omitempty"`
	Since    time.Time `json:"since,omitzero"`
	Next     time.Time `json:"next"` // when the list is due again
	Counts   Counts    `json:"counts"`
}

// SourceStatus says what a run did with a source's list.
type SourceStatus string

// What a run can do with a list.
const (
	Read     SourceStatus = "read"
	Same     SourceStatus = "unchanged" // the server has nothing newer
	NotDue   SourceStatus = "not due"
	Waiting  SourceStatus = "waiting" // the host asked to be left alone
	Unusable SourceStatus = "failed"  // Error says why
)

// PageReport is what became of one page.
type PageReport struct {
	Source  string        `json:"source"`
	URL     string        `json:"url"`
	Title   string        `json:"title,omitempty"`
	Status  PageStatus    `json:"status"`
	Reason  string        `json:"reason,omitempty"`
	Release string        `json:"release,omitempty"`
	Version int           `json:"version,omitempty"`
	Held    timeline.Date `json:"held,omitzero"`
}

// PageStatus says what became of a page.
type PageStatus string

// What can become of a page.
const (
	PageNew       PageStatus = PageStatus(archive.New)
	PageRevised   PageStatus = PageStatus(archive.Revised)
	PageUnchanged PageStatus = PageStatus(archive.Unchanged)
	PageGone      PageStatus = PageStatus(Gone)
	PageSuspect   PageStatus = PageStatus(Suspect)
	PageFailed    PageStatus = "failed"
	PageBack      PageStatus = "back" // was gone or suspect and stands as it stood
	PageDue       PageStatus = "due"  // would be fetched, in a dry run
	PageAlias     PageStatus = "alias"
)

// Trouble reports whether anything in the run failed that a user should hear of.
func (r *Report) Trouble() bool {
	for _, s := range r.Sources {
		if s.Status == Unusable || s.Standing != Well {
			return true
		}
	}
	return r.Totals.Gone+r.Totals.Suspect+r.Totals.Failed > 0
}
