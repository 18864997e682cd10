package ask

import "readout/timeline"

// Spread is the answer of "spread": who said a phrase first, who took it up, who let it go.
type Spread struct {
	Schema  string        `json:"schema"` // "readout.spread/1"
	Phrase  string        `json:"phrase"`
	Parties []SpreadParty `json:"parties"` // the first to say it first
}

// SpreadParty is what one party did with the phrase.
type SpreadParty struct {
	Party timeline.Party `json:"party"`
	First SpreadUse      `json:"first"`
	Last  SpreadUse      `json:"last"`
	Uses  int            `json:"uses"`  // releases in which it said it
	Since int            `json:"since"` // later releases in which it spoke without it
}

// SpreadUse is a statement that has the phrase.
type SpreadUse struct {
	Release   string           `json:"release"`
	Held      timeline.Date    `json:"held"`
	Statement string           `json:"statement"`
	Text      string           `json:"text"`
	With      []timeline.Party `json:"speakers"` // all who said it there
	Day       timeline.Date    `json:"-"`
}

// NewSpread returns the way of a phrase as an answer.
func NewSpread(s *timeline.Spread) *Spread {
	a := &Spread{Schema: "readout.spread/1", Phrase: s.Phrase, Parties: []SpreadParty{}}
	use := func(x timeline.Said) SpreadUse {
		return SpreadUse{
			Release:   x.Release.ID,
			Held:      x.Release.Held,
			Statement: x.Statement.ID,
			Text:      x.Statement.Text,
			With:      some(x.Statement.Speakers),
			Day:       x.Release.Day(),
		}
	}
	for _, p := range s.Parties {
		a.Parties = append(a.Parties, SpreadParty{Party: p.Party, First: use(p.First), Last: use(p.Last), Uses: p.Uses, Since: p.Since})
	}
	return a
}

// Lines returns the parties.
func (a *Spread) Lines() []any { return lines(a.Parties) }
