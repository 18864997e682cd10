package archive

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"readout/storage"
	"readout/timeline"
)

// Check returns everything that is wrong with the archive, in words, nil for
// nothing: what the store finds in its file, and a catalogue or reading that
// disagrees with the captures.
func (a *Archive) Check(ctx context.Context) ([]string, error) {
	found, err := a.file.Check(ctx)
	if errors.Is(err, storage.ErrNoStore) {
		return nil, nil
	}
	if err != nil || len(found) > 0 {
		return found, err
	}
	err = a.view(ctx, func(r storage.Reader) error {
		want, err := wanted(r)
		if err != nil {
			return err
		}
		have, err := collect(r.Entries(""))
		if err != nil {
			return err
		}
		found = append(disagreements(want, have), orphans(r, have)...)
		return nil
	})
	return found, err
}

// disagreements compares the catalogue with what it ought to be.
func disagreements(want, have []*storage.Entry) (found []string) {
	kept := map[string]string{}
	for _, e := range have {
		b, _ := json.Marshal(e) // it came out of JSON
		kept[e.ID] = string(b)
	}
	for _, e := range want {
		b, err := json.Marshal(e)
		switch got, ok := kept[e.ID]; {
		case err != nil:
			found = append(found, err.Error())
		case !ok:
			found = append(found, fmt.Sprintf("release %s is missing from the catalogue", e.ID))
		case got != string(b):
			found = append(found, fmt.Sprintf("release %s stands wrongly in the catalogue", e.ID))
		}
		delete(kept, e.ID)
	}
	for _, e := range have {
		if _, ok := kept[e.ID]; ok {
			found = append(found, fmt.Sprintf("release %s is in the catalogue without a capture", e.ID))
		}
	}
	return found
}

// orphans names captures that no release has.
func orphans(r storage.Reader, entries []*storage.Entry) (found []string) {
	held := map[storage.Hash]bool{}
	for key := range byReading(entries) {
		held[key.SHA256()] = true
	}
	for c, err := range r.Captures() {
		if err != nil {
			return append(found, err.Error())
		}
		if !held[c.SHA256] {
			found = append(found, fmt.Sprintf("capture %s (%s) is in no release", c.SHA256, c.Name))
		}
	}
	return found
}

// ReindexReport says what a reindex did. Its changes are technical: the rules of
// reading changed, not the world.
type ReindexReport struct {
	Readings int      `json:"readings"` // read again
	Changed  int      `json:"changed"`  // of them, those that came out differently
	Failed   []string `json:"failed"`   // kept as they were, and why
}

// Reindex reads every kept document again by the present rules.
func (a *Archive) Reindex(ctx context.Context) (*ReindexReport, error) {
	report := &ReindexReport{Failed: []string{}}
	var captures []storage.Capture
	err := a.view(ctx, func(r storage.Reader) (err error) {
		captures, err = collect(r.Captures())
		return err
	})
	if err != nil || len(captures) == 0 {
		return report, err
	}
	byBytes := slices.Collect(chunks(captures, func(x, y storage.Capture) bool { return x.SHA256 == y.SHA256 }))
	for group := range slices.Chunk(byBytes, batchCount) {
		err := a.db.Update(ctx, func(w storage.Writer) error {
			for _, rows := range group {
				if err := ctx.Err(); err != nil {
					return err
				}
				if err := a.readAgain(w, rows[0].SHA256, report); err != nil {
					return err
				}
			}
			_, err := recatalogue(w)
			return err
		})
		if err != nil {
			return report, err
		}
	}
	return report, nil
}

func (a *Archive) readAgain(w storage.Writer, h storage.Hash, report *ReindexReport) error {
	rows, err := collect(w.CapturesOf(h))
	if err != nil {
		return err
	}
	strands, err := strandsOf(rows)
	if err != nil {
		return err
	}
	data, err := w.Blob(h)
	if err != nil {
		return err
	}
	for _, s := range strands {
		report.Readings++
		fresh, err := a.read(s, data)
		if err != nil {
			report.Failed = append(report.Failed, err.Error())
			continue
		}
		old, err := w.Reading(s.key)
		if err != nil && !errors.Is(err, storage.ErrNotFound) && !errors.Is(err, storage.ErrDamaged) {
			return err
		}
		if old != nil && old.Revision == fresh.Revision && sameReading(old, fresh) {
			continue
		}
		report.Changed++
		if err := w.PutReading(fresh, terms(fresh.Release)); err != nil {
			return err
		}
	}
	return nil
}

func sameReading(a, b *storage.Reading) bool {
	ra, errA := json.Marshal(a.Release)
	rb, errB := json.Marshal(b.Release)
	return errA == nil && errB == nil && string(ra) == string(rb) && a.Release.Text == b.Release.Text && string(a.Facts) == string(b.Facts)
}

// Backup writes a copy of the store to path while it stays in use.
func (a *Archive) Backup(ctx context.Context, path string) error { return a.file.Backup(ctx, path) }

// Compact gives back the room that the store no longer needs and returns its size
// before and after, in bytes.
func (a *Archive) Compact(ctx context.Context) (before, after int64, err error) {
	return a.file.Compact(ctx)
}

// Stats are counts of what the archive keeps.
type Stats struct {
	Releases   int           `json:"releases"`
	Versions   int           `json:"versions"`
	Captures   int           `json:"captures"`
	Statements int           `json:"statements"`
	Series     int           `json:"series"`
	First      timeline.Date `json:"first"`
	Last       timeline.Date `json:"last"`
	Events     uint64        `json:"events"` // lines of the log of changes
}

// Stats counts what is kept. Statements are those of current versions.
func (a *Archive) Stats(ctx context.Context) (Stats, error) {
	var s Stats
	err := a.view(ctx, func(r storage.Reader) error {
		current := map[storage.ReadingKey]bool{}
		series := map[timeline.SeriesID]bool{}
		for e, err := range r.Entries("") {
			if err != nil {
				return err
			}
			s.Releases++
			s.Versions += len(e.Versions)
			current[e.Versions[e.Current-1].Reading] = true
			series[e.Head.Series] = true
			if day := e.Head.Day(); !day.IsZero() {
				if s.First.IsZero() || day.Before(s.First) {
					s.First = day
				}
				if s.Last.Before(day) {
					s.Last = day
				}
			}
		}
		s.Series = len(series)
		for _, err := range r.Captures() {
			if err != nil {
				return err
			}
			s.Captures++
		}
		for reading, err := range r.Readings() {
			if err != nil {
				return err
			}
			var f facts
			if err := json.Unmarshal(reading.Facts, &f); err == nil && current[reading.Key] {
				s.Statements += f.Count
			}
		}
		s.Events = r.Seq()
		return nil
	})
	return s, err
}
