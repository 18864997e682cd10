package archive

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"readout/internal/reading"
	"readout/storage"
)

// ReindexReport says what a reindex did. Its changes are technical: the rules of
// reading changed, not the world.
type ReindexReport struct {
	Readings int      `json:"readings"` // read again
	Changed  int      `json:"changed"`  // of them, those that came out differently
	Failed   []string `json:"failed"`   // kept as they were, and why
}

// How far a reindex came that was broken off: "" -> digest of what it read by, and the
// hash from which on it has not read.
const kindReindex = "reindex"

// Reindex reads every kept document again by the present rules, some at a time, and writes
// only what differs. Where it was broken off, the next one by the same rules goes on: of
// what was read before it reads only what was read by others since.
func (a *Archive) Reindex(ctx context.Context) (*ReindexReport, error) {
	report := &ReindexReport{Failed: []string{}}
	if err := a.db.Update(ctx, regrowTree); err != nil {
		return report, err
	}
	by := a.readBy()
	reached, err := a.reindexed(ctx, by)
	if err != nil {
		return report, err
	}
	var last storage.Hash
	for {
		docs, err := a.documentsFrom(ctx, last, reached)
		if err != nil {
			return report, err
		}
		if len(docs) == 0 {
			return report, errors.Join(a.forgetReindex(ctx), mergeIn(ctx, a.db))
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
			last = next(hashes[len(hashes)-1])
			if bytes.Compare(last[:], reached[:]) > 0 {
				reached = last
			}
			err := w.PutNote(storage.Note{Kind: kindReindex, Value: append([]byte(by), reached[:]...)})
			return errors.Join(err, recatalogue(w, hashes))
		})
		if err != nil {
			return report, err
		}
		if last == (storage.Hash{}) {
			return report, errors.Join(a.forgetReindex(ctx), mergeIn(ctx, a.db))
		}
	}
}

// readBy names what documents are read by.
func (a *Archive) readBy() string {
	return digest(fmt.Sprintf("%d\x00%s\x00%s", reading.Revision, a.program, a.rules.Digest))
}

// reindexed returns how far a reindex by the same rules came, zero where none was broken off.
func (a *Archive) reindexed(ctx context.Context, by string) (reached storage.Hash, err error) {
	err = a.view(ctx, func(r storage.Reader) error {
		b, err := r.Note(kindReindex, "")
		if rest, ok := strings.CutPrefix(string(b), by); err == nil && ok {
			copy(reached[:], rest)
		}
		if errors.Is(err, storage.ErrNotFound) || errors.Is(err, storage.ErrDamaged) {
			return nil
		}
		return err
	})
	return reached, err
}

// forgetReindex forgets how far a reindex came, which is whole.
func (a *Archive) forgetReindex(ctx context.Context) error {
	if errors.Is(a.Exists(), storage.ErrNoStore) {
		return nil // and none is made
	}
	return a.db.Update(ctx, func(w storage.Writer) error { return w.PutNote(storage.Note{Kind: kindReindex}) })
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

// documentsFrom returns the documents from a hash on, as many as one batch takes; of those
// before reached only what was read by other rules than the present ones.
func (a *Archive) documentsFrom(ctx context.Context, from, reached storage.Hash) ([]captured, error) {
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
			if bytes.Compare(h[:], reached[:]) < 0 {
				if up, err := a.upToDate(r, d.rows); err != nil || up {
					if err != nil {
						return err
					}
					continue
				}
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

// upToDate reports whether all readings of some bytes were made by the present rules from
// what is said about the bytes.
func (a *Archive) upToDate(r storage.Reader, rows []storage.Capture) (bool, error) {
	strands, err := strandsOf(rows)
	for _, s := range strands {
		f, err := factsOf(r, s.key)
		if errors.Is(err, storage.ErrNotFound) || errors.Is(err, storage.ErrDamaged) {
			return false, nil
		}
		if err != nil || f.Inputs != a.inputs(s) {
			return false, err
		}
	}
	return true, err
}

// readAgain keeps what a document is read as now, where that is not what is kept.
func (a *Archive) readAgain(w storage.Writer, d captured, made ahead, report *ReindexReport) error {
	strands, err := strandsAt(w, d.hash())
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
