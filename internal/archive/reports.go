package archive

import (
	"context"

	"readout/diff"
	"readout/timeline"
)

// Reports compares the texts of a series: each with the text before it of the same kind and
// level, and each version with the version before. Days, zero for all, are those of the
// newer text.
func (a *Archive) Reports(ctx context.Context, id timeline.SeriesID, days timeline.Filter) ([]*diff.Report, error) {
	releases, err := a.Releases(ctx, id, SeriesOptions{})
	if err != nil {
		return nil, err
	}
	compare := diff.Options{Cause: diff.Position, Lexicon: a.rules.Lexicon, Ladder: a.rules.Ladder}
	type form struct {
		kind  timeline.Kind
		level timeline.Level
	}
	before := map[form]*timeline.Release{}
	var out []*diff.Report
	dated, undated := timeline.Dated(releases)
	for _, r := range dated {
		f := form{r.Kind, r.Level}
		if old := before[f]; old != nil && days.Covers(r.Day()) {
			out = append(out, diff.Compare(old, r, compare))
		}
		before[f] = r
	}
	for _, r := range append(dated, undated...) {
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
