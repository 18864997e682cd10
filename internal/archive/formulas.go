package archive

import (
	"context"
	"errors"
	"slices"

	"readout/diff"
	"readout/diff/formula"
	"readout/storage"
	"readout/timeline"
)

// The formulas of a series are a view as well: to find those of a long one takes a second. A text more changes
// how rare each word is, so that all are looked for again; but what became of a formula between two sentences
// follows from these alone, and is remembered.

const (
	kindFormulas = "formulas" // series -> digest, its formulas
	kindTurns    = "turns"    // series -> digest of the rules, what became of formulas between two sentences
)

// keptFormula is a formula without the texts, which are named by their places in the series. There are
// many uses, so the names of fields are not kept with them.
type keptFormula struct {
	_                     struct{} `cbor:",toarray"`
	ID, Text, Topic, Lane string
	Weight                float64
	Uses                  []keptUse
	Missing               []keptMissing
}

type keptUse struct {
	_               struct{} `cbor:",toarray"`
	At              keptPlace
	Start, Length   int // of the formula in the text of the statement
	Change, Because string
}

type keptMissing struct {
	_          struct{} `cbor:",toarray"`
	Release    int
	Nearest    keptPlace // no statement where nothing came near
	Similarity float64
}

// keptPlace is a release of the series and a statement of it, from 0; -1 for none.
type keptPlace struct {
	_                  struct{} `cbor:",toarray"`
	Release, Statement int
}

// Formulas returns the formulas of a series, the weightiest first. Find finds them; it is called where
// they are not kept, or not for these texts, decisions and rules, with the memory that it may use.
func (a *Archive) Formulas(ctx context.Context, s *Series, find func(diff.Memory) []formula.Formula) []formula.Formula {
	if s.digest == "" {
		return find(nil)
	}
	if kept, ok := a.keptFormulas(ctx, s); ok {
		return kept
	}
	turns := a.recollect(ctx, kindTurns, s.ID)
	found := find(turns)
	a.keepFormulas(ctx, s, found, turns)
	return found
}

// OnTopic returns those of the formulas that touch a topic: that are on it, or that a statement on it uses.
func OnTopic(all []formula.Formula, topic string) []formula.Formula {
	uses := func(u formula.Use) bool { return slices.Contains(u.Statement.Topics, topic) }
	var out []formula.Formula
	for _, f := range all {
		if f.Topic == topic || slices.ContainsFunc(f.Uses, uses) {
			out = append(out, f)
		}
	}
	return out
}

// keptFormulas returns the formulas of a series that are kept, and false where none are that hold.
func (a *Archive) keptFormulas(ctx context.Context, s *Series) (out []formula.Formula, ok bool) {
	err := a.view(ctx, func(r storage.Reader) error {
		var kept []keptFormula
		b, held := keptUnder(r, kindFormulas, s.ID, s.digest)
		if held && decodeView(b, &kept) == nil {
			out, ok = s.formulas(kept)
		}
		return nil
	})
	return out, ok && err == nil
}

// keepFormulas keeps formulas, and what was remembered to find them, where the store can be written to at once.
func (a *Archive) keepFormulas(ctx context.Context, s *Series, found []formula.Formula, turns *memory) {
	b, err := encodeView(s.keepable(found))
	if err != nil {
		return
	}
	// What is not kept is found again.
	a.keepSoon(ctx, keepWait, func(w storage.Writer) error {
		return errors.Join(keepUnder(w, kindFormulas, s.ID, s.digest, b), keepUnder(w, kindTurns, s.ID, a.rulesDigest(), turns.encode()))
	})
}

// keepable names the texts of formulas by their places.
func (s *Series) keepable(fs []formula.Formula) []keptFormula {
	places := map[string]int{}
	for i, r := range s.Releases {
		places[r.ID] = i
	}
	at := func(r *timeline.Release, statement string) keptPlace {
		i := places[r.ID]
		return keptPlace{
			Release:   i,
			Statement: slices.IndexFunc(s.Releases[i].Statements, func(st timeline.Statement) bool { return st.ID == statement }),
		}
	}
	var out []keptFormula
	for _, f := range fs {
		k := keptFormula{ID: f.ID, Text: f.Text, Topic: f.Topic, Lane: f.Lane, Weight: f.Weight}
		for _, u := range f.Uses {
			k.Uses = append(k.Uses, keptUse{At: at(u.Release, u.Statement.ID), Start: u.Start, Length: len(u.Text),
				Change: string(u.Change), Because: u.Because})
		}
		for _, m := range f.Missing {
			k.Missing = append(k.Missing, keptMissing{Release: places[m.Release.ID], Nearest: at(m.Release, m.Nearest.Statement.ID),
				Similarity: m.Nearest.Similarity})
		}
		out = append(out, k)
	}
	return out
}

// formulas puts the texts of a series back into what was kept of it, and reports whether
// each place is one.
func (s *Series) formulas(kept []keptFormula) ([]formula.Formula, bool) {
	var out []formula.Formula
	for _, k := range kept {
		f := formula.Formula{ID: k.ID, Text: k.Text, Topic: k.Topic, Lane: k.Lane, Weight: k.Weight}
		for _, u := range k.Uses {
			st, ok := s.at(u.At)
			end := u.Start + u.Length
			if !ok || u.Start < 0 || end < u.Start || end > len(st.Text) {
				return nil, false
			}
			f.Uses = append(f.Uses, formula.Use{
				Release:   s.Releases[u.At.Release],
				Statement: st,
				Text:      st.Text[u.Start:end],
				Start:     u.Start,
				Change:    formula.Change(u.Change),
				Because:   u.Because,
			})
		}
		for _, m := range k.Missing {
			if m.Release < 0 || m.Release >= len(s.Releases) {
				return nil, false
			}
			st, _ := s.at(m.Nearest)
			f.Missing = append(f.Missing, formula.Missing{
				Release: s.Releases[m.Release],
				Nearest: formula.Nearest{Statement: st, Similarity: m.Similarity},
			})
		}
		out = append(out, f)
	}
	return out, true
}

// at returns the statement at a place, false where there is none.
func (s *Series) at(p keptPlace) (timeline.Statement, bool) {
	if p.Release < 0 || p.Release >= len(s.Releases) || p.Statement < 0 || p.Statement >= len(s.Releases[p.Release].Statements) {
		return timeline.Statement{}, false
	}
	return s.Releases[p.Release].Statements[p.Statement], true
}
