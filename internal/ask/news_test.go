package ask_test

import (
	"slices"
	"testing"

	"readout/diff"
	"readout/internal/ask"
	"readout/timeline"
)

// meeting is a release of one statement a line; topic is that of all of them.
func talk(t *testing.T, day, topic string, texts ...string) *timeline.Release {
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

func talks(t *testing.T) ([]*timeline.Release, *timeline.Topics) {
	t.Helper()
	rs := []*timeline.Release{
		talk(t, "2031-04-17", "", "1. The ministers agreed that the krill quota would be halved."),
		talk(t, "2031-10-02", "", "Thanks were given."),
		talk(t, "2032-02-03", "", "The ministers shared the view that the krill quota would be halved."),
	}
	for _, r := range []*timeline.Release{rs[0], rs[2]} {
		r.Sections = []timeline.Section{{Heading: "Krill quota issue", Depth: 1}}
		r.Statements[0].Section = 0
	}
	topics := timeline.Link(rs, timeline.LinkOptions{})
	return rs, topics
}

// A topic is compared with the last meeting that raised it, not the last meeting.
func TestNews(t *testing.T) {
	rs, topics := talks(t)
	n := ask.News(rs[2], topics, diff.Options{})
	if len(n.Topics) != 1 || n.Topics[0].Name != "Krill quota issue" || n.Topics[0].First {
		t.Fatalf("topics = %+v, want the krill quota, raised before", n.Topics)
	}
	if c := n.Topics[0].Diff.Report; c.Old.ID != rs[0].ID || c.Summary.Reworded != 1 {
		t.Errorf("compared with %s, %+v, want %s and one reworded statement", c.Old.ID, c.Summary, rs[0].ID)
	}
	if n := ask.News(rs[0], topics, diff.Options{}); !n.Topics[0].First {
		t.Error("the first meeting on the topic does not count as such")
	}
	n = ask.News(rs[1], topics, diff.Options{})
	if len(n.Topics) != 1 || n.Topics[0].Name != ask.Whole || n.Topics[0].Diff.Report.Old.ID != rs[0].ID {
		t.Errorf("a release without a topic: %+v, want it compared as a whole with the one before", n.Topics)
	}
}

func TestKeepNews(t *testing.T) {
	rs, topics := talks(t)
	altered := talk(t, "2032-02-03", "krill-quota-issue", "The ministers shared the view that the krill quota would be reviewed.")
	altered.Version = 2
	report := &ask.Changes{
		Releases: []ask.ChangesRelease{ask.News(rs[1], topics, diff.Options{}), ask.News(rs[2], topics, diff.Options{})},
		Records:  []*ask.Diff{ask.NewDiff(diff.Compare(rs[2], altered, diff.Options{Cause: diff.Record}))},
		Sources:  []ask.Trouble{{Source: "oslo", State: "stale"}},
	}
	for _, tt := range []struct {
		name   string
		filter ask.NewsFilter
		want   []int // releases, records, sources
	}{
		{"no filter", ask.NewsFilter{}, []int{2, 1, 1}},
		{"a kind", ask.NewsFilter{Kinds: []ask.NewsKind{ask.NewsRecord}}, []int{0, 1, 0}},
		{"another series", ask.NewsFilter{Series: "JP-RU"}, []int{0, 0, 0}},
		{"a topic by words of its name", ask.NewsFilter{Topic: "krill quota"}, []int{1, 1, 0}},
		{"a topic by part of a word", ask.NewsFilter{Topic: "kri"}, []int{0, 0, 0}},
		{"a phrase that came in", ask.NewsFilter{Phrase: "shared the view"}, []int{1, 1, 0}},
		{"a phrase that went", ask.NewsFilter{Phrase: "ministers agreed"}, []int{2, 0, 0}},
		{"a shift: agreed, then shared the view", ask.NewsFilter{Shifts: true}, []int{1, 0, 0}},
		{"large changes only", ask.NewsFilter{MinWords: 50}, []int{0, 0, 1}},
	} {
		got := report.Keep(tt.filter)
		if n := []int{len(got.Releases), len(got.Records), len(got.Sources)}; !slices.Equal(n, tt.want) {
			t.Errorf("%s: %v releases, records and sources, want %v", tt.name, n, tt.want)
		}
	}
	if !report.Keep(ask.NewsFilter{Series: "JP-RU"}).Empty() || report.Empty() {
		t.Error("Empty does not tell an empty report from a full one")
	}
}
