package archive

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"readout/diff/formula"
	"readout/storage"
	"readout/timeline"
)

// The formulas of a series are a view as well: to find those of a long one takes seconds. They
// are kept topic by topic, as one is asked about at a time, with the list of topics that have
// some, so that a lost note is never taken for a topic without formulas.

const kindFormulas = "formulas" // series -> digest, topics; series, 0, topic -> digest, its formulas

// keptFormula is a formula without the texts, which are named by their places in the series.
type keptFormula struct {
	ID, Text, Topic, Lane string
	Weight                float64
	Uses                  []keptUse
	Missing               []keptMissing
}

type keptUse struct {
	At              keptPlace
	Text            string
	Start           int
	Change, Because string
}

type keptMissing struct {
	Release    int
	Nearest    keptPlace // no statement where nothing came near
	Similarity float64
}

// keptPlace is a release of the series and a statement of it, from 0; -1 for none.
type keptPlace struct{ Release, Statement int }

// Formulas returns the formulas of a series as it stands that touch one topic, the weightiest
// first: those that are on it, and those that a statement on it uses. Find finds those of all
// topics; it is called where they are not kept, or not for these texts, decisions and rules.
func (a *Archive) Formulas(ctx context.Context, s *Series, topic string, find func() []formula.Formula) []formula.Formula {
	return a.formulas(ctx, s, func(id string) bool { return id == topic }, find)
}

// AllFormulas returns the formulas of a series as it stands, as [Archive.Formulas] does those of a topic.
func (a *Archive) AllFormulas(ctx context.Context, s *Series, find func() []formula.Formula) []formula.Formula {
	return a.formulas(ctx, s, func(string) bool { return true }, find)
}

func (a *Archive) formulas(ctx context.Context, s *Series, wanted func(topic string) bool, find func() []formula.Formula) []formula.Formula {
	if kept, ok := a.keptFormulas(ctx, s, wanted); ok {
		return kept
	}
	byTopic := map[string][]formula.Formula{}
	var out []formula.Formula
	for _, f := range find() {
		touched := topicsOf(f)
		for id := range touched {
			byTopic[id] = append(byTopic[id], f)
		}
		if slices.ContainsFunc(sortedKeys(touched), wanted) {
			out = append(out, f)
		}
	}
	if s.digest != "" {
		a.keepFormulas(ctx, s, byTopic)
	}
	return out
}

// topicsOf returns the topics that a formula touches.
func topicsOf(f formula.Formula) map[string]bool {
	out := map[string]bool{f.Topic: true}
	for _, u := range f.Uses {
		for _, id := range u.Statement.Topics {
			out[id] = true
		}
	}
	return out
}

// keptFormulas returns what is kept on the wanted topics, each formula once, and false where nothing that
// holds is.
func (a *Archive) keptFormulas(ctx context.Context, s *Series, wanted func(topic string) bool) (out []formula.Formula, ok bool) {
	if s.digest == "" {
		return nil, false
	}
	err := a.view(ctx, func(r storage.Reader) error {
		var topics []string
		b, held := keptUnder(r, kindFormulas, s.ID, s.digest)
		if !held || json.Unmarshal(b, &topics) != nil {
			return nil
		}
		seen := map[string]bool{}
		var kept []keptFormula
		for _, topic := range topics {
			if !wanted(topic) {
				continue
			}
			var here []keptFormula
			if b, held = keptUnder(r, kindFormulas, formulasKey(s.ID, topic), s.digest); !held || json.Unmarshal(b, &here) != nil {
				return nil
			}
			for _, k := range here {
				if !seen[k.ID] {
					kept = append(kept, k)
				}
				seen[k.ID] = true
			}
		}
		slices.SortStableFunc(kept, func(x, y keptFormula) int {
			return cmp.Or(cmp.Compare(y.Weight, x.Weight), cmp.Compare(x.ID, y.ID))
		})
		out, ok = s.formulas(kept)
		return nil
	})
	return out, ok && err == nil
}

// formulasKey is the key of the formulas of one topic.
func formulasKey(id timeline.SeriesID, topic string) timeline.SeriesID {
	return id + "\x00" + timeline.SeriesID(topic)
}

// keepFormulas keeps formulas where the store can be written to at once.
func (a *Archive) keepFormulas(ctx context.Context, s *Series, byTopic map[string][]formula.Formula) {
	notes := map[timeline.SeriesID]any{s.ID: sortedKeys(byTopic)}
	for topic, fs := range byTopic {
		notes[formulasKey(s.ID, topic)] = s.keepable(fs)
	}
	ctx, cancel := context.WithTimeout(ctx, keepWait)
	defer cancel()
	// Nothing depends on it: what is not kept is found again.
	_ = a.db.Update(ctx, func(w storage.Writer) error {
		for _, key := range sortedKeys(notes) {
			b, err := json.Marshal(notes[key])
			if err != nil {
				return err
			}
			if err := w.PutNote(storage.Note{Kind: kindFormulas, Key: string(key), Value: append([]byte(s.digest), b...)}); err != nil {
				return err
			}
		}
		return nil
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
		return keptPlace{i, slices.IndexFunc(s.Releases[i].Statements, func(st timeline.Statement) bool { return st.ID == statement })}
	}
	var out []keptFormula
	for _, f := range fs {
		k := keptFormula{ID: f.ID, Text: f.Text, Topic: f.Topic, Lane: f.Lane, Weight: f.Weight}
		for _, u := range f.Uses {
			k.Uses = append(k.Uses, keptUse{at(u.Release, u.Statement.ID), u.Text, u.Start, string(u.Change), u.Because})
		}
		for _, m := range f.Missing {
			k.Missing = append(k.Missing, keptMissing{places[m.Release.ID], at(m.Release, m.Nearest.Statement.ID), m.Nearest.Similarity})
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
			if !ok {
				return nil, false
			}
			f.Uses = append(f.Uses, formula.Use{Release: s.Releases[u.At.Release], Statement: st, Text: u.Text, Start: u.Start,
				Change: formula.Change(u.Change), Because: u.Because})
		}
		for _, m := range k.Missing {
			if m.Release < 0 || m.Release >= len(s.Releases) {
				return nil, false
			}
			st, _ := s.at(m.Nearest)
			f.Missing = append(f.Missing, formula.Missing{Release: s.Releases[m.Release], Nearest: formula.Nearest{Statement: st, Similarity: m.Similarity}})
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
