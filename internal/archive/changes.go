package archive

import (
	"context"
	"errors"
	"slices"
	"time"

	"readout/diff"
	"readout/internal/ask"
	"readout/storage"
	"readout/timeline"
)

// Changed is a release of which something was captured that was not there before.
type Changed struct {
	ID     string
	Series timeline.SeriesID // of its version seen last
	New    bool              // nothing of it was there before
	// Alterations are the steps from one text to another that were not known before, in
	// order: also back to a text that had been seen.
	Alterations []Alteration
}

// Changed returns the releases and alterations that came in after the given number of
// the log, in order of id, and the number at which the log stands; give it to
// Remember once the news was delivered. Readings that changed because rules changed
// are not among them.
func (a *Archive) Changed(ctx context.Context, after uint64) ([]Changed, uint64, error) {
	var out []Changed
	var seq uint64
	err := a.view(ctx, func(r storage.Reader) (err error) {
		seq = r.Seq()
		ids, fresh, err := releasesAfter(r, after)
		if err != nil {
			return err
		}
		out, err = changed(r, ids, func(s storage.Sighting) bool { return !fresh[sight{s.Reading.SHA256(), s.At.UTC()}] })
		return err
	})
	return out, seq, err
}

// sight names bytes seen at a moment.
type sight struct {
	hash storage.Hash
	at   time.Time
}

// releasesAfter returns the releases of what was seen after a number of the log, and
// what was seen then and not before. Corrections of what was said about bytes are no
// sights of them.
func releasesAfter(r storage.Reader, after uint64) (ids map[string]bool, fresh map[sight]bool, err error) {
	ids, events := map[string]bool{}, map[sight]int{}
	for e, err := range r.Log(after) {
		if err != nil {
			return nil, nil, err
		}
		if e.Kind != storage.CaptureAdded || !e.Capture.NotedAt.IsZero() {
			continue
		}
		events[sight{e.Capture.SHA256, e.Capture.CapturedAt.UTC()}]++
		strands, err := strandsAt(r, e.Capture.SHA256)
		if err != nil {
			return nil, nil, err
		}
		for _, s := range strands {
			id, err := r.ReleaseOf(s.key)
			if errors.Is(err, storage.ErrNotFound) {
				continue
			} else if err != nil {
				return nil, nil, err
			}
			ids[id] = true
		}
	}
	fresh, err = unseen(r, events)
	return ids, fresh, err
}

// unseen returns those sights for which nothing but the given numbers of captures speaks.
func unseen(r storage.Reader, events map[sight]int) (map[sight]bool, error) {
	fresh := map[sight]bool{}
	for s, n := range events {
		rows, err := collect(r.CapturesOf(s.hash))
		if err != nil {
			return nil, err
		}
		for _, c := range rows {
			if c.NotedAt.IsZero() && c.CapturedAt.Equal(s.at) {
				n--
			}
		}
		fresh[s] = n >= 0
	}
	return fresh, nil
}

// ChangedSince returns the releases first seen at or after t, and the alterations since.
func (a *Archive) ChangedSince(ctx context.Context, t time.Time) ([]Changed, error) {
	var out []Changed
	err := a.view(ctx, func(r storage.Reader) (err error) {
		ids := map[string]bool{}
		for id, err := range r.SeenSince(t) {
			if err != nil {
				return err
			}
			ids[id] = true
		}
		out, err = changed(r, ids, func(s storage.Sighting) bool { return s.At.Before(t) })
		return err
	})
	return out, err
}

// changed returns those of the releases that the known sightings say nothing of, and those
// that were altered in a way which they do not show, in order of id.
func changed(r storage.Reader, ids map[string]bool, known func(storage.Sighting) bool) ([]Changed, error) {
	var out []Changed
	for _, id := range sortedKeys(ids) {
		e, err := r.Entry(id)
		if err != nil {
			return nil, err
		}
		before := e.Spells(known)
		c := Changed{ID: e.ID, Series: e.Head.Series, New: len(before) == 0}
		c.Alterations = unknown(alterations(before), alterations(e.Spells(nil)))
		if c.New || len(c.Alterations) > 0 {
			out = append(out, c)
		}
	}
	return out, nil
}

