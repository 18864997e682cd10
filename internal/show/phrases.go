package show

import (
	"fmt"
	"io"
	"strings"

	"readout/internal/ask"
)

// phrasesShown is how many phrases of a kind a terminal is shown for one meeting.
const phrasesShown = 12

// writePhrases writes, meeting by meeting, what came, came back and went; meetings at which
// nothing did are left out.
func writePhrases(w io.Writer, s Style, p *ask.Phrases) error {
	var b strings.Builder
	head := text(bold, string(p.Series))
	head.raw(plain, " · stock phrases that came and went at "+count(len(p.Meetings), "release", "releases"))
	b.WriteString(head.block(s, "", "", s.prose()))
	for i := range p.Meetings {
		writeTurn(&b, s, &p.Meetings[i])
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeTurn(b *strings.Builder, s Style, t *ask.PhraseTurn) {
	if len(t.Appeared)+len(t.Disappeared)+len(t.Returned) == 0 {
		return
	}
	const indent = "            "
	b.WriteByte('\n')
	b.WriteString(text(bold, t.Title).block(s, s.paint(cyan, pad(t.Day.String(), 10, false))+"  ", indent, s.prose()))
	for _, group := range []struct {
		sign string
		ink  ink
		list []ask.PhraseChange
		say  func(ask.PhraseChange) string
	}{
		{"+", green, t.Appeared, func(c ask.PhraseChange) string {
			return fmt.Sprintf("new, then in %s", count(c.Run, "release", "releases"))
		}},
		{"^", yellow, t.Returned, func(c ask.PhraseChange) string {
			return fmt.Sprintf("back after %s without it, last in %s", count(c.Absent, "release", "releases"), c.Since)
		}},
		{"-", red, t.Disappeared, func(c ask.PhraseChange) string {
			return fmt.Sprintf("gone after %s", count(c.Run, "release", "releases"))
		}},
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
