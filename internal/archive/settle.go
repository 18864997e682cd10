package archive

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"readout/storage"
)

// keep keeps the items, brings their readings up to date and the catalogue after
// them.
func (in *ingestion) keep(w storage.Writer, items []*item) error {
	items, err := in.notWithdrawn(w, items)
	if err != nil {
		return err
	}
	before, err := prints(w, items)
	if err != nil {
		return err
	}
	rows := map[*item]storage.Capture{}
	for _, it := range items {
		known, err := collect(w.CapturesOf(it.hash))
		if err != nil {
			return err
		}
		row, isNew, err := in.row(it, known)
		if err != nil {
			return err
		}
		rows[it] = row
		if isNew {
			row.ReceivedAt = in.archive.now().UTC()
			if _, err := w.AddCapture(row, it.input.Data); err != nil {
				return err
			}
			it.written = true
		} else if _, err := w.Heal(it.input.Data); err != nil {
			return err
		}
	}
	for _, it := range items {
		if err := in.settle(w, it, rows[it]); err != nil {
			return err
		}
	}
	if err := errors.Join(recatalogue(w, touched(items)), growTree(w)); err != nil {
		return err
	}
	return in.judge(w, items, before)
}

// notWithdrawn returns the items whose bytes were not withdrawn; the others fail.
func (in *ingestion) notWithdrawn(w storage.Writer, items []*item) ([]*item, error) {
	var out []*item
	for _, it := range items {
		gone, err := w.Withdrawal(it.hash)
		switch {
		case errors.Is(err, storage.ErrNotFound):
			out = append(out, it)
		case err != nil:
			return nil, err
		default:
			in.fail(it.result, &storage.WithdrawnError{Withdrawal: *gone})
		}
	}
	return out, nil
}

// touched are the bytes of which something was written.
func touched(items []*item) []storage.Hash {
	var out []storage.Hash
	for _, it := range items {
		if it.written {
			out = append(out, it.hash)
		}
	}
	return out
}

// settle makes the readings of an item's bytes agree with its captures. What was
// read outside the lock serves unless another process said more meanwhile.
func (in *ingestion) settle(w storage.Writer, it *item, row storage.Capture) error {
	captures, err := collect(w.CapturesOf(it.hash))
	if err != nil {
		return err
	}
	strands, err := strandsOf(captures)
	if err != nil {
		return err
	}
	res := &in.report.Results[it.result]
	res.reading = readingKey(it.hash, "")
	live := map[storage.ReadingKey]bool{}
	for _, s := range strands {
		live[s.key] = true
		facts, err := in.archive.refresh(w, s, it)
		if err != nil {
			return err
		}
		identity, err := saidBy(row)
		if err != nil {
			return err
		}
		if len(strands) == 1 || readingKey(it.hash, identity.identity()) == s.key ||
			slices.ContainsFunc(s.rows, func(c storage.Capture) bool { return compareCaptures(c, row) == 0 }) {
			res.reading, res.print, res.Statements, res.Warnings = s.key, facts.Print, facts.Count, facts.Warnings
		}
	}
	if old := readingKey(it.hash, ""); !live[old] {
		return w.DeleteReading(old)
	}
	return nil
}

// refresh returns the facts of the reading of a strand, making the reading where it is
// missing or was made from other rules or statements of the user.
func (a *Archive) refresh(w storage.Writer, s *strand, it *item) (facts, error) {
	f, err := factsOf(w, s.key)
	switch {
	case err == nil && f.Inputs == a.inputs(s):
		return f, nil
	case err != nil && !errors.Is(err, storage.ErrNotFound) && !errors.Is(err, storage.ErrDamaged):
		return f, err
	}
	fresh := it.reading
	if fresh == nil || fresh.Key != s.key || it.inputs != a.inputs(s) {
		if fresh, err = a.read(s, it.input.Data); err != nil {
			return f, err
		}
	}
	it.written = true
	if err := w.PutReading(fresh, terms(fresh.Release)); err != nil {
		return f, err
	}
	return f, json.Unmarshal(fresh.Facts, &f)
}

// factsOf returns the facts of a reading that is kept.
func factsOf(r storage.Reader, key storage.ReadingKey) (f facts, err error) {
	b, err := r.Facts(key)
	if err != nil {
		return f, err
	}
	if err := json.Unmarshal(b, &f); err != nil {
		return f, fmt.Errorf("%w: facts of reading %s: %v", storage.ErrDamaged, key, err)
	}
	return f, nil
}

// kept are the fingerprints of the readings of some bytes.
type kept map[storage.ReadingKey]string

