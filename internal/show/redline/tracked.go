package redline

import (
	"slices"

	"readout/diff"
	"readout/timeline"
)

// paragraph is a paragraph of a document with tracked changes. Its mark, the end
// of the paragraph, is tracked like the words are: a mark that is rejected or
// deleted joins the paragraph with the next one.
type paragraph struct {
	runs  []diff.Edit
	mark  diff.Op
	level int // of a heading, counted from 1; 0 for a statement
	move  int // number of the move whose end this is, counted from 1; 0 for none
	// restyled says that the paragraph has another level, oldLevel, in the old text.
	restyled bool
	oldLevel int
}

// paragraphs returns a report as paragraphs: one for each heading and each
// statement. With all changes accepted they are the new text, with all rejected
// the old one, and neither leaves an empty paragraph behind.
func paragraphs(r *diff.Report, o Options) []paragraph {
	side := o.Side
	o.Side = Both
	t := tracker{report: r, oldSection: -1, newSection: -1}
	for _, shown := range rows(r, o, 0, false) {
		if shown.change != nil {
			t.add(shown)
		}
	}
	t.out = slices.DeleteFunc(t.out, func(p paragraph) bool {
		return side == Additions && p.mark == diff.Delete || side == Deletions && p.mark == diff.Insert
	})
	for i := range t.out {
		t.out[i].runs = slices.DeleteFunc(t.out[i].runs, func(e diff.Edit) bool {
			return side == Additions && e.Op == diff.Delete || side == Deletions && e.Op == diff.Insert
		})
	}
	return settle(slide(t.out))
}

// tracker turns the rows of a report into paragraphs, from the first to the last.
type tracker struct {
	report                 *diff.Report
	oldSection, newSection int // those whose headings have been written
	out                    []paragraph
}

// add writes what is uncertain whole, before and after: edits inside a paragraph would
// say that it is the same point. So it does what stands here in part only.
func (t *tracker) add(r row) {
	if !r.inPlace() || !r.complete() || r.uncertain() || !oneSection(r.old) || !oneSection(r.new) {
		t.whole(diff.Delete, r.old, moveNumber(r))
		t.whole(diff.Insert, r.new, moveNumber(r))
		return
	}
	old, new := t.enterOld(r.old[0]), t.enterNew(r.new[0])
	if slices.Equal(old, new) {
		t.head(diff.Equal, new)
	} else {
		t.head(diff.Delete, old)
		t.head(diff.Insert, new)
	}
	t.out = append(t.out, inPlaceParagraphs(r)...)
}

// oneSection reports whether no heading stands between the statements.
func oneSection(ss []timeline.Statement) bool {
	return !slices.ContainsFunc(ss, func(s timeline.Statement) bool { return s.Section != ss[0].Section })
}

// moveNumber returns the number of the move that the row is an end of. A statement
// that was moved and reworded has none: word processors know moves of equal words
// only, so it is deleted in one place and inserted in the other.
func moveNumber(r row) int {
	if r.mark != markAway && r.mark != markHere || r.change.OldText != r.change.NewText || len(r.change.Old) != 1 ||
		len(r.change.New) != 1 {
		return 0
	}
	return r.index + 1
}

// whole adds a paragraph for each statement, under its headings.
func (t *tracker) whole(op diff.Op, ss []timeline.Statement, move int) {
	for _, s := range ss {
		if op == diff.Delete {
			t.head(op, t.enterOld(s))
		} else {
			t.head(op, t.enterNew(s))
		}
		t.out = append(t.out, paragraph{runs: []diff.Edit{{Op: op, Text: s.Text}}, mark: op, move: move})
	}
}

// sectionTitle is a heading and its level.
type sectionTitle struct {
	text  string
	level int
}

func (t *tracker) head(op diff.Op, titles []sectionTitle) {
	for _, h := range titles {
		t.out = append(t.out, paragraph{runs: []diff.Edit{{Op: op, Text: h.text}}, mark: op, level: h.level})
	}
}

// enterOld returns the headings of the old text that have to be written before the
// statement.
func (t *tracker) enterOld(s timeline.Statement) (titles []sectionTitle) {
	titles, t.oldSection = entered(t.report.Old, t.oldSection, s.Section)
	return titles
}

// enterNew does so for the new text.
func (t *tracker) enterNew(s timeline.Statement) (titles []sectionTitle) {
	titles, t.newSection = entered(t.report.New, t.newSection, s.Section)
	return titles
}

