package archive

import (
	"context"
	"slices"

	"readout/storage"
	"readout/timeline"
)

// Overview is the archive in short, and what changed in it since it was last
// looked at. It is for programs that stay up and keep what they derived.
type Overview struct {
	Seq   uint64              // the log stands here
	Heads []*timeline.Release // as of [Archive.List]; nil where nothing changed
	// Curated are the series about which decisions changed, in order.
	Curated []timeline.SeriesID
	// Reread reports that captured bytes were read anew: by other rules, or after a
	// correction. Any release may then differ with its hash unchanged.
	Reread bool
}

// Overview returns the archive in short, given the number of the log up to which
// the caller knows it. Where the log has not moved, nothing is read.
func (a *Archive) Overview(ctx context.Context, after uint64) (*Overview, error) {
	o := &Overview{}
	err := a.view(ctx, func(r storage.Reader) error {
		if o.Seq = r.Seq(); o.Seq == after && after > 0 {
			return nil
		}
		curated := map[timeline.SeriesID]bool{}
		for e, err := range r.Log(after) {
			if err != nil {
				return err
			}
			switch e.Kind {
			case storage.CurationChanged:
				curated[e.Series] = true
			case storage.ReadingReplaced:
				o.Reread = true
			}
		}
		o.Curated = sortedKeys(curated)
		o.Heads = []*timeline.Release{}
		for e, err := range r.Entries("") {
			if err != nil {
				return err
			}
			o.Heads = append(o.Heads, &e.Head)
		}
		return nil
	})
	o.Heads = slices.Clip(o.Heads)
	timeline.SortReleases(o.Heads)
	return o, err
}
