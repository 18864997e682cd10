package archive

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"

	"readout/internal/reading"
	"readout/storage"
	"readout/timeline"
)

// Doubt is a field of a release that rests on weak evidence, or that was not decided.
type Doubt struct {
	Release string
	Field   string
	Why     string
	Source  string // address of the release, "" for none
}

// undecided returns the fields of a release that stayed empty or unread.
func undecided(r *timeline.Release) []string {
	var out []string
	if r.Held.IsZero() && r.Published.IsZero() {
		out = append(out, "day")
	}
	if len(r.Parties) == 0 {
		out = append(out, "parties")
	}
	if !r.LanguageRead {
		out = append(out, "language")
	}
	return out
}

// warnings returns the doubts of a release as lines.
func warnings(r *timeline.Release) []string {
	var out []string
	for _, d := range r.Doubts {
		out = append(out, d.Field+": "+d.Why)
	}
	return out
}

// unsettled returns the doubts about fields of which the user said nothing.
func (s said) unsettled(doubts []timeline.Doubt) []timeline.Doubt {
	settled := map[string]bool{
		"held":      !s.Held.IsZero(),
		"published": !s.Published.IsZero(),
		"title":     s.Title != "",
		"issuer":    s.Issuer != "",
		"parties":   len(s.Parties) > 0,
	}
	return slices.DeleteFunc(doubts, func(d timeline.Doubt) bool { return settled[d.Field] })
}

// DoubtsOf returns the doubts about the text of a release that stands now, with those
// that its empty fields are.
func DoubtsOf(r *timeline.Release) []timeline.Doubt {
	out := slices.Clone(r.Doubts)
	for _, u := range undecided(r) {
		switch {
		case u == "day" && !r.Doubted("held") && !r.Doubted("published"):
			out = append(out, timeline.Doubt{
				Field: "held",
				Why:   "neither the day of the meeting nor that of the text is known; it stands apart from what is dated",
			})
		case u == "parties" && !r.Doubted("parties"):
			out = append(out, timeline.Doubt{
				Field: "parties",
				Why:   "no government or body is known to speak or to meet; it is in no series",
			})
		case u == "language" && !r.Doubted("language"):
			out = append(out, timeline.Doubt{
				Field: "language",
				Why:   fmt.Sprintf("the language (%s) is not read: who does what in it is not known", cmp.Or(r.Language, "unknown")),
			})
		}
	}
	return out
}

// Doubts returns what is doubtful of every release as it stands now, by release, then in
// the order of its fields.
func (a *Archive) Doubts(ctx context.Context) ([]Doubt, error) {
	out := []Doubt{}
	err := a.view(ctx, func(r storage.Reader) error {
		for e, err := range r.Entries("") {
			if err != nil {
				return err
			}
			for _, d := range DoubtsOf(&e.Head) {
				out = append(out, Doubt{Release: e.ID, Field: d.Field, Why: d.Why, Source: e.Head.Source})
			}
		}
		return nil
	})
	return out, err
}

// Settle keeps what the user says of a release with every capture of it, as a correction
// of what was said before.
func (a *Archive) Settle(ctx context.Context, ref Ref, over reading.Overrides) (*IngestReport, error) {
	return a.correct(ctx, ref, func(in *Input) { in.Overrides = over.Over(in.Overrides) })
}

// Settled are the fields of a release that [Archive.Settle] takes.
func Settled() []string { return []string{"title", "held", "published", "parties", "issuer"} }

// Unsettle takes back what the user said of fields of a release, with [Archive.Settle] or when
// it was taken in: they are read again. An error names a field that is none of [Settled].
func (a *Archive) Unsettle(ctx context.Context, ref Ref, fields ...string) (*IngestReport, error) {
	for _, f := range fields {
		if !slices.Contains(Settled(), f) {
			return nil, fmt.Errorf("%q is nothing that can be settled", f)
		}
	}
	return a.correct(ctx, ref, func(in *Input) {
		s := saidOf(in.Overrides)
		for _, f := range fields {
			s = s.without(f)
		}
		in.Overrides, in.unsaid = s.overrides(), fields
	})
}

// correct takes the captures of a release in again, with what change says of each.
func (a *Archive) correct(ctx context.Context, ref Ref, change func(*Input)) (*IngestReport, error) {
	var inputs []Input
	err := a.need(ctx, ref, func(r storage.Reader) error {
		e, err := resolve(r, ref.ID)
		if err != nil {
			return err
		}
		inputs, err = a.inputsOf(r, e)
		return err
	})
	if err != nil {
		return nil, err
	}
	all := iter.Seq2[Input, error](func(yield func(Input, error) bool) {
		for _, in := range inputs {
			if change(&in); !yield(in, nil) {
				return
			}
		}
	})
	return a.Ingest(ctx, all, IngestOptions{})
}

// inputsOf returns the captures of a release as they would be taken in again, one of
// each sequence of bytes.
func (a *Archive) inputsOf(r storage.Reader, e *storage.Entry) ([]Input, error) {
	seen := map[storage.ReadingKey]bool{}
	var out []Input
	for _, v := range e.Versions {
		for _, s := range v.Sightings {
			if seen[s.Reading] {
				continue
			}
			seen[s.Reading] = true
			hash := s.Reading.SHA256()
			data, err := r.Blob(hash)
			if err != nil {
				return nil, fmt.Errorf("release %s: %w", e.ID, err)
			}
			rows, err := collect(r.CapturesOf(hash))
			if err != nil {
				return nil, err
			}
			in, err := capturedAs(rows, s)
			if err != nil {
				return nil, err
			}
			in.Data = data
			out = append(out, in)
		}
	}
	return out, nil
}

// capturedAs returns the capture among rows that a sighting is of, with what is said of it.
func capturedAs(rows []storage.Capture, s storage.Sighting) (Input, error) {
	strands, err := strandsOf(rows)
	if err != nil {
		return Input{}, err
	}
	for _, k := range strands {
		for _, c := range k.rows {
			if k.key != s.Reading || !c.CapturedAt.Equal(s.At) {
				continue
			}
			in := Input{
				Name:       c.Name,
				MediaType:  c.MediaType,
				URL:        c.URL,
				CapturedAt: c.CapturedAt,
				Witnessed:  !c.Claimed,
				Overrides:  k.said.overrides(),
			}
			in.Select.Content, in.Select.Remove = k.said.Content, k.said.Remove
			return in, nil
		}
	}
	return Input{}, fmt.Errorf("no capture of %s at %s", s.Reading, s.At)
}
