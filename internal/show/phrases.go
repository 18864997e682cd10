package show

import (
	"fmt"
	"io"
	"strings"

	"readout/timeline"
)

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
	day         timeline.Date
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
	since     timeline.Date
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
			Appeared: phraseChanges(t.Appeared), Disappeared: phraseChanges(t.Disappeared), Returned: phraseChanges(t.Returned), day: t.Release.Day()})
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
			x.LastUse, x.since = c.Last.ID, c.Last.Day()
		}
		out = append(out, x)
	}
	return out
}

// Lines returns the meetings.
func (p *Phrases) Lines() []any { return lines(p.Meetings) }

// phrasesShown is how many phrases of a kind a terminal is shown for one meeting.
const phrasesShown = 12

// Text writes, meeting by meeting, what came, came back and went; meetings at which
// nothing did are left out.
func (p *Phrases) Text(w io.Writer, s Style) error {
	var b strings.Builder
	head := text(bold, string(p.Series))
	head.raw(plain, " · stock phrases that came and went at "+count(len(p.Meetings), "release", "releases"))
	b.WriteString(head.block(s, "", "", s.prose()))
	for i := range p.Meetings {
		p.Meetings[i].write(&b, s)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (t *PhraseTurn) write(b *strings.Builder, s Style) {
	if len(t.Appeared)+len(t.Disappeared)+len(t.Returned) == 0 {
		return
	}
	const indent = "            "
	b.WriteByte('\n')
	b.WriteString(text(bold, t.Title).block(s, s.paint(cyan, pad(t.day.String(), 10, false))+"  ", indent, s.prose()))
	for _, group := range []struct {
		sign string
		ink  ink
		list []PhraseChange
		say  func(PhraseChange) string
	}{
		{"+", green, t.Appeared, func(c PhraseChange) string {
			return fmt.Sprintf("new, then in %s", count(c.Run, "release", "releases"))
		}},
		{"^", yellow, t.Returned, func(c PhraseChange) string {
			return fmt.Sprintf("back after %s without it, last in %s", count(c.Absent, "release", "releases"), c.since)
		}},
		{"-", red, t.Disappeared, func(c PhraseChange) string { return fmt.Sprintf("gone after %s", count(c.Run, "release", "releases")) }},
	} {
		for k, c := range group.list {
			if k == phrasesShown {
				b.WriteString("    " + s.paint(dim, fmt.Sprintf("and %d more", len(group.list)-k)) + "\n")
				break
			}
			q := text(plain, "“"+c.Phrase+"”")
			q.raw(plain, "  ")
			q.add(dim, group.say(c))
			b.WriteString(q.block(s, "  "+s.paint(group.ink, group.sign)+" ", "    ", s.prose()))
		}
	}
}
