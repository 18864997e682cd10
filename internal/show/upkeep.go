package show

import (
	"fmt"
	"io"
	"strings"

	"readout/internal/letters"
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

// Text writes a line for every problem, or that there is none.
func (c *Check) Text(w io.Writer, s Style) error {
	var b strings.Builder
	for _, p := range c.Problems {
		b.WriteString(text(plain, p).block(s, s.paint(red, "broken")+"  ", "        ", s.prose()))
	}
	if c.OK {
		b.WriteString("the store is whole\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Compact is the answer of "compact": the size of the store in bytes.
type Compact struct {
	Schema string `json:"schema"` // "readout.compact/1"
	Before int64  `json:"before"`
	After  int64  `json:"after"`
}

// Lines returns the answer itself.
func (c *Compact) Lines() []any { return []any{c} }

// Text writes one line.
func (c *Compact) Text(w io.Writer, _ Style) error {
	_, err := fmt.Fprintf(w, "%s before, %s now\n", size(c.Before), size(c.After))
	return err
}

// Reindex is the answer of "reindex".
type Reindex struct {
	Schema   string   `json:"schema"`   // "readout.reindex/1"
	Readings int      `json:"readings"` // read again
	Changed  int      `json:"changed"`  // that came out differently: a technical change
	Failed   []string `json:"failed"`   // kept as they were, and why
}

// Lines returns the answer itself.
func (r *Reindex) Lines() []any { return []any{r} }

// Text writes the counts and the failures.
func (r *Reindex) Text(w io.Writer, s Style) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s read again, technical changes in %d\n", count(r.Readings, "document", "documents"), r.Changed)
	for _, f := range r.Failed {
		b.WriteString(text(plain, f).block(s, s.paint(red, "kept as it was")+"  ", "                ", s.prose()))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

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

// Text writes a line for every count.
func (x *Stats) Text(w io.Writer, s Style) error {
	var b strings.Builder
	for _, f := range [][2]string{
		{"store", x.Store},
		{"size", size(x.Bytes)},
		{"releases", fmt.Sprint(x.Releases)},
		{"versions", fmt.Sprint(x.Versions)},
		{"captures", fmt.Sprint(x.Captures)},
		{"statements", fmt.Sprint(x.Statements)},
		{"series", fmt.Sprint(x.Series)},
		{"meetings", joinNonEmpty(" to ", x.First.String(), x.Last.String())},
	} {
		if f[1] != "" {
			fmt.Fprintf(&b, "%s  %s\n", s.paint(dim, pad(f[0], 10, false)), letters.Clean(f[1]))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// size writes a number of bytes for people.
func size(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GiB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.0f KiB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d bytes", n)
}
