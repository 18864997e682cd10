package redline

import (
	"strconv"

	"readout/diff"
)

// mark says how a spot is shown.
type mark string

// The marks.
const (
	markNew       mark = "new"
	markDropped   mark = "dropped"
	markReworded  mark = "reworded"
	markUnchanged mark = "unchanged"
	markAway      mark = "moved away" // where a moved statement stood
	markHere      mark = "moved here" // where it stands now
)

// words says the mark to people. A statement may stand elsewhere without having moved:
// it was reworded, split or merged, and its parts lie apart.
func (r row) words() string {
	out := string(r.mark)
	switch {
	case r.mark == markAway && !r.change.Moved:
		return "goes on elsewhere"
	case r.mark == markAway:
		return out
	case r.mark == markHere && !r.change.Moved:
		out = "from elsewhere"
	}
	if r.mark == markHere && r.change.Kind == diff.Reworded {
		out = "reworded, " + out
	}
	if r.change.Split {
		out += ", split in " + strconv.Itoa(len(r.change.New))
	}
	if r.change.Merged {
		out += ", merged from " + strconv.Itoa(len(r.change.Old))
	}
	return out
}

// row is a spot as one view shows it, or, where spot.change is nil, the unchanged
// statements that the view leaves out or folds away there.
type row struct {
	spot
	mark   mark
	edits  []diff.Edit
	folded []row
}

// uncertain reports whether the row claims that one statement continues another and a
// person should look.
func (r row) uncertain() bool { return r.change != nil && r.change.Link.Uncertain }

// rows returns what the options show of a report, what changed beside the statements
// first. Where fold is true, unchanged
// statements out of the context are gathered in rows of their own, and so they
// are, whatever fold says, where only changes are asked for.
func rows(r *diff.Report, o Options, context int, fold bool) []row {
	var all []row
	for i := range r.Asides {
		c := &r.Asides[i]
		if shown, ok := o.row(spot{change: c, index: len(r.Changes) + i, old: c.Old, new: c.New}); ok {
			all = append(all, shown)
		}
	}
	for _, s := range layout(r) {
		if shown, ok := o.row(s); ok {
			all = append(all, shown)
		}
	}
	if !fold && !o.ChangesOnly {
		return all
	}
	changed := make([]bool, len(all))
	for i := range all {
		changed[i] = all[i].mark != markUnchanged
	}
	near := within(changed, o.context(context))
	var out []row
	for i, shown := range all {
		switch {
		case near[i]:
			out = append(out, shown)
		case len(out) > 0 && out[len(out)-1].change == nil:
			out[len(out)-1].folded = append(out[len(out)-1].folded, shown)
		default:
			out = append(out, row{mark: markUnchanged, folded: []row{shown}})
		}
	}
	return out
}

// row returns the spot as it is shown, and false where the side asked for has
// nothing there.
func (o Options) row(s spot) (row, bool) {
	shown := row{spot: s, edits: o.edits(s.change)}
	switch {
	case len(s.new) == 0:
		shown.mark = markDropped
		if s.movedAway() {
			shown.mark = markAway
		}
		shown.edits = []diff.Edit{{Op: diff.Delete, Text: join(s.old)}}
		return shown, o.Side != Additions
	case len(s.old) == 0:
		shown.mark = markNew
		if s.movedHere() {
			shown.mark = markHere
		}
		if !s.movedHere() || len(s.new) < len(s.change.New) {
			shown.edits = []diff.Edit{{Op: diff.Insert, Text: join(s.new)}}
		}
		return shown, o.Side != Deletions
	}
	if !s.complete() { // the words of the change are those of more than stands here
		shown.edits = o.edits(&diff.Change{
			OldText: join(s.old),
			NewText: join(s.new),
			Edits:   []diff.Edit{{Op: diff.Delete, Text: join(s.old)}, {Op: diff.Insert, Text: join(s.new)}},
		})
	}
	shown.mark = markReworded
	if !edited(shown.edits) {
		shown.mark = markUnchanged
	}
	return shown, true
}

// edited reports whether the edits show any difference.
func edited(edits []diff.Edit) bool {
	for _, e := range edits {
		if e.Op != diff.Equal {
			return true
		}
	}
	return false
}

// within reports for each place whether a changed one is at most n away.
func within(changed []bool, n int) []bool {
	near := make([]bool, len(changed))
	for i, c := range changed {
		if !c {
			continue
		}
		for k := max(0, i-n); k <= min(len(changed)-1, i+n); k++ {
			near[k] = true
		}
	}
	return near
}
