package show

import (
	"fmt"
	"io"
	"strings"

	"readout/diff"
	"readout/internal/ask"
	"readout/timeline"
)

// writeChanges writes one short report: what came in with its redlines, then the pages that
// were altered, then the sources in trouble. It writes nothing where there is nothing.
func writeChanges(w io.Writer, s Style, c *ask.Changes) error {
	if c.Empty() {
		return nil
	}
	var b strings.Builder
	b.WriteString(text(bold, Summary(c)).block(s, "", "", s.prose()))
	writeForemost(&b, s, c)
	for _, r := range c.Releases {
		writeNewRelease(&b, s, &r)
	}
	for _, d := range c.Records {
		b.WriteByte('\n')
		if err := writeDiff(&b, s, DiffView{ChangesOnly: true}, d); err != nil {
			return err
		}
	}
	for i, l := range c.Site {
		if i == 0 {
			b.WriteByte('\n')
		}
		b.WriteString(text(plain, SiteText(l)).block(s, "", "  ", s.prose()))
	}
	for i, t := range c.Sources {
		if i == 0 {
			b.WriteByte('\n')
		}
		p := text(red, "source ")
		p.whole(bold, t.Source)
		p.raw(plain, "  ")
		p.add(plain, Join(" · ", t.State, t.Detail, sinceWhen(t)))
		b.WriteString(p.block(s, "", "  ", s.prose()))
	}
	if left := c.LeftOut; left != nil {
		b.WriteString("\n" + text(yellow, LeftOutText(left)).block(s, "", "", s.prose()))
		b.WriteString("  " + s.paint(dim, left.Command) + "\n") // never broken: it is copied
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// SiteText says that a line came to the pages of a site or left them.
func SiteText(l ask.SiteLine) string {
	how := "came to"
	if l.Kind == diff.Dropped {
		how = "left"
	}
	return fmt.Sprintf("of the site, not of a release: “%s” %s %s (%s); as many as %s of the site have it",
		l.Text, how, count(len(l.Releases), "page", "pages"), Join(", ", l.Releases...), count(l.SiteWide, "other page", "other pages"))
}

// LeftOutText counts what a report leaves out.
func LeftOutText(l *ask.Untold) string {
	var parts []string
	add := func(n int, one, many string) {
		if n > 0 {
			parts = append(parts, count(n, one, many))
		}
	}
	add(l.Changes, "change", "changes")
	add(l.Releases, "new release", "new releases")
	add(l.Records, "altered page", "altered pages")
	add(l.Sources, "source in trouble", "sources in trouble")
	return "left out here: " + strings.Join(parts, ", ")
}

// Summary says in one line what there is to report, with what the report leaves out, "" for
// nothing.
func Summary(c *ask.Changes) string {
	left := ask.Untold{}
	if c.LeftOut != nil {
		left = *c.LeftOut
	}
	var parts []string
	add := func(n int, one, many string) {
		if n > 0 {
			parts = append(parts, count(n, one, many))
		}
	}
	add(len(c.Releases)+left.Releases, "new release", "new releases")
	add(len(c.Records)+left.Records, "published page altered", "published pages altered")
	add(len(c.Site), "line of a site", "lines of sites")
	add(len(c.Sources)+left.Sources, "source in trouble", "sources in trouble")
	return strings.Join(parts, ", ")
}

func writeNewRelease(b *strings.Builder, s Style, r *ask.ChangesRelease) {
	const indent = "            "
	b.WriteByte('\n')
	day := r.Of.Day().String()
	b.WriteString(text(bold, r.Title).block(s, s.paint(cyan, pad(day, 10, false))+"  ", indent, s.prose()))
	b.WriteString(whole(dim, Join(" · ", "position changes", string(r.Series), r.Release)).block(s, indent, indent, s.prose()))
	b.WriteString(whole(dim, r.Source).block(s, indent, indent, s.prose()))
	if len(r.Topics) == 0 {
		b.WriteString(indent + s.paint(dim, "no topic that the series follows") + "\n")
	}
	told := map[string]bool{}
	for _, t := range r.Topics {
		writeNewTopic(b, s, &t, told)
	}
}

// writeNewTopic writes the topic. Told holds what topics above it have said of the same
// release, and takes what this one says: a statement may be on several.
func writeNewTopic(b *strings.Builder, s Style, t *ask.ChangesTopic, told map[string]bool) {
	p := text(boldCyan, t.Name)
	p.raw(plain, " · ")
	p.add(dim, Since(t))
	b.WriteString("\n" + p.block(s, "  ", "  ", s.prose()))
	same, again := 0, 0
	for i := range t.Diff.Changes {
		c := &t.Diff.Changes[i]
		if c.Kind == diff.Unchanged {
			same++
			continue
		}
		key := string(c.Kind) + " " + joinIDs(c.Old) + " " + joinIDs(c.New)
		if told[key] {
			again++
			continue
		}
		told[key] = true
		m := markOf(c.Kind)
		line := &paragraph{}
		for _, word := range said(c) {
			line.raw(m.ink, word)
			line.raw(plain, "  ")
		}
		if who := changed(toldAs(c.Old), toldAs(c.New)); who != "" {
			line.add(dim, who)
			line.raw(plain, "  ")
		}
		writeWording(b, s, line, wording(c.Kind, c.Edits, c.OldText, c.NewText, s), m)
		if len(c.Marks) > 0 {
			b.WriteString(text(yellow, pointed(c.Marks)).block(s, "    ", "    ", s.prose()))
		}
		writeShifts(b, s, c.Shifts)
	}
	if again > 0 {
		b.WriteString("  " + s.paint(dim, fmt.Sprintf("… %d told under a topic above", again)) + "\n")
	}
	if same > 0 {
		b.WriteString("  " + s.paint(dim, fmt.Sprintf("= %d unchanged", same)) + "\n")
	}
}

// foremost is how many findings a report leads with.
const foremost = 3

// Leads returns the findings that a report leads with, nil where there is no more to tell than those.
func Leads(c *ask.Changes) []ask.Lead {
	findings, all := c.Foremost(foremost)
	if all <= foremost {
		return nil
	}
	return findings
}

// writeForemost leads with the weightiest findings, a line or two each.
func writeForemost(b *strings.Builder, s Style, c *ask.Changes) {
	for i, f := range Leads(c) {
		if i == 0 {
			b.WriteByte('\n')
		}
		p := text(bold, f.Day.String())
		p.raw(plain, " ")
		p.add(dim, string(f.Series))
		p.raw(plain, "  ")
		p.add(plain, LeadText(f, 2*s.columns()-32))
		b.WriteString(p.block(s, s.paint(boldCyan, "»")+" ", "  ", s.prose()))
	}
}

// LeadText says a finding within about so many columns: what became of what was said, in the words
// of the text.
func LeadText(f ask.Lead, columns int) string {
	what, word := Dropped, ""
	if f.Altered {
		what = "a published page was altered"
	}
	said := f.Change.NewText
	switch {
	case len(f.Change.Shifts) > 0:
		what = ShiftText(f.Change.Shifts[0])
		_, word = f.Change.Shifts[0].Words()
	case f.Change.Kind == diff.Dropped:
		said = f.Change.OldText
	case !f.Altered:
		what = string(f.Change.Kind)
	}
	if said == "" {
		return what
	}
	return what + ": “" + subject(nil).around(said, word, max(16, columns-cells(what)-4)) + "”"
}

// toldAs returns who speaks and in which words of the text; where these were not found, by which act.
func toldAs(ss []ask.DiffStatement) string {
	var out []string
	for _, st := range ss {
		a := attribution(timeline.Statement{Speakers: st.Speakers, Act: st.Act})
		if st.Word != "" && st.Act != timeline.ActNone {
			a = Join(" · ", speakers(st.Speakers), st.Word)
		}
		if a != "" && (len(out) == 0 || out[len(out)-1] != a) {
			out = append(out, a)
		}
	}
	return strings.Join(out, " + ")
}

func sinceWhen(t ask.Trouble) string {
	if t.Since.IsZero() {
		return ""
	}
	return "since " + ask.Instant{Time: t.Since}.String()
}
