package archive

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"readout/storage"
)

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
	return statementsOf(found), err
}

// statementsOf returns the places that are no headings.
func statementsOf(places []place) []place {
	return slices.DeleteFunc(places, place.heading)
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
