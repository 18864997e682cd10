package ask

import (
	"readout/diff"
	"readout/timeline"
)

// TwoSided is the answer of "diff --two-sided": two sides' accounts of one meeting.
// Neither is older or newer: what only one of them says is neither new nor dropped.
type TwoSided struct {
	Schema  string          `json:"schema"` // "readout.two-sided/1"
	A       TwoSidedAccount `json:"a"`
	B       TwoSidedAccount `json:"b"`
	Both    []TwoSidedPair  `json:"both"`   // in the order of B
	OnlyA   []DiffStatement `json:"only_a"` // in the order of A
	OnlyB   []DiffStatement `json:"only_b"`
	Verdict string          `json:"-"` // why the two are held to be about one meeting, or that they may not be
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

// NewTwoSided returns the comparison of two accounts as an answer. Name gives a party
// its name; the verdict says why the two are held to be about one meeting, or that
// they may not be.
func NewTwoSided(r *diff.Report, name func(timeline.Party) string, verdict string) *TwoSided {
	account := func(x *timeline.Release) TwoSidedAccount {
		a := TwoSidedAccount{DiffSide: side(x), Issuer: x.Issuer, Name: x.ID}
		if x.Issuer != "" {
			a.Name = name(x.Issuer)
		}
		return a
	}
	t := &TwoSided{Schema: "readout.two-sided/1", A: account(r.Old), B: account(r.New), Both: []TwoSidedPair{}, OnlyA: []DiffStatement{}, OnlyB: []DiffStatement{}, Verdict: verdict}
	if t.A.Name == t.B.Name {
		t.A.Name, t.B.Name = t.A.Release, t.B.Release
	}
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

// Differs reports whether the accounts differ.
func (t *TwoSided) Differs() bool {
	for _, p := range t.Both {
		if !p.Same {
			return true
		}
	}
	return len(t.OnlyA)+len(t.OnlyB) > 0
}

// Lines returns what both say, then what each says alone.
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
	return out
}
