package show

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/rivo/uniseg"

	"readout/internal/ask"
	"readout/internal/letters"
	"readout/timeline"
)

// writeList writes the releases as a table. On a terminal too narrow for ids and
// titles side by side the id stands under the title, so that both can be read.
func writeList(w io.Writer, s Style, l *ask.List) error {
	if len(l.Releases) == 0 {
		return nil
	}
	id, title := 0, 0
	for _, r := range l.Releases {
		id, title = max(id, uniseg.StringWidth(r.ID)), max(title, uniseg.StringWidth(r.Label))
	}
	narrow := s.Width > 0 && id+min(title, 40)+30 > s.Width
	if narrow {
		return writeNarrowList(w, s, l)
	}
	columns := []column{{
		head: "DAY",
		ink:  cyan,
	}, {head: "SERIES", shrink: seriesShown}, {head: "KIND", ink: dim}, {head: "V", right: true}, {head: "ID"}, {head: "TITLE", shrink: 20}}
	dated := len(l.Releases) - len(undated(l))
	var rows [][]string
	for _, r := range l.Releases[:dated] {
		rows = append(rows, []string{r.Day.String(), string(r.Series), string(r.Kind), strconv.Itoa(r.Versions), r.ID, r.Label})
	}
	if dated > 0 {
		if err := writeTable(w, s, columns, rows); err != nil {
			return err
		}
	}
	var b strings.Builder
	writeUndatedList(&b, s, l)
	_, err := io.WriteString(w, b.String())
	return err
}

// undated returns the releases without a day, which stand last.
func undated(l *ask.List) []ask.ListRelease {
	n := slices.IndexFunc(l.Releases, func(r ask.ListRelease) bool { return r.Day.IsZero() })
	if n < 0 {
		return nil
	}
	return l.Releases[n:]
}

// writeUndatedList puts the releases without a day apart, each with the command that
// settles it.
func writeUndatedList(b *strings.Builder, s Style, l *ask.List) {
	late := undated(l)
	if len(late) == 0 {
		return
	}
	if len(late) < len(l.Releases) {
		b.WriteByte('\n')
	}
	b.WriteString(s.paint(bold, undatedHead) + "\n")
	for _, r := range late {
		b.WriteString(text(plain, Join("  ", string(r.Series), string(r.Kind), r.ID, r.Label)).block(s, "", "  ", s.prose()))
		b.WriteString("  " + s.paint(dim, settleDay(r.ID)) + "\n")
	}
}

func writeNarrowList(w io.Writer, s Style, l *ask.List) error {
	var b strings.Builder
	const indent = "            "
	for _, r := range l.Releases[:len(l.Releases)-len(undated(l))] {
		versions := ""
		if r.Versions > 1 {
			versions = count(r.Versions, "version", "versions")
		}
		b.WriteString(text(bold, r.Label).block(s, s.paint(cyan, pad(r.Day.String(), 10, false))+"  ", indent, s.Width))
		b.WriteString(indent + fit(letters.Clean(r.ID), max(s.Width-len(indent), 8)) + "\n")
		b.WriteString(text(dim, Join(" · ", string(r.Series), spell(string(r.Kind)), versions)).block(s, indent, indent, s.Width))
	}
	writeUndatedList(&b, s, l)
	_, err := io.WriteString(w, b.String())
	return err
}

// seriesShown is how much of a series' id a table shows at least: any two parties
// whole, of a conference of thirty the first few.
const seriesShown = 14

// writeSeriesList writes the series as a table.
func writeSeriesList(w io.Writer, s Style, l *ask.SeriesList) error {
	if len(l.Series) == 0 {
		return nil
	}
	columns := []column{{
		head:   "SERIES",
		ink:    bold,
		shrink: seriesShown,
	}, {head: "PARTIES", shrink: 12}, {head: "RELEASES", right: true}, {head: "TOPICS", right: true, spare: true},
		{head: "FIRST", ink: cyan}, {head: "LAST", ink: cyan}}
	var rows [][]string
	for _, x := range l.Series {
		id := string(x.ID)
		if id == "" {
			id = "(none)"
		}
		rows = append(rows, []string{id, x.Name, strconv.Itoa(x.Releases), strconv.Itoa(x.Topics), x.First.String(), x.Last.String()})
	}
	return writeTable(w, s, columns, rows)
}

// writeLog writes the versions as a table, and what changed from each to the next.
func writeLog(w io.Writer, s Style, l *ask.Log) error {
	if _, err := fmt.Fprintf(w, "%s\n", s.paint(bold, letters.Clean(l.ID))); err != nil {
		return err
	}
	columns := []column{{
		head: "VERSION",
		ink:  bold,
	}, {
		head: "FIRST CAPTURED",
		ink:  cyan,
	}, {head: "CAPTURES", right: true}, {head: "RECORD CHANGE"}, {head: "SHA-256", ink: dim, shrink: 8, spare: true}}
	var rows [][]string
	for i, v := range l.Versions {
		change := "first text"
		if i > 0 {
			change = fmt.Sprintf("%s in, %d out", count(v.WordsInserted, "word", "words"), v.WordsDeleted)
			for k, role := range v.Roles {
				change += []string{"; ", ", "}[min(k, 1)] + string(role)
			}
		}
		if v.Claimed {
			change += "; seen then as claimed"
		}
		rows = append(rows, []string{"v" + strconv.Itoa(v.Version), v.CapturedAt.String(), strconv.Itoa(v.Captures), change,
			v.SHA256[:min(12, len(v.SHA256))]})
		for _, again := range v.Seen[min(1, len(v.Seen)):] {
			rows = append(rows, []string{"v" + strconv.Itoa(v.Version), again.From.String(), "", "taken back to this text", ""})
		}
	}
	slices.SortStableFunc(rows, func(a, b []string) int { return cmp.Compare(a[1], b[1]) })
	return writeTable(w, s, columns, rows)
}

