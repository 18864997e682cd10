package archive

import (
	"context"
	"errors"
	"slices"

	"readout/storage"
	"readout/timeline"
)

// PhraseFilter narrows [Archive.Phrase]; the zero value takes everything.
type PhraseFilter struct {
	Series *timeline.SeriesID // nil for all
	Days   timeline.Filter    // of Release.Day; only Since and Until are looked at
	// Trace is what the ledger is made with. What is not found in the search index is not
	// looked for, so the phrase must be one of whole words: neither Exact nor Stems may be set.
	Trace timeline.TraceOptions
	Limit int // the newest releases that use the phrase, 0 for all
}

// PhraseUsers is what the ledger of a phrase is made of.
type PhraseUsers struct {
	Series []timeline.SeriesID // that use the phrase at any time, in order
	// Releases are those of the series in the order of a timeline: those that use the
	// phrase whole, the others as [Archive.List] gives them. Where a limit leaves uses
	// out, they begin with the day of the first use that it lets through.
	Releases []*timeline.Release
	// First is the earliest release that uses the phrase, whole, where the limit leaves
	// it out, else nil, and Earlier is how many releases with a day it leaves out.
	First   *timeline.Release
	Earlier int
}

// Phrase returns who uses a phrase. Only releases that use it are read, and the heads of
// those that lie between.
func (a *Archive) Phrase(ctx context.Context, words string, f PhraseFilter) (*PhraseUsers, error) {
	out := &PhraseUsers{}
	p := phrase(seek(words))
	if len(p) == 0 {
		return out, nil
	}
	err := a.view(ctx, func(r storage.Reader) error {
		using, err := f.using(ctx, r, words, p)
		if err != nil {
			return err
		}
		return out.take(r, f, using)
	})
	return out, err
}

// using returns the places of the releases whose current version uses the phrase.
func (f PhraseFilter) using(ctx context.Context, r storage.Reader, words string, p phrase) ([]*storage.Place, error) {
	in, err := SearchFilter{Series: f.Series}.readings(r)
	if err != nil {
		return nil, err
	}
	places, err := p.find(ctx, r, in)
	if err != nil {
		return nil, err
	}
	var out []*storage.Place
	if err := r.Ahead(storage.Soon{Places: numbersOf(places)}); err != nil {
		return nil, err
	}
	for same := range chunks(places, func(a, b place) bool { return a.number == b.number }) {
		at, err := r.Place(same[0].number)
		if errors.Is(err, storage.ErrNotFound) {
			continue // a reading that is no more, or in no release
		}
		if err != nil {
			return nil, err
		}
		if !at.Current || f.Series != nil && *f.Series != at.Series {
			continue
		}
		if said, err := f.said(r, words, at); err != nil {
			return nil, err
		} else if said {
			out = append(out, at)
		}
	}
	return out, nil
}

// said reports whether the speakers that are asked for say the phrase in a release that
// has it. The index does not know who speaks, so the release is read where that matters.
func (f PhraseFilter) said(r storage.Reader, words string, at *storage.Place) (bool, error) {
	if len(f.Trace.Speakers) == 0 {
		return true, nil
	}
	rel, err := loadCurrent(r, at.Release)
	if err != nil {
		return false, err
	}
	return timeline.Trace([]*timeline.Release{rel}, words, f.Trace).Used(), nil
}

// take reads what the filter lets through of the releases that use the phrase.
func (u *PhraseUsers) take(r storage.Reader, f PhraseFilter, using []*storage.Place) error {
	users := map[timeline.SeriesID]bool{}
	for _, at := range using {
		users[at.Series] = true
	}
	u.Series = sortedKeys(users)
	using = slices.DeleteFunc(using, func(at *storage.Place) bool { return !f.Days.Covers(at.Day) })
	slices.SortFunc(using, func(a, b *storage.Place) int { return timeline.CompareReleases(standing(a), standing(b)) })
	dated := len(using)
	for dated > 0 && using[dated-1].Day.IsZero() {
		dated--
	}
	since := f.Days.Since
	if f.Limit > 0 && dated > f.Limit {
		first, err := loadCurrent(r, using[0].Release)
		if err != nil {
			return err
		}
		u.First, u.Earlier = first, dated-f.Limit
		using = using[u.Earlier:]
		since = using[0].Day
	}
	whole, err := u.read(r, using)
	if err != nil {
		return err
	}
	days := timeline.Filter{Since: since, Until: f.Days.Until}
	for i, id := range u.Series {
		if i%aheadSeries == 0 {
			some := u.Series[i:min(i+aheadSeries, len(u.Series))]
			if err := r.Ahead(storage.Soon{Members: some, Since: since}); err != nil {
				return err
			}
		}
		if err := u.between(r, id, days, whole); err != nil {
			return err
		}
	}
	timeline.SortReleases(u.Releases)
	return nil
}

// How many releases that will be read, and series whose releases will be looked at, the
// store is told of at once.
const (
	aheadUses   = 128
	aheadSeries = 64
)

// read reads the releases that use the phrase, and returns their ids.
func (u *PhraseUsers) read(r storage.Reader, using []*storage.Place) (map[string]bool, error) {
	whole := make(map[string]bool, len(using))
	for some := range slices.Chunk(using, aheadUses) {
		var soon storage.Soon
		for _, at := range some {
			soon.Current = append(soon.Current, at.Release)
		}
		if err := r.Ahead(soon); err != nil {
			return nil, err
		}
		for _, at := range some {
			rel, err := loadCurrent(r, at.Release)
			if err != nil {
				return nil, err
			}
			u.Releases, whole[at.Release] = append(u.Releases, rel), true
		}
	}
	return whole, nil
}

// between adds the heads of the releases of a series that are not there whole.
func (u *PhraseUsers) between(r storage.Reader, id timeline.SeriesID, days timeline.Filter, whole map[string]bool) error {
	for e, err := range r.EntriesSince(id, days.Since) {
		if err != nil {
			return err
		}
		if day := e.Head.Day(); !days.Until.IsZero() && days.Until.Before(day) {
			return nil
		} else if !whole[e.ID] && days.Covers(day) {
			u.Releases = append(u.Releases, &e.Head)
		}
	}
	return nil
}

// loadCurrent returns a release whole, in the version seen last.
func loadCurrent(r storage.Reader, id string) (*timeline.Release, error) {
	e, err := r.Entry(id)
	if err != nil {
		return nil, err
	}
	return load(r, e, &e.Versions[e.Current-1])
}
