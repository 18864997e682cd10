package archive

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"readout/storage"
	"readout/timeline"
)

// SearchFilter narrows [Archive.Search]; the zero value takes everything.
type SearchFilter struct {
	Series       *timeline.SeriesID // nil for all
	Since, Until timeline.Date      // of Release.Day, both inclusive
	Speaker      timeline.Party
	Act          timeline.Act
	Limit        int // 0 for no limit
}

// Hit is a statement that a search found.
type Hit struct {
	Release   *timeline.Release // without sections, statements and text
	Statement timeline.Statement
}

// Search returns the statements of the current versions that fit the query, the
// newest meeting first, within a release in reading order. Words are compared in
// lower case without accents. It gives up when the context ends.
func (a *Archive) Search(ctx context.Context, text string, f SearchFilter) ([]Hit, error) {
	q, err := parseQuery(text)
	if err != nil {
		return nil, err
	}
	var out []Hit
	err = a.view(ctx, func(bare storage.Reader) (err error) {
		r := keepLists(bare)
		if out, err = f.newest(ctx, r, q); err != nil || len(out) > 0 {
			return err
		}
		found, err := f.find(ctx, r, q)
		if err != nil {
			return err
		}
		out, err = f.hits(ctx, r, []Hit{}, found)
		return err
	})
	return out, err
}

// hits appends the statements that were found to out, as many as the filter lets through.
func (f SearchFilter) hits(ctx context.Context, r storage.Reader, out []Hit, found []finding) ([]Hit, error) {
	for i, x := range found {
		if err := errors.Join(ctx.Err(), aheadFound(r, found, i)); err != nil {
			return nil, err
		}
		e, err := r.Entry(x.place.Release)
		if err != nil {
			return nil, err
		}
		rel, err := load(r, e, &e.Versions[e.Current-1])
		if err != nil {
			return nil, err
		}
		for _, n := range x.statements {
			if n >= len(rel.Statements) {
				return nil, fmt.Errorf("%w: search index of release %s", storage.ErrDamaged, e.ID)
			}
			s := rel.Statements[n]
			if (f.Speaker == "" || slices.Contains(s.Speakers, f.Speaker)) && (f.Act == "" || s.Act == f.Act) {
				out = append(out, Hit{&e.Head, s})
			}
			if f.full(out) {
				return out, nil
			}
		}
	}
	return out, nil
}

// full reports whether there are as many hits as are asked for.
func (f SearchFilter) full(hits []Hit) bool { return f.Limit > 0 && len(hits) == f.Limit }

// aheadFindings is how many releases are told of at once that will be read.
const aheadFindings = 32

// aheadFound tells the store at every so many of what was found that the next will be read.
func aheadFound(r storage.Reader, found []finding, at int) error {
	if at%aheadFindings != 0 {
		return nil
	}
	var soon storage.Soon
	for _, x := range found[at:min(at+aheadFindings, len(found))] {
		soon.Current = append(soon.Current, x.place.Release)
	}
	return r.Ahead(soon)
}

// SearchSeries counts the statements that fit the query in each series, without
// reading them: Speaker, Act and Limit of the filter are not looked at.
func (a *Archive) SearchSeries(ctx context.Context, text string, f SearchFilter) (map[timeline.SeriesID]int, error) {
	out := map[timeline.SeriesID]int{}
	q, err := parseQuery(text)
	if err != nil {
		return nil, err
	}
	err = a.view(ctx, func(r storage.Reader) error {
		found, err := f.find(ctx, r, q)
		for _, x := range found {
			out[x.place.Series] += len(x.statements)
		}
		return err
	})
	return out, err
}

// finding is a release with the indexes of the statements that were found in its
// current version, in order.
type finding struct {
	place      *storage.Place
	statements []int
}

// find returns what the query finds, the newest meeting first.
func (f SearchFilter) find(ctx context.Context, r storage.Reader, q query) ([]finding, error) {
	in, err := f.readings(r)
	if err != nil {
		return nil, err
	}
	places, err := q.run(ctx, r, in)
	if err != nil {
		return nil, err
	}
	return f.findings(ctx, r, places)
}

// readings returns which readings the filter lets through, nil for all: those of one
// series are few beside the list of a common word.
func (f SearchFilter) readings(r storage.Reader) (func(number uint32) bool, error) {
	if f.Series == nil {
		return nil, nil
	}
	var keys []storage.ReadingKey
	for e, err := range r.EntriesOf(*f.Series) {
		if err != nil {
			return nil, err
		}
		keys = append(keys, e.Versions[e.Current-1].Reading)
	}
	in := map[uint32]bool{}
	if err := numbersInto(r, keys, in); err != nil {
		return nil, err
	}
	return func(number uint32) bool { return in[number] }, nil
}

// findings returns the releases of the places that pass the filter, the newest first.
// Nothing is decoded but where they stand.
func (f SearchFilter) findings(ctx context.Context, r storage.Reader, places []place) ([]finding, error) {
	var out []finding
	days := timeline.Filter{Since: f.Since, Until: f.Until}
	if err := r.Ahead(storage.Soon{Places: numbersOf(places)}); err != nil {
		return nil, err
	}
	for same := range chunks(places, func(a, b place) bool { return a.number == b.number }) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p, err := r.Place(same[0].number)
		if errors.Is(err, storage.ErrNotFound) {
			continue // a reading that is no more, or in no release
		}
		if err != nil {
			return nil, err
		}
		if !p.Current || f.Series != nil && *f.Series != p.Series || !days.Covers(p.Day) {
			continue
		}
		x := finding{place: p}
		for _, s := range same {
			x.statements = append(x.statements, int(s.statement/2))
		}
		out = append(out, x)
	}
	slices.SortFunc(out, func(a, b finding) int {
		return timeline.CompareReleases(standing(b.place), standing(a.place))
	})
	return out, nil
}

// numbersOf are the readings of the places, each once.
func numbersOf(places []place) []uint32 {
	var out []uint32
	for _, p := range places {
		if len(out) == 0 || out[len(out)-1] != p.number {
			out = append(out, p.number)
		}
	}
	return out
}

// standing is a release that stands in a timeline where that of the place does.
func standing(p *storage.Place) *timeline.Release {
	return &timeline.Release{ID: p.Release, Held: p.Day, Published: p.Published}
}
