package ask

import (
	"slices"

	"readout/diff"
	"readout/timeline"
)

// TwoSided is the answer of "diff --two-sided": two sides' accounts of one meeting.
// Neither is older or newer: what only one of them says is neither new nor dropped.
type TwoSided struct {
	Schema string          `json:"schema"` // "readout.two-sided/1"
	A      TwoSidedAccount `json:"a"`
	B      TwoSidedAccount `json:"b"`
	Both   []TwoSidedPair  `json:"both"`   // in the order of B
	OnlyA  []DiffStatement `json:"only_a"` // in the order of A
	OnlyB  []DiffStatement `json:"only_b"`
	// Beside holds all statements of two texts of one issuer in two languages, by
	// headings; Both, OnlyA and OnlyB are empty then, since no words can be compared.
	Beside  []TwoSidedPart `json:"beside"`
	Verdict string         `json:"-"` // why the two are held to be about one meeting, or that they may not be
}

// TwoSidedAccount is one side's release.
type TwoSidedAccount struct {
	DiffSide
	Issuer timeline.Party `json:"issuer"`
	Name   string         `json:"name"` // of the issuer, or of the release where it is not known
}

// TwoSidedPair is something that both accounts say.
type TwoSidedPair struct {
	A          []DiffStatement `json:"a"`
	B          []DiffStatement `json:"b"`
	Same       bool            `json:"same"` // in the same words
	Similarity float64         `json:"similarity"`
	Uncertain  bool            `json:"uncertain"` // a person should look at the pairing
	Edits      []diff.Edit     `json:"edits"`     // from A to B
	Shifts     []diff.Shift    `json:"shifts"`    // how B puts it against A
}

// TwoSidedPart is what two texts say under headings that stand in the same place.
// Which sentence renders which is not claimed.
type TwoSidedPart struct {
	HeadingA string          `json:"heading_a"` // "" above the first heading, or where the text has none so far down
	HeadingB string          `json:"heading_b"`
	A        []DiffStatement `json:"a"`
	B        []DiffStatement `json:"b"`
}

// InTwoLanguages reports whether two texts of one meeting are one issuer's in two
// languages whose headings have the same printed numbers in the same order, as a
// translation keeps them; one of the two may end earlier.
func InTwoLanguages(a, b *timeline.Release) bool {
	n := min(len(a.Sections), len(b.Sections))
	return a.Issuer != "" && a.Issuer == b.Issuer && a.Language != b.Language && n > 0 &&
		slices.EqualFunc(a.Sections[:n], b.Sections[:n], func(x, y timeline.Section) bool { return x.Number == y.Number })
}

// NewTwoLanguages returns two texts of one issuer about one meeting, in two languages,
// side by side: see [InTwoLanguages].
func NewTwoLanguages(a, b *timeline.Release, name func(timeline.Party) string, verdict string) *TwoSided {
	t := newTwoSided(a, b, name, verdict)
	for i := -1; i < max(len(a.Sections), len(b.Sections)); i++ {
		x, y := inSection(a, i), inSection(b, i)
		if len(x)+len(y) == 0 {
			continue
		}
		t.Beside = append(t.Beside, TwoSidedPart{HeadingA: headingOf(a, i), HeadingB: headingOf(b, i),
			A: diffStatements(x), B: diffStatements(y)})
	}
	return t
}

// inSection lists the statements of a section, or those above the first for -1.
func inSection(r *timeline.Release, section int) []timeline.Statement {
	var out []timeline.Statement
	for _, s := range r.Statements {
		if s.Section == section {
			out = append(out, s)
		}
	}
	return out
}

// headingOf is the heading of a section with its printed number, "" where there is none.
func headingOf(r *timeline.Release, section int) string {
	if section < 0 || section >= len(r.Sections) {
		return ""
	}
	s := r.Sections[section]
	if s.Number == "" {
		return s.Heading
	}
	return s.Number + ". " + s.Heading
}

// NewTwoSided returns the comparison of two accounts as an answer. Name gives a party
// its name; the verdict says why the two are held to be about one meeting, or that
// they may not be.
func NewTwoSided(r *diff.Report, name func(timeline.Party) string, verdict string) *TwoSided {
	t := newTwoSided(r.Old, r.New, name, verdict)
	for _, c := range r.Changes {
		switch c.Kind {
		case diff.Dropped:
			t.OnlyA = append(t.OnlyA, diffStatements(c.Old)...)
		case diff.New:
			t.OnlyB = append(t.OnlyB, diffStatements(c.New)...)
		default:
			t.Both = append(t.Both, TwoSidedPair{A: diffStatements(c.Old), B: diffStatements(c.New), Same: c.Kind == diff.Unchanged,
				Similarity: c.Similarity, Uncertain: c.Link.Uncertain, Edits: some(c.Edits), Shifts: some(c.Shifts)})
		}
	}
	return t
}

// newTwoSided returns the accounts alone.
func newTwoSided(a, b *timeline.Release, name func(timeline.Party) string, verdict string) *TwoSided {
	account := func(x *timeline.Release) TwoSidedAccount {
		out := TwoSidedAccount{DiffSide: side(x), Issuer: x.Issuer, Name: x.ID}
		if x.Issuer != "" {
			out.Name = name(x.Issuer)
		}
		return out
	}
	t := &TwoSided{Schema: "readout.two-sided/1", A: account(a), B: account(b), Both: []TwoSidedPair{},
		OnlyA: []DiffStatement{}, OnlyB: []DiffStatement{}, Beside: []TwoSidedPart{}, Verdict: verdict}
	if t.A.Name == t.B.Name {
		t.A.Name, t.B.Name = t.A.Release, t.B.Release
	}
	return t
}

// Differs reports whether the accounts differ; texts in two languages always do.
func (t *TwoSided) Differs() bool {
	for _, p := range t.Both {
		if !p.Same {
			return true
		}
	}
	return len(t.OnlyA)+len(t.OnlyB)+len(t.Beside) > 0
}

// Lines returns what both say, then what each says alone, then what stands side by side.
func (t *TwoSided) Lines() []any {
	type alone struct {
		Only string `json:"only"` // "a" or "b"
		DiffStatement
	}
	out := lines(t.Both)
	for _, x := range t.OnlyA {
		out = append(out, alone{"a", x})
	}
	for _, x := range t.OnlyB {
		out = append(out, alone{"b", x})
	}
	return append(out, lines(t.Beside)...)
}