// entered returns the headings under which one comes from section last to section
// next, and the section one is in then: next itself and the sections around it
// that have not begun before.
func entered(r *timeline.Release, last, next int) ([]sectionTitle, int) {
	if r == nil || next <= last || next >= len(r.Sections) {
		return nil, last
	}
	var titles []sectionTitle
	depth := r.Sections[next].Depth + 1
	for i := next; i > last; i-- {
		if s := r.Sections[i]; s.Depth < depth {
			depth = s.Depth
			if text := heading(r, i); text != "" {
				titles = append(titles, sectionTitle{text, max(s.Depth, 1)})
			}
		}
	}
	slices.Reverse(titles)
	return titles, next
}

// inPlaceParagraphs returns the paragraphs of a change whose both sides stand at
// one spot: one for each statement of either side, the mark between two statements
// of one side tracked as what it is for the other.
func inPlaceParagraphs(r row) []paragraph {
	oldEnds, newEnds := ends(r.old), ends(r.new)
	out := []paragraph{{mark: diff.Equal}}
	run := func(op diff.Op, text string) {
		if text != "" {
			p := &out[len(out)-1]
			p.runs = append(p.runs, diff.Edit{Op: op, Text: text})
		}
	}
	end := func(op diff.Op) {
		out[len(out)-1].mark = op
		out = append(out, paragraph{mark: diff.Equal})
	}
	old, new := 0, 0 // bytes of each side that are written
	for _, e := range r.edits {
		begin := 0
		for i := range len(e.Text) {
			endsOld := e.Op != diff.Insert && oldEnds[old]
			endsNew := e.Op != diff.Delete && newEnds[new]
			if endsOld || endsNew {
				run(e.Op, e.Text[begin:i])
				begin = i + 1
				switch {
				case endsOld && (endsNew || e.Op == diff.Delete), endsNew && e.Op == diff.Insert:
					end(e.Op)
				case endsOld:
					end(diff.Delete)
					run(diff.Insert, " ")
				default:
					run(diff.Delete, " ")
					end(diff.Insert)
				}
			}
			if e.Op != diff.Insert {
				old++
			}
			if e.Op != diff.Delete {
				new++
			}
		}
		run(e.Op, e.Text[begin:])
	}
	return out
}

// ends returns the places of the spaces that join the texts of the statements.
func ends(ss []timeline.Statement) map[int]bool {
	at := map[int]bool{}
	n := 0
	for i, s := range ss {
		if n += len(s.Text); i < len(ss)-1 {
			at[n] = true
		}
		n++
	}
	return at
}

// slide makes one stretch of an insertion (or deletion) that ends a paragraph and
// goes on in whole paragraphs after it: the mark between them is tracked and the
// last one stays instead. It says the same, but LibreOffice joins such neighbours
// anyway and then takes the mark that was to stay. Where the stretch ends in a
// heading, its mark has another style for the other side.
func slide(ps []paragraph) []paragraph {
	for i := range ps {
		n := len(ps[i].runs)
		if ps[i].mark != diff.Equal || n == 0 || ps[i].runs[n-1].Op == diff.Equal {
			continue
		}
		op := ps[i].runs[n-1].Op
		end := i
		for end+1 < len(ps) && ps[end+1].mark == op && ps[end+1].move == 0 {
			end++
		}
		if end == i {
			continue
		}
		ps[i].mark, ps[end].mark = op, diff.Equal
		if here := ps[i].level; here != ps[end].level {
			ps[end].restyled, ps[end].oldLevel = true, here
			if op == diff.Delete {
				ps[end].oldLevel, ps[end].level = ps[end].level, here
			}
		}
	}
	return ps
}

// settle gives the last paragraph a mark that stays, since a document cannot lose
// its last one, and makes up for it: the last mark stands for the last one of the
// old text and for the last one of the new text.
func settle(ps []paragraph) []paragraph {
	n := len(ps)
	if n == 0 || ps[n-1].mark == diff.Equal {
		return ps
	}
	last := ps[n-1].mark
	other := diff.Delete
	if last == diff.Delete {
		other = diff.Insert
	}
	ps[n-1].mark = diff.Equal
	for i := n - 2; i >= 0; i-- {
		switch ps[i].mark {
		case diff.Equal: // of the other side only this mark was left: the last one replaces it
			ps[i].mark = last
			return ps
		case other: // the two sides end in one paragraph
			ps[i].runs = append(ps[i].runs, ps[i+1].runs...)
			ps[i].mark = ps[i+1].mark
			ps[i].move = 0
			return slices.Delete(ps, i+1, i+2)
		}
	}
	return ps
}
