package ask

import (
	"time"

	"readout/timeline"
)

// Pull is the answer of "pull".
type Pull struct {
	Schema   string         `json:"schema"` // "readout.pull/1"
	At       Instant        `json:"at"`
	DryRun   bool           `json:"dry_run"`
	Sources  []PullSource   `json:"sources"`  // in the order of the file
	Pages    []PullPage     `json:"pages"`    // those with something to tell, in order of source and address
	Requests map[string]int `json:"requests"` // to every host, robots.txt and redirects included
	Totals   PullCounts     `json:"totals"`
}

// PullSource is what became of one source.
type PullSource struct {
	Name     string     `json:"name"`
	URL      string     `json:"url"`
	Kind     string     `json:"kind"` // "page", "index", "feed", "sitemap"
	Status   ListStatus `json:"status"`
	Links    int        `json:"links"`    // releases that the list names now
	Error    string     `json:"error"`    // why it failed
	Note     string     `json:"note"`     // what was wrong but could be helped
	Standing string     `json:"standing"` // "" well, "failed", "stale", "gone", "suspect"
	Since    Instant    `json:"since"`    // it stands so
	Next     Instant    `json:"next"`     // the list is due again
	Counts   PullCounts `json:"counts"`
}

// ListStatus says what a run did with the list of a source.
type ListStatus string

// What a run can do with a list.
const (
	ListRead    ListStatus = "read"
	ListSame    ListStatus = "unchanged" // the server has nothing newer
	ListNotDue  ListStatus = "not due"
	ListWaiting ListStatus = "waiting" // the host asked to be left alone
	ListFailed  ListStatus = "failed"  // Error says why
)

// PullCounts count pages.
type PullCounts struct {
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

// Add adds other counts.
func (c *PullCounts) Add(o PullCounts) {
	c.Found, c.Asked, c.New, c.Revised, c.Unchanged = c.Found+o.Found, c.Asked+o.Asked, c.New+o.New, c.Revised+o.Revised,
		c.Unchanged+o.Unchanged
	c.Gone, c.Suspect, c.Failed, c.Left = c.Gone+o.Gone, c.Suspect+o.Suspect, c.Failed+o.Failed, c.Left+o.Left
}

// PullPage is what became of one page. Pages that stand as they stood are only counted.
type PullPage struct {
	Source  string        `json:"source"`
	URL     string        `json:"url"`
	Title   string        `json:"title"`
	Status  PageStatus    `json:"status"`
	Reason  string        `json:"reason"`
	Release string        `json:"release"`
	Version int           `json:"version"`
	Held    timeline.Date `json:"held"`
}

// PageStatus says what became of a page.
type PageStatus string

// What can become of a page.
const (
	PageNew     PageStatus = "new"
	PageRevised PageStatus = "revised"
	PageGone    PageStatus = "gone"
	PageSuspect PageStatus = "suspect"
	PageFailed  PageStatus = "failed"
	PageBack    PageStatus = "back" // was gone or suspect and stands as it stood
	PageDue     PageStatus = "due"  // would be fetched, in a dry run
	PageAlias   PageStatus = "alias"
)

// NewPull returns the report of a run that has not begun.
func NewPull(at time.Time, dryRun bool) *Pull {
	return &Pull{
		Schema:   "readout.pull/1",
		At:       Instant{at},
		DryRun:   dryRun,
		Sources:  []PullSource{},
		Pages:    []PullPage{},
		Requests: map[string]int{},
	}
}

// Trouble reports whether anything in the run failed that a user should hear of.
func (p *Pull) Trouble() bool {
	for _, s := range p.Sources {
		if s.Status == ListFailed || s.Standing != "" {
			return true
		}
	}
	return p.Totals.Gone+p.Totals.Suspect+p.Totals.Failed > 0
}

// Lines returns the pages.
func (p *Pull) Lines() []any { return lines(p.Pages) }
