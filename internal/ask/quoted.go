package ask

// Quoted returns the ids of the statements that an answer of search, show, timeline, diff,
// phrase, formulas, brief or spread rests on, each once, in the order of the answer: what
// was said, what is gone, and what came closest to it where it was looked for. It is nil
// where the answer rests on none.
func Quoted(x Answer) []string {
	var q quoted
	switch x := x.(type) {
	case *Search:
		for _, h := range x.Hits {
			q.add(h.Statement.ID)
		}
	case *Release:
		for _, s := range x.Statements {
			q.add(s.ID)
		}
	case *Timeline:
		q.entries(x.Entries)
		q.entries(x.Undated)
	case *Diff:
		q.changes(x.Changes)
	case *Phrase:
		q.uses(x.Uses)
		q.uses(x.Undated)
	case *Formulas:
		for _, f := range x.Formulas {
			q.formula(f)
		}
	case *Brief:
		q.topics(x.Topics)
		q.topics(x.Silent)
	case *Spread:
		for _, p := range x.Parties {
			q.add(p.First.Statement)
			q.add(p.Last.Statement)
		}
	}
	return q.ids
}

// quoted collects ids. The zero value is ready.
type quoted struct {
	ids  []string
	seen map[string]bool
}

// add notes an id, but for "" and one that is there.
func (q *quoted) add(id string) {
	if id == "" || q.seen[id] {
		return
	}
	if q.seen == nil {
		q.seen = map[string]bool{}
	}
	q.seen[id] = true
	q.ids = append(q.ids, id)
}

func (q *quoted) nearest(n *Nearest) {
	if n != nil {
		q.add(n.ID)
	}
}

func (q *quoted) entries(entries []TimelineEntry) {
	for _, e := range entries {
		for _, s := range e.Statements {
			q.add(s.ID)
			for _, id := range s.Previous {
				q.add(id)
			}
			if s.Returned != nil {
				q.add(s.Returned.ID)
				q.nearest(s.Returned.Nearest)
			}
		}
		q.dropped(e.Dropped)
		q.dropped(e.Missing)
	}
}

func (q *quoted) dropped(gone []TimelineDropped) {
	for _, d := range gone {
		q.add(d.ID)
		q.nearest(d.Nearest)
	}
}

func (q *quoted) changes(changes []DiffChange) {
	for _, c := range changes {
		for _, s := range c.Old {
			q.add(s.ID)
		}
		for _, s := range c.New {
			q.add(s.ID)
		}
		q.nearest(c.Nearest)
	}
}

func (q *quoted) uses(uses []PhraseUse) {
	for _, u := range uses {
		for _, id := range u.Statements {
			q.add(id)
		}
	}
}

func (q *quoted) formula(f Formula) {
	for _, u := range f.Uses {
		q.add(u.Statement)
	}
	for _, m := range f.Missing {
		q.nearest(m.Nearest)
	}
}

func (q *quoted) topics(topics []BriefTopic) {
	for _, t := range topics {
		for _, l := range t.Lines {
			q.add(l.ID)
		}
		q.dropped(t.Dropped)
	}
}
