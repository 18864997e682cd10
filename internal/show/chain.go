package show

import (
	"io"

	"readout/timeline"
)

// Chain is the answer of "diff --topic --all": every step along a topic, from one
// meeting that raised it to the next.
type Chain struct {
	Schema string            `json:"schema"` // "readout.chain/1"
	Series timeline.SeriesID `json:"series"`
	Topic  TimelineTopic     `json:"topic"`
	Diffs  []*Diff           `json:"diffs"` // in the order of the meetings
	View   DiffView          `json:"-"`     // how the text shows each of them
}

// TopicName returns the names of a topic as answers give them.
func TopicName(t timeline.Topic) TimelineTopic {
	return TimelineTopic{ID: t.ID, Name: t.Name, Aliases: some(t.Aliases)}
}

// Lines returns the diffs.
func (c *Chain) Lines() []any { return lines(c.Diffs) }

// Text writes the diffs one after the other.
func (c *Chain) Text(w io.Writer, s Style) error {
	for i, d := range c.Diffs {
		if i > 0 {
			if _, err := io.WriteString(w, "\n\n"); err != nil {
				return err
			}
		}
		if err := d.Show(w, s, c.View); err != nil {
			return err
		}
	}
	return nil
}
