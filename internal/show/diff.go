package show

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"readout/diff"
	"readout/timeline"
)

// Diff is the answer of "diff".
type Diff struct {
	Schema  string       `json:"schema"` // "readout.diff/1"
	Change  diff.Cause   `json:"change"`
	Old     DiffSide     `json:"old"`
	New     DiffSide     `json:"new"`
	Changes []DiffChange `json:"changes"`
	Asides  []DiffAside  `json:"asides"` // of a record change: what was altered beside the statements
	Summary diff.Summary `json:"summary"`
	// TakenBack reports, in the news, that the newer of two versions had been seen
	// before the older one.
	TakenBack bool `json:"taken_back"`
}

// DiffAside is a line beside the statements that was altered: the title, a cell of a
// table, who signed.
type DiffAside struct {
	Kind    diff.Kind     `json:"kind"`
	Role    timeline.Role `json:"role"`
	Place   string        `json:"place"` // in words: "table 2, row Krill, column 2033"
	OldText string        `json:"old_text"`
	NewText string        `json:"new_text"`
	Edits   []diff.Edit   `json:"edits"`
}

// DiffSide is one of the two texts of a [Diff].
type DiffSide struct {
	Release    string        `json:"release"` // id, or the name of a file
	Version    int           `json:"version"` // 0 for a file
	Held       timeline.Date `json:"held"`
	Published  timeline.Date `json:"published"`
	CapturedAt string        `json:"captured_at"`
	Title      string        `json:"title"`
}

// DiffChange is one change of a [Diff].
type DiffChange struct {
	Kind       diff.Kind       `json:"kind"`
	Moved      bool            `json:"moved"`
	Split      bool            `json:"split"`
	Merged     bool            `json:"merged"`
	Topics     []string        `json:"topics"`
	Similarity float64         `json:"similarity"`
	Score      float64         `json:"score"`     // how strong the case for the pairing is, 0 where nothing was paired
	Silence    diff.Silence    `json:"silence"`   // why a dropped statement may be no finding, "" where it is one
	Uncertain  bool            `json:"uncertain"` // a person should look at the pairing
	Reasons    []diff.Reason   `json:"reasons"`   // what speaks for the pairing
	Shared     []string        `json:"shared"`    // the words both have that speak most for it
	Marks      []diff.Mark     `json:"marks"`     // numbers, dates, names, modal verbs and negations that changed
	Old        []DiffStatement `json:"old"`
	New        []DiffStatement `json:"new"`
	OldText    string          `json:"old_text"`
	NewText    string          `json:"new_text"`
	Edits      []diff.Edit     `json:"edits"`
	Shifts     []diff.Shift    `json:"shifts"`
}

// DiffStatement is a statement on one side of a change.
type DiffStatement struct {
	ID       string           `json:"id"`
	Path     []string         `json:"path"`
	Text     string           `json:"text"`
	Speakers []timeline.Party `json:"speakers"`
	Act      timeline.Act     `json:"act"`
}

// NewDiff returns the report as an answer.
func NewDiff(r *diff.Report) *Diff {
	d := &Diff{Schema: "readout.diff/1", Change: r.Cause, Old: side(r.Old), New: side(r.New), Changes: make([]DiffChange, 0, len(r.Changes)), Summary: r.Summary}
	for _, c := range r.Changes {
		d.Changes = append(d.Changes, DiffChange{Kind: c.Kind, Moved: c.Moved, Split: c.Split, Merged: c.Merged, Topics: some(c.Topics),
			Similarity: c.Similarity, Score: c.Link.Score, Silence: c.Silence, Uncertain: c.Link.Uncertain, Reasons: some(c.Link.Reasons), Shared: some(c.Link.Shared), Marks: some(c.Marks), Old: diffStatements(c.Old), New: diffStatements(c.New), OldText: c.OldText, NewText: c.NewText, Edits: some(c.Edits), Shifts: some(c.Shifts)})
	}
	d.Asides = []DiffAside{}
	for _, c := range r.Asides {
		d.Asides = append(d.Asides, DiffAside{Kind: c.Kind, Role: c.Role, Place: c.Place, OldText: c.OldText, NewText: c.NewText, Edits: some(c.Edits)})
	}
	return d
}

// Differs reports whether anything but places changed.
func (d *Diff) Differs() bool {
	return d.Summary.New+d.Summary.Dropped+d.Summary.Reworded+len(d.Asides) > 0
}

func side(r *timeline.Release) DiffSide {
	return DiffSide{Release: r.ID, Version: r.Version, Held: r.Held, Published: r.Published, CapturedAt: instant(r.CapturedAt), Title: r.Title}
}

func diffStatements(ss []timeline.Statement) []DiffStatement {
	out := make([]DiffStatement, len(ss))
	for i, s := range ss {
		out[i] = DiffStatement{ID: s.ID, Path: some(s.Path), Text: s.Text, Speakers: some(s.Speakers), Act: s.Act}
	}
	return out
}

