package archive

import (
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
