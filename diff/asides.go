package diff

import (
	"slices"
	"strconv"

	"readout/timeline"
)

// besideStatements adds to a record change what was altered beside the statements:
// the title, the day, headings, tables, notes, captions, signatories, annexes, and lines
// such as who was there. A line that is a heading in one version and a statement in the
// other has only changed its looks: it is unchanged.
func (r *Report) besideStatements(o Options) {
	old, new := linesOf(r.Old), linesOf(r.New)
	common(&old, &new)
	for i := range r.Changes {
		switch c := &r.Changes[i]; c.Kind {
		case Dropped:
			if l, ok := take(&new, c.OldText); ok {
				r.Changes[i] = relaid(c.Old, []timeline.Statement{statementOf(l)}, o)
			}
		case New:
			if l, ok := take(&old, c.NewText); ok {
				r.Changes[i] = relaid([]timeline.Statement{statementOf(l)}, c.New, o)
			}
		}
	}
	for _, role := range timeline.Roles() {
		a, b := ofRole(old, role), ofRole(new, role)
		switch {
		case len(a)+len(b) == 0: // as a rule; the tables of a comparison cost as much as a small text
		case role == timeline.RoleTable:
			r.Asides = append(r.Asides, compareTables(a, b, o)...)
		default:
			r.Asides = append(r.Asides, compareLines(a, b, role, o)...)
		}
	}
}

// Roles returns the roles of the asides, each once, in the order in which they are told.
func (r *Report) Roles() []timeline.Role {
	var out []timeline.Role
	for _, c := range r.Asides {
		if !slices.Contains(out, c.Role) {
			out = append(out, c.Role)
		}
	}
	return out
}

// linesOf returns the lines of a release with its headings, which have ids like "ID§2".
func linesOf(r *timeline.Release) []line {
	var out []line
	for i, s := range r.Sections {
		if s.Heading == "" {
			continue
		}
		l := timeline.Line{Role: timeline.RoleHeading, Text: s.Heading}
		if s.Role != "" {
			l.Role = s.Role
		}
		out = append(out, line{l, r.ID + "§" + strconv.Itoa(i+1)})
	}
	for _, l := range r.Lines {
		out = append(out, line{Line: l})
	}
	return out
}

// line is a line with the id it has in a comparison, "" for none.
type line struct {
	timeline.Line
	id string
}

// key is the same for two lines of one role that say the same: a day may be printed
// otherwise.
func (l line) key() string {
	if l.Role == timeline.RoleDay && !l.Day.IsZero() {
		return string(l.Role) + " " + l.Day.String()
	}
	return string(l.Role) + " " + normalKey(l.Text)
}

// statementOf puts a line into the form that texts are compared in.
func statementOf(l line) timeline.Statement {
	return timeline.Statement{ID: l.id, Section: -1, Text: l.Text}
}

func ofRole(all []line, role timeline.Role) []line {
	var out []line
	for _, l := range all {
		if l.Role == role {
			out = append(out, l)
		}
	}
	return out
}

// compareLines compares the lines of one role, in order. A title and a day are one each:
// what stands in their place now, however unlike, is what they became.
func compareLines(old, new []line, role timeline.Role, o Options) []Change {
	if (role == timeline.RoleTitle || role == timeline.RoleDay) && len(old) == 1 && len(new) == 1 {
		return []Change{replaced(old[0], new[0], o)}
	}
	statements := func(all []line) (out []timeline.Statement) {
		for _, l := range all {
			out = append(out, statementOf(l))
		}
		return out
	}
	var out []Change
	for _, c := range compare(side{statements: statements(old)}, side{statements: statements(new)}, o) {
		if c.Kind == Unchanged {
			continue
		}
		c.Role, c.Place = role, placeOf(new, c.New)
		if len(c.New) == 0 {
			c.Place = placeOf(old, c.Old)
		}
		out = append(out, c)
	}
	return out
}

// placeOf says where the first of some lines stands, "" for none.
func placeOf(all []line, of []timeline.Statement) string {
	for _, l := range all {
		if len(of) > 0 && l.Text == of[0].Text {
			return l.Place()
		}
	}
	return ""
}

// replaced is the change of one line into the other.
func replaced(old, new line, o Options) Change {
	c := relaid([]timeline.Statement{statementOf(old)}, []timeline.Statement{statementOf(new)}, o)
	v := newVocabulary(o.lexicon())
	w := v.compare(c.OldText, c.NewText)
	c.Kind, c.Similarity, c.Marks = Reworded, round(w.similarity), v.marks(&w)
	c.Role, c.Place = new.Role, new.Place()
	return c
}

// common takes out what both sides have in one role. Cells stay: their place counts.
func common(old, new *[]line) {
	count := map[string]int{}
	for _, l := range *new {
		count[l.key()]++
	}
	both := map[string]int{}
	*old = slices.DeleteFunc(*old, func(l line) bool {
		k := l.key()
		if l.Role == timeline.RoleTable || both[k] == count[k] {
			return false
		}
		both[k]++
		return true
	})
	*new = slices.DeleteFunc(*new, func(l line) bool {
		k := l.key()
		if l.Role == timeline.RoleTable || both[k] == 0 {
			return false
		}
		both[k]--
		return true
	})
}

// take takes the first heading or aside with the text out of the list.
func take(from *[]line, text string) (line, bool) {
	key := normalKey(text)
	i := slices.IndexFunc(*from, func(l line) bool {
		return (l.Role == timeline.RoleHeading || l.Role == timeline.RoleAnnex || l.Role == timeline.RoleSignatory) &&
			normalKey(l.Text) == key
	})
	if i < 0 {
		return line{}, false
	}
	l := (*from)[i]
	*from = slices.Delete(*from, i, i+1)
	return l, true
}

// relaid is the change of a line that only changed its looks.
func relaid(old, new []timeline.Statement, o Options) Change {
	c := Change{Kind: Unchanged, Similarity: 1, Old: old, New: new, OldText: old[0].Text, NewText: new[0].Text, Topics: topicsOf(new, old)}
	if c.OldText == c.NewText {
		c.Edits = []Edit{{Op: Equal, Text: c.OldText}}
		return c
	}
	v := newVocabulary(o.lexicon())
	w := v.compare(c.OldText, c.NewText)
	c.Edits = w.edits()
	return c
}
