package web

import (
	"strings"

	"readout/diff"
	"readout/internal/show"
	"readout/timeline"
)

// mode says how a change of words is laid out.
type mode string

// The modes. The first is the usual one.
const (
	inline mode = "inline" // what went struck through, what came underlined
	side   mode = "side"   // the old text beside the new one
	final  mode = "final"  // the new text alone
)

func modes() []mode { return []mode{inline, side, final} }

// Words says the mode to people.
func (m mode) Words() string {
	return map[mode]string{inline: "Redline", side: "Side by side", final: "Final text"}[m]
}

// readMode reads a mode out of an address.
func readMode(s string) (mode, error) {
	for _, m := range modes() {
		if s == string(m) {
			return m, nil
		}
	}
	if s == "" {
		return inline, nil
	}
	return "", &badRequest{"view: it is inline, side or final"}
}

// change is a statement with what became of its words, ready to be laid out.
type change struct {
	Mode     mode
	Kind     diff.Kind
	Shifts   []shift
	Flags    []string // "moved", "split in 2" and the like
	Heading  string   // the section that begins here
	Path     string
	ID       string // of the statement, "" for several or a dropped one
	Correct  string // address of the form that puts it elsewhere, "" where there is none
	Act      string // "agreed", or "agreed → confirmed" in short words
	OldAct   string // where it was another one
	Speakers []timeline.Party
	Old, New string
	Edits    []diff.Edit
	Language string
}

// Apart reports whether one whole text took the place of another.
func (c change) Apart() bool { return diff.Apart(c.Edits) }

// Sign stands before the change.
func (c change) Sign() string {
	return map[diff.Kind]string{diff.New: "+", diff.Dropped: "−", diff.Reworded: "≠", diff.Unchanged: "="}[c.Kind]
}

// Before and After are the edits as the old and the new column show them.
func (c change) Before() []diff.Edit { return without(c.Edits, diff.Insert) }

// After is what the new column shows.
func (c change) After() []diff.Edit { return without(c.Edits, diff.Delete) }

func without(edits []diff.Edit, op diff.Op) []diff.Edit {
	var out []diff.Edit
	for _, e := range edits {
		if e.Op != op {
			out = append(out, e)
		}
	}
	return out
}

// number is the place of a statement in its release, out of its id "RELEASE#7".
func number(id string) string {
	_, n, _ := strings.Cut(id, "#")
	return n
}

// statementHref is the address of a statement on the page of its release.
func statementHref(id string) string {
	release, n, _ := strings.Cut(id, "#")
	return releaseHref(release) + "#s" + n
}

// stepChange is one statement of a step along a topic.
func stepChange(c diff.StatementChange, m mode, language string) change {
	out := change{Mode: m, Kind: c.Told(), ID: c.Statement.ID, Path: strings.Join(c.Statement.Path, " "), New: c.Statement.Text,
		Speakers: c.Statement.Speakers, Act: actWords(c.Statement.Act), Edits: diff.Legible(c.Edits), Language: language}
	var old []string
	for _, p := range c.Previous {
		old = append(old, p.Text)
		if p.Act != c.Statement.Act {
			out.OldAct = actWords(p.Act)
		}
	}
	out.Old = strings.Join(old, " ")
	if c.Told() == diff.New {
		out.Edits = []diff.Edit{{Op: diff.Insert, Text: c.Statement.Text}}
	}
	out.Flags = seeAlso(c)
	out.Shifts = shiftList(c.Shifts)
	if c.Returned != nil {
		out.Flags = append(out.Flags, "returned from "+longDay(c.Returned.Release.Day()))
	}
	return out
}

// seeAlso names the day of the earlier statement that an uncertain pairing points at.
func seeAlso(c diff.StatementChange) []string {
	if !c.Link.Uncertain {
		return nil
	}
	return []string{"see also " + longDay(c.From.Day())}
}

// droppedChange is a statement that was not made again.
func droppedChange(s timeline.Statement, m mode, language string) change {
	return change{Mode: m, Kind: diff.Dropped, ID: s.ID, Path: strings.Join(s.Path, " "), Old: s.Text, Speakers: s.Speakers, Act: actWords(s.Act),
		Edits: []diff.Edit{{Op: diff.Delete, Text: s.Text}}, Language: language}
}

// reportChange is one change of a comparison.
func reportChange(c diff.Change, m mode, language string) change {
	out := change{Mode: m, Kind: c.Kind, Old: c.OldText, New: c.NewText, Edits: diff.Legible(c.Edits), Language: language,
		Flags: append(flags(c.Moved, c.Split, c.Merged, len(c.New), len(c.Old)), doubt(c.Link)...)}
	if why := c.Absence.Words(); why != "" {
		out.Flags = append(out.Flags, why)
	}
	out.Shifts = shiftList(c.Shifts)
	main := c.New
	if len(main) == 0 {
		main = c.Old
	}
	if len(main) > 0 {
		out.ID, out.Path, out.Speakers, out.Act = main[0].ID, strings.Join(main[0].Path, " "), main[0].Speakers, actWords(main[0].Act)
	}
	if len(c.Old) > 0 && len(c.New) > 0 && c.Old[0].Act != c.New[0].Act {
		out.OldAct = actWords(c.Old[0].Act)
	}
	return out
}

// shift is an indication that a position is held otherwise than before.
type shift struct {
	Kind  diff.ShiftKind
	Words string
}

func shiftList(all []diff.Shift) []shift {
	var out []shift
	for _, s := range all {
		out = append(out, shift{s.Kind, show.ShiftText(s)})
	}
	return out
}

// doubt is the flag of a pairing that a person should look at.
func doubt(e diff.Evidence) []string {
	if why := e.Doubt(); why != "" {
		return []string{why}
	}
	return nil
}

// flags says what else happened to a statement. The numbers of statements on the
// two sides are used where they are known.
func flags(moved, split, merged bool, news, olds int) []string {
	var out []string
	if moved {
		out = append(out, "moved")
	}
	switch {
	case split && news > 1:
		out = append(out, "split in "+count(news, "statement"))
	case split:
		out = append(out, "split")
	}
	if merged {
		out = append(out, "merged from "+count(olds, "statement"))
	}
	return out
}
