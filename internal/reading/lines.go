package reading

import (
	"cmp"
	"slices"
	"strings"

	"readout/internal/document"
	"readout/timeline"
)

// Lines are what a document prints beside its statements, each in its role. They say
// nothing that a topic could follow, but where one of them changes the record was altered.

// longestSignature is how many words a line of a signature may have, and mostSignatures
// how many lines may stand together.
const (
	longestSignature = 14
	mostSignatures   = 24
)

// lines gathers the lines of a release: those that textUnits found, and what the
// document keeps apart. The title and the day are those that the document prints,
// whatever a user says they are.
func (r *Rules) lines(doc *document.Document, title string, published timeline.Date, l layout) []timeline.Line {
	var out []timeline.Line
	if title != "" {
		out = append(out, timeline.Line{Role: timeline.RoleTitle, Text: title})
	}
	if !published.IsZero() && !slices.ContainsFunc(l.lines, func(x timeline.Line) bool { return x.Day == published }) {
		out = append(out, timeline.Line{Role: timeline.RoleDay, Text: published.String(), Day: published})
	}
	inText := slices.Concat(l.lines, cells(doc, l.statements), noteLines(doc))
	slices.SortStableFunc(inText, func(a, b timeline.Line) int { return cmp.Compare(a.Start, b.Start) })
	out = append(out, inText...)
	for _, s := range doc.Captions {
		out = append(out, timeline.Line{Role: timeline.RoleCaption, Text: r.unlabelled(s)})
	}
	for _, s := range doc.Attachments {
		out = append(out, timeline.Line{Role: timeline.RoleAnnex, Label: "attachment", Text: s})
	}
	return out
}

// cells are the cells of the tables of data, but for those in which statements stand.
func cells(doc *document.Document, said []timeline.Statement) []timeline.Line {
	var out []timeline.Line
	at := 0
	for _, b := range doc.Blocks {
		for _, c := range b.Cells {
			for at < len(said) && said[at].End <= c.Start {
				at++
			}
			if at < len(said) && said[at].Start < c.End {
				continue
			}
			out = append(out, timeline.Line{Role: timeline.RoleTable, Text: folded(doc.Text[c.Start:c.End]), Start: c.Start, End: c.End,
				Cell: &timeline.Cell{Table: b.Table, Row: c.Row, Column: c.Column, RowName: c.RowName, ColumnName: c.ColumnName}})
		}
	}
	return out
}

// noteLines are the notes without their marks; one of several paragraphs is one line.
func noteLines(doc *document.Document) []timeline.Line {
	var out []timeline.Line
	for _, b := range doc.Blocks {
		if !b.Note {
			continue
		}
		text := folded(doc.TextOf(b))
		if rest, ok := strings.CutPrefix(strings.TrimLeft(text, "[("), b.Mark); ok && b.Mark != "" {
			text = strings.TrimLeft(rest, "]).: ")
		}
		if k := len(out) - 1; k >= 0 && b.Mark != "" && out[k].Label == b.Mark {
			out[k].Text += " " + text
			out[k].End = b.End
			continue
		}
		out = append(out, timeline.Line{Role: timeline.RoleNote, Label: b.Mark, Text: text, Start: b.Start, End: b.End})
	}
	return out
}

// lineOf is a unit as a line of the given role.
func lineOf(u unit, role timeline.Role, label string) timeline.Line {
	return timeline.Line{Role: role, Label: label, Text: u.text, Start: u.body, End: u.end}
}

// unlabelled is a caption without the label that says that it is one, "photo 1: …",
// "(Photo) …", "photo(…)": the role says so already, and how pictures are numbered on a
// page changes with every picture put in.
func (r *Rules) unlabelled(caption string) string {
	m := r.noise["label"].Regexp().FindStringSubmatch(caption)
	if m == nil {
		return caption
	}
	return cmp.Or(m[1], m[2])
}

// beside reads a unit that is no text: what role it has, and whether it has any. Begun
// says that text stands above it.
func (r *Rules) beside(u unit, begun bool) (timeline.Line, bool) {
	day, dated := r.dateLine(u.text)
	switch {
	case dated && day.Year != 0 && !begun && firstWord(r.words["touched"], u.text) == nil:
		l := lineOf(u, timeline.RoleDay, "")
		l.Day = day.Date()
		return l, !l.Day.IsZero()
	case r.isCaption(u.text):
		l := lineOf(u, timeline.RoleCaption, "")
		l.Text = r.unlabelled(l.Text)
		return l, true
	case r.noise["annex"].MatchString(u.text) && wordsIn(u.text) > 1:
		return lineOf(u, timeline.RoleAnnex, ""), true
	case r.isAside(u.text):
		return lineOf(u, timeline.RoleAside, ""), true
	}
	return timeline.Line{}, false
}

// subtitle reports whether a unit between the title and the text goes with the title: it
// is set as a heading and says something.
func (r *Rules) subtitle(u unit) bool {
	return (u.heading > 0 || u.strong) && wordsIn(u.text) >= 3 && !r.noTitle(u.text)
}

// signatures counts the units from i on that sign the text: short lines down to its end
// or to an annex, below the sentence that says where it was done or with "For" a party
// among them.
func (r *Rules) signatures(us []unit, i int) int {
	n := 0
	for ; i+n < len(us) && n < mostSignatures; n++ {
		u := us[i+n]
		if u.row || u.heading > 0 || len(u.markers) > 0 || terminated(u.text) || wordsIn(u.text) > longestSignature ||
			r.noise["annex"].MatchString(u.text) {
			break
		}
	}
	if n == 0 || i+n < len(us) && !r.noise["annex"].MatchString(us[i+n].text) && !r.noise["end"].MatchString(us[i+n].text) {
		return 0
	}
	parties, colons := 0, 0
	for _, u := range us[i : i+n] {
		if r.noise["signs"].MatchString(u.text) && len(r.Gazetteer.Find(u.text)) > 0 {
			parties++
			colons += strings.Count(strings.TrimRight(u.text, ": "), ":")
		}
	}
	if parties < 2 && colons == 0 && !r.done(us, i-1) {
		return 0
	}
	return n
}

// done reports whether unit i says when and where the text was signed.
func (r *Rules) done(us []unit, i int) bool {
	return i >= 0 && r.noise["done"].MatchString(us[i].text) && len(r.calendar.Find(us[i].text)) > 0
}

// closing gives the labels and names that stand after the last sentence their roles: an
// annex by its word; who signs, where one of them holds an office. What else stands
// there is no part of the release.
func (r *Rules) closing(us []unit) []timeline.Line {
	office := slices.ContainsFunc(us, func(u unit) bool {
		return firstWord(r.words["office"], u.text) != nil && wordsIn(u.text) <= longestSignature
	})
	var out []timeline.Line
	for i, u := range us {
		switch {
		case r.noise["annex"].MatchString(u.text):
			out = append(out, lineOf(u, timeline.RoleAnnex, ""))
		case office && i < mostSignatures && u.heading == 0 && wordsIn(u.text) >= 2:
			out = append(out, lineOf(u, timeline.RoleSignatory, ""))
		}
	}
	return out
}

// holdsProse reports whether a row of a table has a sentence in one of its cells.
func holdsProse(doc *document.Document, row document.Block) bool {
	return slices.ContainsFunc(row.Cells, func(c document.Cell) bool {
		text := doc.Text[c.Start:c.End]
		return terminated(text) && (wordsIn(text) >= 6 || unspacedText(text))
	})
}