// writeTopics writes the topics as a table, and their other names where there is room.
func writeTopics(w io.Writer, s Style, t *ask.Topics) error {
	if len(t.Topics) == 0 {
		return nil
	}
	columns := []column{{
		head:   "TOPIC",
		ink:    bold,
		shrink: 20,
	}, {head: "RELEASES", right: true}, {head: "STATEMENTS", right: true, spare: true},
		{head: "FIRST", ink: cyan}, {head: "LAST", ink: cyan}}
	if s.Width == 0 || s.Width >= 110 {
		columns = append(columns, column{head: "ALSO CALLED", ink: dim, shrink: 11})
	}
	var rows [][]string
	for _, x := range nested(t.Topics) {
		row := []string{x.Name, strconv.Itoa(x.Releases), strconv.Itoa(x.Statements), x.First.String(), x.Last.String(),
			strings.Join(x.Aliases, "; ")}
		rows = append(rows, row[:len(columns)])
	}
	return writeTable(w, s, columns, rows)
}

// nested puts every topic that is part of another below that one, further in.
func nested(topics []timeline.Topic) []timeline.Topic {
	var out []timeline.Topic
	var add func(whole, indent string)
	add = func(whole, indent string) {
		for _, x := range topics {
			if x.PartOf == whole {
				named := x
				named.Name = indent + x.Name
				out = append(out, named)
				add(x.ID, indent+"└ ")
			}
		}
	}
	add("", "")
	return out
}

// maxNames is up to how many parties of a series are spelled out.
const maxNames = 4

// SeriesName spells the parties of a series out by their names, "Japan and Russia"; of
// very many only the first, "Angola, Argentina, Brazil and 15 others". It is "" of none.
func SeriesName(parties []timeline.Party, spell func(timeline.Party) string) string {
	var names []string
	for _, p := range parties {
		names = append(names, spell(p))
	}
	switch n := len(names); {
	case n == 0:
		return ""
	case n == 1:
		return names[0]
	case n > maxNames:
		return fmt.Sprintf("%s and %d others", strings.Join(names[:maxNames-1], ", "), n-maxNames+1)
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// writeWatches writes the watches as a table.
func writeWatches(w io.Writer, s Style, x *ask.Watches) error {
	if len(x.Watches) == 0 {
		return nil
	}
	columns := []column{{
		head: "WATCH",
		ink:  bold,
	}, {head: "SERIES"}, {
		head:   "TOPIC",
		shrink: 12,
	}, {head: "PHRASE", shrink: 12}, {head: "KINDS", shrink: 12}, {head: "WORDS", right: true}}
	var rows [][]string
	for _, x := range x.Watches {
		least := ""
		var kinds []string
		for _, k := range x.Filter.Kinds {
			kinds = append(kinds, string(k))
		}
		for _, k := range x.Filter.Forms {
			kinds = append(kinds, string(k))
		}
		for _, l := range x.Filter.Levels {
			kinds = append(kinds, string(l))
		}
		if x.Filter.MinWords > 0 {
			least = fmt.Sprintf("≥ %d", x.Filter.MinWords)
		}
		rows = append(rows, []string{x.Name, string(x.Filter.Series), x.Filter.Topic, x.Filter.Phrase, strings.Join(kinds, ","), least})
	}
	return writeTable(w, s, columns, rows)
}

// writeSearch writes the hits under the releases they stand in.
func writeSearch(w io.Writer, s Style, x *ask.Search) error {
	var b strings.Builder
	last := ""
	indent := strings.Repeat(" ", 12)
	for _, h := range x.Hits {
		if h.Release != last {
			if last != "" {
				b.WriteByte('\n')
			}
			day := h.Held
			if day.IsZero() {
				day = h.Published
			}
			b.WriteString(text(bold, h.Title).block(s, s.paint(cyan, pad(day.String(), 10, false))+"  ", indent, s.prose()))
			last = h.Release
		}
		b.WriteString(text(plain, h.Statement.Text).block(s, indent, indent, s.prose()))
		p := &paragraph{}
		p.whole(dim, h.Statement.ID)
		if who := whose([]ask.DiffStatement{{Speakers: h.Statement.Speakers, Act: h.Statement.Act}}); who != "" {
			p.add(dim, " · "+who)
		}
		b.WriteString(p.block(s, indent, indent, s.prose()))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
