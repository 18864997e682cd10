package archive

import (
	"cmp"
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

// place is a statement of a reading, or a heading, and where a phrase begins in it.
type place struct {
	number, statement uint32 // the latter as in terms
	begins            []int  // ascending; not kept for phrases of one term
}

func comparePlaces(a, b place) int {
	return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.statement, b.statement))
}

// find returns the places that hold the phrase, in order of reading. It begins with
// the term that the fewest places have: where a common one stands is looked at only
// there.
// In, where it is not nil, says which readings are looked at.
// It gives up when the context ends.
func (p phrase) find(ctx context.Context, r storage.Reader, in func(number uint32) bool) ([]place, error) {
	lists := make([]storage.Lists, len(p))
	rarest := 0
	for i, x := range p {
		list := r.Lists
		if x.more {
			list = r.ListsBelow
		}
		var err error
		if lists[i], err = list(x.term); err != nil {
			return nil, err
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if lists[i].Size() < lists[rarest].Size() {
			rarest = i
		}
	}
	list, err := lists[rarest].Postings(in)
	if err != nil {
		return nil, err
	}
	at := placesOf(list, p[rarest].at, len(p) > 1)
	for i, x := range p {
		if i == rarest {
			continue
		}
		list, err = lists[i].Postings(amongPlaces(at))
		if err := errors.Join(err, ctx.Err()); err != nil {
			return nil, err
		}
		at = follow(at, list, x.at)
	}
	return at, nil
}

// amongPlaces returns a function that reports whether a reading is that of some place.
func amongPlaces(places []place) func(uint32) bool {
	return func(number uint32) bool {
		_, is := slices.BinarySearchFunc(places, number, func(p place, n uint32) int { return cmp.Compare(p.number, n) })
		return is
	}
}

// placesOf makes one place of the postings of each statement. The term stands at a
// place of its own in the phrase.
func placesOf(list []storage.Posting, at int, begins bool) []place {
	out := make([]place, 0, len(list))
	for _, x := range list {
		p := place{number: x.Number, statement: x.Statement}
		if begins {
			p.begins = beginsOf(x, at)
		}
		if n := len(out); n > 0 && comparePlaces(out[n-1], p) == 0 { // terms of one beginning
			out[n-1].begins = append(out[n-1].begins, p.begins...)
			slices.Sort(out[n-1].begins)
			continue
		}
		out = append(out, p)
	}
	return out
}

// beginsOf returns where a phrase begins that has its term number at where the posting
// says.
func beginsOf(x storage.Posting, at int) []int {
	begins := x.Positions()
	for i := range begins {
		begins[i] -= at
	}
	return begins
}

// follow keeps of the places those at which a further term stands where it must.
func follow(places []place, list []storage.Posting, at int) []place {
	out := places[:0]
	for _, p := range places {
		for len(list) > 0 && comparePlaces(place{number: list[0].Number, statement: list[0].Statement}, p) < 0 {
			list = list[1:]
		}
		var here []int
		for _, x := range list {
			if x.Number != p.number || x.Statement != p.statement {
				break
			}
			here = append(here, beginsOf(x, at)...)
		}
		slices.Sort(here) // of terms of one beginning there are several lists
		p.begins = slices.DeleteFunc(p.begins, func(n int) bool {
			_, is := slices.BinarySearch(here, n)
			return !is
		})
		if len(p.begins) > 0 {
			out = append(out, p)
		}
	}
	return out
}

// both calls do for the places that stand in both lists.
func both(as, bs []place, do func(a, b place)) {
	for len(as) > 0 && len(bs) > 0 {
		switch comparePlaces(as[0], bs[0]) {
		case -1:
			as = as[1:]
		case 1:
			bs = bs[1:]
		default:
			do(as[0], bs[0])
			as, bs = as[1:], bs[1:]
		}
	}
}

// run returns the statements that fit, in order of reading. Where none has the last
// word, it is taken for the beginning of one: a query may be asked while it is typed.
func (q query) run(ctx context.Context, r storage.Reader, in func(number uint32) bool) ([]place, error) {
	found, err := q.fit(ctx, r, in)
	if last := len(q.all) - 1; err == nil && len(found) == 0 && q.open {
		q.all[last] = q.all[last].opened()
		found, err = q.fit(ctx, r, in)
	}
	return slices.DeleteFunc(found, func(p place) bool { return p.heading() }), err
}

// heading reports whether the place is a heading.
func (p place) heading() bool { return p.statement%2 == 1 }

func (q query) fit(ctx context.Context, r storage.Reader, in func(number uint32) bool) ([]place, error) {
	var found []place
	for i, p := range q.all {
		here, err := p.find(ctx, r, in)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			var kept []place
			both(found, here, func(a, _ place) { kept = append(kept, a) })
			here = kept
		}
		found = here
	}
	for _, p := range q.none {
		here, err := p.find(ctx, r, in)
		if err != nil {
			return nil, err
		}
		not := map[[2]uint32]bool{}
		for _, x := range here {
			not[[2]uint32{x.number, x.statement}] = true
		}
		found = slices.DeleteFunc(found, func(x place) bool { return not[[2]uint32{x.number, x.statement}] })
	}
	return found, nil
}

