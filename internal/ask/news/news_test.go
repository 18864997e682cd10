package news_test

import (
	"slices"
	"testing"

	"readout/diff"
	"readout/internal/ask/news"
	"readout/timeline"
)

// meeting is a release of one statement a line; topic is that of all of them.
func meeting(t *testing.T, day, topic string, texts ...string) *timeline.Release {
	t.Helper()
	held, err := timeline.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	r := &timeline.Release{Title: "Talks", Held: held, Series: "NO-UY", Version: 1}
	for _, text := range texts {
		st := timeline.Statement{Text: text, Section: -1}
		if topic != "" {
			st.Topics = []string{topic}
		}
		r.Statements = append(r.Statements, st)
	}
	r.Name(day)
	return r
}

func series(t *testing.T) ([]*timeline.Release, *timeline.Topics) {
	t.Helper()
	rs := []*timeline.Release{
		meeting(t, "2031-04-17", "", "1. The ministers agreed that the krill quota would be halved."),
		meeting(t, "2031-10-02", "", "Thanks were given."),
		meeting(t, "2032-02-03", "", "The ministers shared the view that the krill quota would be halved."),
	}
	for _, r := range []*timeline.Release{rs[0], rs[2]} {
		r.Sections = []timeline.Section{{Heading: "Krill quota issue", Depth: 1}}
		r.Statements[0].Section = 0
	}
	topics := timeline.Link(rs, timeline.LinkOptions{})
	return rs, topics
}

// A topic is compared with the last meeting that raised it, not the last meeting.
func TestOf(t *testing.T) {
	rs, topics := series(t)
	n := news.Of(rs[2], topics, diff.Options{})
	if len(n.Topics) != 1 || n.Topics[0].Topic.Name != "Krill quota issue" || n.Topics[0].First() {
		t.Fatalf("topics = %+v, want the krill quota, raised before", n.Topics)
	}
	if c := n.Topics[0].Change; c.Old.ID != rs[0].ID || c.Summary.Reworded != 1 {
		t.Errorf("compared with %s, %+v, want %s and one reworded statement", c.Old.ID, c.Summary, rs[0].ID)
	}
	if n := news.Of(rs[0], topics, diff.Options{}); !n.Topics[0].First() {
		t.Error("the first meeting on the topic does not count as such")
	}
	n = news.Of(rs[1], topics, diff.Options{})
	if len(n.Topics) != 1 || n.Topics[0].Topic.Name != news.Whole || n.Topics[0].Change.Old.ID != rs[0].ID {
		t.Errorf("a release without a topic: %+v, want it compared as a whole with the one before", n.Topics)
	}
}

func TestKeep(t *testing.T) {
	rs, topics := series(t)
	altered := meeting(t, "2032-02-03", "krill-quota-issue", "The ministers shared the view that the krill quota would be reviewed.")
	altered.Version = 2
	report := &news.Report{
		Releases: []news.Release{news.Of(rs[1], topics, diff.Options{}), news.Of(rs[2], topics, diff.Options{})},
		Records:  []news.Record{{Change: diff.Compare(rs[2], altered, diff.Options{Cause: diff.Record})}},
		Sources:  []news.Trouble{{Source: "oslo", State: "stale"}},
	}
	for _, tt := range []struct {
		name   string
		filter news.Filter
		want   []int // releases, records, sources
	}{
		{"no filter", news.Filter{}, []int{2, 1, 1}},
		{"a kind", news.Filter{Kinds: []news.Kind{news.Altered}}, []int{0, 1, 0}},
		{"another series", news.Filter{Series: "JP-RU"}, []int{0, 0, 0}},
		{"a topic by words of its name", news.Filter{Topic: "krill quota"}, []int{1, 1, 0}},
		{"a topic by part of a word", news.Filter{Topic: "kri"}, []int{0, 0, 0}},
		{"a phrase that came in", news.Filter{Phrase: "shared the view"}, []int{1, 1, 0}},
		{"a phrase that went", news.Filter{Phrase: "ministers agreed"}, []int{2, 0, 0}},
		{"a shift: agreed, then shared the view", news.Filter{Shifts: true}, []int{1, 0, 0}},
		{"large changes only", news.Filter{MinWords: 50}, []int{0, 0, 1}},
	} {
		got := report.Keep(tt.filter)
		if n := []int{len(got.Releases), len(got.Records), len(got.Sources)}; !slices.Equal(n, tt.want) {
			t.Errorf("%s: %v releases, records and sources, want %v", tt.name, n, tt.want)
		}
	}
	if !report.Keep(news.Filter{Series: "JP-RU"}).Empty() || report.Empty() {
		t.Error("Empty does not tell an empty report from a full one")
	}
}
