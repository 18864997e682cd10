package ask

import (
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
	Day       timeline.Date     `json:"-"` // it stands at: held, or else published
	Label     string            `json:"-"` // what the release is called
}

// NewList returns the releases, in their order, as an answer.
func NewList(releases []*timeline.Release) *List {
	l := &List{Schema: "readout.list/1", Releases: []ListRelease{}}
	for _, r := range releases {
		l.Releases = append(l.Releases, ListRelease{ID: r.ID, Release: r.ID, Title: r.Title, Held: r.Held, Published: r.Published,
			Series: r.Series, Kind: r.Kind, Versions: r.Versions, Source: r.Source, Day: r.Day(), Label: r.Label()})
	}
	return l
}

// Lines returns the releases.
func (l *List) Lines() []any { return lines(l.Releases) }

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

// Log is the answer of "log".
type Log struct {
	Schema   string       `json:"schema"` // "readout.log/1"
	ID       string       `json:"id"`
	Versions []LogVersion `json:"versions"`
}

// LogVersion is one version in a [Log]. The words are counted against the
// version before; they are 0 for the first.
type LogVersion struct {
	Version       int     `json:"version"`
	CapturedAt    Instant `json:"captured_at"`
	Captures      int     `json:"captures"`
	SHA256        string  `json:"sha256"`
	WordsInserted int     `json:"words_inserted"`
	WordsDeleted  int     `json:"words_deleted"`
	// Claimed reports that CapturedAt is what somebody says: nobody saw the text then
	// but who took it in.
	Claimed bool `json:"claimed"`
	// Roles are the roles of the lines beside the statements that changed, each once.
	Roles []timeline.Role `json:"roles"`
	// Seen says when the version stood: from the first capture that showed it to the
	// last, once for every time that the page was taken back to it.
	Seen []LogSpell `json:"seen"`
}

// LogSpell is a time during which a version stood.
type LogSpell struct {
	From  Instant `json:"from"`
	Until Instant `json:"until"`
}

// NewLog returns the versions of the release id as an answer.
func NewLog(id string, versions []LogVersion) *Log {
	for i := range versions {
		versions[i].Roles, versions[i].Seen = some(versions[i].Roles), some(versions[i].Seen)
	}
	return &Log{Schema: "readout.log/1", ID: id, Versions: some(versions)}
}

// Lines returns the versions.
func (l *Log) Lines() []any { return lines(l.Versions) }

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
