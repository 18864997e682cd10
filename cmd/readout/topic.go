package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"readout/internal/archive"
	"readout/timeline"
)

// followed is an issue that the user asked for, and the series it runs through.
type followed struct {
	series *archive.Series
	topic  timeline.Topic
}

// candidate is the best answer of one series to a query.
type candidate struct {
	followed
	match timeline.Match
}

// follow finds the topic that the query means: in the series named, else in the
// one series that has a topic of that very name, else where it fits best. With
// free words, what they were taken for is said on standard error.
func (a *app) follow(ctx context.Context, arch *archive.Archive, query string, series timeline.SeriesID,
	o archive.SeriesOptions) (followed, error) {
	ids, where := []timeline.SeriesID{series}, "any series"
	if series == "" {
		var err error
		if ids, err = seriesIDs(ctx, arch); err != nil {
			return followed{}, err
		}
		if len(ids) == 0 {
			return followed{}, a.errNothingIngested()
		}
		if o.AsKnownAt.IsZero() {
			naming, err := arch.SeriesNaming(ctx, query)
			if err != nil {
				return followed{}, err
			}
			if len(naming) > 1 {
				return followed{}, severalSeries(query, naming)
			}
			if len(naming) == 1 {
				ids = naming
			} else if some, err := a.speaking(ctx, arch, query, ids); err != nil {
				return followed{}, err
			} else if len(some) < len(ids) {
				ids, where = some, "the series that speak of it most"
			}
		}
	}
	var exact, loose []candidate
	for _, id := range ids {
		s, err := arch.Series(ctx, id, o)
		var early *archive.NotYetError
		if errors.As(err, &early) && len(ids) > 1 {
			continue // another series may have been known
		}
		if err != nil {
			return followed{}, seriesError(id, err)
		}
		matches := s.Topics.Find(query)
		if len(matches) == 0 {
			continue
		}
		c := candidate{followed{s, matches[0].Topic}, matches[0]}
		if c.match.Exact {
			exact = append(exact, c)
		} else {
			loose = append(loose, c)
		}
	}
	switch {
	case len(exact) > 1:
		var in []timeline.SeriesID
		for _, c := range exact {
			in = append(in, c.series.ID)
		}
		return followed{}, severalSeries(query, in)
	case len(exact) == 1:
		return exact[0].followed, nil
	case len(loose) == 0:
		// Words that no topic is called by may well be said.
		hint := fmt.Sprintf("readout search %s; readout topics --series %s lists those of a series", query, shortest(ids))
		if len(ids) == 1 {
			where = string(ids[0])
		}
		return followed{}, &hintedError{err: fmt.Errorf("no topic of %s speaks of %q", where, query), hint: hint}
	}
	best := loose[0]
	for _, c := range loose[1:] {
		if c.match.Score > best.match.Score {
			best = c
		}
	}
	a.note("%q is taken for the topic %q of %s", query, best.topic.Name, best.series.ID)
	return best.followed, nil
}

// lookedThrough is in how many series it is looked for the topic that free words mean: all of
// their texts are read for it.
const lookedThrough = 12

// speaking returns those of the series, which have no topic of the name, that say most of the
// words; all of them where they are few or nobody says any.
func (a *app) speaking(ctx context.Context, arch *archive.Archive, words string, all []timeline.SeriesID) ([]timeline.SeriesID, error) {
	if len(all) <= lookedThrough {
		return all, nil
	}
	ids, err := arch.SeriesSpeaking(ctx, words, lookedThrough)
	if err != nil || len(ids) == 0 {
		return all, err
	}
	a.note("%q is looked for in the %d series that speak of it most", words, len(ids))
	return ids, nil
}

// severalSeries says that a topic must be told apart by its series.
func severalSeries(topic string, in []timeline.SeriesID) error {
	var names []string
	for _, id := range in {
		names = append(names, string(id))
	}
	return &usageError{msg: fmt.Sprintf("%q is a topic of %s: say which series", topic, strings.Join(names, ", ")),
		hint: fmt.Sprintf("readout timeline %q --series %s", topic, names[0])}
}

// seriesError explains that a series is not there.
func seriesError(id timeline.SeriesID, err error) error {
	var early *archive.NotYetError
	if errors.As(err, &early) {
		return &hintedError{err: early, hint: "readout list --series " + string(id)}
	}
	if isNotFound(err) {
		return &hintedError{err: fmt.Errorf("there is no series %s", id), hint: "readout series"}
	}
	return err
}
