package archive

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

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
	// In is an overview of the archive; with it, the catalogue need not be read, and
	// releases that came in after it are not found. Nil for none.
	In *Overview
}

// Hit is a statement that a search found.
type Hit struct {
	Release   *timeline.Release // without sections, statements and text
	Statement timeline.Statement
}

// ErrQuery is returned when the words of a search cannot be understood.
var ErrQuery = errors.New("search")

// query is a search in terms.
type query struct {
	all  [][]string // phrases that must occur, in order; a word is a phrase of one
	none [][]string // phrases that must not
}

// parseQuery reads words (all of which must occur), "quoted phrases" and -words
// (which must not).
func parseQuery(s string) (query, error) {
	var q query
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		rest, not := strings.CutPrefix(s, "-")
		var piece string
		if quoted, ok := strings.CutPrefix(rest, `"`); ok {
			if piece, s, ok = strings.Cut(quoted, `"`); !ok {
				return q, fmt.Errorf("%w: the quotation mark before %q is not closed", ErrQuery, quoted)
			}
		} else if i := strings.IndexAny(rest, " \t\n"); i >= 0 {
			piece, s = rest[:i], rest[i:]
		} else {
			piece, s = rest, ""
		}
		phrase := tokens(piece)
		switch {
		case len(phrase) == 0:
		case not:
			q.none = append(q.none, phrase)
		default:
			q.all = append(q.all, phrase)
		}
	}
	if len(q.all) == 0 {
		return q, fmt.Errorf("%w: it needs at least one word that shall occur", ErrQuery)
	}
	return q, nil
}

// place is a statement of a reading.
type place struct {
	reading   storage.ReadingKey
	statement int
}

// find returns the statements that hold the phrase.
func find(r storage.Reader, phrase []string) (map[place]bool, error) {
	var at map[place][]int // where the phrase so far may end
	for i, term := range phrase {
		list, err := r.Postings(term)
		if err != nil {
			return nil, err
		}
		next := make(map[place][]int, len(list))
		for _, p := range list {
			where := place{p.Reading, p.Statement}
			if i == 0 {
				next[where] = p.Positions
				continue
			}
			var keep []int
			for _, n := range p.Positions {
				if _, ok := slices.BinarySearch(at[where], n-1); ok {
					keep = append(keep, n)
				}
			}
			if keep != nil {
				next[where] = keep
			}
		}
		at = next
	}
	out := make(map[place]bool, len(at))
	for p := range at {
		out[p] = true
	}
	return out, nil
}

// Search returns the statements of the current versions that fit the query, the
// newest meeting first, within a release in reading order. Words are compared in
// lower case without accents.
func (a *Archive) Search(ctx context.Context, text string, f SearchFilter) ([]Hit, error) {
	out := []Hit{}
	err := a.search(ctx, text, f, func(r storage.Reader, found []finding) error {
		for _, x := range found {
			v := &x.entry.Versions[x.entry.Current-1]
			rel, err := load(r, x.entry, v)
			if err != nil {
				return err
			}
			for _, n := range x.statements {
				if n >= len(rel.Statements) {
					return fmt.Errorf("%w: search index of release %s", storage.ErrDamaged, x.entry.ID)
				}
				s := rel.Statements[n]
				if (f.Speaker == "" || slices.Contains(s.Speakers, f.Speaker)) && (f.Act == "" || s.Act == f.Act) {
					out = append(out, Hit{&x.entry.Head, s})
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

// SearchSeries counts the statements that fit the query in each series, without
// reading them: Speaker, Act and Limit of the filter are not looked at.
func (a *Archive) SearchSeries(ctx context.Context, text string, f SearchFilter) (map[timeline.SeriesID]int, error) {
	out := map[timeline.SeriesID]int{}
	err := a.search(ctx, text, f, func(_ storage.Reader, found []finding) error {
		for _, x := range found {
			out[x.entry.Head.Series] += len(x.statements)
		}
		return nil
	})
	return out, err
}

// finding is a release with the indexes of the statements that were found in its
// current version, in order.
type finding struct {
	entry      *storage.Entry
	statements []int
}

// search runs fn on what the query finds, the newest meeting first.
func (a *Archive) search(ctx context.Context, text string, f SearchFilter, fn func(storage.Reader, []finding) error) error {
	q, err := parseQuery(text)
	if err != nil {
		return err
	}
	return a.view(ctx, func(r storage.Reader) error {
		places, err := q.run(r)
		if err != nil {
			return err
		}
		byReading := map[storage.ReadingKey][]int{}
		for p := range places {
			byReading[p.reading] = append(byReading[p.reading], p.statement)
		}
		entries, err := f.entries(r, byReading)
		if err != nil {
			return err
		}
		found := make([]finding, len(entries))
		for i, e := range entries {
			at := byReading[e.Versions[e.Current-1].Reading]
			slices.Sort(at)
			found[len(entries)-1-i] = finding{e, at}
		}
		return fn(r, found)
	})
}

// entries returns the releases that have one of the readings in their current version
// and pass the filter, in the order of a timeline.
func (f SearchFilter) entries(r storage.Reader, byReading map[storage.ReadingKey][]int) ([]*storage.Entry, error) {
	var out []*storage.Entry
	days := ListFilter{Since: f.Since, Until: f.Until}
	keep := func(e *storage.Entry) {
		if (f.Series == nil || *f.Series == e.Head.Series) && days.match(&e.Head) {
			out = append(out, e)
		}
	}
	if f.In != nil {
		for key := range byReading {
			for _, e := range f.In.current[key] {
				keep(e)
			}
		}
	} else {
		for e, err := range r.Entries("") {
			if err != nil {
				return nil, err
			}
			if byReading[e.Versions[e.Current-1].Reading] != nil {
				keep(e)
			}
		}
	}
	slices.SortFunc(out, func(a, b *storage.Entry) int { return timeline.CompareReleases(&a.Head, &b.Head) })
	return out, nil
}

func (q query) run(r storage.Reader) (map[place]bool, error) {
	places, err := find(r, q.all[0])
	if err != nil {
		return nil, err
	}
	narrow := func(phrases [][]string, keep bool) error {
		for _, phrase := range phrases {
			found, err := find(r, phrase)
			if err != nil {
				return err
			}
			for p := range places {
				if found[p] != keep {
					delete(places, p)
				}
			}
		}
		return nil
	}
	if err := narrow(q.all[1:], true); err != nil {
		return nil, err
	}
	return places, narrow(q.none, false)
}