// Lines returns the changes.
func (d *Diff) Lines() []any { return lines(d.Changes) }

// Text writes the summary, the two texts' names and the changes, unchanged
// statements folded.
func (d *Diff) Text(w io.Writer, s Style) error { return d.Show(w, s, DiffView{}) }

// DiffView says how much of a diff people want to see. The zero value folds
// unchanged statements to their number.
type DiffView struct {
	Context     int     // unchanged statements shown around a change
	ChangesOnly bool    // not even the number of unchanged statements
	Explain     bool    // ids, similarity and reasons of every change
	Hidden      diff.Op // what is not shown: Delete for additions only, Insert for deletions only, "" for neither
	Sentences   bool    // a rewording is shown as the whole sentence before and after
}

// shows reports whether anything of a change is left to be seen.
func (v DiffView) shows(kind diff.Kind, edits []diff.Edit) bool {
	if v.Hidden == "" || kind == diff.Unchanged {
		return true
	}
	return slices.ContainsFunc(edits, func(e diff.Edit) bool { return e.Op != diff.Equal && e.Op != v.Hidden })
}

// edits returns what is shown of the words of a change.
func (v DiffView) edits(kind diff.Kind, edits []diff.Edit, oldText, newText string) []diff.Edit {
	if v.Sentences && kind == diff.Reworded {
		edits = []diff.Edit{{Op: diff.Delete, Text: oldText}, {Op: diff.Insert, Text: newText}}
	}
	if v.Hidden == "" || kind != diff.Reworded {
		return edits
	}
	return slices.DeleteFunc(slices.Clone(edits), func(e diff.Edit) bool { return e.Op == v.Hidden })
}

// Show is [Diff.Text] with a choice of what is shown.
func (d *Diff) Show(w io.Writer, s Style, v DiffView) error {
	var b strings.Builder
	b.WriteString(d.summary().block(s, "", "", s.prose()))
	d.writeSide(&b, s, "old", d.Old)
	d.writeSide(&b, s, "new", d.New)
	folded := 0
	flush := func() {
		if folded > 0 && !v.ChangesOnly {
			b.WriteString("\n" + s.paint(dim, fmt.Sprintf("= %d unchanged", folded)) + "\n")
		}
		folded = 0
	}
	near := d.near(v.Context)
	for i, c := range d.Changes {
		if c.Kind == diff.Unchanged && !c.Moved && !near[i] {
			folded++
			continue
		}
		if !v.shows(c.Kind, c.Edits) {
			continue
		}
		flush()
		b.WriteByte('\n')
		c.write(&b, s, v)
	}
	flush()
	for _, c := range d.Asides {
		if !v.shows(c.Kind, c.Edits) {
			continue
		}
		m := markOf(c.Kind)
		p := &paragraph{}
		p.add(bold, c.Place)
		p.raw(plain, ", ")
		p.raw(m.ink, string(c.Kind))
		p.raw(plain, ": ")
		p.join(edited(c.Kind, v.edits(c.Kind, c.Edits, c.OldText, c.NewText), c.OldText, c.NewText, s))
		b.WriteString("\n" + p.block(s, s.paint(m.ink, m.sign)+" ", "  ", s.prose()))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// near reports for every change whether it stands within context of one that is
// not unchanged.
func (d *Diff) near(context int) []bool {
	out := make([]bool, len(d.Changes))
	for i, c := range d.Changes {
		if c.Kind == diff.Unchanged && !c.Moved {
			continue
		}
		for j := max(0, i-context); j <= min(len(out)-1, i+context); j++ {
			out[j] = true
		}
	}
	return out
}

// causes say in words what kind of change a diff reports.
var causeText = map[diff.Cause]string{
	diff.Position: "position change (a later text says something else)",
	diff.Record:   "record change (a published text was altered)",
}

func (d *Diff) summary() *paragraph {
	cause := causeText[d.Change]
	if d.TakenBack {
		cause = "record change (a published text was taken back to an earlier one)"
	}
	p := text(bold, cause)
	p.raw(plain, ": "+d.Summary.Words())
	return p
}

func (d *Diff) writeSide(b *strings.Builder, s Style, name string, x DiffSide) {
	day := x.Held
	if day.IsZero() {
		day = x.Published
	}
	when := day.String()
	if d.Change == diff.Record && x.CapturedAt != "" {
		when = "seen " + x.CapturedAt
	}
	id := x.Release
	if d.Change == diff.Record && x.Version > 0 {
		id = fmt.Sprintf("%s@v%d", id, x.Version)
	}
	p := &paragraph{}
	if when != "" {
		p.add(cyan, when)
		p.raw(plain, "  ")
	}
	p.add(bold, x.Title)
	lead := s.paint(dim, name) + "  "
	b.WriteString(p.block(s, lead, "     ", s.prose()))
	if id != x.Title {
		if when == "" && x.Title == "" {
			b.WriteString(lead + Clean(id) + "\n")
			return
		}
		b.WriteString("     " + s.paint(dim, Clean(id)) + "\n")
	}
}
