package archive

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"readout/diff"
	"readout/internal/ask"
	"readout/internal/document"
	"readout/internal/reading"
	"readout/internal/rules"
	"readout/storage"
	"readout/timeline"
)

// Release returns the release that ref names, with the topics its statements have
// in its series. Where ref names a version, statements are called ID@vN#k, so that
// those of two versions are told apart; else ID#k.
func (a *Archive) Release(ctx context.Context, ref Ref) (*timeline.Release, error) {
	var rel *timeline.Release
	var fresh *seriesView
	err := a.need(ctx, ref, func(r storage.Reader) error {
		e, v, err := resolveVersion(r, ref)
		if err != nil {
			return err
		}
		if rel, err = load(r, e, v); err != nil {
			return err
		}
		if fresh, err = a.setTopics(r, rel, v.Number == e.Current); err != nil {
			return err
		}
		if ref.Version > 0 || !ref.Date.IsZero() {
			rel.NameStatements(e.ID + "@v" + strconv.Itoa(v.Number))
		}
		return nil
	})
	if err == nil && fresh != nil {
		a.keep(ctx, keepWait, map[timeline.SeriesID]*seriesView{rel.Series: fresh})
	}
	return rel, err
}

// need is view for a question about one release: without a store it is not found.
func (a *Archive) need(ctx context.Context, ref Ref, fn func(storage.Reader) error) error {
	err := a.db.View(ctx, fn)
	if errors.Is(err, storage.ErrNoStore) {
		return &NotFoundError{Ref: ref.String()}
	}
	return err
}

// load returns one version of a release whole, with its names.
func load(r storage.Reader, e *storage.Entry, v *storage.Version) (*timeline.Release, error) {
	reading, err := r.Reading(v.Reading)
	if err != nil {
		return nil, fmt.Errorf("release %s, version %d: %w", e.ID, v.Number, err)
	}
	rel := reading.Release
	rel.Version, rel.Versions = v.Number, len(e.Versions)
	rel.Source = e.Head.Source
	rel.CapturedAt = v.Sightings[0].At
	rel.SHA256 = v.Reading.SHA256().String()
	rel.Name(e.ID)
	for i := range rel.Statements {
		rel.Statements[i].Topics = []string{}
	}
	return rel, nil
}

// setTopics gives the statements of rel their topics, and rel its meeting, as its series
// has them with rel in the place of the version seen last. Where the series had to be
// linked for it as it stands, the view is returned to be kept.
func (a *Archive) setTopics(r storage.Reader, rel *timeline.Release, current bool) (*seriesView, error) {
	if rel.Series == "" {
		rel.Meeting = rel.ID
		return nil, nil // no series: nothing to follow an issue through
	}
	if current && !slices.ContainsFunc(rel.Statements, func(s timeline.Statement) bool { return s.Unresolved }) {
		row, err := r.SeriesRow(rel.Series)
		if err != nil {
			return nil, err
		}
		v, _, err := a.keptView(r, row)
		if err != nil || v != nil && v.label(rel) {
			return nil, err
		}
	}
	all, err := loadSeries(r, rel.Series, time.Time{})
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].ID == rel.ID {
			all[i] = rel
		}
	}
	if !slices.Contains(all, rel) { // another version of it is in another series
		all = append(all, rel)
	}
	timeline.Resolve(all)
	rel.Meeting = timeline.MeetingIDs(all)[rel.ID]
	if current {
		_, fresh, err := a.linked(r, rel.Series, all)
		return fresh, err
	}
	_, err = a.link(r, rel.Series, all, SeriesOptions{})
	return nil, err
}

// VersionInfo is one version of a release, with the release itself so that
// neighbours can be compared.
type VersionInfo struct {
	Version    int
	CapturedAt time.Time // first seen
	Claimed    bool      // CapturedAt is what somebody says
	LastSeen   time.Time
	Captures   int // how many times it was seen
	SHA256     string
	Spells     []storage.Spell   // when it stood, in order: several where a text was taken back
	Release    *timeline.Release // statements named ID@vN#k, without topics
}

