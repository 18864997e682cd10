package ask

import (
	"slices"

	"readout/diff"
	"readout/timeline"
)

// Move is what a meeting did with a topic that it raised.
type Move struct {
	Topic timeline.Topic
	Cell  Cell // as in a [Matrix], but without novelty and agenda, which take the whole past of the topic
}

// Moves returns what the meeting that the release is about did with each topic it raised,
// in the order of the topics: one column of the [Matrix], at the cost of one. The release
// is one of those searched for the topics; of any other there are no moves.
func Moves(of *timeline.Release, topics *timeline.Topics, o diff.Options) []Move {
	accounts := accountsOf(of, topics.Releases())
	o = within(topics, o)
	var out []Move
	for _, t := range topics.Topics {
		if !slices.ContainsFunc(accounts, func(r *timeline.Release) bool { return r.Raises(t.ID) }) {
			continue
		}
		m := Move{Topic: t}
		line := timeline.Build(topics, t.ID, timeline.Filter{})
		for i, e := range line.Entries {
			if e.Raised && slices.Contains(accounts, e.Release) {
				m.Cell.add(diff.StepAt(line, i, o), nil)
			}
		}
		m.Cell.settle(t.ID, of.Language)
		out = append(out, m)
	}
	return out
}

// accountsOf returns the releases about the meeting that a release is about, itself
// included; none where it is not among them.
func accountsOf(of *timeline.Release, releases []*timeline.Release) []*timeline.Release {
	for _, m := range timeline.Meetings(releases) {
		if slices.Contains(m.Releases, of) {
			return m.Releases
		}
	}
	return nil
}
