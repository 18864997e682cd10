package archive

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"readout/storage"
	"readout/timeline"
)

// curationTopics is the kind under which the decisions about topics are kept.
const curationTopics = "topics"

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
