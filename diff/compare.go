package diff

import (
	"slices"
	"strings"

	"readout/timeline"
)

// Compare reports what became of every statement of old in new. Releases are not
// changed; nil stands for an empty one.
func Compare(old, new *timeline.Release, o Options) *Report {
	if old == nil {
		old = &timeline.Release{}
	}
	if new == nil {
		new = &timeline.Release{}
	}
	if o.Cause == "" {
		o.Cause = Position
		if old.ID == new.ID {
			o.Cause = Record
		}
	}
	a, b := sideOf(old, o.Topic), sideOf(new, o.Topic)
	r := &Report{Cause: o.Cause, Old: old, New: new}
	if o.Cause == Position {
		r.Changes = comparePositions(a, b, o, old, new)
	} else {
		r.Changes = compare(a, b, o)
	}
	if o.Cause == Record && o.Topic == "" {
		r.besideStatements(o)
	}
	r.Summary = summarize(r.Changes)
	words := summarize(r.Asides)
	r.Summary.Beside = len(r.Asides)
	r.Summary.WordsInserted += words.WordsInserted
	r.Summary.WordsDeleted += words.WordsDeleted
	return r
}

func sideOf(r *timeline.Release, topic string) side {
	s := side{sections: r.Sections}
	for i, st := range r.Statements {
		if topic == "" || st.On(topic) {
			s.statements, s.at = append(s.statements, st), append(s.at, i)
		}
	}
	return s
}

// compare aligns the sides and lists the changes in order.
func compare(old, new side, o Options) []Change {
	b := newBench(o.lexicon(), old, new)
	return b.changes(b.align(o.Cause), old, new, o)
}

// comparePositions is compare for two meetings: what a statement of the old one became is judged
// over all texts of the new one.
func comparePositions(old, new side, o Options, from, to *timeline.Release) []Change {
	b := newBench(o.lexicon(), old, new)
	if len(from.Statements)*len(to.Statements) > maxCells {
		changes := b.changes(b.align(Position), old, new, o)
		for i := range changes {
			if c := &changes[i]; c.Kind == Dropped {
				c.Absence = Absence{Against: to, Silence: TooLong}
			}
		}
		return changes
	}
	p, before, after := o.Past.holding(from, to, o)
	p.mu.Lock()
	defer p.mu.Unlock()
	absence := func(i int) Absence { return p.absence(int32(p.texts[before].from+old.at[i]), after) }
	links := p.lookAgain(b.align(Position), p.half(old, before), p.half(new, after))
	changes := b.changes(links, old, new, o)
	place := make(map[string]int, len(old.statements))
	for i := range old.statements {
		place[old.statements[i].ID] = i
	}
	for i := range changes {
		if c := &changes[i]; c.Kind == Dropped {
			c.Absence = absence(place[c.Old[0].ID])
		}
	}
	return changes
}

// changes lists the changes of links, and of the statements that are in none, in order.
func (b *bench) changes(links []Link, old, new side, o Options) []Change {
	changes := make([]Change, 0, len(links))
	floor := rewriteBelow
	if o.Cause == Position {
		floor = redlineBelow
	}
	for _, l := range links {
		c := Change{Moved: l.Moved, Split: len(l.New) > 1, Merged: len(l.Old) > 1, Link: l.Evidence,
			Old: pick(old.statements, l.Old), New: pick(new.statements, l.New)}
		olds, news := b.tokensOfLink(l, &c)
		c = b.vocabulary.change(c, olds, news, floor)
		if !l.Uncertain {
			c.Shifts = o.shifts(b.vocabulary, &c)
		}
		changes = append(changes, c)
	}
	return arrange(changes, links, old.statements, new.statements)
}

