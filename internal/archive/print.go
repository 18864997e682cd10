package archive

import (
	"cmp"
	"slices"

	"readout/internal/letters"
	"readout/timeline"
)

// fingerprint is the same for two texts that differ only in white space, punctuation, the
// case of letters and markup. Every line counts that was read out of the document, in the
// order in which it stands, whether it was taken for a heading, a statement, a cell or a
// name: another layout of the same words is no other text. The title, the day, the notes
// and the captions have no place in that order and count beside it, the notes without
// their numbers.
func fingerprint(r *timeline.Release) string {
	b := make([]byte, 0, len(r.Text))
	for _, role := range []timeline.Role{timeline.RoleTitle, timeline.RoleDay, timeline.RoleNote, timeline.RoleCaption} {
		for _, text := range textsOf(r, role) {
			b = append(letters.AppendSkeleton(b, text), '\n')
		}
		b = append(b, '\n')
	}
	for _, s := range inOrder(r) {
		b = letters.AppendSkeleton(b, s)
	}
	for _, l := range r.Lines {
		if inText(l) && l.End == 0 {
			b = letters.AppendSkeleton(append(b, '\n'), l.Text)
		}
	}
	return digest(b)
}

// textsOf are the texts of one role. Days count as days, in order and each once: the same
// one may be printed in several ways and places.
func textsOf(r *timeline.Release, role timeline.Role) []string {
	var out []string
	for _, l := range r.Lines {
		switch {
		case l.Role != role:
		case role == timeline.RoleDay:
			out = append(out, l.Day.String())
		default:
			out = append(out, l.Text)
		}
	}
	if role == timeline.RoleDay {
		slices.Sort(out)
		out = slices.Compact(out)
	}
	return out
}

// inText reports whether a line counts where it stands in the text.
func inText(l timeline.Line) bool {
	switch l.Role {
	case timeline.RoleTitle, timeline.RoleDay, timeline.RoleNote, timeline.RoleCaption:
		return false
	}
	return true
}

// inOrder returns the headings, statements and lines of the text as they stand. A heading
// stands before the first statement below it.
func inOrder(r *timeline.Release) []string {
	type placed struct {
		at   int
		text string
	}
	var all []placed
	next := 0
	for _, s := range r.Statements {
		for ; next <= s.Section && next < len(r.Sections); next++ {
			all = append(all, placed{s.Start, r.Sections[next].Heading})
		}
		all = append(all, placed{s.Start, s.Text})
	}
	for ; next < len(r.Sections); next++ {
		all = append(all, placed{len(r.Text), r.Sections[next].Heading})
	}
	for _, l := range r.Lines {
		if inText(l) && l.End > 0 {
			all = append(all, placed{l.Start, l.Text})
		}
	}
	slices.SortStableFunc(all, func(a, b placed) int { return cmp.Compare(a.at, b.at) })
	out := make([]string, len(all))
	for i, p := range all {
		out[i] = p.text
	}
	return out
}
