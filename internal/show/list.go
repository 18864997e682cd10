package show

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rivo/uniseg"

	"readout/timeline"
)

// List is the answer of "list".
type List struct {
	Schema   string        `json:"schema"` // "readout.list/1"
	Releases []ListRelease `json:"releases"`
}

// ListRelease is one line of a [List].
type ListRelease struct {
	ID        string            `json:"id"`
	Release   string            `json:"release"` // the id once more, by the name that other answers give it
	Title     string            `json:"title"`
	Held      timeline.Date     `json:"held"`
	Published timeline.Date     `json:"published"`
	Series    timeline.SeriesID `json:"series"`
	Kind      timeline.Kind     `json:"kind"`
	Versions  int               `json:"versions"`
	Source    string            `json:"source"`
	day       timeline.Date
}

// NewList returns the releases, in their order, as an answer.
func NewList(releases []*timeline.Release) *List {
	l := &List{Schema: "readout.list/1", Releases: []ListRelease{}}
	for _, r := range releases {
		l.Releases = append(l.Releases, ListRelease{ID: r.ID, Release: r.ID, Title: r.Title, Held: r.Held, Published: r.Published,
			Series: r.Series, Kind: r.Kind, Versions: r.Versions, Source: r.Source, day: r.Day()})
	}
	return l
}

// Lines returns the releases.
func (l *List) Lines() []any { return lines(l.Releases) }

// Text writes the releases as a table. On a terminal too narrow for ids and
// titles side by side the id stands under the title, so that both can be read.
func (l *List) Text(w io.Writer, s Style) error {
	if len(l.Releases) == 0 {
		return nil
	}
	id, title := 0, 0
	for _, r := range l.Releases {
		id, title = max(id, uniseg.StringWidth(r.ID)), max(title, uniseg.StringWidth(r.Title))
	}
	narrow := s.Width > 0 && id+min(title, 40)+30 > s.Width
	if narrow {
		return l.narrow(w, s)
	}
	columns := []column{{head: "DAY", ink: cyan}, {head: "SERIES", shrink: seriesShown}, {head: "KIND", ink: dim}, {head: "V", right: true}, {head: "ID"}, {head: "TITLE", shrink: 20}}
	var rows [][]string
	for _, r := range l.Releases {
		rows = append(rows, []string{r.day.String(), string(r.Series), string(r.Kind), strconv.Itoa(r.Versions), r.ID, r.Title})
	}
	return writeTable(w, s, columns, rows)
}

