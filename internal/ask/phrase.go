package ask

import (
	"slices"

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
	// Earlier is how many releases that use the phrase stand before the first of Uses and
	// were left out; First is among them then.
	Earlier int `json:"earlier"`
}

// PhraseEnd is the first or last use of a phrase.
type PhraseEnd struct {
	Release   string        `json:"release"`
	Held      timeline.Date `json:"held"`
	Statement string        `json:"statement"` // "" where only a heading has it
	Day       timeline.Date `json:"-"`         // it stands at: held, or else published
}

// PhraseUse is one release that has the phrase.
type PhraseUse struct {
	Release      string               `json:"release"`
	Held         timeline.Date        `json:"held"`
	Title        string               `json:"title"`
	Statements   []string             `json:"statements"`
	Headings     []string             `json:"headings"`
	Said         []timeline.Statement `json:"-"` // those of Statements
	HeadingsSaid []timeline.Section   `json:"-"` // those of Headings
	Day          timeline.Date        `json:"-"` // it stands at: held, or else published
	Label        string               `json:"-"` // what the release is called
}

// PhraseGap is a run of releases without the phrase between two that have it.
type PhraseGap struct {
	After    string `json:"after"`
	Before   string `json:"before"`
	Releases int    `json:"releases"`
	// Without are the ids of the releases between, in order.
	Without []string `json:"without"`
	Titles  []string `json:"-"` // days and names of Without
}

// PhraseAbsence is the first release since which the phrase is gone.
type PhraseAbsence struct {
	Release string        `json:"release"`
	Held    timeline.Date `json:"held"`
	Day     timeline.Date `json:"-"` // it stands at: held, or else published
}

// NewPhrase returns the ledger of a phrase in a series as an answer.
func NewPhrase(l *timeline.Ledger, series timeline.SeriesID) *Phrase {
	p := &Phrase{
		Schema:  "readout.phrase/1",
		Phrase:  l.Phrase,
		Series:  series,
		Uses:    phraseUses(l.Uses),
		Gaps:    []PhraseGap{},
		Undated: phraseUses(l.Undated),
	}
	for _, g := range l.Gaps {
		gap := PhraseGap{After: g.After.ID, Before: g.Before.ID, Releases: g.Releases, Without: ids(g.Without)}
		for _, r := range g.Without {
			gap.Titles = append(gap.Titles, r.Day().String()+" "+r.Label())
		}
		p.Gaps = append(p.Gaps, gap)
	}
	p.First, p.Last = phraseEnd(l.First, false), phraseEnd(l.Last, true)
	if l.AbsentSince != nil {
		p.AbsentSince = &PhraseAbsence{Release: l.AbsentSince.ID, Held: l.AbsentSince.Held, Day: l.AbsentSince.Day()}
	}
	return p
}

// After tells the answer that releases which use the phrase were left out: how many, and
// the ledger of the earliest alone.
func (p *Phrase) After(earlier int, first *timeline.Ledger) {
	p.Earlier, p.First = earlier, phraseEnd(first.First, false)
}

// phraseEnd returns the first or last use, nil for none.
func phraseEnd(u *timeline.Use, last bool) *PhraseEnd {
	if u == nil {
		return nil
	}
	e := &PhraseEnd{Release: u.Release.ID, Held: u.Release.Held, Day: u.Release.Day()}
	if n := len(u.Statements); n > 0 && last {
		e.Statement = u.Statements[n-1].ID
	} else if n > 0 {
		e.Statement = u.Statements[0].ID
	}
	return e
}

func phraseUses(uses []timeline.Use) []PhraseUse {
	out := []PhraseUse{}
	for _, u := range uses {
		use := PhraseUse{Release: u.Release.ID, Held: u.Release.Held, Title: u.Release.Title, Statements: []string{}, Headings: []string{},
			Said: u.Statements, HeadingsSaid: u.Headings, Day: u.Release.Day(), Label: u.Release.Label()}
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

// Phrases is the answer of "phrases": the stock phrases that came and went.
type Phrases struct {
	Schema   string            `json:"schema"` // "readout.phrases/1"
	Series   timeline.SeriesID `json:"series"`
	Meetings []PhraseTurn      `json:"meetings"` // every release, in the order of a timeline
}

// PhraseTurn is what happened to stock phrases at one release.
type PhraseTurn struct {
	Release     string         `json:"release"`
	Held        timeline.Date  `json:"held"`
	Title       string         `json:"title"`
	Apart       bool           `json:"apart"` // of another form than the series: not compared
	Appeared    []PhraseChange `json:"appeared"`
	Disappeared []PhraseChange `json:"disappeared"`
	Returned    []PhraseChange `json:"returned"`
	Day         timeline.Date  `json:"-"` // it stands at: held, or else published
}

// PhraseChange is one phrase that came or went.
type PhraseChange struct {
	Phrase    string        `json:"phrase"`
	Words     int           `json:"words"`
	Run       int           `json:"run"`       // releases of the run that begins or ends here
	Uses      int           `json:"uses"`      // releases that have it in all
	First     timeline.Date `json:"first"`     // of all its uses
	Last      timeline.Date `json:"last"`      // of all its uses
	LastUse   string        `json:"last_use"`  // the release before this one that had it, or ""
	Absent    int           `json:"absent"`    // releases it was absent from before it came back
	Statement string        `json:"statement"` // of its first use
	Since     timeline.Date `json:"-"`         // the day of LastUse
}

// NewPhrases returns the turns of a series as an answer; keep says which releases are
// shown, nil for all.
func NewPhrases(series timeline.SeriesID, turns []timeline.PhraseTurn, keep func(*timeline.Release) bool) *Phrases {
	p := &Phrases{Schema: "readout.phrases/1", Series: series, Meetings: []PhraseTurn{}}
	for _, t := range turns {
		if keep != nil && !keep(t.Release) {
			continue
		}
		p.Meetings = append(p.Meetings, PhraseTurn{
			Release:     t.Release.ID,
			Held:        t.Release.Held,
			Title:       t.Release.Title,
			Apart:       t.Apart,
			Appeared:    phraseChanges(t.Appeared),
			Disappeared: phraseChanges(t.Disappeared),
			Returned:    phraseChanges(t.Returned),
			Day:         t.Release.Day(),
		})
	}
	return p
}

func phraseChanges(cs []timeline.PhraseChange) []PhraseChange {
	out := []PhraseChange{}
	for _, c := range cs {
		uses := c.Phrase.Uses
		x := PhraseChange{
			Phrase:    c.Phrase.Text,
			Words:     c.Phrase.Words,
			Run:       c.Run,
			Uses:      len(uses),
			First:     uses[0].Day(),
			Last:      uses[len(uses)-1].Day(),
			Absent:    c.Absent,
			Statement: c.Phrase.Statement.ID,
		}
		if c.Last != nil {
			x.LastUse, x.Since = c.Last.ID, c.Last.Day()
		}
		out = append(out, x)
	}
	return out
}

// Last leaves the last n meetings whose day is known, all of them and the undated ones where n is 0.
func (p *Phrases) Last(n int) *Phrases {
	if n > 0 {
		dated := slices.DeleteFunc(p.Meetings, func(t PhraseTurn) bool { return t.Day.IsZero() })
		p.Meetings = last(dated, n)
	}
	return p
}

// Lines returns the meetings.
func (p *Phrases) Lines() []any { return lines(p.Meetings) }
