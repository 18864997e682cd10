package diff

import (
	"slices"

	"readout/timeline"
)

// Step is one entry of a timeline set against the last meeting before it that
// raised the topic.
type Step struct {
	Entry timeline.Entry
	// Previous is the release of that meeting, nil where no earlier entry raised
	// the topic or this one does not.
	Previous *timeline.Release
	// Statements are the entry's statements, each with its change, in order.
	Statements []StatementChange
	// Dropped are the statements of Previous that this meeting, which took the
	// topic up again, no longer made. They are in the order of Previous.
	Dropped []timeline.Statement
	// Silence is [ShortText] where the release is much shorter than Previous, so that
	// Dropped is hardly a finding, and else empty.
	Silence Silence
	// Changes are the same findings as a [Report] lists them, in groups. Unlike
	// Statements and Dropped they include what the timeline's filter hides.
	Changes []Change
}

// StatementChange is what became of the wording that led to one statement.
type StatementChange struct {
	Statement  timeline.Statement
	Kind       Kind // never Dropped
	Moved      bool
	Split      bool // Previous also went into other statements
	Merged     bool // Previous are several
	Previous   []timeline.Statement
	Similarity float64
	Link       Evidence
	// Edits lead from the texts of Previous, joined by a space, to the text of
	// Statement.
	Edits []Edit
	Marks []Mark
	// Shifts are those that this statement, of all that Previous went into, shows.
	Shifts []Shift
	// Returned is set on a new statement that an earlier meeting made and later
	// ones left out.
	Returned *Return
}

// Chain compares every entry of the timeline with the last one before it that
// raised the topic; there is a step for every entry, in the same order. Two releases
// about one meeting are not held against each other but both against the meeting
// before, each side's against its own words where it has some; what either keeps is
// not dropped. A filter
// of the timeline hides statements but does not change what is compared: a
// statement that the filter hides is neither new nor dropped for it.
func Chain(t *timeline.Timeline, o Options) []Step {
	if t == nil {
		return nil
	}
	c := newChain(t, o)
	steps := make([]Step, 0, len(t.Entries))
	var gone absence
	for i := range t.Entries {
		s := c.step(i)
		gone.end(s.Statements)
		for _, st := range s.Dropped {
			gone.begin(st, s.Previous, c.o)
		}
		steps = append(steps, s)
		c.past.add(&t.Entries[i])
	}
	return steps
}

// StepAt returns the i-th step of [Chain] alone, at the cost of one. It does not say
// which new statements returned, for which everything before would have to be compared.
func StepAt(t *timeline.Timeline, i int, o Options) Step {
	c := newChain(t, o)
	for k := range t.Entries[:i] {
		c.past.add(&t.Entries[k])
	}
	return c.step(i)
}

// chain is a timeline on the way to its steps.
type chain struct {
	t       *timeline.Timeline
	o       Options
	past    history
	raising map[string][]*timeline.Entry // by meeting, what raises the topic
}

func newChain(t *timeline.Timeline, o Options) *chain {
	o.Topic = t.Topic.ID
	if o.Cause == "" {
		o.Cause = Position
	}
	c := &chain{t: t, o: o, past: history{at: map[string]int{}}, raising: map[string][]*timeline.Entry{}}
	for i := range t.Entries {
		if e := &t.Entries[i]; e.Raised && e.Meeting != "" {
			c.raising[e.Meeting] = append(c.raising[e.Meeting], e)
		}
	}
	return c
}

// step compares an entry with what is before it in the past.
func (c *chain) step(i int) Step {
	e := &c.t.Entries[i]
	s := Step{Entry: *e}
	if !e.Raised {
		return s
	}
	var before side
	last := c.past.before(e)
	if last != nil {
		s.Previous = last.Release
		before = sideOfEntry(last, c.o.Topic)
	}
	s.Changes = compare(before, sideOfEntry(e, c.o.Topic), c.o)
	if last != nil {
		s.Changes = withoutKept(s.Changes, before, c.twins(e), c.o)
		s.beSilent(last.Release, e.Release)
	}
	s.Statements = statementChanges(e.Statements, s.Changes, c.o)
	for _, x := range s.Changes {
		if x.Kind == Dropped && slices.ContainsFunc(last.Statements, func(st timeline.Statement) bool { return st.ID == x.Old[0].ID }) {
			s.Dropped = append(s.Dropped, x.Old[0])
		}
	}
	return s
}