// prints returns the text fingerprints kept of the bytes of each item.
func prints(w storage.Writer, items []*item) (map[storage.Hash]kept, error) {
	out := map[storage.Hash]kept{}
	for _, it := range items {
		if out[it.hash] != nil {
			continue
		}
		out[it.hash] = kept{}
		strands, err := strandsAt(w, it.hash)
		if err != nil {
			return nil, err
		}
		for _, s := range strands {
			f, err := factsOf(w, s.key)
			if errors.Is(err, storage.ErrNotFound) || errors.Is(err, storage.ErrDamaged) {
				continue // it is about to be made again
			} else if err != nil {
				return nil, err
			}
			out[it.hash][s.key] = f.Print
		}
	}
	return out, nil
}

// judge says what became of the items, given the fingerprints kept of their bytes
// before. Those of all other bytes are what they were.
func (in *ingestion) judge(w storage.Writer, items []*item, before map[storage.Hash]kept) error {
	found := finder{r: w}
	had := map[string]map[string]bool{} // by release
	for _, it := range items {
		res := &in.report.Results[it.result]
		e, err := found.release(res.reading)
		if err != nil {
			return err
		}
		if e == nil {
			in.fail(it.result, errors.New("the document was stored but is in no release"))
			continue
		}
		if had[e.ID] == nil {
			had[e.ID] = textsBefore(e, before)
		}
		switch {
		case len(had[e.ID]) == 0:
			res.Status = New
		case !had[e.ID][res.print]:
			res.Status = Revised
		default:
			res.Status = Unchanged
		}
		had[e.ID][res.print] = true
	}
	return nil
}

// finder finds the releases of readings, each of them once.
type finder struct {
	r     storage.Reader
	found map[string]*storage.Entry
}

// release returns the release that a reading is in, nil for none.
func (f *finder) release(key storage.ReadingKey) (*storage.Entry, error) {
	id, err := f.r.ReleaseOf(key)
	if errors.Is(err, storage.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if e := f.found[id]; e != nil {
		return e, nil
	}
	e, err := f.r.Entry(id)
	if err != nil {
		return nil, err
	}
	if f.found == nil {
		f.found = map[string]*storage.Entry{}
	}
	f.found[id] = e
	return e, nil
}

// textsBefore returns the fingerprints of the texts that were kept of what is a
// release now.
func textsBefore(e *storage.Entry, before map[storage.Hash]kept) map[string]bool {
	out := map[string]bool{}
	for _, v := range e.Versions {
		for _, s := range v.Sightings {
			prints, touched := before[s.Reading.SHA256()]
			if !touched {
				out[v.Fingerprint] = true
			} else if print, ok := prints[s.Reading]; ok {
				out[print] = true
			}
		}
	}
	return out
}

// finish names the releases as they are called after the last batch: ids depend
// on all captures, so a later input can change those of earlier ones. It returns err,
// or else what it met itself.
func (in *ingestion) finish(ctx context.Context, err error) (*IngestReport, error) {
	failed := in.nameAll(context.WithoutCancel(ctx), in.report.Results)
	return in.count(), cmp.Or(err, failed)
}

// nameAll fills in what the releases of some results are called now.
func (in *ingestion) nameAll(ctx context.Context, results []Result) error {
	err := in.db.View(ctx, func(r storage.Reader) error {
		found := finder{r: r}
		for i := range results {
			if err := in.name(&found, &results[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if errors.Is(err, storage.ErrNoStore) {
		return nil
	}
	return err
}

// name fills in what the release of a result is called.
func (in *ingestion) name(found *finder, res *Result) error {
	if res.Status == Failed || res.Status == "" {
		return nil
	}
	e, err := found.release(res.reading)
	if err != nil || e == nil {
		return err
	}
	res.Release, res.Series, res.Held, res.Published, res.Title = e.ID, e.Head.Series, e.Head.Held, e.Head.Published, e.Head.Title
	res.Undecided = undecided(&e.Head)
	for _, v := range e.Versions {
		if v.Fingerprint == res.print {
			res.Version = v.Number
		}
	}
	return nil
}

// count counts what became of the inputs.
func (in *ingestion) count() *IngestReport {
	for i := range in.report.Results {
		res := &in.report.Results[i]
		switch res.Status {
		case New:
			in.report.New++
		case Revised:
			in.report.Revised++
		case Unchanged:
			in.report.Unchanged++
		default:
			if res.Status == "" {
				res.Status, res.Error = Failed, "not stored"
			}
			in.report.Failed++
		}
	}
	return in.report
}