func (l *List) narrow(w io.Writer, s Style) error {
	var b strings.Builder
	const indent = "            "
	for _, r := range l.Releases {
		versions := ""
		if r.Versions > 1 {
			versions = count(r.Versions, "version", "versions")
		}
		b.WriteString(text(bold, r.Title).block(s, s.paint(cyan, pad(r.day.String(), 10, false))+"  ", indent, s.Width))
		b.WriteString(indent + fit(Clean(r.ID), max(s.Width-len(indent), 8)) + "\n")
		b.WriteString(text(dim, joinNonEmpty(" · ", string(r.Series), spell(string(r.Kind)), versions)).block(s, indent, indent, s.Width))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// seriesShown is how much of a series' id a table shows at least: any two parties
// whole, of a conference of thirty the first few.
const seriesShown = 14

// SeriesList is the answer of "series".
type SeriesList struct {
	Schema string       `json:"schema"` // "readout.series/1"
	Series []SeriesItem `json:"series"`
}

// SeriesItem is one series of a [SeriesList].
type SeriesItem struct {
	ID       timeline.SeriesID `json:"id"`
	Parties  []timeline.Party  `json:"parties"`
	Releases int               `json:"releases"`
	Topics   int               `json:"topics"`
	First    timeline.Date     `json:"first"`
	Last     timeline.Date     `json:"last"`
	Name     string            `json:"name"` // "Japan and Russia"
}

// NewSeriesList returns the series, in their order, as an answer.
func NewSeriesList(items []SeriesItem) *SeriesList {
	for i := range items {
		items[i].Parties = some(items[i].Parties)
	}
	return &SeriesList{Schema: "readout.series/1", Series: some(items)}
}

// Lines returns the series.
func (l *SeriesList) Lines() []any { return lines(l.Series) }

// Text writes the series as a table.
func (l *SeriesList) Text(w io.Writer, s Style) error {
	if len(l.Series) == 0 {
		return nil
	}
	columns := []column{{head: "SERIES", ink: bold, shrink: seriesShown}, {head: "PARTIES", shrink: 12}, {head: "RELEASES", right: true}, {head: "TOPICS", right: true, spare: true},
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

// Log is the answer of "log".
type Log struct {
	Schema   string       `json:"schema"` // "readout.log/1"
	ID       string       `json:"id"`
	Versions []LogVersion `json:"versions"`
}

// LogVersion is one version in a [Log]. The words are counted against the
// version before; they are 0 for the first.
type LogVersion struct {
	Version       int    `json:"version"`
	CapturedAt    string `json:"captured_at"`
	Captures      int    `json:"captures"`
	SHA256        string `json:"sha256"`
	WordsInserted int    `json:"words_inserted"`
	WordsDeleted  int    `json:"words_deleted"`
	// Roles are the roles of the lines beside the statements that changed, each once.
	Roles []timeline.Role `json:"roles"`
	// Seen says when the version stood: from the first capture that showed it to the
	// last, once for every time that the page was taken back to it.
	Seen []LogSpell `json:"seen"`
}

// LogSpell is a time during which a version stood.
type LogSpell struct {
	From  string `json:"from"`
	Until string `json:"until"`
}

// NewLog returns the versions of the release id as an answer.
func NewLog(id string, versions []LogVersion) *Log {
	for i := range versions {
		versions[i].Roles, versions[i].Seen = some(versions[i].Roles), some(versions[i].Seen)
	}
	return &Log{Schema: "readout.log/1", ID: id, Versions: some(versions)}
}

// Instant returns t as answers write it: RFC 3339 in UTC, "" for the zero time.
func Instant(t time.Time) string { return instant(t) }

// Lines returns the versions.
func (l *Log) Lines() []any { return lines(l.Versions) }

// Text writes the versions as a table, and what changed from each to the next.
func (l *Log) Text(w io.Writer, s Style) error {
	if _, err := fmt.Fprintf(w, "%s\n", s.paint(bold, Clean(l.ID))); err != nil {
		return err
	}
	columns := []column{{head: "VERSION", ink: bold}, {head: "FIRST CAPTURED", ink: cyan}, {head: "CAPTURES", right: true}, {head: "RECORD CHANGE"}, {head: "SHA-256", ink: dim, shrink: 8, spare: true}}
	var rows [][]string
	for i, v := range l.Versions {
		change := "first text"
		if i > 0 {
			change = fmt.Sprintf("%s in, %d out", count(v.WordsInserted, "word", "words"), v.WordsDeleted)
			for k, role := range v.Roles {
				change += []string{"; ", ", "}[min(k, 1)] + string(role)
			}
		}
		rows = append(rows, []string{"v" + strconv.Itoa(v.Version), v.CapturedAt, strconv.Itoa(v.Captures), change, v.SHA256[:min(12, len(v.SHA256))]})
		for _, again := range v.Seen[min(1, len(v.Seen)):] {
			rows = append(rows, []string{"v" + strconv.Itoa(v.Version), again.From, "", "taken back to this text", ""})
		}
	}
	slices.SortStableFunc(rows, func(a, b []string) int { return cmp.Compare(a[1], b[1]) })
	return writeTable(w, s, columns, rows)
}

// Topics is the answer of "topics".
type Topics struct {
	Schema string            `json:"schema"` // "readout.topics/1"
	Series timeline.SeriesID `json:"series"`
	Topics []timeline.Topic  `json:"topics"`
}

// NewTopics returns the topics, in their order, as an answer.
func NewTopics(series timeline.SeriesID, topics []timeline.Topic) *Topics {
	t := &Topics{Schema: "readout.topics/1", Series: series, Topics: []timeline.Topic{}}
	for _, x := range topics {
		x.Aliases = some(x.Aliases)
		t.Topics = append(t.Topics, x)
	}
	return t
}

// Lines returns the topics.
func (t *Topics) Lines() []any { return lines(t.Topics) }

// Text writes the topics as a table, and their other names where there is room.
func (t *Topics) Text(w io.Writer, s Style) error {
	if len(t.Topics) == 0 {
		return nil
	}
	columns := []column{{head: "TOPIC", ink: bold, shrink: 20}, {head: "RELEASES", right: true}, {head: "STATEMENTS", right: true, spare: true},
		{head: "FIRST", ink: cyan}, {head: "LAST", ink: cyan}}
	if s.Width == 0 || s.Width >= 110 {
		columns = append(columns, column{head: "ALSO CALLED", ink: dim, shrink: 11})
	}
	var rows [][]string
	for _, x := range t.Topics {
		row := []string{x.Name, strconv.Itoa(x.Releases), strconv.Itoa(x.Statements), x.First.String(), x.Last.String(), strings.Join(x.Aliases, "; ")}
		rows = append(rows, row[:len(columns)])
	}
	return writeTable(w, s, columns, rows)
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
