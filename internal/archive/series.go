package archive

import (
	"context"
	"fmt"
	"time"

	"readout/internal/ask"
	"readout/storage"
	"readout/timeline"
)

// loadSeries returns the releases of a series in order, each in the version that
// was seen last by the given time (zero means now).
func loadSeries(r storage.Reader, series timeline.SeriesID, at time.Time) ([]*timeline.Release, error) {
	entries, err := collect(r.EntriesOf(series))
	if err != nil {
		return nil, err
	}
	if err := aheadOf(r, entries, at); err != nil {
		return nil, err
	}
	var out []*timeline.Release
	for _, e := range entries {
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
	timeline.Resolve(out)
	meetings := timeline.MeetingIDs(out)
	for _, rel := range out {
		rel.Meeting = meetings[rel.ID]
	}
	return out, nil
}

// aheadOf tells the store that the entries will be loaded as they were known at a time.
func aheadOf(r storage.Reader, entries []*storage.Entry, at time.Time) error {
	var soon storage.Soon
	for _, e := range entries {
		if v := asKnownAt(e, at); v != nil {
			soon.Readings = append(soon.Readings, v.Reading)
		}
	}
	return r.Ahead(soon)
}

// link finds the topics of a series and writes them into its statements.
func (a *Archive) link(r storage.Reader, series timeline.SeriesID, releases []*timeline.Release,
	o SeriesOptions) (*timeline.Topics, error) {
	decided, err := curation(r, series)
	if err != nil {
		return nil, err
	}
	if decided != nil && o.WithoutJudgements {
		decided.Judgements = nil
	}
	return timeline.Link(releases, a.linkOptions(series, decided)), nil
}

func (a *Archive) linkOptions(series timeline.SeriesID, decided *timeline.Curation) timeline.LinkOptions {
	return timeline.LinkOptions{Series: series, Issues: a.rules.Issues(), Words: a.rules.WordLists(), Curation: decided}
}

// Series is all releases of the same parties with the issues that run through them.
type Series struct {
	ID       timeline.SeriesID
	Releases []*timeline.Release // in the order of a timeline, statements with topics
	Topics   *timeline.Topics
	digest   string // of all that follows from its texts; empty where it is not as it stands
}

// SeriesOptions adjust [Archive.Series]; the zero value works.
type SeriesOptions struct {
	// AsKnownAt leaves out what was captured later; zero means nothing. Releases
	// keep the ids and version numbers they have now.
	AsKnownAt time.Time
	// WithoutJudgements leaves to doubt what only a model has settled.
	WithoutJudgements bool
}

// Series returns a series whole. A series without releases is a
// storage.ErrNotFound.
func (a *Archive) Series(ctx context.Context, id timeline.SeriesID, o SeriesOptions) (*Series, error) {
	s := &Series{ID: id}
	var fresh *seriesView
	err := a.view(ctx, func(r storage.Reader) (err error) {
		if s.Releases, err = loadKnown(r, id, o); err != nil {
			return err
		}
		if o == (SeriesOptions{}) {
			if s.Topics, fresh, err = a.linked(r, id, s.Releases); err != nil {
				return err
			}
			if row, err := r.SeriesRow(id); err == nil {
				s.digest, err = a.viewDigest(r, row)
				return err
			}
		} else {
			s.Topics, err = a.link(r, id, s.Releases, o)
		}
		return err
	})
	if err == nil && len(s.Releases) == 0 {
		return nil, noSeries(id)
	}
	if err == nil && fresh != nil {
		a.keep(ctx, keepWait, map[timeline.SeriesID]*seriesView{id: fresh})
	}
	return s, err
}

// Releases returns the releases of a series in the order of a timeline, without
// their topics. A series without releases is a storage.ErrNotFound.
func (a *Archive) Releases(ctx context.Context, id timeline.SeriesID, o SeriesOptions) ([]*timeline.Release, error) {
	var out []*timeline.Release
	err := a.view(ctx, func(r storage.Reader) (err error) {
		out, err = loadKnown(r, id, o)
		return err
	})
	if err == nil && len(out) == 0 {
		return nil, noSeries(id)
	}
	return out, err
}

// NotYetError is returned for a series of which nothing had been captured by the time
// that a question is asked for.
type NotYetError struct {
	Series timeline.SeriesID
	At     time.Time
}

// Error says what was not known by when.
func (e *NotYetError) Error() string {
	return fmt.Sprintf("nothing of %s had been captured by %s", e.Series, e.At.UTC().Format(time.RFC3339))
}

// Is makes the error match storage.ErrNotFound.
func (e *NotYetError) Is(target error) bool { return target == storage.ErrNotFound }

// loadKnown loads a series as the options want it. It tells a series that was not known
// yet from one that is not there.
func loadKnown(r storage.Reader, id timeline.SeriesID, o SeriesOptions) ([]*timeline.Release, error) {
	out, err := loadSeries(r, id, o.AsKnownAt)
	if err != nil || len(out) > 0 || o.AsKnownAt.IsZero() {
		return out, err
	}
	for row, err := range r.SeriesRows() {
		if err != nil {
			return nil, err
		}
		if row.ID == id {
			return nil, &NotYetError{Series: id, At: o.AsKnownAt}
		}
	}
	return nil, nil
}

func noSeries(id timeline.SeriesID) error {
	return fmt.Errorf("series %q has no release: %w", id, storage.ErrNotFound)
}

// SeriesIDs returns the ids of all series in order; "" comes first where there are
// releases of unknown parties.
func (a *Archive) SeriesIDs(ctx context.Context) ([]timeline.SeriesID, error) {
	var ids []timeline.SeriesID
	err := a.view(ctx, func(r storage.Reader) error {
		for row, err := range r.SeriesRows() {
			if err != nil {
				return err
			}
			ids = append(ids, row.ID)
		}
		return nil
	})
	return ids, err
}

// SeriesList returns all series in order of id. Releases of unknown parties are
// the series "", which has no topics.
func (a *Archive) SeriesList(ctx context.Context) ([]ask.SeriesItem, error) {
	made, err := a.refreshViews(ctx, keepWait, nil)
	if err != nil {
		return nil, err
	}
	out := []ask.SeriesItem{}
	err = a.view(ctx, func(r storage.Reader) error {
		for row, err := range r.SeriesRows() {
			if err != nil {
				return err
			}
			i := ask.SeriesItem{ID: row.ID, Parties: row.ID.Parties(), Releases: row.Releases, First: row.First, Last: row.Last}
			if v := made[row.ID]; v != nil {
				i.Topics = len(v.topics)
			} else if row.ID != "" {
				if _, i.Topics, _, err = a.keptCount(r, row); err != nil {
					return err
				}
			}
			out = append(out, i)
		}
		return nil
	})
	return out, err
}
