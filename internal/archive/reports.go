package archive

import (
	"context"

	"readout/diff"
	"readout/timeline"
)

// Reports compares the texts of a series: each with the last comparable text before it, and
// each version with the version before. Days, zero for all, are those of the newer text.
func (a *Archive) Reports(ctx context.Context, id timeline.SeriesID, days timeline.Filter) ([]*diff.Report, error) {
	releases, err := a.Releases(ctx, id, SeriesOptions{})
	if err != nil {
		return nil, err
	}
	compare := a.rules.Diff()
	compare.Cause = diff.Position
	var out []*diff.Report
	lanes := timeline.NewLanes(releases, a.rules.WordLists())
	for _, r := range releases {
		if old := lanes.Before(r); old != nil && days.Covers(r.Day()) {
			out = append(out, diff.Compare(old, r, compare))
		}
		for v := 2; v <= r.Versions && days.Covers(r.Day()); v++ {
			record, err := a.record(ctx, r.ID, Alteration{Old: v - 1, New: v})
			if err != nil {
				return nil, err
			}
			out = append(out, record)
		}
	}
	return out, nil
}
