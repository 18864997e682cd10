package timeline_test

import (
	"slices"
	"testing"

	"readout/timeline"
)

// visitsAndTalks is a series with two topics that are likely one issue, high-level-visits and
// political-schedule, and one that is another.
func visitsAndTalks(t *testing.T, more ...*timeline.Release) []*timeline.Release {
	return append([]*timeline.Release{
		page(t, "2041-03-02", "# 1. High-level visits\nThe two ministers agreed that President Quiroga would come in May."),
		page(t, "2042-03-02", "# 1. Political schedule\nThe two ministers agreed that talks should be held soon."),
		page(t, "2043-03-02", "# 1. Night ferry\nThe two ministers praised the night ferry."),
	}, more...)
}

const visits, schedule, ferry = "high-level-visits", "political-schedule", "night-ferry"

func TestJudgement(t *testing.T) {
	judged := func(a, b string, v timeline.Verdict) timeline.Judgement {
		return timeline.Judgement{A: a, B: b, Verdict: v}
	}
	same := judged("High-level visits", "Political schedule", timeline.OneIssue)
	for _, c := range []struct {
		name      string
		judgement timeline.Judgement
		decisions []timeline.Decision
		more      []*timeline.Release
		joined    bool
		proposed  int
		holds     bool
	}{
		{name: "one issue", judgement: same, joined: true, holds: true},
		{name: "the other way round", judgement: judged("Political schedule", "High-level visits", timeline.OneIssue), joined: true, holds: true},
		{name: "two issues", judgement: judged("High-level visits", "Political schedule", timeline.TwoIssues), holds: true},
		{name: "unsure", judgement: judged("High-level visits", "Political schedule", timeline.Unsure), proposed: 1},
		{name: "topics that nobody doubts", judgement: judged("High-level visits", "Night ferry", timeline.OneIssue), proposed: 1},
		{name: "topics that are not there", judgement: judged("Zoology", "Night ferry", timeline.OneIssue), proposed: 1},
		{name: "a person says two", judgement: same, decisions: []timeline.Decision{{Op: timeline.Apart, Topic: schedule, Into: visits}}},
		{name: "a person says one", judgement: judged("High-level visits", "Political schedule", timeline.TwoIssues), joined: true,
			decisions: []timeline.Decision{{Op: timeline.Merge, Topic: schedule, Into: visits}}},
		{name: "a person renamed one of them", judgement: same, joined: true, holds: true,
			decisions: []timeline.Decision{{Op: timeline.Rename, Topic: schedule, Name: "Talks"}}},
		{name: "a text raises both", judgement: same,
			more: []*timeline.Release{page(t, "2044-03-02", "# 1. High-level visits\nThe two ministers praised the visit.\n# 2. Political schedule\nThe two ministers agreed to talk in June.")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			topics := timeline.Link(visitsAndTalks(t, c.more...), timeline.LinkOptions{Curation: &timeline.Curation{Decisions: c.decisions, Judgements: []timeline.Judgement{c.judgement}}})
			if got := topics.Holds(c.judgement); got != c.holds {
				t.Errorf("Holds = %v, want %v", got, c.holds)
			}
			if got := len(topics.Proposals()); got != c.proposed {
				t.Errorf("%d proposals, want %d", got, c.proposed)
			}
			one := topics.Named("Political schedule")
			joined := len(one) == 1 && slices.Contains(one[0].NameKeys(), timeline.NameKey("High-level visits"))
			if joined != c.joined {
				t.Errorf("joined = %v, want %v: %+v", joined, c.joined, topics.Topics)
			}
			if told := joined && len(one[0].Judged) == 1; told != (c.joined && c.holds) {
				t.Errorf("the topic tells of the judgement: %v, want %v: %+v", told, c.joined && c.holds, one)
			}
		})
	}
}

// A judgement takes the place of an earlier one on the same pair, and no other's.
func TestJudge(t *testing.T) {
	a := timeline.Judgement{A: "Ports", B: "Ferries", Verdict: timeline.OneIssue, Model: "small"}
	b := timeline.Judgement{A: "Krill", B: "Quota", Verdict: timeline.Unsure, Model: "small"}
	now, earlier := timeline.Curation{Judgements: []timeline.Judgement{a}}.Judge(b)
	if earlier != nil || !slices.Equal(now, []timeline.Judgement{b, a}) {
		t.Errorf("judgements %v in place of %v, want both in order of their names", now, earlier)
	}
	c := timeline.Judgement{A: "FERRIES", B: "the ports", Verdict: timeline.TwoIssues, Model: "large"}
	now, earlier = timeline.Curation{Judgements: now}.Judge(c)
	if earlier == nil || *earlier != a || !slices.Equal(now, []timeline.Judgement{c, b}) {
		t.Errorf("judgements %v in place of %v, want the one on ports and ferries replaced", now, earlier)
	}
	for _, bad := range []timeline.Judgement{{A: "Ports", Verdict: timeline.OneIssue}, {A: "Ports", B: "ports", Verdict: timeline.OneIssue}, {A: "Ports", B: "Ferries", Verdict: "perhaps"}} {
		if bad.Check() == nil {
			t.Errorf("%+v passes", bad)
		}
	}
}
