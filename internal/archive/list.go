package archive

import (
	"cmp"
	"context"
	"time"

	"readout/storage"
	"readout/timeline"
)

// ListFilter narrows [Archive.List]; the zero value takes everything.
type ListFilter struct {
	Series       *timeline.SeriesID // nil for all
	Since, Until timeline.Date      // of Release.Day, both inclusive
	Kind         timeline.Kind
	AsKnownAt    time.Time
	Limit        int // the last of them in order, 0 for all
}

// List returns the releases, in the order of a timeline, without sections,
// statements and text. Unless AsKnownAt is set they are in the version seen last.
func (a *Archive) List(ctx context.Context, f ListFilter) ([]*timeline.Release, error) {
	var out []*timeline.Release
	err := a.view(ctx, func(r storage.Reader) (err error) {
		if f.Series == nil && f.AsKnownAt.IsZero() && (f.Limit > 0 || !f.Since.IsZero()) {
			out, err = f.newest(r)
		} else {
			out, err = f.among(r)
		}
		return err
	})
	timeline.SortReleases(out)
	if f.Limit > 0 {
		out = out[max(0, len(out)-f.Limit):]
	}
	return out, err
}

// among returns the heads that pass the filter of all releases, or of those of a series.
func (f ListFilter) among(r storage.Reader) ([]*timeline.Release, error) {
	entries := r.Entries("")
	switch {
	case f.Series != nil && f.AsKnownAt.IsZero():
		entries = r.EntriesSince(*f.Series, f.Since)
	case f.Series != nil:
		entries = r.EntriesOf(*f.Series)
	}
	out := []*timeline.Release{}
	for e, err := range entries {
		if err != nil {
			return nil, err
		}
		head, err := headAt(r, e, f.AsKnownAt)
		if err != nil {
			return nil, err
		}
		if head != nil && f.match(head) {
			out = append(out, head)
		}
	}
	return out, nil
}

// newest returns the heads that pass the filter from the newest day back to the first that is
// asked for, or to that on which there are as many as are asked for.
func (f ListFilter) newest(r storage.Reader) ([]*timeline.Release, error) {
	out := []*timeline.Release{}
	until, err := lastDay(r, f.Since, f.Until)
	if err != nil {
		return nil, err
	}
	var ids []string // that are not read yet
	for day, err := range r.ByDay(until) {
		if err != nil {
			return nil, err
		}
		if day.Day.Before(f.Since) {
			break
		}
		if ids = append(ids, day.IDs...); len(ids) < cmp.Or(f.Limit, aheadUses) {
			continue
		}
		if out, err = f.heads(r, out, ids); err != nil || f.Limit > 0 && len(out) >= f.Limit {
			return out, err
		}
		ids = ids[:0]
	}
	return f.heads(r, out, ids)
}

// heads appends the heads of some releases that pass the filter.
func (f ListFilter) heads(r storage.Reader, out []*timeline.Release, ids []string) ([]*timeline.Release, error) {
	if err := r.Ahead(storage.Soon{Entries: ids}); err != nil {
		return nil, err
	}
	for _, id := range ids {
		e, err := r.Entry(id)
		if err != nil {
			return nil, err
		}
		if head, err := headAt(r, e, time.Time{}); err != nil {
			return nil, err
		} else if f.match(head) {
			out = append(out, head)
		}
	}
	return out, nil
}

func (f ListFilter) match(r *timeline.Release) bool {
	return f.days().Covers(r.Day()) && (f.Kind == "" || r.Kind == f.Kind)
}

func (f ListFilter) days() timeline.Filter { return timeline.Filter{Since: f.Since, Until: f.Until} }

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
	rel.Sections, rel.Statements, rel.Lines, rel.Participants, rel.Text = nil, nil, nil, nil, ""
	return rel, nil
}
