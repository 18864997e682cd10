package ask

import "readout/timeline"

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
	Release    string               `json:"release"`
	Held       timeline.Date        `json:"held"`
	Title      string               `json:"title"`
	Statements []string             `json:"statements"`
	Said       []timeline.Statement `json:"-"` // those of Statements
	Day        timeline.Date        `json:"-"` // it stands at: held, or else published
}

// PhraseGap is a run of releases without the phrase between two that have it.
type PhraseGap struct {
	After    string `json:"after"`
	Before   string `json:"before"`
	Releases int    `json:"releases"`
	// Without are the ids of the releases between, in order.
	Without []string `json:"without"`
	Titles  []string `json:"-"` // days and titles of Without
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
		use := PhraseUse{Release: u.Release.ID, Held: u.Release.Held, Title: u.Release.Title, Statements: []string{}, Said: u.Statements, Day: u.Release.Day()}
		for _, st := range u.Statements {
			use.Statements = append(use.Statements, st.ID)
		}
		p.Uses = append(p.Uses, use)
	}
	for _, g := range l.Gaps {
		gap := PhraseGap{After: g.After.ID, Before: g.Before.ID, Releases: g.Releases, Without: ids(g.Without)}
		for _, r := range g.Without {
			gap.Titles = append(gap.Titles, r.Day().String()+" "+r.Title)
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
