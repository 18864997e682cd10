package ask

import (
	"time"

	"readout/timeline"
)

// Check is the answer of "check".
type Check struct {
	Schema   string   `json:"schema"` // "readout.check/1"
	OK       bool     `json:"ok"`
	Problems []string `json:"problems"`
}

// NewCheck returns what a check found, nil for nothing, as an answer.
func NewCheck(found []string) *Check {
	return &Check{Schema: "readout.check/1", OK: len(found) == 0, Problems: some(found)}
}

// Lines returns the problems.
func (c *Check) Lines() []any { return lines(c.Problems) }

// Compact is the answer of "compact": the size of the store in bytes.
type Compact struct {
	Schema string `json:"schema"` // "readout.compact/1"
	Before int64  `json:"before"`
	After  int64  `json:"after"`
}

// Lines returns the answer itself.
func (c *Compact) Lines() []any { return []any{c} }

// Reindex is the answer of "reindex".
type Reindex struct {
	Schema   string   `json:"schema"`   // "readout.reindex/1"
	Readings int      `json:"readings"` // read again
	Changed  int      `json:"changed"`  // that came out differently: a technical change
	Failed   []string `json:"failed"`   // kept as they were, and why
}

// Lines returns the answer itself.
func (r *Reindex) Lines() []any { return []any{r} }

// Stats is the answer of "stats".
type Stats struct {
	Schema     string        `json:"schema"` // "readout.stats/1"
	Store      string        `json:"store"`
	Bytes      int64         `json:"bytes"` // of the file, 0 where there is none yet
	Releases   int           `json:"releases"`
	Versions   int           `json:"versions"`
	Captures   int           `json:"captures"`
	Statements int           `json:"statements"` // of the versions seen last
	Series     int           `json:"series"`
	First      timeline.Date `json:"first"`
	Last       timeline.Date `json:"last"`
}

// Lines returns the answer itself.
func (x *Stats) Lines() []any { return []any{x} }

// Version is the answer of "version".
type Version struct {
	Schema   string `json:"schema"` // "readout.version/1"
	Version  string `json:"version"`
	Revision string `json:"revision"` // of the source, "" where the build does not know
	Modified bool   `json:"modified"`
	Date     string `json:"date"`  // the day of that revision, "" where the build does not know
	Rules    int    `json:"rules"` // the revision of how documents are read
	Go       string `json:"go"`
	OS       string `json:"os"`
	Arch     string `json:"arch"`
}

// Lines returns the answer itself.
func (v *Version) Lines() []any { return []any{v} }

// Repair is the answer of "repair".
type Repair struct {
	Schema   string        `json:"schema"`   // "readout.repair/1"
	Captures int           `json:"captures"` // different bytes of which anything was known
	Salvaged int           `json:"salvaged"` // of them, those in the new store
	Lost     []LostCapture `json:"lost"`
	// PagesLost counts pages of the file that are in use and cannot be read or are not there: what stood only
	// there is not in Lost.
	PagesLost int `json:"pages_lost"`
}

// LostCapture is captured bytes that are gone, by what they were of.
type LostCapture struct {
	Release    string        `json:"release"` // "" where the catalogue cannot be read
	Held       timeline.Date `json:"held"`
	Source     string        `json:"source"` // the address, or else the name of the file
	SHA256     string        `json:"sha256"`
	CapturedAt time.Time     `json:"captured_at"`
}

// Lines returns what was lost.
func (r *Repair) Lines() []any { return lines(r.Lost) }

// Copy is the answer of "copy".
type Copy struct {
	Schema   string `json:"schema"` // "readout.copy/1"
	From     string `json:"from"`
	To       string `json:"to"`
	Captures int64  `json:"captures"`
	Head     string `json:"head"` // of both logs
}

// Lines returns the answer itself.
func (c *Copy) Lines() []any { return []any{c} }

// Migration is the answer of "migrate".
type Migration struct {
	Schema     string   `json:"schema"` // "readout.migration/1"
	Store      string   `json:"store"`
	From       int      `json:"from"` // the number of the last migration before, 0 for none
	To         int      `json:"to"`
	DryRun     bool     `json:"dry_run"`
	Steps      []string `json:"steps"`
	Statements []string `json:"statements"`
}

// Lines returns the statements.
func (m *Migration) Lines() []any { return lines(m.Statements) }
