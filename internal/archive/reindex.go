package archive

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"

	"readout/storage"
)

// ReindexReport says what a reindex did. Its changes are technical: the rules of
// reading changed, not the world.
type ReindexReport struct {
	Readings int      `json:"readings"` // read again
	Changed  int      `json:"changed"`  // of them, those that came out differently
	Failed   []string `json:"failed"`   // kept as they were, and why
}

// Reindex reads every kept document again by the present rules, some at a time. What
// was read before it is broken off stays read; to call it again goes over all of them,
// and writes only what differs.
func (a *Archive) Reindex(ctx context.Context) (*ReindexReport, error) {
	report := &ReindexReport{Failed: []string{}}
	if err := a.db.Update(ctx, regrowTree); err != nil {
		return report, err
	}
	var last storage.Hash
	for {
		docs, err := a.documentsFrom(ctx, last)
		if err != nil || len(docs) == 0 {
			return report, errors.Join(err, mergeIn(ctx, a.db))
		}
		made := a.readAhead(ctx, docs)
		err = a.db.Update(ctx, func(w storage.Writer) error {
			var hashes []storage.Hash
			for _, d := range docs {
				if err := errors.Join(ctx.Err(), a.readAgain(w, d, made, report)); err != nil {
					return err
				}
				hashes = append(hashes, d.hash())
			}
			return recatalogue(w, hashes)
		})
		if err != nil {
			return report, err
		}
		last = next(docs[len(docs)-1].hash())
		if last == (storage.Hash{}) {
			return report, mergeIn(ctx, a.db)
		}
	}
}

// next is the hash behind h in order, the zero one behind the last.
func next(h storage.Hash) storage.Hash {
	for i := len(h) - 1; i >= 0; i-- {
		if h[i]++; h[i] != 0 {
			break
		}
	}
	return h
}

// documentsFrom returns the documents from a hash on, as many as one batch takes.
func (a *Archive) documentsFrom(ctx context.Context, from storage.Hash) ([]captured, error) {
	var out []captured
	size := 0
	err := a.view(ctx, func(r storage.Reader) error {
		for h, err := range r.Hashes(from) {
			if err != nil {
				return err
			}
			d := captured{}
			if d.rows, err = collect(r.CapturesOf(h)); err != nil {
				return err
			}
			if d.data, err = r.Blob(h); err != nil {
				return err
			}
			out = append(out, d)
			if size += len(d.data); len(out) == batchCount || size >= batchBytes {
				return nil
			}
		}
		return nil
	})
	return out, err
}

// readAgain keeps what a document is read as now, where that is not what is kept.
func (a *Archive) readAgain(w storage.Writer, d captured, made ahead, report *ReindexReport) error {
	rows, err := collect(w.CapturesOf(d.hash()))
	if err != nil {
		return err
	}
	strands, err := strandsOf(rows)
	if err != nil {
		return err
	}
	for _, s := range strands {
		report.Readings++
		fresh, err := a.readOr(made, s, d.data)
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
	return errA == nil && errB == nil && bytes.Equal(ra, rb) && a.Release.Text == b.Release.Text && bytes.Equal(a.Facts, b.Facts)
}
