package show

import (
	"fmt"
	"io"
	"strings"

	"readout/diff"
	"readout/internal/ask/news"
	"readout/timeline"
)

// Changes is the answer of "changes".
type Changes struct {
	Schema   string           `json:"schema"`   // "readout.changes/1"
	Releases []ChangesRelease `json:"releases"` // that came in, with their position changes
	Records  []*Diff          `json:"records"`  // published pages that were altered
	Sources  []news.Trouble   `json:"sources"`  // that failed, are gone or went stale
}

// ChangesRelease is a release that came in.
type ChangesRelease struct {
	Release   string            `json:"release"`
	Held      timeline.Date     `json:"held"`
	Published timeline.Date     `json:"published"`
	Title     string            `json:"title"`
	Series    timeline.SeriesID `json:"series"`
	Kind      timeline.Kind     `json:"kind"`
	Source    string            `json:"source"`
	Topics    []ChangesTopic    `json:"topics"`
	day       timeline.Date
}

// ChangesTopic is what the release says on one issue, against the last meeting that
// raised it.
type ChangesTopic struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	First bool   `json:"first"` // raised for the first time; the old side of the diff is empty
	Diff  *Diff  `json:"diff"`
}

// NewChanges returns a report as an answer.
func NewChanges(r *news.Report) *Changes {
	out := &Changes{Schema: "readout.changes/1", Releases: []ChangesRelease{}, Records: []*Diff{}, Sources: some(r.Sources)}
	for _, n := range r.Releases {
		x := n.Release
		c := ChangesRelease{Release: x.ID, Held: x.Held, Published: x.Published, Title: x.Title, Series: x.Series, Kind: x.Kind,
			Source: x.Source, Topics: []ChangesTopic{}, day: x.Day()}
		for _, t := range n.Topics {
			c.Topics = append(c.Topics, ChangesTopic{ID: t.Topic.ID, Name: t.Topic.Name, First: t.First(), Diff: NewDiff(t.Change)})
		}
		out.Releases = append(out.Releases, c)
	}
	for _, n := range r.Records {
		d := NewDiff(n.Change)
		d.TakenBack = n.Back
		out.Records = append(out.Records, d)
	}
	return out
}

// Lines returns the releases, then the records, then the sources.
func (c *Changes) Lines() []any {
	return append(append(lines(c.Releases), lines(c.Records)...), lines(c.Sources)...)
}

// Text writes one short report: what came in with its redlines, then the pages that
// were altered, then the sources in trouble. It writes nothing where there is nothing.
func (c *Changes) Text(w io.Writer, s Style) error {
	if len(c.Releases)+len(c.Records)+len(c.Sources) == 0 {
		return nil
	}
	var b strings.Builder
	b.WriteString(text(bold, c.summary()).block(s, "", "", s.prose()))
	for _, r := range c.Releases {
		r.write(&b, s)
	}
	for _, d := range c.Records {
		b.WriteByte('\n')
		if err := d.Show(&b, s, DiffView{ChangesOnly: true}); err != nil {
			return err
		}
	}
	for i, t := range c.Sources {
		if i == 0 {
			b.WriteByte('\n')
		}
		p := text(red, "source ")
		p.whole(bold, t.Source)
		p.raw(plain, "  ")
		p.add(plain, joinNonEmpty(" · ", t.State, t.Detail, sinceWhen(t)))
		b.WriteString(p.block(s, "", "  ", s.prose()))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Summary says in one line what the report holds, "" for nothing.
func (c *Changes) Summary() string { return c.summary() }

func (c *Changes) summary() string {
	var parts []string
	add := func(n int, one, many string) {
		if n > 0 {
			parts = append(parts, count(n, one, many))
		}
	}
	add(len(c.Releases), "new release", "new releases")
	add(len(c.Records), "published page altered", "published pages altered")
	add(len(c.Sources), "source in trouble", "sources in trouble")
	return strings.Join(parts, ", ")
}

func (r *ChangesRelease) write(b *strings.Builder, s Style) {
	const indent = "            "
	b.WriteByte('\n')
	day := r.day.String()
	b.WriteString(text(bold, r.Title).block(s, s.paint(cyan, pad(day, 10, false))+"  ", indent, s.prose()))
	b.WriteString(whole(dim, joinNonEmpty(" · ", "position changes", string(r.Series), r.Release)).block(s, indent, indent, s.prose()))
	b.WriteString(whole(dim, r.Source).block(s, indent, indent, s.prose()))
	if len(r.Topics) == 0 {
		b.WriteString(indent + s.paint(dim, "no topic that the series follows") + "\n")
	}
	told := map[string]bool{}
	for _, t := range r.Topics {
		t.write(b, s, told)
	}
}

// write writes the topic. Told holds what topics above it have said of the same
// release, and takes what this one says: a statement may be on several.
func (t *ChangesTopic) write(b *strings.Builder, s Style, told map[string]bool) {
	since, last := "raised for the first time", "last raised "
	if t.ID == "" { // the text as a whole
		since, last = "the first of its series", "against that of "
	}
	if !t.First {
		day := t.Diff.Old.Held
		if day.IsZero() {
			day = t.Diff.Old.Published
		}
		since = last + day.String()
	}
	p := text(boldCyan, t.Name)
	p.raw(plain, " · ")
	p.add(dim, since)
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
		for _, word := range c.said() {
			line.raw(m.ink, word)
			line.raw(plain, "  ")
		}
		if who := changed(whose(c.Old), whose(c.New)); who != "" {
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

func sinceWhen(t news.Trouble) string {
	if t.Since.IsZero() {
		return ""
	}
	return "since " + instant(t.Since)
}
