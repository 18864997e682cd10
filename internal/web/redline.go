package web

import (
	"strings"

	"readout/diff"
	"readout/internal/ask"
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
	Anchor   string   // its place on the page, "" for none
	Heading  string   // the section that begins here
	Path     string
	ID       string // of the statement, "" for several or a dropped one
	Correct  string // address of the form that puts it elsewhere, "" where there is none
	Act      string // what the speakers do, in words
	OldAct   string // where it was another one
	Speakers []timeline.Party
	Old, New string
	Edits    []diff.Edit
	Language string
	Nearest  *ask.Nearest  // what came closest to a statement that is gone, nil where nothing did
	LastSaid timeline.Date // when a statement that is gone was said
	Unproved bool          // not said again, and nothing is claimed of it
	SeeAlso  string        // an earlier statement that may be the same point, "" for none

	act timeline.Act
}

// Gone reports whether the statement was not made again.
func (c change) Gone() bool { return c.Kind == diff.Dropped }

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

// timelineChange is one statement of an entry along a topic.
func timelineChange(st ask.TimelineStatement, m mode, language string) change {
	out := change{
		Mode:     m,
		Kind:     st.Told(),
		ID:       st.ID,
		New:      st.Text,
		Speakers: st.Speakers,
		Act:      actWords(st.Act),
		Edits:    diff.Legible(st.Edits),
		Language: language,
	}
	var old []string
	for _, p := range st.Before {
		old = append(old, p.Text)
		if p.Act != st.Act {
			out.OldAct = actWords(p.Act)
		}
	}
	out.Old = strings.Join(old, " ")
	if out.Kind == diff.New {
		out.Edits = []diff.Edit{{Op: diff.Insert, Text: st.Text}}
	}
	if st.Uncertain {
		out.Flags = []string{"see also " + longDay(st.LastSaid)}
	}
	out.Shifts = shiftList(st.Shifts)
	if st.Returned != nil {
		out.Flags = append(out.Flags, "returned from "+longDay(st.Returned.Day))
	}
	return out
}

// columnChange is one statement of a synopsis.
func columnChange(c ask.SynopsisCell, language string) change {
	out := change{
		Mode:     inline,
		Kind:     c.Change,
		ID:       c.ID,
		New:      c.Text,
		Speakers: c.Speakers,
		Act:      actWords(c.Act),
		Edits:    diff.Legible(c.Edits),
		Language: language,
	}
	if c.Uncertain {
		out.Kind = diff.New
	}
	return out
}

// goneChange is a statement of an earlier text that is gone, with its proof.
func (v *volume) goneChange(d ask.TimelineDropped, m mode) change {
	out := change{
		Mode:    m,
		Kind:    diff.Dropped,
		ID:      d.ID,
		Old:     d.Text,
		Edits:   []diff.Edit{{Op: diff.Delete, Text: d.Text}},
		Nearest: d.Nearest,
	}
	if r, st, ok := v.statement(d.ID); ok {
		out.Speakers, out.Act, out.act, out.Language, out.LastSaid = st.Speakers, actWords(st.Act), st.Act, r.Language, r.Day()
	}
	return out
}

// diffChange is one change of a comparison.
func diffChange(c ask.DiffChange, m mode, language string) change {
	kind, edits := c.Told()
	out := change{Mode: m, Kind: kind, Old: c.OldText, New: c.NewText, Edits: diff.Legible(edits), Language: language, Nearest: c.Nearest,
		Flags: append(flags(c.Moved, c.Split, c.Merged, len(c.New), len(c.Old)), doubt(c.Absence, c.Uncertain)...)}
	out.Shifts = shiftList(c.Shifts)
	main := c.New
	if len(main) == 0 {
		main = c.Old
	}
	if len(main) > 0 {
		out.ID, out.Path, out.Speakers, out.Act = main[0].ID, strings.Join(main[0].Path, " "), main[0].Speakers, actWords(main[0].Act)
	}
	out.Unproved = c.Kind == diff.Dropped && c.Silence != ""
	switch {
	case c.Uncertain:
		out.SeeAlso = c.OldText
	case len(c.Old) > 0 && len(c.New) > 0 && c.Old[0].Act != c.New[0].Act:
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

// doubt says why nothing is claimed of a statement that is not there, and which pairing a
// person should look at.
func doubt(a diff.Absence, uncertain bool) []string {
	var out []string
	if uncertain {
		out = append(out, diff.Evidence{Uncertain: true}.Doubt())
	}
	if why := a.Words(); why != "" {
		out = append(out, why)
	}
	return out
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
