package ask

import "readout/timeline"

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
