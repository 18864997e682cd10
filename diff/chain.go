package diff

import (
	"slices"

	"readout/timeline"
)

// Step is one entry of a timeline with what its statements continue and what it left out.
type Step struct {
	Entry timeline.Entry
	// Lane is what the release is compared with others in.
	Lane timeline.Lane
	// Previous is the last release of an earlier meeting that raised the topic, nil where this one
	// is the first or does not raise it.
	Previous *timeline.Release
	// Against is the release by which it is judged what is missing: the last comparable
	// one, whether or not it raised the topic. It is nil where none is comparable, and then nothing
	// is claimed to be missing.
	Against *timeline.Release
	// Statements are the entry's statements, each with its change, in order.
	Statements []StatementChange
	// Dropped are the statements of Against on the topic that are gone from a meeting
	// that took the topic up again, in the order of Against.
	Dropped []Missing
	// Missing are those that are gone from a meeting that did not: the issue as a whole is.
	Missing []Missing
	// Short counts the statements of Against on the topic of which nothing is claimed because
	// the meeting's texts are too short to hold them.
	Short int
}

// StatementChange is what became of the wording that led to one statement.
type StatementChange struct {
	Statement timeline.Statement
	Kind      Kind // never Dropped
	// Previous are the statements that this one continues, of the last text of the series that made
	// the point; none for a new statement. They may stand in any earlier release.
	Previous   []timeline.Statement
	From       *timeline.Release // the release of Previous, nil where there is none
	Similarity float64
	Link       Evidence
	// Edits lead from the text of Previous to that of Statement.
	Edits  []Edit
	Marks  []Mark
	Shifts []Shift
	// Returned is set where the last comparable text before was searched and lacked what is
	// said again here.
	Returned *Return
}

// Told is the kind of change that people are told: a statement whose pairing is uncertain is
// a new one, beside which an earlier one may be looked at.
func (c *StatementChange) Told() Kind {
	if c.Link.Uncertain {
		return New
	}
	return c.Kind
}

// Chain says of every entry of the timeline what its statements continue and what is missing
// from it; there is a step for every entry, in the same order. Options.Past is the series
// as a whole; where it is nil, the releases of the timeline are all there is.
//
// The verdict on a statement is the same under each of its topics. A filter of the timeline
// hides statements but does not change what is compared.
func Chain(t *timeline.Timeline, o Options) []Step {
	if t == nil {
		return nil
	}
	c := newChain(t, o)
	steps := make([]Step, len(t.Entries))
	for i := range t.Entries {
		steps[i] = c.step(i)
	}
	return steps
}

// StepAt returns the i-th step of [Chain] alone, at the cost of one.
func StepAt(t *timeline.Timeline, i int, o Options) Step { return newChain(t, o).step(i) }

// chain is a timeline on the way to its steps.
type chain struct {
	t     *timeline.Timeline
	past  *Past
	entry map[*timeline.Release]*timeline.Entry
}

func newChain(t *timeline.Timeline, o Options) *chain {
	c := &chain{t: t, past: o.Past, entry: map[*timeline.Release]*timeline.Entry{}}
	releases := make([]*timeline.Release, len(t.Entries))
	for i := range t.Entries {
		e := &t.Entries[i]
		releases[i] = e.Release
		c.entry[e.Release] = e
	}
	if c.past == nil {
		c.past = NewPast(releases, o)
	}
	return c
}

// step judges one entry.
func (c *chain) step(i int) Step {
	e := &c.t.Entries[i]
	p := c.past
	s := Step{Entry: *e, Lane: p.Lane(e.Release), Against: p.Against(e.Release)}
	if e.Raised {
		s.Previous = c.raisedBefore(i)
		s.Statements = p.Statements(e.Release, e.Statements)
	}
	gone, short := p.Missing(e.Release, func(st timeline.Statement) bool { return c.shown(s.Against, st) })
	s.Short = short
	if e.Raised {
		s.Dropped = gone
	} else {
		s.Missing = gone
	}
	return s
}

// shown reports whether a statement of the release is on the topic and passes the filter
// of the timeline.
func (c *chain) shown(r *timeline.Release, st timeline.Statement) bool {
	if e := c.entry[r]; e != nil {
		return slices.ContainsFunc(e.Statements, func(x timeline.Statement) bool { return x.ID == st.ID })
	}
	return st.On(c.t.Topic.ID)
}

// raisedBefore returns the last release of another meeting before entry i that raised the
// topic.
func (c *chain) raisedBefore(i int) *timeline.Release {
	for k := i - 1; k >= 0; k-- {
		e := &c.t.Entries[k]
		if e.Raised && (e.Meeting == "" || e.Meeting != c.t.Entries[i].Meeting) {
			return e.Release
		}
	}
	return nil
}

// Texts are two releases to be compared, the earlier first.
type Texts struct{ Old, New *timeline.Release }

// Along lists the comparisons along a topic: every release that raises it with the last comparable
// one before that does. One that has none is in no pair as the new one.
func Along(t *timeline.Timeline, past *Past) []Texts {
	raised := map[*timeline.Release]bool{}
	var out []Texts
	for i := range t.Entries {
		e := &t.Entries[i]
		if !e.Raised {
			continue
		}
		old := past.Against(e.Release)
		for old != nil && !raised[old] {
			old = past.Against(old)
		}
		if old != nil {
			out = append(out, Texts{old, e.Release})
		}
		raised[e.Release] = true
	}
	return out
}
