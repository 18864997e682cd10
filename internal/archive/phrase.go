package archive

import (
	"context"
	"errors"
	"slices"

	"readout/storage"
	"readout/timeline"
)

// PhraseReleases returns the series in which the phrase is used as the options of the
// trace have it, of all for a nil series, and the releases of those series in the order
// of a timeline: those that use the phrase whole, the others without their texts. What
// is not found in the search index is not looked for, so the phrase must be one of whole
// words: neither Exact nor Stems may be set.
func (a *Archive) PhraseReleases(ctx context.Context, words string, series *timeline.SeriesID,
	o timeline.TraceOptions) ([]timeline.SeriesID, []*timeline.Release, error) {
	var users []timeline.SeriesID
	var releases []*timeline.Release
	p := phrase(seek(words))
	if len(p) == 0 {
		return nil, nil, nil
	}
	err := a.view(ctx, func(r storage.Reader) error {
		holding, err := releasesWith(r, p)
		if err != nil {
			return err
		}
		for _, id := range sortedKeys(holding) {
			if series != nil && id != *series {
				continue
			}
			whole, err := loadAll(r, holding[id])
			if err != nil {
				return err
			}
			if !timeline.Trace(whole, words, o).Used() {
				continue
			}
			all, err := amongHeads(r, id, whole)
			if err != nil {
				return err
			}
			users, releases = append(users, id), append(releases, all...)
		}
		return nil
	})
	timeline.SortReleases(releases)
	return users, releases, err
}

// releasesWith returns the ids of the releases whose current version has a phrase, by
// series.
func releasesWith(r storage.Reader, p phrase) (map[timeline.SeriesID][]string, error) {
	places, err := p.find(r, nil)
	if err != nil {
		return nil, err
	}
	out := map[timeline.SeriesID][]string{}
	for same := range chunks(places, func(a, b place) bool { return a.number == b.number }) {
		at, err := r.Place(same[0].number)
		if errors.Is(err, storage.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if at.Current {
			out[at.Series] = append(out[at.Series], at.Release)
		}
	}
	return out, nil
}

func loadAll(r storage.Reader, ids []string) ([]*timeline.Release, error) {
	var out []*timeline.Release
	for _, id := range ids {
		e, err := r.Entry(id)
		if err != nil {
			return nil, err
		}
		rel, err := load(r, e, &e.Versions[e.Current-1])
		if err != nil {
			return nil, err
		}
		out = append(out, rel)
	}
	return out, nil
}

// amongHeads returns all releases of a series: those given, and the heads of the rest.
func amongHeads(r storage.Reader, id timeline.SeriesID, whole []*timeline.Release) ([]*timeline.Release, error) {
	out := slices.Clone(whole)
	known := map[string]bool{}
	for _, rel := range whole {
		known[rel.ID] = true
	}
	for e, err := range r.EntriesOf(id) {
		if err != nil {
			return nil, err
		}
		if !known[e.ID] {
			out = append(out, &e.Head)
		}
	}
	return out, nil
}
