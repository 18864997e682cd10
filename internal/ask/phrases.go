package ask

import "readout/timeline"

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
		p.Meetings = append(p.Meetings, PhraseTurn{Release: t.Release.ID, Held: t.Release.Held, Title: t.Release.Title, Apart: t.Apart,
			Appeared: phraseChanges(t.Appeared), Disappeared: phraseChanges(t.Disappeared), Returned: phraseChanges(t.Returned), Day: t.Release.Day()})
	}
	return p
}

func phraseChanges(cs []timeline.PhraseChange) []PhraseChange {
	out := []PhraseChange{}
	for _, c := range cs {
		uses := c.Phrase.Uses
		x := PhraseChange{Phrase: c.Phrase.Text, Words: c.Phrase.Words, Run: c.Run, Uses: len(uses), First: uses[0].Day(), Last: uses[len(uses)-1].Day(),
			Absent: c.Absent, Statement: c.Phrase.Statement.ID}
		if c.Last != nil {
			x.LastUse, x.Since = c.Last.ID, c.Last.Day()
		}
		out = append(out, x)
	}
	return out
}

// Lines returns the meetings.
func (p *Phrases) Lines() []any { return lines(p.Meetings) }
