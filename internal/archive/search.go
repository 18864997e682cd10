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
	q, err := parseQuery(text)
	if err != nil {
		return nil, err
	}
	out := []Hit{}
	err = a.view(ctx, func(r storage.Reader) error {
		places, err := q.run(r)
		if err != nil {
			return err
		}
		byReading := map[storage.ReadingKey][]int{}
		for p := range places {
			byReading[p.reading] = append(byReading[p.reading], p.statement)
		}
		var heads []*timeline.Release
		of := map[string]*storage.Entry{}
		days := ListFilter{Since: f.Since, Until: f.Until}
		for e, err := range r.Entries("") {
			if err != nil {
				return err
			}
			if byReading[e.Versions[e.Current-1].Reading] != nil && (f.Series == nil || *f.Series == e.Head.Series) && days.match(&e.Head) {
				heads = append(heads, &e.Head)
				of[e.ID] = e
			}
		}
		timeline.SortReleases(heads)
		slices.Reverse(heads)
		for _, h := range heads {
			e := of[h.ID]
			v := &e.Versions[e.Current-1]
			rel, err := load(r, e, v)
			if err != nil {
				return err
			}
			at := byReading[v.Reading]
			slices.Sort(at)
			for _, n := range at {
				if n >= len(rel.Statements) {
					return fmt.Errorf("%w: search index of release %s", storage.ErrDamaged, e.ID)
				}
				s := rel.Statements[n]
				if (f.Speaker == "" || slices.Contains(s.Speakers, f.Speaker)) && (f.Act == "" || s.Act == f.Act) {
					out = append(out, Hit{h, s})
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