// News makes a report of what changed. Record changes lead from the text that stood before;
// a release that is new has its position changes in the version seen last, against the text
// that the basis names.
func (a *Archive) News(ctx context.Context, changes []Changed, against diff.Basis) (*ask.Changes, error) {
	report := ask.NewChanges()
	reader := newsReader{archive: a, against: against, series: map[timeline.SeriesID]*Series{}}
	site := siteLines{}
	for _, c := range changes {
		if c.New {
			n, err := reader.release(ctx, c)
			if err != nil {
				return nil, err
			}
			report.Releases = append(report.Releases, n)
		}
		for _, step := range c.Alterations {
			r, err := a.record(ctx, c.ID, step)
			if err != nil {
				return nil, err
			}
			d := ask.NewDiff(r)
			d.TakenBack, d.Claimed = step.Back, step.Claimed
			if err := site.mark(ctx, a, d); err != nil {
				return nil, err
			}
			report.AddRecord(d)
		}
	}
	slices.SortFunc(report.Releases, func(x, y ask.ChangesRelease) int { return timeline.CompareReleases(x.Of, y.Of) })
	slices.SortStableFunc(report.Records, func(x, y *ask.Diff) int { return x.Report.New.CapturedAt.Compare(y.Report.New.CapturedAt) })
	return report, nil
}

// newsReader reads every series once: to find its topics takes longest.
type newsReader struct {
	archive *Archive
	against diff.Basis
	series  map[timeline.SeriesID]*Series
}

// release compares a new release with what its series said before.
func (n newsReader) release(ctx context.Context, c Changed) (ask.ChangesRelease, error) {
	if c.Series == "" {
		rel, err := n.archive.Release(ctx, Ref{ID: c.ID})
		return ask.NewChangesRelease(rel), err
	}
	s := n.series[c.Series]
	if s == nil {
		var err error
		if s, err = n.archive.Series(ctx, c.Series, SeriesOptions{}); err != nil {
			return ask.ChangesRelease{}, err
		}
		n.series[c.Series] = s
	}
	i := slices.IndexFunc(s.Releases, func(r *timeline.Release) bool { return r.ID == c.ID })
	if i < 0 { // it has been given another series meanwhile
		rel, err := n.archive.Release(ctx, Ref{ID: c.ID})
		return ask.NewChangesRelease(rel), err
	}
	o := n.archive.rules.Diff()
	o.Against = n.against
	return ask.News(s.Releases[i], s.Topics, o), nil
}

// record compares the two versions of a step. The later one is dated by the step, where that
// is dated.
func (a *Archive) record(ctx context.Context, id string, step Alteration) (*diff.Report, error) {
	before, err := a.Release(ctx, Ref{ID: id, Version: step.Old})
	if err != nil {
		return nil, err
	}
	after, err := a.Release(ctx, Ref{ID: id, Version: step.New})
	if err != nil {
		return nil, err
	}
	if !step.At.IsZero() {
		after.CapturedAt = step.At
	}
	o := a.rules.Diff()
	o.Cause = diff.Record
	return diff.Compare(before, after, o), nil
}

// Remembered returns how far the reader called name has got in the log; for one that was never
// remembered, where the log stands now, and false.
func (a *Archive) Remembered(ctx context.Context, name string) (seq uint64, known bool, err error) {
	err = a.view(ctx, func(r storage.Reader) (err error) {
		seq, err = r.Mark(name)
		known = err == nil
		if errors.Is(err, storage.ErrNotFound) {
			seq, err = r.Seq(), nil
		}
		return err
	})
	return seq, known, err
}

// Remember keeps how far the reader called name has got.
func (a *Archive) Remember(ctx context.Context, name string, seq uint64) error {
	return a.db.Update(ctx, func(w storage.Writer) error { return w.SetMark(name, seq) })
}
