package archive

import (
	"context"
	"errors"
	"slices"
	"time"

	"readout/diff"
	"readout/internal/news"
	"readout/storage"
	"readout/timeline"
)

// Changed is a release of which something was captured that was not there before.
type Changed struct {
	ID       string
	New      bool  // nothing of it was there before
	Versions []int // its versions that were not there before, in order
}

// Changed returns the releases and versions that came in after the given number of
// the log, in order of id, and the number at which the log stands; give it to
// Remember once the news was delivered. Readings that changed because rules changed
// are not among them.
func (a *Archive) Changed(ctx context.Context, after uint64) ([]Changed, uint64, error) {
	var out []Changed
	var seq uint64
	err := a.view(ctx, func(r storage.Reader) error {
		seq = r.Seq()
		before := map[storage.Hash]bool{} // bytes that were there
		for e, err := range r.Log(0) {
			if err != nil {
				return err
			}
			if e.Seq > after {
				break
			}
			if e.Kind == storage.CaptureAdded {
				before[e.Capture.SHA256] = true
			}
		}
		var err error
		out, err = changed(r, func(s storage.Sighting) bool { return before[s.Reading.SHA256()] })
		return err
	})
	return out, seq, err
}

// ChangedSince returns the releases and versions first seen at or after t.
func (a *Archive) ChangedSince(ctx context.Context, t time.Time) ([]Changed, error) {
	var out []Changed
	err := a.view(ctx, func(r storage.Reader) (err error) {
		out, err = changed(r, func(s storage.Sighting) bool { return s.At.Before(t) })
		return err
	})
	return out, err
}

// changed returns the releases of which some version has no sighting that was known.
func changed(r storage.Reader, known func(storage.Sighting) bool) ([]Changed, error) {
	var out []Changed
	for e, err := range r.Entries("") {
		if err != nil {
			return nil, err
		}
		c := Changed{ID: e.ID, New: true}
		for _, v := range e.Versions {
			if slices.ContainsFunc(v.Sightings, known) {
				c.New = false
			} else {
				c.Versions = append(c.Versions, v.Number)
			}
		}
		if len(c.Versions) > 0 {
			out = append(out, c)
		}
	}
	return out, nil
}

// News makes a report of what changed. Record changes lead from the version before;
// a release that is new has its position changes in the version seen last.
func (a *Archive) News(ctx context.Context, changes []Changed) (*news.Report, error) {
	report := &news.Report{}
	series := map[timeline.SeriesID]*Series{}
	for _, c := range changes {
		rel, err := a.Release(ctx, Ref{ID: c.ID})
		if err != nil {
			return nil, err
		}
		if c.New {
			n := news.Release{Release: rel}
			if rel.Series != "" {
				s := series[rel.Series]
				if s == nil {
					if s, err = a.Series(ctx, rel.Series, SeriesOptions{}); err != nil {
						return nil, err
					}
					series[rel.Series] = s
				}
				n = news.Of(s.release(rel), s.Releases, s.Topics, diff.Options{Lexicon: a.rules.Lexicon, Ladder: a.rules.Ladder})
			}
			report.Releases = append(report.Releases, n)
		}
		for _, v := range c.Versions {
			if v == 1 {
				continue
			}
			r, err := a.record(ctx, c.ID, v)
			if err != nil {
				return nil, err
			}
			report.Records = append(report.Records, news.Record{Change: r})
		}
	}
	slices.SortFunc(report.Releases, func(x, y news.Release) int { return timeline.CompareReleases(x.Release, y.Release) })
	slices.SortStableFunc(report.Records, func(x, y news.Record) int { return x.Change.New.CapturedAt.Compare(y.Change.New.CapturedAt) })
	return report, nil
}

// release returns the release of the series that has the id of rel, else rel.
func (s *Series) release(rel *timeline.Release) *timeline.Release {
	for _, r := range s.Releases {
		if r.ID == rel.ID {
			return r
		}
	}
	return rel
}

// record compares a version of a release with the one before it.
func (a *Archive) record(ctx context.Context, id string, version int) (*diff.Report, error) {
	before, err := a.Release(ctx, Ref{ID: id, Version: version - 1})
	if err != nil {
		return nil, err
	}
	after, err := a.Release(ctx, Ref{ID: id, Version: version})
	if err != nil {
		return nil, err
	}
	return diff.Compare(before, after, diff.Options{Cause: diff.Record, Lexicon: a.rules.Lexicon, Ladder: a.rules.Ladder}), nil
}

// Remembered returns how far the reader called name has got in the log, 0 for one
// that was never remembered.
func (a *Archive) Remembered(ctx context.Context, name string) (uint64, error) {
	var seq uint64
	err := a.view(ctx, func(r storage.Reader) (err error) {
		seq, err = r.Mark(name)
		return err
	})
	if errors.Is(err, storage.ErrNotFound) {
		return 0, nil
	}
	return seq, err
}

// Remember keeps how far the reader called name has got.
func (a *Archive) Remember(ctx context.Context, name string, seq uint64) error {
	return a.db.Update(ctx, func(w storage.Writer) error { return w.SetMark(name, seq) })
}