// VersionLog sets every version of a release against the one before it.
func (a *Archive) VersionLog(ctx context.Context, ref Ref) (*ask.Log, error) {
	infos, err := a.Log(ctx, ref)
	if err != nil {
		return nil, err
	}
	if len(infos) == 0 {
		return nil, fmt.Errorf("%s has no version", ref) // none such is kept
	}
	out := make([]ask.LogVersion, len(infos))
	for i, v := range infos {
		out[i] = ask.LogVersion{
			Version:    v.Version,
			CapturedAt: ask.Instant{Time: v.CapturedAt},
			Captures:   v.Captures,
			SHA256:     v.SHA256,
			Claimed:    v.Claimed,
		}
		for _, s := range v.Spells {
			out[i].Seen = append(out[i].Seen, ask.LogSpell{From: ask.Instant{Time: s.From}, Until: ask.Instant{Time: s.Until}})
		}
		if i > 0 {
			r := diff.Compare(infos[i-1].Release, v.Release, diff.Options{Cause: diff.Record, Lexicon: a.rules.Lexicon()})
			out[i].WordsInserted, out[i].WordsDeleted, out[i].Roles = r.Summary.WordsInserted, r.Summary.WordsDeleted, r.Roles()
		}
	}
	return ask.NewLog(infos[0].Release.ID, out), nil
}

// Log returns the versions of a release, v1 first.
func (a *Archive) Log(ctx context.Context, ref Ref) ([]VersionInfo, error) {
	var out []VersionInfo
	err := a.need(ctx, ref, func(r storage.Reader) error {
		e, err := resolve(r, ref.ID)
		if err != nil {
			return err
		}
		stood := e.Spells(nil)
		for i := range e.Versions {
			v := &e.Versions[i]
			rel, err := load(r, e, v)
			if err != nil {
				return err
			}
			rel.NameStatements(e.ID + "@v" + strconv.Itoa(v.Number))
			out = append(out, VersionInfo{Version: v.Number, CapturedAt: v.Sightings[0].At, LastSeen: v.Sightings[len(v.Sightings)-1].At,
				Captures: len(v.Sightings), Claimed: v.Sightings[0].Claimed, SHA256: rel.SHA256, Release: rel,
				Spells: slices.DeleteFunc(slices.Clone(stood), func(s storage.Spell) bool { return s.Version != v.Number })})
		}
		return nil
	})
	return out, err
}

// Capture is captured bytes with what is known of them.
type Capture struct {
	Data       []byte
	Name       string
	MediaType  string
	URL        string
	CapturedAt time.Time
	SHA256     string
}

// Raw returns the captured bytes of the version that ref names.
func (a *Archive) Raw(ctx context.Context, ref Ref) (*Capture, error) {
	var out *Capture
	err := a.need(ctx, ref, func(r storage.Reader) error {
		_, v, err := resolveVersion(r, ref)
		if err != nil {
			return err
		}
		h := v.Reading.SHA256()
		data, err := r.Blob(h)
		if err != nil {
			return err
		}
		rows, err := collect(r.CapturesOf(h))
		if err != nil || len(rows) == 0 {
			return errors.Join(err, fmt.Errorf("%w: bytes %s have no capture", storage.ErrDamaged, h))
		}
		c := slices.MinFunc(rows, compareCaptures)
		out = &Capture{data, c.Name, c.MediaType, c.URL, c.CapturedAt, h.String()}
		return nil
	})
	return out, err
}

// Reader returns what reads the bytes of the version that ref names, and what the user
// said of them, by any rules. The release has the id that it has in the store.
func (a *Archive) Reader(ctx context.Context, ref Ref) (func(*rules.Rules) (*timeline.Release, error), error) {
	kept, err := a.Release(ctx, ref)
	if err != nil {
		return nil, err
	}
	c, err := a.Raw(ctx, Ref{ID: kept.ID, Version: kept.Version})
	if err != nil {
		return nil, err
	}
	said := reading.Overrides{Source: kept.Source, ID: kept.ID, Parties: kept.Parties, Issuer: kept.Issuer}
	return func(r *rules.Rules) (*timeline.Release, error) {
		doc, err := document.Parse(c.Name, c.Data, document.Options{MediaType: c.MediaType, URL: c.URL, Words: r.Furniture(), PDF: a.pdf})
		if err != nil {
			return nil, err
		}
		return reading.Release(doc, r.Extract(), said), nil
	}, nil
}