// Search returns the statements of the current versions that fit the query, the
// newest meeting first, within a release in reading order. Words are compared in
// lower case without accents. It gives up when the context ends.
func (a *Archive) Search(ctx context.Context, text string, f SearchFilter) ([]Hit, error) {
	out := []Hit{}
	err := a.search(ctx, text, f, func(r storage.Reader, found []finding) error {
		for i, x := range found {
			if err := errors.Join(ctx.Err(), aheadFound(r, found, i)); err != nil {
				return err
			}
			e, err := r.Entry(x.place.Release)
			if err != nil {
				return err
			}
			rel, err := load(r, e, &e.Versions[e.Current-1])
			if err != nil {
				return err
			}
			for _, n := range x.statements {
				if n >= len(rel.Statements) {
					return fmt.Errorf("%w: search index of release %s", storage.ErrDamaged, e.ID)
				}
				s := rel.Statements[n]
				if (f.Speaker == "" || slices.Contains(s.Speakers, f.Speaker)) && (f.Act == "" || s.Act == f.Act) {
					out = append(out, Hit{&e.Head, s})
				}
				if f.Limit > 0 && len(out) == f.Limit {
					return nil
				}
			}
		}
		return nil
	})
	return out, err
}

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
	err := a.search(ctx, text, f, func(_ storage.Reader, found []finding) error {
		for _, x := range found {
			out[x.place.Series] += len(x.statements)
		}
		return nil
	})
	return out, err
}

// finding is a release with the indexes of the statements that were found in its
// current version, in order.
type finding struct {
	place      *storage.Place
	statements []int
}

// search runs fn on what the query finds, the newest meeting first.
func (a *Archive) search(ctx context.Context, text string, f SearchFilter, fn func(storage.Reader, []finding) error) error {
	q, err := parseQuery(text)
	if err != nil {
		return err
	}
	return a.view(ctx, func(r storage.Reader) error {
		in, err := f.readings(r)
		if err != nil {
			return err
		}
		places, err := q.run(ctx, r, in)
		if err != nil {
			return err
		}
		found, err := f.findings(ctx, r, places)
		if err != nil {
			return err
		}
		return fn(r, found)
	})
}

// readings returns which readings the filter lets through, nil for all: those of one
// series are few beside the list of a common word.
func (f SearchFilter) readings(r storage.Reader) (func(number uint32) bool, error) {
	if f.Series == nil {
		return nil, nil
	}
	in := map[uint32]bool{}
	for e, err := range r.EntriesOf(*f.Series) {
		if err != nil {
			return nil, err
		}
		n, err := r.NumberOf(e.Versions[e.Current-1].Reading)
		if errors.Is(err, storage.ErrNotFound) {
			continue
		} else if err != nil {
			return nil, err
		}
		in[n] = true
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
