package show

import (
	"fmt"
	"io"
	"strings"

	"readout/internal/ask"
)

// writePhrase writes the ledger: first and last use, then every use with its words,
// the gaps where they lie.
func writePhrase(w io.Writer, s Style, p *ask.Phrase) error {
	var b strings.Builder
	head := &paragraph{}
	head.add(bold, "“"+p.Phrase+"”")
	head.raw(plain, " · ")
	head.add(plain, Join(" · ", string(p.Series), count(p.Earlier+len(p.Uses), "release", "releases")))
	b.WriteString(head.block(s, "", "", s.prose()))
	if len(p.Uses) == 0 {
		if len(p.Undated) == 0 {
			b.WriteString("never used\n")
		}
		writeUndatedUses(&b, s, p)
		_, err := io.WriteString(w, b.String())
		return err
	}
	line := fmt.Sprintf("first used %s, last used %s", p.First.Day, p.Last.Day)
	if p.AbsentSince != nil {
		line += ", absent since " + Join(" ", p.AbsentSince.Held.String(), "("+p.AbsentSince.Release+")")
	} else {
		line += ", in the newest release"
	}
	b.WriteString(whole(plain, line).block(s, "", "", s.prose()))
	if p.Earlier > 0 {
		b.WriteString("\n" + s.paint(dim, count(p.Earlier, "earlier release is", "earlier releases are")+" not shown") + "\n")
	}
	for i, u := range p.Uses {
		if i > 0 {
			for _, g := range p.Gaps {
				if g.After == p.Uses[i-1].Release && g.Before == u.Release {
					b.WriteByte('\n')
					writeGap(&b, s, g)
				}
			}
		}
		writeUse(&b, s, u)
	}
	writeUndatedUses(&b, s, p)
	_, err := io.WriteString(w, b.String())
	return err
}

// writeUse puts down a use: its day and title, then the words.
func writeUse(b *strings.Builder, s Style, u ask.PhraseUse) {
	b.WriteByte('\n')
	lead := s.paint(cyan, pad(u.Day.String(), 10, false)) + "  "
	indent := strings.Repeat(" ", 12)
	b.WriteString(text(bold, u.Label).block(s, lead, indent, s.prose()))
	for _, h := range u.HeadingsSaid {
		b.WriteString(text(boldCyan, Join(" ", numbered(h.Number), h.Heading)).block(s, indent, indent, s.prose()))
	}
	for _, st := range u.Said {
		q := &paragraph{}
		if who := attribution(st); who != "" {
			q.add(dim, who)
			q.raw(plain, "  ")
		}
		q.add(plain, st.Text)
		b.WriteString(q.block(s, indent, indent, s.prose()))
	}
}

// writeUndatedUses puts the uses without a day apart.
func writeUndatedUses(b *strings.Builder, s Style, p *ask.Phrase) {
	if len(p.Undated) == 0 {
		return
	}
	b.WriteString("\n" + s.paint(bold, undatedHead) + "\n")
	for _, u := range p.Undated {
		writeUse(b, s, u)
		b.WriteString(strings.Repeat(" ", 12) + s.paint(dim, settleDay(u.Release)) + "\n")
	}
}

// gapNamed is up to how many releases of a gap are named: a text of another sort
// between two meetings is no gap in what the meetings say.
const gapNamed = 2

func writeGap(b *strings.Builder, s Style, g ask.PhraseGap) {
	line := "gap: absent from " + count(g.Releases, "release", "releases")
	if g.Releases <= gapNamed {
		line += ": " + strings.Join(g.Titles, "; ")
	}
	indent := strings.Repeat(" ", 12)
	b.WriteString(text(yellow, line).block(s, indent, indent, s.prose()))
}

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
