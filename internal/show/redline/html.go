package redline

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strconv"
	"strings"

	"readout/diff"
	"readout/timeline"
)

//go:embed page.html.tmpl
var pageSource string

// HTML writes the reports as one web page that needs nothing but itself: it has no
// script and loads nothing. Its styles stand in the elements, so that they survive
// a mail client; a style sheet adds dark screens and paper. Insertions are
// underlined and deletions struck through, whatever the colours; both ends of a
// move link to each other. Unchanged statements out of the context are folded
// away, or left out where only changes are asked for.
func HTML(w io.Writer, reports []*diff.Report, o Options) error {
	page := htmlPage{Title: "Comparison", Side: o.Side}
	for i, r := range reports {
		page.Reports = append(page.Reports, o.htmlReport(i, r))
	}
	if len(reports) > 0 {
		page.Title = page.Reports[0].Headline
		if last := reports[len(reports)-1].New; last != nil && last.Language != "" {
			page.Language = last.Language
		}
	}
	return page.write(w)
}

// htmlPage is what the template shows.
type htmlPage struct {
	Title    string
	Language string
	Side     Side
	Reports  []htmlReport
}

// htmlReport is one comparison on the page.
type htmlReport struct {
	Kicker, Meaning, Headline, Summary string
	Sides                              []textHead
	Rows                               []htmlRow
	Moves                              bool
}

// htmlRow is one statement, or a fold of unchanged ones.
type htmlRow struct {
	Heading  string // the section that begins here
	Mark     mark
	Tag      string
	About    string // label, speakers, act
	ID, Peer string // this end of a move and the other
	Language string
	Edits    []diff.Edit
	Apart    bool // what went and what came each on a line of its own
	Folded   []htmlRow
	Count    string
	LeftOut  bool
}

// write runs the template into memory first: a page is written whole or not at all.
func (p htmlPage) write(w io.Writer) error {
	if p.Language == "" {
		p.Language = "en"
	}
	t, err := template.New("page").Parse(pageSource)
	if err != nil {
		return fmt.Errorf("parse page template: %w", err)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, p); err != nil {
		return fmt.Errorf("lay out page: %w", err)
	}
	_, err = b.WriteTo(w)
	return err
}

func (o Options) htmlReport(n int, r *diff.Report) htmlReport {
	h := htmlReport{Headline: o.headline(r), Summary: summary(r)}
	h.Kicker, h.Meaning = kicker(r.Cause)
	h.Sides = sides(r)
	b := htmlBuilder{Options: o, report: r, prefix: "d" + strconv.Itoa(n+1)}
	h.Rows = b.rows(rows(r, o, 1, true))
	h.Moves = b.moves
	return h
}

// htmlBuilder turns rows into those of the page, from the first to the last.
type htmlBuilder struct {
	Options
	report  *diff.Report
	prefix  string
	section string
	moves   bool
	ends    map[string]bool // the ids given so far
}

func (b *htmlBuilder) rows(rs []row) []htmlRow {
	var out []htmlRow
	for _, r := range rs {
		if r.change == nil {
			fold := htmlRow{Mark: markUnchanged, Count: count(len(r.folded), "unchanged statement"), LeftOut: b.ChangesOnly}
			if !b.ChangesOnly {
				fold.Folded = b.rows(r.folded)
			}
			out = append(out, fold)
			continue
		}
		out = append(out, b.row(r))
	}
	return out
}

func (b *htmlBuilder) row(r row) htmlRow {
	h := htmlRow{Mark: r.mark, Apart: diff.Apart(r.edits)}
	for _, e := range diff.Legible(r.edits) {
		h.Edits = append(h.Edits, diff.Edit{Op: e.Op, Text: clean(e.Text)})
	}
	if heading := b.heading(r); heading != "" && heading != b.section {
		h.Heading, b.section = heading, heading
	}
	rel := b.report.New
	if len(r.new) == 0 {
		rel = b.report.Old
	}
	if rel != nil {
		h.Language = rel.Language
	}
	here, there := b.prefix+"-"+strconv.Itoa(r.index+1)+"-old", b.prefix+"-"+strconv.Itoa(r.index+1)+"-new"
	if r.mark != markUnchanged || r.change.Split || r.change.Merged {
		h.Tag = capital(r.words())
	}
	switch r.mark {
	case markReworded:
		switch { // what stands elsewhere links to here
		case len(r.new) < len(r.change.New):
			h.ID = here
		case len(r.old) < len(r.change.Old):
			h.ID = there
		}
	case markAway:
		h.ID, h.Peer, b.moves = here, there, true
	case markHere:
		h.ID, h.Peer, b.moves = there, here, true
	}
	if b.ends[h.ID] { // of several runs of statements the first is linked to
		h.ID = ""
	} else if h.ID != "" {
		if b.ends == nil {
			b.ends = map[string]bool{}
		}
		b.ends[h.ID] = true
	}
	if b.Side != Both {
		h.Peer = "" // the other end of a move is not shown
	}
	h.About = strings.Join(b.about(r), " · ")
	return h
}

// capital returns words of ASCII as the beginning of a sentence.
func capital(words string) string { return strings.ToUpper(words[:1]) + words[1:] }

// heading returns the heading of the section of the new text in which the row
// stands, "" for the preamble and for what the new text does not have.
func (b *htmlBuilder) heading(r row) string {
	if len(r.new) == 0 {
		return ""
	}
	return heading(b.report.New, r.new[0].Section)
}

// heading returns a section's number and heading, "" where there is none.
func heading(r *timeline.Release, section int) string {
	if r == nil || section < 0 || section >= len(r.Sections) {
		return ""
	}
	s := r.Sections[section]
	number := s.Number
	if number != "" && !strings.HasPrefix(number, "(") {
		number += "."
	}
	return strings.TrimSpace(clean(number + " " + s.Heading))
}
