// Package news puts together what a reader has not seen yet: the releases that came
// in, with what each of them says differently from the last meeting on the same
// issue, and the published pages that were altered.
//
// A [Report] keeps the kinds of change apart: a [Release] holds position changes, a
// [Record] a record change, a [Trouble] what is the matter with a source. Changes of
// our own rules are no news and have no place here.
package news

import (
	"slices"
	"strings"
	"time"

	"readout/diff"
	"readout/timeline"
)

// Report is what happened. The zero Report is empty.
type Report struct {
	Releases []Release // in the order of a timeline
	Records  []Record  // in the order in which the pages were seen altered
	Sources  []Trouble // in order of name
}

// Release is a release that came in.
type Release struct {
	Release *timeline.Release
	Topics  []Topic // in the order in which the release raises them
}

// Topic is what a release says on one issue.
type Topic struct {
	Topic timeline.Topic
	// Change is the comparison with the last meeting before it that raised the
	// topic. Its Old is an empty release where the topic was raised for the first
	// time.
	Change *diff.Report
}

// First reports whether the topic was raised for the first time.
func (t Topic) First() bool { return t.Change.Old.ID == "" }

// Record is a published page that was altered: two versions of one release. Back reports
// whether the newer text is one that had been seen before.
type Record struct {
	Change *diff.Report
	Back   bool
}

// Trouble is a source that cannot be relied upon at present.
type Trouble struct {
	Source string    `json:"source"`
	State  string    `json:"state"`  // "failed", "gone", "suspect", "stale"
	Detail string    `json:"detail"` // what was seen
	Since  time.Time `json:"since"`  // when it was first seen so; zero where that is not known
}

// Empty reports whether there is nothing to tell.
func (r *Report) Empty() bool { return len(r.Releases)+len(r.Records)+len(r.Sources) == 0 }

// Whole is the name under which a release that raises no topic is compared with the
// last one of its series: as a whole.
const Whole = "The text as a whole"

// Of compares a release with what its series said before on every topic it raises.
// A release that raises none is compared with the last one before it, under the topic
// [Whole], which has no id.
func Of(rel *timeline.Release, topics *timeline.Topics, o diff.Options) Release {
	series := topics.Releases()
	n := Release{Release: rel}
	for _, id := range raised(rel) {
		t, ok := topics.Get(id)
		if !ok {
			continue
		}
		o.Cause, o.Topic = diff.Position, id
		n.Topics = append(n.Topics, Topic{t, diff.Compare(lastBefore(rel, series, id), rel, o)})
	}
	if n.Topics == nil && len(rel.Statements) > 0 {
		o.Cause, o.Topic = diff.Position, ""
		n.Topics = []Topic{{timeline.Topic{Name: Whole, Aliases: []string{}}, diff.Compare(lastBefore(rel, series, ""), rel, o)}}
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

// Kind is a kind of news.
type Kind string

// The kinds of news.
const (
	Position Kind = "position"
	Altered  Kind = "record"
	Source   Kind = "source"
)

// Kinds returns every kind of news.
func Kinds() []Kind { return []Kind{Position, Altered, Source} }

// Filter narrows a report. The zero Filter keeps everything.
type Filter struct {
	Series timeline.SeriesID `json:"series,omitempty"`
	Topic  string            `json:"topic,omitempty"`  // id or name of a topic, or words of its name
	Phrase string            `json:"phrase,omitempty"` // stands in what was said or left out
	Kinds  []Kind            `json:"kinds,omitempty"`
	// MinWords is the least number of words, inserted and deleted, that a change must
	// have. A topic of a new release and a record change are weighed each by itself.
	MinWords int `json:"min_words,omitempty"`
	// Shifts keeps only what softened or firmed, or went from both sides to one or
	// back.
	Shifts bool `json:"shifts,omitempty"`
}

// Keep returns what passes the filter. A release that loses all its topics to a
// filter on topics, phrases or words is left out.
func (r *Report) Keep(f Filter) *Report {
	out := &Report{}
	if f.wants(Position) {
		for _, n := range r.Releases {
			if f.Series != "" && n.Release.Series != f.Series {
				continue
			}
			n.Topics = slices.DeleteFunc(slices.Clone(n.Topics), func(t Topic) bool {
				return f.Topic != "" && !called(t.Topic, f.Topic) || !f.passes(t.Change)
			})
			if len(n.Topics) > 0 || f.Topic == "" && f.Phrase == "" && f.MinWords == 0 && !f.Shifts {
				out.Releases = append(out.Releases, n)
			}
		}
	}
	if f.wants(Altered) {
		for _, n := range r.Records {
			if (f.Series == "" || n.Change.New.Series == f.Series) && f.passes(f.onTopic(n.Change)) {
				out.Records = append(out.Records, n)
			}
		}
	}
	if f.wants(Source) && f.Topic == "" && f.Phrase == "" && f.Series == "" && !f.Shifts {
		out.Sources = r.Sources
	}
	return out
}

func (f Filter) wants(k Kind) bool { return len(f.Kinds) == 0 || slices.Contains(f.Kinds, k) }

// passes reports whether a comparison has the phrase and words enough.
func (f Filter) passes(r *diff.Report) bool {
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

// onTopic returns the record change where one of its changed statements is under the
// topic asked for, else nil.
func (f Filter) onTopic(r *diff.Report) *diff.Report {
	if f.Topic == "" {
		return r
	}
	for _, c := range r.Changes {
		if c.Kind != diff.Unchanged && slices.ContainsFunc(c.Topics, func(id string) bool { return called(timeline.Topic{ID: id}, f.Topic) }) {
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
