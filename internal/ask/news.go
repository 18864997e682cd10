package ask

import (
	"slices"
	"strings"

	"readout/diff"
	"readout/timeline"
)

// Whole is the name under which a release that raises no topic is compared with the
// last one of its series: as a whole.
const Whole = "The text as a whole"

// News compares a release that came in with what its series said before on every topic it
// raises: with the last comparable release that raised it, or else with the last one of any
// form. A release that raises none is compared with the last one before it, under the
// topic [Whole], which has no id.
func News(rel *timeline.Release, topics *timeline.Topics, o diff.Options) ChangesRelease {
	series := topics.Releases()
	o = within(topics, o)
	n := NewChangesRelease(rel)
	for _, id := range raised(rel) {
		t, ok := topics.Get(id)
		if !ok {
			continue
		}
		o.Cause, o.Topic = diff.Position, id
		n.Add(t, diff.Compare(comparable(rel, series, id, o.Past), rel, o))
	}
	if len(n.Topics) == 0 && len(rel.Statements) > 0 {
		o.Cause, o.Topic = diff.Position, ""
		n.Add(timeline.Topic{Name: Whole, Aliases: []string{}}, diff.Compare(comparable(rel, series, "", o.Past), rel, o))
	}
	return n
}

// raised returns the ids of the topics of a release in reading order.
func raised(rel *timeline.Release) []string {
	var out []string
	for _, st := range rel.Statements {
		for _, t := range st.Topics {
			if !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
	}
	return out
}

// comparable returns the release to compare rel with on a topic, any for "".
func comparable(rel *timeline.Release, series []*timeline.Release, topic string, past *diff.Past) *timeline.Release {
	for r := past.Against(rel); r != nil; r = past.Against(r) {
		if topic == "" || r.Raises(topic) {
			return r
		}
	}
	return lastBefore(rel, series, topic)
}

// lastBefore returns the last release before rel that raised the topic, any for "",
// nil for none. An undated release is before and after no other.
func lastBefore(rel *timeline.Release, series []*timeline.Release, topic string) *timeline.Release {
	if rel.Day().IsZero() {
		return nil
	}
	for _, r := range slices.Backward(series) {
		if timeline.CompareReleases(r, rel) < 0 && (topic == "" || r.Raises(topic)) {
			return r
		}
	}
	return nil
}

// NewsKind is a kind of news.
type NewsKind string

// The kinds of news.
const (
	NewsPosition NewsKind = "position"
	NewsRecord   NewsKind = "record"
	NewsSource   NewsKind = "source"
)

// NewsKinds returns every kind of news.
func NewsKinds() []NewsKind { return []NewsKind{NewsPosition, NewsRecord, NewsSource} }

// NewsFilter narrows changes. The zero NewsFilter keeps everything.
type NewsFilter struct {
	Series timeline.SeriesID `json:"series,omitempty"`
	Topic  string            `json:"topic,omitempty"`  // id or name of a topic, or words of its name
	Phrase string            `json:"phrase,omitempty"` // stands in what was said or left out
	Kinds  []NewsKind        `json:"kinds,omitempty"`
	// Forms and Levels keep the releases of one of these kinds and levels; what failed at a
	// source is of none.
	Forms  []timeline.Kind  `json:"forms,omitempty"`
	Levels []timeline.Level `json:"levels,omitempty"`
	// MinWords is the least number of words, inserted and deleted, that a change must
	// have. A topic of a new release and a record change are weighed each by itself.
	MinWords int `json:"min_words,omitempty"`
	// Shifts keeps only what softened or firmed, or went from both sides to one or
	// back.
	Shifts bool `json:"shifts,omitempty"`
}

// Keep returns what passes the filter. A release that loses all its topics to a
// filter on topics, phrases or words is left out.
func (c *Changes) Keep(f NewsFilter) *Changes {
	out := NewChanges()
	if f.wants(NewsPosition) {
		for _, n := range c.Releases {
			if f.Series != "" && n.Series != f.Series || !f.admits(n.Of) {
				continue
			}
			n.Topics = slices.DeleteFunc(slices.Clone(n.Topics), func(t ChangesTopic) bool {
				return f.Topic != "" && !called(t.Topic, f.Topic) || !f.passes(t.Diff.Report)
			})
			if len(n.Topics) > 0 || f.Topic == "" && f.Phrase == "" && f.MinWords == 0 && !f.Shifts {
				out.Releases = append(out.Releases, n)
			}
		}
	}
	if f.wants(NewsRecord) {
		for _, n := range c.Records {
			if (f.Series == "" || n.Report.New.Series == f.Series) && f.admits(n.Report.New) && f.passes(f.onTopic(n.Report)) {
				out.Records = append(out.Records, n)
			}
		}
	}
	whole := f.Topic == "" && f.Phrase == "" && f.Series == "" && !f.Shifts && len(f.Forms)+len(f.Levels) == 0
	if f.wants(NewsRecord) && whole {
		out.Site = c.Site
	}
	if f.wants(NewsSource) && whole {
		out.Sources = c.Sources
	}
	return out
}

func (f NewsFilter) wants(k NewsKind) bool { return len(f.Kinds) == 0 || slices.Contains(f.Kinds, k) }

// admits reports whether a release is of a kind and level that the filter keeps.
func (f NewsFilter) admits(r *timeline.Release) bool {
	return timeline.Filter{Kinds: f.Forms, Levels: f.Levels}.Admits(r)
}

// passes reports whether a comparison has the phrase and words enough.
func (f NewsFilter) passes(r *diff.Report) bool {
	if r == nil || f.MinWords > 0 && r.Summary.WordsInserted+r.Summary.WordsDeleted < f.MinWords {
		return false
	}
	if f.Shifts && !slices.ContainsFunc(r.Changes, func(c diff.Change) bool { return len(c.Shifts) > 0 }) {
		return false
	}
	if f.Phrase == "" {
		return true
	}
	said := &timeline.Release{}
	for _, c := range r.Changes {
		if c.Kind != diff.Unchanged {
			said.Statements = append(append(said.Statements, c.Old...), c.New...)
		}
	}
	return timeline.Trace([]*timeline.Release{said}, f.Phrase, timeline.TraceOptions{}).Used()
}

// Fits reports whether the filter can match anything about a topic: it names none, or this one.
func (f NewsFilter) Fits(t timeline.Topic) bool { return f.Topic == "" || called(t, f.Topic) }

// onTopic returns the record change where one of its changed statements is under the
// topic asked for, else nil.
func (f NewsFilter) onTopic(r *diff.Report) *diff.Report {
	if f.Topic == "" {
		return r
	}
	for _, c := range r.Changes {
		if c.Kind != diff.Unchanged &&
			slices.ContainsFunc(c.Topics, func(id string) bool { return called(timeline.Topic{ID: id}, f.Topic) }) {
			return r
		}
	}
	return nil
}

// called reports whether the words name the topic: they are its id, or stand in one
// of its names.
func called(t timeline.Topic, words string) bool {
	want := strings.Join(strings.FieldsFunc(strings.ToLower(words), notWord), " ")
	for _, name := range append([]string{t.ID, t.Name}, t.Aliases...) {
		have := " " + strings.Join(strings.FieldsFunc(strings.ToLower(name), notWord), " ") + " "
		if strings.Contains(have, " "+want+" ") {
			return true
		}
	}
	return false
}

func notWord(r rune) bool {
	return r == ' ' || r == '-' || r == '_' || r == '\'' || r == '’' || r == ','
}
