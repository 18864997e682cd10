package ask

import (
	"fmt"
	"strings"

	"readout/timeline"
)

// Citation is the answer of "cite": what one needs to quote a release, or one statement of
// it, so that others find the very wording. The version, the moment it was first captured
// and the hash of its bytes name the text; the address may show another one by now.
type Citation struct {
	Schema     string        `json:"schema"` // "readout.citation/1"
	ID         string        `json:"id"`     // with the version: "ID@v2", of a statement "ID@v2#3"
	Title      string        `json:"title"`
	Issuer     string        `json:"issuer"` // the name of whoever published it, "" where that is not known
	Source     string        `json:"source"`
	Held       timeline.Date `json:"held"`
	Published  timeline.Date `json:"published"`
	CapturedAt Instant       `json:"captured_at"`
	Language   string        `json:"language"`
	Version    int           `json:"version"`
	SHA256     string        `json:"sha256"` // of the captured bytes
	Quotation  string        `json:"quotation"`
	Start      int           `json:"start"` // of the quotation in the extracted text, in bytes; 0 for none
	End        int           `json:"end"`
}

// NewCitation returns the citation of a release, or of its statement with the given number
// from 1; 0 is the whole. Names spells out a party. It is an error where the release has no
// such statement.
func NewCitation(r *timeline.Release, statement int, names func(timeline.Party) string) (*Citation, error) {
	c := &Citation{Schema: "readout.citation/1", ID: fmt.Sprintf("%s@v%d", r.ID, r.Version), Title: r.Title, Source: r.Source, Held: r.Held,
		Published: r.Published, CapturedAt: Instant{Time: r.CapturedAt}, Language: r.Language, Version: r.Version, SHA256: r.SHA256}
	if r.Issuer != "" {
		c.Issuer = names(r.Issuer)
	}
	if statement == 0 {
		return c, nil
	}
	if statement < 0 || statement > len(r.Statements) {
		return nil, fmt.Errorf("release %s has no statement %d; it has %d", r.ID, statement, len(r.Statements))
	}
	s := r.Statements[statement-1]
	c.ID += fmt.Sprintf("#%d", statement)
	c.Quotation, c.Start, c.End = s.Text, s.Start, s.End
	return c, nil
}

// Day is the day of the text: the one it is dated, else that of the meeting.
func (c *Citation) Day() timeline.Date {
	if c.Published.IsZero() {
		return c.Held
	}
	return c.Published
}

// Proof says in words which text it is.
func (c *Citation) Proof() string {
	return fmt.Sprintf("version %d, captured %s, SHA-256 %s", c.Version, c.CapturedAt, c.SHA256)
}

// Sentence is the citation as one line of prose.
func (c *Citation) Sentence() string {
	var parts []string
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	add(c.Issuer)
	add("“" + c.Title + "”")
	add(c.Day().String())
	add(c.Source)
	add(c.Proof())
	out := strings.Join(parts, ", ") + " (" + c.ID + ")."
	if c.Quotation != "" {
		out = "“" + c.Quotation + "” " + out
	}
	return out
}

// Lines returns the citation itself.
func (c *Citation) Lines() []any { return []any{c} }
