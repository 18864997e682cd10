package archive

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"readout/storage"
	"readout/timeline"
)

// refreshViews makes the views of the given series, nil for all, that do not hold any
// more, and keeps them. Those that could not be kept are returned, without what each
// release has. Each series is read and linked by itself.
func (a *Archive) refreshViews(ctx context.Context, wait time.Duration,
	ids []timeline.SeriesID) (map[timeline.SeriesID]*seriesView, error) {
	stale, err := a.staleViews(ctx, ids)
	if err != nil {
		return nil, err
	}
	made := map[timeline.SeriesID]*seriesView{}
	batch := map[timeline.SeriesID]*seriesView{}
	size := 0
	for i, id := range stale {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		v, err := a.makeView(ctx, id)
		if err != nil {
			return nil, err
		}
		if v != nil {
			batch[id] = v
			size += len(v.releases)
		}
		if size >= batchCount || i == len(stale)-1 {
			if !a.keep(ctx, wait, batch) {
				for id, v := range batch {
					made[id] = &seriesView{topics: v.topics}
				}
			}
			clear(batch)
			size = 0
		}
	}
	return made, nil
}

// makeView reads a series and links it, nil where its view holds by now.
func (a *Archive) makeView(ctx context.Context, id timeline.SeriesID) (v *seriesView, err error) {
	err = a.view(ctx, func(r storage.Reader) error {
		releases, err := loadSeries(r, id, time.Time{})
		if err != nil {
			return err
		}
		_, v, err = a.linked(r, id, releases)
		return err
	})
	return v, err
}

// staleViews returns those of the series, of all for nil, whose views do not hold.
func (a *Archive) staleViews(ctx context.Context, ids []timeline.SeriesID) ([]timeline.SeriesID, error) {
	var stale []timeline.SeriesID
	err := a.view(ctx, func(r storage.Reader) error {
		find := allRows
		if ids != nil {
			find = func(r storage.Reader) ([]storage.SeriesRow, error) { return rowsOf(r, ids) }
		}
		rows, err := find(r)
		if err != nil {
			return err
		}
		for _, row := range rows {
			_, _, holds, err := a.keptCount(r, row)
			if err != nil {
				return err
			}
			if !holds {
				stale = append(stale, row.ID)
			}
		}
		return nil
	})
	return stale, err
}

// allRows returns all series in short. The releases without one are left out: no issue
// runs through them.
func allRows(r storage.Reader) ([]storage.SeriesRow, error) {
	var rows []storage.SeriesRow
	for row, err := range r.SeriesRows() {
		if err != nil {
			return nil, err
		}
		if row.ID != "" {
			rows = append(rows, row)
		}
	}
	return rows, aheadViews(r, rows)
}

// rowsOf returns the series in short, those that have a release.
func rowsOf(r storage.Reader, ids []timeline.SeriesID) ([]storage.SeriesRow, error) {
	if err := r.Ahead(storage.Soon{Series: ids}); err != nil {
		return nil, err
	}
	var rows []storage.SeriesRow
	for _, id := range ids {
		row, err := r.SeriesRow(id)
		if errors.Is(err, storage.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, aheadViews(r, rows)
}

// aheadViews says that the views of series will be looked at.
func aheadViews(r storage.Reader, rows []storage.SeriesRow) error {
	var soon storage.Soon
	for _, row := range rows {
		soon.Curations = append(soon.Curations, settling(row.ID)...)
		soon.Notes = append(soon.Notes, storage.Note{Kind: kindView, Key: string(row.ID)})
	}
	return r.Ahead(soon)
}

// SeriesNaming returns the series that have a topic of which name is the id or one of
// the names, in order.
func (a *Archive) SeriesNaming(ctx context.Context, name string) ([]timeline.SeriesID, error) {
	made, err := a.refreshViews(ctx, keepWait, nil)
	if err != nil {
		return nil, err
	}
	naming := map[timeline.SeriesID]bool{}
	for id, v := range made {
		if slices.Contains(v.names(), timeline.NameKey(name)) {
			naming[id] = true
		}
	}
	err = a.view(ctx, func(r storage.Reader) error {
		kept := map[timeline.SeriesID]string{} // digests
		key := timeline.NameKey(name) + "\x00"
		for n, err := range r.Notes(kindName, key) {
			if err != nil {
				return err
			}
			kept[timeline.SeriesID(strings.TrimPrefix(n.Key, key))] = string(n.Value)
		}
		rows, err := rowsOf(r, sortedKeys(kept))
		for _, row := range rows {
			digest, err := a.viewDigest(r, row)
			if err != nil {
				return err
			}
			if digest == kept[row.ID] {
				naming[row.ID] = true
			}
		}
		return err
	})
	return sortedKeys(naming), err
}
