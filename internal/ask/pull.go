package ask

import "readout/timeline"

// Pull is the answer of "pull".
type Pull struct {
	Schema   string         `json:"schema"` // "readout.pull/1"
	At       string         `json:"at"`
	DryRun   bool           `json:"dry_run"`
	Sources  []PullSource   `json:"sources"`  // in the order of the file
	Pages    []PullPage     `json:"pages"`    // those with something to tell
	Requests map[string]int `json:"requests"` // to every host, robots.txt and redirects included
	Totals   PullCounts     `json:"totals"`
}

// PullSource is what became of one source.
type PullSource struct {
	Name     string     `json:"name"`
	URL      string     `json:"url"`
	Kind     string     `json:"kind"`     // "page", "index", "feed", "sitemap"
	Status   string     `json:"status"`   // "read", "unchanged", "not due", "waiting", "failed"
	Links    int        `json:"links"`    // releases that the list names now
	Error    string     `json:"error"`    // why it failed
	Note     string     `json:"note"`     // what was wrong but could be helped
	Standing string     `json:"standing"` // "" well, "failed", "stale", "gone", "suspect"
	Since    string     `json:"since"`    // it stands so
	Next     string     `json:"next"`     // the list is due again
	Counts   PullCounts `json:"counts"`
}

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

// PullPage is what became of one page.
type PullPage struct {
	Source  string        `json:"source"`
	URL     string        `json:"url"`
	Title   string        `json:"title"`
	Status  string        `json:"status"` // "new", "revised", "gone", "suspect", "failed", "back", "due", "alias"
	Reason  string        `json:"reason"`
	Release string        `json:"release"`
	Version int           `json:"version"`
	Held    timeline.Date `json:"held"`
}

// NewPull completes an answer.
func NewPull(p Pull) *Pull {
	p.Schema, p.Sources, p.Pages = "readout.pull/1", some(p.Sources), some(p.Pages)
	if p.Requests == nil {
		p.Requests = map[string]int{}
	}
	return &p
}

// Lines returns the pages.
func (p *Pull) Lines() []any { return lines(p.Pages) }
