package timeline_test

import (
	"slices"
	"testing"

	"readout/timeline"
)

func TestCuration(t *testing.T) {
	const bell, rail = "bell-of-the-lighthouse", "salt-flats-railway"
	for _, c := range []struct {
		name      string
		decisions []timeline.Decision
		topic     string   // a topic there must be
		has, not  []string // statements that must and must not be in it
		query     string   // finds it exactly
	}{
		{"rename keeps the old name",
			[]timeline.Decision{{Op: timeline.Rename, Topic: bell, Name: "Return of the bell"}},
			"return-of-the-bell", []string{"m1#3", "m4#1"}, nil, "Bell of the lighthouse"},
		{"alias", []timeline.Decision{{Op: timeline.Alias, Topic: bell, Name: "Sucre affair"}},
			bell, []string{"m1#3"}, nil, "the sucre affair"},
		{"merge", []timeline.Decision{{Op: timeline.Merge, Topic: "Railway", Into: bell}},
			bell, []string{"m1#3", "m1#5", "m3#2"}, nil, "railway"},
		{"merge after a rename",
			[]timeline.Decision{{Op: timeline.Rename, Topic: bell, Name: "Bell"}, {Op: timeline.Merge, Topic: bell, Into: rail}},
			rail, []string{"m1#3", "m1#5"}, nil, "bell"},
		{"split", []timeline.Decision{{Op: timeline.Split, Topic: bell, Name: "Casting of the bell", Text: "CAST in 1802"}},
			"casting-of-the-bell", []string{"m1#4"}, []string{"m1#3"}, "casting of the bell"},
		{"pin", []timeline.Decision{{Op: timeline.Pin, Topic: rail, Release: "m4", Text: "the two ministers agreed to meet again in La Paz"}},
			rail, []string{"m4#2"}, nil, rail},
		{"pin to a topic of the curator's own",
			[]timeline.Decision{{Op: timeline.Pin, Topic: "Visits", Release: "m4", Text: "The two ministers agreed to meet again in La Paz."}},
			"visits", []string{"m4#2"}, nil, "visits"},
		{"exclude", []timeline.Decision{{Op: timeline.Exclude, Topic: bell, Release: "m1", Text: "Minister Quisbert stated that the bell had been cast in 1802."}},
			bell, []string{"m1#3"}, []string{"m1#4"}, bell},
		{"exclude from all", []timeline.Decision{{Op: timeline.Exclude, Release: "m1", Text: "Minister Quisbert stated that the bell had been cast in 1802."}},
			bell, []string{"m1#3"}, []string{"m1#4"}, bell},
		{"what is not there does nothing", []timeline.Decision{
			{Op: timeline.Rename, Topic: "zoology", Name: "x"}, {Op: timeline.Merge, Topic: "zoology", Into: bell},
			{Op: timeline.Merge, Topic: bell, Into: "zoology"}, {Op: timeline.Merge, Topic: bell, Into: bell},
			{Op: timeline.Rename, Topic: bell, Name: " … "}, {Op: "unheard of", Topic: bell},
			{Op: timeline.Pin, Topic: bell, Release: "m9", Text: "nothing"}, {Op: timeline.Split, Topic: bell, Name: "y", Text: "zebra"},
		}, bell, []string{"m1#3", "m4#1"}, nil, bell},
	} {
		t.Run(c.name, func(t *testing.T) {
			topics := timeline.Link(fictional(t), timeline.LinkOptions{Curation: &timeline.Curation{Decisions: c.decisions}})
			if _, ok := topics.Get(c.topic); !ok {
				t.Fatalf("no topic %s in %+v", c.topic, topics.Topics)
			}
			for _, id := range c.has {
				if !slices.Contains(topics.Of(id), c.topic) {
					t.Errorf("%s is in %v, not in %s", id, topics.Of(id), c.topic)
				}
			}
			for _, id := range c.not {
				if slices.Contains(topics.Of(id), c.topic) {
					t.Errorf("%s is still in %s", id, c.topic)
				}
			}
			if got := topics.Find(c.query); len(got) == 0 || !got[0].Exact || got[0].Topic.ID != c.topic {
				t.Errorf("Find(%q) = %+v, want exactly %s", c.query, got, c.topic)
			}
		})
	}
}

func TestPinnedStatementIsExplained(t *testing.T) {
	pin := timeline.Decision{Op: timeline.Pin, Topic: "Visits", Release: "m4", Text: "The two ministers agreed to meet again in La Paz."}
	topics := timeline.Link(fictional(t), timeline.LinkOptions{Curation: &timeline.Curation{Decisions: []timeline.Decision{pin}}})
	got := topics.Explain("m4#2")
	if len(got) != 1 || got[0].Kind != "curation" || got[0].Topic != "visits" {
		t.Errorf("reasons = %+v", got)
	}
}
