package show

import (
	"fmt"
	"io"
	"strings"

	"readout/timeline"
)

// Phrase is the answer of "phrase".
type Phrase struct {
	Schema      string            `json:"schema"` // "readout.phrase/1"
	Phrase      string            `json:"phrase"`
	Series      timeline.SeriesID `json:"series"`
	First       *PhraseEnd        `json:"first"` // null where the phrase never occurs
	Last        *PhraseEnd        `json:"last"`
	Uses        []PhraseUse       `json:"uses"`
	Gaps        []PhraseGap       `json:"gaps"`
	AbsentSince *PhraseAbsence    `json:"absent_since"` // null while the newest release has it
	Undated     []PhraseUse       `json:"undated"`      // uses in releases whose day is not known, in no order
}

// PhraseEnd is the first or last use of a phrase.
type PhraseEnd struct {
	Release   string        `json:"release"`
	Held      timeline.Date `json:"held"`
	Statement string        `json:"statement"` // "" where only a heading has it
}

// PhraseUse is one release that has the phrase.
type PhraseUse struct {
	Release    string        `json:"release"`
	Held       timeline.Date `json:"held"`
	Title      string        `json:"title"`
	Statements []string      `json:"statements"`
	Headings   []string      `json:"headings"`
	said       []timeline.Statement
	headings   []timeline.Section
	day        timeline.Date
	label      string
}

// PhraseGap is a run of releases without the phrase between two that have it.
type PhraseGap struct {
	After    string `json:"after"`
	Before   string `json:"before"`
	Releases int    `json:"releases"`
	// Without are the ids of the releases between, in order.
	Without []string `json:"without"`
	titles  []string
}

// PhraseAbsence is the first release since which the phrase is gone.
type PhraseAbsence struct {
	Release string        `json:"release"`
	Held    timeline.Date `json:"held"`
}

// NewPhrase returns the ledger of a phrase in a series as an answer.
func NewPhrase(l *timeline.Ledger, series timeline.SeriesID) *Phrase {
	p := &Phrase{Schema: "readout.phrase/1", Phrase: l.Phrase, Series: series, Uses: phraseUses(l.Uses), Gaps: []PhraseGap{}, Undated: phraseUses(l.Undated)}
	for _, g := range l.Gaps {
		gap := PhraseGap{After: g.After.ID, Before: g.Before.ID, Releases: g.Releases, Without: ids(g.Without)}
		for _, r := range g.Without {
			gap.titles = append(gap.titles, r.Day().String()+" "+r.Label())
		}
		p.Gaps = append(p.Gaps, gap)
	}
	end := func(u *timeline.Use, last bool) *PhraseEnd {
		if u == nil {
			return nil
		}
		e := &PhraseEnd{Release: u.Release.ID, Held: u.Release.Held}
		if n := len(u.Statements); n > 0 && last {
			e.Statement = u.Statements[n-1].ID
		} else if n > 0 {
			e.Statement = u.Statements[0].ID
		}
		return e
	}
	p.First, p.Last = end(l.First, false), end(l.Last, true)
	if l.AbsentSince != nil {
		p.AbsentSince = &PhraseAbsence{Release: l.AbsentSince.ID, Held: l.AbsentSince.Held}
	}
	return p
}

func phraseUses(uses []timeline.Use) []PhraseUse {
	out := []PhraseUse{}
	for _, u := range uses {
		use := PhraseUse{Release: u.Release.ID, Held: u.Release.Held, Title: u.Release.Title, Statements: []string{}, Headings: []string{},
			said: u.Statements, headings: u.Headings, day: u.Release.Day(), label: u.Release.Label()}
		for _, st := range u.Statements {
			use.Statements = append(use.Statements, st.ID)
		}
		for _, h := range u.Headings {
			use.Headings = append(use.Headings, h.Heading)
		}
		out = append(out, use)
	}
	return out
}

// Lines returns the uses.
func (p *Phrase) Lines() []any { return lines(p.Uses) }

// Text writes the ledger: first and last use, then every use with its words,
// the gaps where they lie.
func (p *Phrase) Text(w io.Writer, s Style) error {
	var b strings.Builder
	head := &paragraph{}
	head.add(bold, "“"+p.Phrase+"”")
	head.raw(plain, " · ")
	head.add(plain, joinNonEmpty(" · ", string(p.Series), count(len(p.Uses), "release", "releases")))
	b.WriteString(head.block(s, "", "", s.prose()))
	if len(p.Uses) == 0 {
		if len(p.Undated) == 0 {
			b.WriteString("never used\n")
		}
		p.writeUndated(&b, s)
		_, err := io.WriteString(w, b.String())
		return err
	}
	first, last := p.Uses[0], p.Uses[len(p.Uses)-1]
	line := fmt.Sprintf("first used %s, last used %s", first.day, last.day)
	if p.AbsentSince != nil {
		line += ", absent since " + joinNonEmpty(" ", p.AbsentSince.Held.String(), "("+p.AbsentSince.Release+")")
	} else {
		line += ", in the newest release"
	}
	b.WriteString(whole(plain, line).block(s, "", "", s.prose()))
	for i, u := range p.Uses {
		if i > 0 {
			for _, g := range p.Gaps {
				if g.After == p.Uses[i-1].Release && g.Before == u.Release {
					b.WriteByte('\n')
					g.write(&b, s)
				}
			}
		}
		u.write(&b, s)
	}
	p.writeUndated(&b, s)
	_, err := io.WriteString(w, b.String())
	return err
}

// write puts down a use: its day and title, then the words.
func (u PhraseUse) write(b *strings.Builder, s Style) {
	b.WriteByte('\n')
	lead := s.paint(cyan, pad(u.day.String(), 10, false)) + "  "
	indent := strings.Repeat(" ", 12)
	b.WriteString(text(bold, u.label).block(s, lead, indent, s.prose()))
	for _, h := range u.headings {
		b.WriteString(text(boldCyan, joinNonEmpty(" ", numbered(h.Number), h.Heading)).block(s, indent, indent, s.prose()))
	}
	for _, st := range u.said {
		q := &paragraph{}
		if who := attribution(st); who != "" {
			q.add(dim, who)
			q.raw(plain, "  ")
		}
		q.add(plain, st.Text)
		b.WriteString(q.block(s, indent, indent, s.prose()))
	}
}

// writeUndated puts the uses without a day apart.
func (p *Phrase) writeUndated(b *strings.Builder, s Style) {
	if len(p.Undated) == 0 {
		return
	}
	b.WriteString("\n" + s.paint(bold, undatedHead) + "\n")
	for _, u := range p.Undated {
		u.write(b, s)
		b.WriteString(strings.Repeat(" ", 12) + s.paint(dim, settleDay(u.Release)) + "\n")
	}
}

// gapNamed is up to how many releases of a gap are named: a text of another sort
// between two meetings is no gap in what the meetings say.
const gapNamed = 2

func (g PhraseGap) write(b *strings.Builder, s Style) {
	line := "gap: absent from " + count(g.Releases, "release", "releases")
	if g.Releases <= gapNamed {
		line += ": " + strings.Join(g.titles, "; ")
	}
	indent := strings.Repeat(" ", 12)
	b.WriteString(text(yellow, line).block(s, indent, indent, s.prose()))
}
