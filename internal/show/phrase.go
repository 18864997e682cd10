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
}

// PhraseEnd is the first or last use of a phrase.
type PhraseEnd struct {
	Release   string        `json:"release"`
	Held      timeline.Date `json:"held"`
	Statement string        `json:"statement"`
}

// PhraseUse is one release that has the phrase.
type PhraseUse struct {
	Release    string        `json:"release"`
	Held       timeline.Date `json:"held"`
	Title      string        `json:"title"`
	Statements []string      `json:"statements"`
	said       []timeline.Statement
	day        timeline.Date
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
	p := &Phrase{Schema: "readout.phrase/1", Phrase: l.Phrase, Series: series, Uses: []PhraseUse{}, Gaps: []PhraseGap{}}
	for _, u := range l.Uses {
		use := PhraseUse{Release: u.Release.ID, Held: u.Release.Held, Title: u.Release.Title, Statements: []string{}, said: u.Statements, day: u.Release.Day()}
		for _, st := range u.Statements {
			use.Statements = append(use.Statements, st.ID)
		}
		p.Uses = append(p.Uses, use)
	}
	for _, g := range l.Gaps {
		gap := PhraseGap{After: g.After.ID, Before: g.Before.ID, Releases: g.Releases, Without: ids(g.Without)}
		for _, r := range g.Without {
			gap.titles = append(gap.titles, r.Day().String()+" "+r.Title)
		}
		p.Gaps = append(p.Gaps, gap)
	}
	end := func(u *timeline.Use, last bool) *PhraseEnd {
		if u == nil {
			return nil
		}
		st := u.Statements[0]
		if last {
			st = u.Statements[len(u.Statements)-1]
		}
		return &PhraseEnd{Release: u.Release.ID, Held: u.Release.Held, Statement: st.ID}
	}
	p.First, p.Last = end(l.First, false), end(l.Last, true)
	if l.AbsentSince != nil {
		p.AbsentSince = &PhraseAbsence{Release: l.AbsentSince.ID, Held: l.AbsentSince.Held}
	}
	return p
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
		b.WriteString("never used\n")
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
		b.WriteByte('\n')
		lead := s.paint(cyan, pad(u.day.String(), 10, false)) + "  "
		indent := strings.Repeat(" ", 12)
		b.WriteString(text(bold, u.Title).block(s, lead, indent, s.prose()))
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
	_, err := io.WriteString(w, b.String())
	return err
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
