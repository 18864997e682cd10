package show

import (
	"fmt"
	"io"
	"strings"

	"readout/internal/letters"
	"readout/timeline"
)

// Explanation is the answer of "topics explain".
type Explanation struct {
	Schema    string             `json:"schema"` // "readout.explanation/1"
	Statement timeline.Statement `json:"statement"`
	Reasons   []timeline.Reason  `json:"reasons"` // in the order of the statement's topics
	names     map[string]string
}

// NewExplanation returns why the statement is under its topics as an answer.
func NewExplanation(st timeline.Statement, t *timeline.Topics) *Explanation {
	e := &Explanation{Schema: "readout.explanation/1", Statement: withLists(st), Reasons: some(t.Explain(st.ID)), names: map[string]string{}}
	for _, r := range e.Reasons {
		if x, ok := t.Get(r.Topic); ok {
			e.names[r.Topic] = x.Name
		}
	}
	return e
}

// Lines returns the reasons.
func (e *Explanation) Lines() []any { return lines(e.Reasons) }

// Text writes the statement, and under every topic what spoke for it.
func (e *Explanation) Text(w io.Writer, s Style) error {
	var b strings.Builder
	b.WriteString(text(plain, e.Statement.Text).block(s, "", "", s.prose()))
	if len(e.Reasons) == 0 {
		b.WriteString("\n" + text(plain, "under no topic: it names no issue that another meeting takes up, or it is courtesy").block(s, "", "", s.prose()))
	}
	last := ""
	for _, r := range e.Reasons {
		if r.Topic != last {
			b.WriteString("\n" + s.paint(bold, letters.Clean(e.names[r.Topic])) + "\n")
			last = r.Topic
		}
		b.WriteString(text(plain, r.Detail).block(s, fmt.Sprintf("  %3.0f %%  %s", 100*r.Weight, pad(r.Kind, 12, false)), strings.Repeat(" ", 21), s.prose()))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
