package diff

import (
	"slices"
	"strconv"

	"readout/timeline"
)

// besideStatements adds to a record change what was altered beside the statements:
// headings, and lines such as who was there. A line that is a heading in one version
// and a statement in the other has only changed its looks: it is unchanged.
func (r *Report) besideStatements(o Options) {
	old, new := headings(r.Old), headings(r.New)
	common(&old, &new)
	for i := range r.Changes {
		switch c := &r.Changes[i]; c.Kind {
		case Dropped:
			if h, ok := take(&new, c.OldText); ok {
				r.Changes[i] = relaid(c.Old, []timeline.Statement{h}, o)
			}
		case New:
			if h, ok := take(&old, c.NewText); ok {
				r.Changes[i] = relaid([]timeline.Statement{h}, c.New, o)
			}
		}
	}
	for _, pair := range [][2][]timeline.Statement{{old, new}, {lines(r.Old), lines(r.New)}} {
		if len(pair[0])+len(pair[1]) == 0 {
			continue // as a rule; the tables of a comparison cost as much as a small text
		}
		for _, c := range compare(side{statements: pair[0]}, side{statements: pair[1]}, o) {
			if c.Kind != Unchanged {
				r.Asides = append(r.Asides, c)
			}
		}
	}
}

// headings returns the headings of a release as if they were statements, with ids
// like "ID§2".
func headings(r *timeline.Release) []timeline.Statement {
	var out []timeline.Statement
	for i, s := range r.Sections {
		if s.Heading != "" {
			out = append(out, timeline.Statement{ID: r.ID + "§" + strconv.Itoa(i+1), Section: -1, Text: s.Heading})
		}
	}
	return out
}

// lines returns the asides of a release as if they were statements.
func lines(r *timeline.Release) []timeline.Statement {
	var out []timeline.Statement
	for _, text := range r.Asides {
		out = append(out, timeline.Statement{Text: text, Section: -1})
	}
	return out
}

// common takes out what both sides have.
func common(old, new *[]timeline.Statement) {
	*old = slices.DeleteFunc(*old, func(h timeline.Statement) bool {
		_, ok := take(new, h.Text)
		return ok
	})
}

// take takes the first statement with the text out of the list.
func take(from *[]timeline.Statement, text string) (timeline.Statement, bool) {
	key := normalKey(text)
	i := slices.IndexFunc(*from, func(s timeline.Statement) bool { return normalKey(s.Text) == key })
	if i < 0 {
		return timeline.Statement{}, false
	}
	s := (*from)[i]
	*from = slices.Delete(*from, i, i+1)
	return s, true
}

// relaid is the change of a line that only changed its looks.
func relaid(old, new []timeline.Statement, o Options) Change {
	c := Change{Kind: Unchanged, Similarity: 1, Old: old, New: new, OldText: old[0].Text, NewText: new[0].Text, Topics: topicsOf(new, old)}
	if c.OldText == c.NewText {
		c.Edits = []Edit{{Equal, c.OldText}}
		return c
	}
	v := newVocabulary(o.lexicon())
	w := v.compare(c.OldText, c.NewText)
	c.Edits = w.edits()
	return c
}
