package archive

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"readout/storage"
	"readout/timeline"
)

// Release returns the release that ref names, with the topics its statements have
// in its series. Where ref names a version, statements are called ID@vN#k, so that
// those of two versions are told apart; else ID#k.
func (a *Archive) Release(ctx context.Context, ref Ref) (*timeline.Release, error) {
	var rel *timeline.Release
	err := a.need(ctx, ref, func(r storage.Reader) error {
		e, err := resolve(r, ref.ID)
		if err != nil {
			return err
		}
		v, err := versionOf(e, ref)
		if err != nil {
			return err
		}
		if rel, err = load(r, e, v); err != nil {
			return err
		}
		if err := a.setTopics(r, rel); err != nil {
			return err
		}
		if ref.Version > 0 || !ref.Date.IsZero() {
			rel.NameStatements(e.ID + "@v" + strconv.Itoa(v.Number))
		}
		return nil
	})
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

// setTopics gives the statements of rel their topics, as its series has them with
// rel in the place of the version seen last.
func (a *Archive) setTopics(r storage.Reader, rel *timeline.Release) error {
	if rel.Series == "" {
		return nil // no series: nothing to follow an issue through
	}
	all, err := loadSeries(r, rel.Series, time.Time{})
	if err != nil {
		return err
	}
	for i := range all {
		if all[i].ID == rel.ID {
			all[i] = rel
		}
	}
	if !slices.Contains(all, rel) { // another version of it is in the series
		all = append(all, rel)
	}
	_, err = a.link(r, rel.Series, all)
	return err
}

// loadSeries returns the releases of a series in order, each in the version that
// was seen last by the given time (zero means now).
func loadSeries(r storage.Reader, series timeline.SeriesID, at time.Time) ([]*timeline.Release, error) {
	var out []*timeline.Release
	for e, err := range r.EntriesOf(series) {
		if err != nil {
			return nil, err
		}
		v := asKnownAt(e, at)
		if v == nil {
			continue
		}
		rel, err := load(r, e, v)
		if err != nil {
			return nil, err
		}
		rel.Versions = versionsAt(e, at)
		out = append(out, rel)
	}
	timeline.SortReleases(out)
	return out, nil
}

// curationTopics is the kind under which the decisions about topics are kept.
const curationTopics = "topics"

// link finds the topics of a series and writes them into its statements.
func (a *Archive) link(r storage.Reader, series timeline.SeriesID, releases []*timeline.Release) (*timeline.Topics, error) {
	o := timeline.LinkOptions{Series: series, Issues: a.rules.Issues}
	c, err := curation(r, series)
	if err != nil {
		return nil, err
	}
	o.Curation = c
	t := timeline.Link(releases, o)
	t.Apply(releases)
	return t, nil
}

// curation returns the decisions about a series, nil for none.
func curation(r storage.Reader, series timeline.SeriesID) (*timeline.Curation, error) {
	b, err := r.Curation(series, curationTopics)
	if errors.Is(err, storage.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	c := &timeline.Curation{}
	if err := json.Unmarshal(b, c); err != nil {
		return nil, fmt.Errorf("%w: curation of series %s: %v", storage.ErrDamaged, series, err)
	}
	return c, nil
}

// Series is all releases of the same parties with the issues that run through them.
type Series struct {
	ID       timeline.SeriesID
	Releases []*timeline.Release // in the order of a timeline, statements with topics
	Topics   *timeline.Topics
}

// SeriesOptions adjust [Archive.Series]; the zero value works.
type SeriesOptions struct {
	// AsKnownAt leaves out what was captured later; zero means nothing. Releases
	// keep the ids and version numbers they have now.
	AsKnownAt time.Time
}

// Series returns a series whole. A series without releases is a
// storage.ErrNotFound.
func (a *Archive) Series(ctx context.Context, id timeline.SeriesID, o SeriesOptions) (*Series, error) {
	s := &Series{ID: id}
	err := a.view(ctx, func(r storage.Reader) (err error) {
		if s.Releases, err = loadSeries(r, id, o.AsKnownAt); err != nil {
			return err
		}
		s.Topics, err = a.link(r, id, s.Releases)
		return err
	})
	if err == nil && len(s.Releases) == 0 {
		return nil, noSeries(id)
	}
	return s, err
}

// Releases returns the releases of a series in the order of a timeline, without
// their topics. A series without releases is a storage.ErrNotFound.
func (a *Archive) Releases(ctx context.Context, id timeline.SeriesID, o SeriesOptions) ([]*timeline.Release, error) {
	var out []*timeline.Release
	err := a.view(ctx, func(r storage.Reader) (err error) {
		out, err = loadSeries(r, id, o.AsKnownAt)
		return err
	})
	if err == nil && len(out) == 0 {
		return nil, noSeries(id)
	}
	return out, err
}

func noSeries(id timeline.SeriesID) error {
	return fmt.Errorf("series %q has no release: %w", id, storage.ErrNotFound)
}

// SeriesIDs returns the ids of all series in order; "" comes first where there are
// releases of unknown parties.
func (a *Archive) SeriesIDs(ctx context.Context) ([]timeline.SeriesID, error) {
	ids := map[timeline.SeriesID]bool{}
	err := a.view(ctx, func(r storage.Reader) error {
		for e, err := range r.Entries("") {
			if err != nil {
				return err
			}
			ids[e.Head.Series] = true
		}
		return nil
	})
	return sortedKeys(ids), err
}

// SeriesInfo is a series in short.
type SeriesInfo struct {
	ID       timeline.SeriesID `json:"id"`
	Parties  []timeline.Party  `json:"parties"`
	Releases int               `json:"releases"`
	Topics   int               `json:"topics"`
	First    timeline.Date     `json:"first"`
	Last     timeline.Date     `json:"last"`
}

// SeriesList returns all series in order of id. Releases of unknown parties are
// the series "", which has no topics.
func (a *Archive) SeriesList(ctx context.Context) ([]SeriesInfo, error) {
	heads, err := a.List(ctx, ListFilter{})
	if err != nil {
		return nil, err
	}
	of := map[timeline.SeriesID]*SeriesInfo{}
	for _, h := range heads {
		i := of[h.Series]
		if i == nil {
			i = &SeriesInfo{ID: h.Series, Parties: h.Series.Parties(), First: h.Day()}
			of[h.Series] = i
		}
		i.Releases++
		i.Last = h.Day()
	}
	out := []SeriesInfo{}
	err = a.view(ctx, func(r storage.Reader) error {
		for id, i := range of {
			if id != "" {
				rs, err := loadSeries(r, id, time.Time{})
				if err != nil {
					return err
				}
				t, err := a.link(r, id, rs)
				if err != nil {
					return err
				}
				i.Topics = len(t.Topics)
			}
			out = append(out, *i)
		}
		return nil
	})
	slices.SortFunc(out, func(x, y SeriesInfo) int {
		if x.ID < y.ID {
			return -1
		}
		return 1
	})
	return out, err
}

// ListFilter narrows [Archive.List]; the zero value takes everything.
type ListFilter struct {
	Series       *timeline.SeriesID // nil for all
	Since, Until timeline.Date      // of Release.Day, both inclusive
	Kind         timeline.Kind
	AsKnownAt    time.Time
}

// List returns the releases, in the order of a timeline, without sections,
// statements and text. Unless AsKnownAt is set they are in the version seen last.
func (a *Archive) List(ctx context.Context, f ListFilter) ([]*timeline.Release, error) {
	out := []*timeline.Release{}
	err := a.view(ctx, func(r storage.Reader) error {
		entries := r.Entries("")
		if f.Series != nil {
			entries = r.EntriesOf(*f.Series)
		}
		for e, err := range entries {
			if err != nil {
				return err
			}
			head, err := headAt(r, e, f.AsKnownAt)
			if err != nil {
				return err
			}
			if head != nil && f.match(head) {
				out = append(out, head)
			}
		}
		return nil
	})
	timeline.SortReleases(out)
	return out, err
}

func (f ListFilter) match(r *timeline.Release) bool {
	day := r.Day()
	return (f.Since.IsZero() || !day.Before(f.Since)) && (f.Until.IsZero() || !f.Until.Before(day)) && (f.Kind == "" || r.Kind == f.Kind)
}

// headAt returns the head of a release as known at t, nil if it was not known.
func headAt(r storage.Reader, e *storage.Entry, t time.Time) (*timeline.Release, error) {
	v := asKnownAt(e, t)
	if v == nil {
		return nil, nil
	}
	if v.Number == e.Current {
		e.Head.Versions = versionsAt(e, t)
		return &e.Head, nil
	}
	rel, err := load(r, e, v)
	if err != nil {
		return nil, err
	}
	rel.Versions = versionsAt(e, t)
	rel.Sections, rel.Statements, rel.Participants, rel.Text = nil, nil, nil, ""
	return rel, nil
}

// VersionInfo is one version of a release, with the release itself so that
// neighbours can be compared.
type VersionInfo struct {
	Version    int
	CapturedAt time.Time // first seen
	LastSeen   time.Time
	Captures   int // how many times it was seen
	SHA256     string
	Release    *timeline.Release // statements named ID@vN#k, without topics
}

// Log returns the versions of a release, v1 first.
func (a *Archive) Log(ctx context.Context, ref Ref) ([]VersionInfo, error) {
	var out []VersionInfo
	err := a.need(ctx, ref, func(r storage.Reader) error {
		e, err := resolve(r, ref.ID)
		if err != nil {
			return err
		}
		for i := range e.Versions {
			v := &e.Versions[i]
			rel, err := load(r, e, v)
			if err != nil {
				return err
			}
			rel.NameStatements(e.ID + "@v" + strconv.Itoa(v.Number))
			out = append(out, VersionInfo{Version: v.Number, CapturedAt: v.Sightings[0].At, LastSeen: v.Sightings[len(v.Sightings)-1].At,
				Captures: len(v.Sightings), SHA256: rel.SHA256, Release: rel})
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
		e, err := resolve(r, ref.ID)
		if err != nil {
			return err
		}
		v, err := versionOf(e, ref)
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

// Curate changes the decisions about the topics of a series: change gets those
// that stand and returns those that shall stand.
func (a *Archive) Curate(ctx context.Context, series timeline.SeriesID, change func(timeline.Curation) (timeline.Curation, error)) error {
	return a.db.Update(ctx, func(w storage.Writer) error {
		old, err := curation(w, series)
		if err != nil {
			return err
		}
		if old == nil {
			old = &timeline.Curation{}
		}
		now, err := change(*old)
		if err != nil {
			return err
		}
		var value []byte
		if len(now.Decisions) > 0 {
			if value, err = json.Marshal(now); err != nil {
				return err
			}
		}
		return w.SetCuration(storage.Curation{Series: series, Kind: curationTopics, Value: value})
	})
}

// Curated returns the series about whose topics something was decided, in order.
// Releases of a series may be missing still.
func (a *Archive) Curated(ctx context.Context) ([]timeline.SeriesID, error) {
	var out []timeline.SeriesID
	err := a.view(ctx, func(r storage.Reader) error {
		for c, err := range r.Curations() {
			if err != nil {
				return err
			}
			if c.Kind == curationTopics {
				out = append(out, c.Series)
			}
		}
		return nil
	})
	return out, err
}

// Curation returns the decisions about the topics of a series.
func (a *Archive) Curation(ctx context.Context, series timeline.SeriesID) (timeline.Curation, error) {
	var out timeline.Curation
	err := a.view(ctx, func(r storage.Reader) error {
		c, err := curation(r, series)
		if c != nil {
			out = *c
		}
		return err
	})
	return out, err
}