// beSilent sets the silence of the step and of its dropped statements.
func (s *Step) beSilent(old, new *timeline.Release) {
	if !short(old, new) {
		return
	}
	s.Silence = ShortText
	for i := range s.Changes {
		if s.Changes[i].Kind == Dropped {
			s.Changes[i].Silence = ShortText
		}
	}
}

// twins returns the other entries about the meeting of e that raise the topic.
func (c *chain) twins(e *timeline.Entry) []*timeline.Entry {
	var out []*timeline.Entry
	for _, x := range c.raising[e.Meeting] {
		if x != e {
			out = append(out, x)
		}
	}
	return out
}

// history is the meetings so far that raised a topic, each with its entries: two and
// more where both sides published.
type history struct {
	meetings [][]*timeline.Entry
	at       map[string]int // in meetings, by id
}

// add puts an entry at the end, unless it does not raise the topic.
func (h *history) add(e *timeline.Entry) {
	if !e.Raised {
		return
	}
	if i, ok := h.at[e.Meeting]; ok && e.Meeting != "" {
		h.meetings[i] = append(h.meetings[i], e)
		return
	}
	h.at[e.Meeting] = len(h.meetings)
	h.meetings = append(h.meetings, []*timeline.Entry{e})
}

// before returns the entry that e is compared with: of the last other meeting the
// release of e's own issuer, or else the last one. It is nil where there is none.
func (h *history) before(e *timeline.Entry) *timeline.Entry {
	for _, m := range slices.Backward(h.meetings) {
		if sameMeeting(m[0], e) {
			continue
		}
		for _, x := range slices.Backward(m) {
			if x.Release != nil && e.Release != nil && x.Release.Issuer == e.Release.Issuer {
				return x
			}
		}
		return m[len(m)-1]
	}
	return nil
}

func sameMeeting(a, b *timeline.Entry) bool {
	return a == b || a.Meeting != "" && a.Meeting == b.Meeting
}

// withoutKept takes out of the changes the statements said to be dropped that the
// other side's release about the same meeting still makes.
func withoutKept(changes []Change, before side, twins []*timeline.Entry, o Options) []Change {
	kept := make(map[string]bool)
	for _, e := range twins {
		for _, c := range compare(before, sideOfEntry(e, o.Topic), o) {
			for _, s := range c.Old {
				kept[s.ID] = kept[s.ID] || c.Kind != Dropped
			}
		}
	}
	return slices.DeleteFunc(changes, func(c Change) bool { return c.Kind == Dropped && kept[c.Old[0].ID] })
}

// sideOfEntry takes all statements of the release on the topic, or the entry's
// own where the release does not carry topics.
func sideOfEntry(e *timeline.Entry, topic string) side {
	if e.Release == nil {
		return side{statements: e.Statements}
	}
	s := sideOf(e.Release, topic)
	if len(s.statements) < len(e.Statements) {
		s.statements = slices.Clone(e.Statements)
	}
	return s
}

// statementChanges finds the change of each statement. In a split each part is
// compared with the whole it came from.
func statementChanges(shown []timeline.Statement, changes []Change, o Options) []StatementChange {
	of := make(map[string]*Change)
	for i := range changes {
		for _, s := range changes[i].New {
			of[s.ID] = &changes[i]
		}
	}
	out := make([]StatementChange, 0, len(shown))
	for _, st := range shown {
		c := of[st.ID]
		if c == nil {
			out = append(out, StatementChange{Statement: st, Kind: New, Edits: whole(Insert, st.Text)})
			continue
		}
		sc := StatementChange{
			Statement: st, Kind: c.Kind, Moved: c.Moved, Split: c.Split, Merged: c.Merged,
			Previous: c.Old, Similarity: c.Similarity, Link: c.Link, Edits: c.Edits, Marks: c.Marks,
		}
		for _, x := range c.Shifts {
			if x.New.ID == st.ID {
				sc.Shifts = append(sc.Shifts, x)
			}
		}
		if c.Split {
			v := newVocabulary(o.lexicon())
			w := v.compare(c.OldText, st.Text)
			w.doubt(c.Link)
			sc.Edits, sc.Marks, sc.Similarity = w.edits(), v.marks(&w), round(w.similarity)
		}
		out = append(out, sc)
	}
	return out
}