// change completes the change of a link, whose statements are given with the tokens of
// their joined texts. Wordings less alike than floor are shown as before and after.
func (v *vocabulary) change(c Change, olds, news []token, floor float64) Change {
	c.Kind = Reworded
	c.OldText, c.NewText = joinTexts(c.Old), joinTexts(c.New)
	c.Topics = topicsOf(c.New, c.Old)
	same := c.OldText == c.NewText
	if same || normalKey(c.OldText) == normalKey(c.NewText) {
		c.Kind, c.Similarity = Unchanged, 1
	}
	if same {
		c.Edits = []Edit{{Op: Equal, Text: c.OldText}}
		return c
	}
	w := v.compareTokens(c.OldText, c.NewText, olds, news)
	w.apart(floor)
	c.Edits = w.edits()
	if c.Kind == Reworded {
		c.Similarity = round(w.similarity)
		c.Marks = v.marks(&w)
	}
	return c
}

// pick returns the statements at the given places, sharing memory where it is one.
func pick(ss []timeline.Statement, at []int) []timeline.Statement {
	if len(at) == 1 {
		return ss[at[0] : at[0]+1 : at[0]+1]
	}
	out := make([]timeline.Statement, len(at))
	for k, i := range at {
		out[k] = ss[i]
	}
	return out
}

// tokensOfLink returns the tokens of both sides of a link, whose change has the statements.
func (b *bench) tokensOfLink(l Link, c *Change) (olds, news []token) {
	before, after := b.old, b.new
	if b.flipped {
		before, after = after, before
	}
	tokens := func(us []unit, at []int, ss []timeline.Statement) []token {
		if len(at) == 1 {
			return b.tokensOf(&us[at[0]])
		}
		return b.vocabulary.tokenize(joinTexts(ss))
	}
	return tokens(before, l.Old, c.Old), tokens(after, l.New, c.New)
}

// arrange puts the changes of links, which are in the order of the new side, and
// the statements in none into one order: that of the new text, each dropped
// statement before the first thing that followed it.
func arrange(linked []Change, links []Link, old, new []timeline.Statement) []Change {
	oldUsed, newLink := make([]bool, len(old)), make([]int, len(new))
	for k, l := range links {
		for _, i := range l.Old {
			oldUsed[i] = true
		}
		for n, j := range l.New {
			newLink[j] = k + 1
			if n > 0 {
				newLink[j] = -1
			}
		}
	}
	out := make([]Change, 0, len(old)+len(new)-len(linked))
	at := 0 // old statements before it are written
	dropUntil := func(end int) {
		for ; at < end; at++ {
			if !oldUsed[at] {
				s := old[at]
				out = append(out, Change{
					Kind:    Dropped,
					Topics:  s.Topics,
					Old:     pick(old, []int{at}),
					OldText: s.Text,
					Edits:   whole(Delete, s.Text),
				})
			}
		}
	}
	next := 0 // the link that is looked for
	dropBeforeNext := func() {
		for next < len(links) && links[next].Moved {
			next++
		}
		if next < len(links) {
			dropUntil(links[next].Old[0])
			return
		}
		dropUntil(len(old))
	}
	dropBeforeNext()
	for j, s := range new {
		switch k := newLink[j] - 1; {
		case k >= 0:
			out = append(out, linked[k])
			if !links[k].Moved {
				next = k + 1
				at = max(at, links[k].Old[0])
				dropBeforeNext()
			}
		case k == -1:
			out = append(out, Change{Kind: New, Topics: s.Topics, New: pick(new, []int{j}), NewText: s.Text, Edits: whole(Insert, s.Text)})
		}
	}
	return out
}

func whole(op Op, text string) []Edit {
	if text == "" {
		return nil
	}
	return []Edit{{Op: op, Text: text}}
}

func joinTexts(ss []timeline.Statement) string {
	if len(ss) == 1 {
		return ss[0].Text
	}
	texts := make([]string, len(ss))
	for i, s := range ss {
		texts[i] = s.Text
	}
	return strings.Join(texts, " ")
}

// topicsOf lists the topics of the statements, each once, in order.
func topicsOf(groups ...[]timeline.Statement) []string {
	var out []string
	for _, ss := range groups {
		for _, s := range ss {
			for _, t := range s.Topics {
				if !slices.Contains(out, t) {
					out = append(out, t)
				}
			}
		}
	}
	return out
}
