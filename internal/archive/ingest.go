package archive

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"readout/storage"
)

// A batch is stored in one transaction; these bound how long others wait for it.
const (
	batchCount = 500
	batchBytes = 16 << 20
)

// IngestOptions adjust [Archive.Ingest]; the zero value works.
type IngestOptions struct {
	DryRun   bool           // store nothing, report what would be stored
	Progress func(done int) // called after each batch with the inputs done so far
}

// Ingest takes in the inputs and reports on each, in their order. An input that
// cannot be read, or an error of the sequence, is a result with status Failed and
// does not stop the others; the error returned is that of the store or context.
// Documents are read in parallel, outside the lock of the store.
func (a *Archive) Ingest(ctx context.Context, inputs iter.Seq2[Input, error], o IngestOptions) (*IngestReport, error) {
	if o.DryRun {
		return a.rehearse(ctx, inputs, o)
	}
	run := &ingestion{archive: a, now: a.now().UTC(), report: &IngestReport{Results: []Result{}}}
	err := run.all(ctx, inputs, o, a.db.Update)
	return run.finish(), err
}

// errRehearsed undoes a transaction of which only the report is wanted.
var errRehearsed = errors.New("dry run")

// rehearse ingests everything in one transaction that is then undone.
func (a *Archive) rehearse(ctx context.Context, inputs iter.Seq2[Input, error], o IngestOptions) (*IngestReport, error) {
	run := &ingestion{archive: a, now: a.now().UTC(), report: &IngestReport{Results: []Result{}}}
	o.DryRun = false
	db := a.db
	if err := a.db.View(ctx, func(storage.Reader) error { return nil }); errors.Is(err, storage.ErrNoStore) {
		dir, err := os.MkdirTemp("", "readout-dry-run-")
		if err != nil {
			return run.report, err
		}
		defer os.RemoveAll(dir)
		if db, err = storage.Open(filepath.Join(dir, "empty.db"), storage.Options{}); err != nil {
			return run.report, err
		}
	} else if err != nil {
		return run.report, err
	}
	err := db.Update(ctx, func(w storage.Writer) error {
		same := func(_ context.Context, fn func(storage.Writer) error) error { return fn(w) }
		if err := run.all(ctx, inputs, o, same); err != nil {
			return err
		}
		return errRehearsed
	})
	if errors.Is(err, errRehearsed) {
		err = nil
	}
	return run.finish(), err
}

// ingestion is one call of Ingest.
type ingestion struct {
	archive *Archive
	now     time.Time // the moment of ingestion, one for all batches
	report  *IngestReport
	final   []*storage.Entry
}

type update func(context.Context, func(storage.Writer) error) error

// item is an input on its way; result is its place in the report.
type item struct {
	input   Input
	hash    storage.Hash
	result  int
	reading *storage.Reading // as read outside the lock
	inputs  string           // what it was read with
	own     time.Time        // the capture time the document carries
}

func (in *ingestion) all(ctx context.Context, inputs iter.Seq2[Input, error], o IngestOptions, up update) error {
	var batch []*item
	size := 0
	store := func() error {
		if err := in.batch(ctx, batch, up); err != nil {
			return err
		}
		if o.Progress != nil {
			o.Progress(len(in.report.Results))
		}
		batch, size = nil, 0
		return nil
	}
	for input, err := range inputs {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		n := len(in.report.Results)
		in.report.Results = append(in.report.Results, Result{Input: input.Name})
		if err == nil {
			err = validID(input.Overrides.ID)
		}
		if err != nil {
			in.fail(n, err)
			continue
		}
		batch = append(batch, &item{input: input, hash: storage.HashOf(input.Data), result: n})
		if size += len(input.Data); len(batch) >= batchCount || size >= batchBytes {
			if err := store(); err != nil {
				return err
			}
		}
	}
	if len(batch) == 0 {
		return nil
	}
	return store()
}

// validID reports an error for an id that could not be written in a reference.
func validID(id string) error {
	bad := func(r rune) bool { return r == '@' || r == '#' || unicode.IsSpace(r) || unicode.IsControl(r) }
	if strings.ContainsFunc(id, bad) {
		return fmt.Errorf("id %q: an id has no spaces, '@' or '#'", id)
	}
	return nil
}

func (in *ingestion) fail(n int, err error) {
	in.report.Results[n].Status, in.report.Results[n].Error = Failed, err.Error()
}

// batch reads and stores some items.
func (in *ingestion) batch(ctx context.Context, items []*item, up update) error {
	known := map[storage.Hash][]storage.Capture{}
	err := in.archive.view(ctx, func(r storage.Reader) error {
		for _, it := range items {
			rows, err := collect(r.CapturesOf(it.hash))
			if err != nil {
				return err
			}
			known[it.hash] = rows
		}
		return nil
	})
	if err != nil {
		return err
	}
	in.readAll(items, known)
	items = slices.DeleteFunc(slices.Clone(items), func(it *item) bool { return in.report.Results[it.result].Status == Failed })
	return up(ctx, func(w storage.Writer) error { return in.store(w, items) })
}

// readAll reads the items that bring something new, in parallel.
func (in *ingestion) readAll(items []*item, known map[storage.Hash][]storage.Capture) {
	work := make(chan *item)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for it := range work {
				in.readOne(it, known[it.hash])
			}
		})
	}
	for _, it := range items {
		work <- it
	}
	close(work)
	wg.Wait()
}

// readOne reads an item as it will stand beside the captures known so far. It
// writes only to the item and to its own result.
func (in *ingestion) readOne(it *item, known []storage.Capture) {
	row, isNew, err := in.row(it, known)
	if err != nil {
		in.fail(it.result, err)
		return
	}
	if !isNew {
		return
	}
	s, err := strandOf(append(slices.Clone(known), row), row)
	if err != nil {
		in.fail(it.result, err)
		return
	}
	reading, err := in.archive.read(s, it.input.Data)
	if err != nil {
		in.fail(it.result, err)
		return
	}
	var f facts
	if err := json.Unmarshal(reading.Facts, &f); err != nil {
		in.fail(it.result, err)
		return
	}
	it.reading, it.inputs, it.own = reading, f.Inputs, f.Captured
}

// strandOf returns the strand that row belongs to.
func strandOf(rows []storage.Capture, row storage.Capture) (*strand, error) {
	strands, err := strandsOf(rows)
	if err != nil {
		return nil, err
	}
	for _, s := range strands {
		if slices.ContainsFunc(s.rows, func(c storage.Capture) bool { return compareCaptures(c, row) == 0 }) {
			return s, nil
		}
	}
	return nil, fmt.Errorf("capture %s belongs to no reading", row.Name)
}

// row makes the capture of an item beside those known of the same bytes, and
// reports whether it says anything new.
func (in *ingestion) row(it *item, known []storage.Capture) (storage.Capture, bool, error) {
	s := saidOf(it.input.Overrides)
	s.Content, s.Remove = it.input.Select.Content, it.input.Select.Remove
	row := storage.Capture{SHA256: it.hash, CapturedAt: it.input.CapturedAt.UTC(), Name: it.input.Name,
		MediaType: it.input.MediaType, URL: it.input.URL, Overrides: s.encode()}
	strands, err := strandsOf(known)
	if err != nil {
		return row, false, err
	}
	// The captures that the row joins: those of its identity, or all of them
	// while either side names none.
	identity := s.identity()
	strands = slices.DeleteFunc(strands, func(k *strand) bool {
		return identity != "" && k.said.identity() != "" && k.said.identity() != identity
	})
	explicit := !it.input.CapturedAt.IsZero()
	if len(strands) == 0 {
		if !explicit {
			row.CapturedAt = in.now
			if !it.own.IsZero() {
				row.CapturedAt = it.own
			}
		}
		return row, true, nil
	}
	correction := true
	for _, k := range strands {
		// Without a time of their own the same bytes were not seen anew; the
		// last row is where a correction goes over all that was said before.
		at := row.CapturedAt
		if !explicit {
			at = slices.MaxFunc(k.rows, compareCaptures).CapturedAt
		}
		seen := slices.ContainsFunc(k.rows, func(c storage.Capture) bool { return c.CapturedAt.Equal(at) })
		addressed := it.input.URL == "" || slices.ContainsFunc(k.rows, func(c storage.Capture) bool {
			return canonicalURL(c.URL) == canonicalURL(it.input.URL)
		})
		repeated := string(s.over(k.said).encode()) == string(k.said.encode())
		if seen && addressed && repeated {
			return row, false, nil
		}
		correction = correction && !repeated
		row.CapturedAt = at
	}
	if correction {
		row.NotedAt = in.now
	}
	return row, true, nil
}

// store keeps the items, brings their readings up to date and the catalogue after
// them, all in one transaction.
func (in *ingestion) store(w storage.Writer, items []*item) error {
	before, err := prints(w)
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
			if _, err := w.AddCapture(row, it.input.Data); err != nil {
				return err
			}
		}
	}
	for _, it := range items {
		if err := in.settle(w, it, rows[it]); err != nil {
			return err
		}
	}
	entries, err := in.archive.recatalogue(w)
	if err != nil {
		return err
	}
	in.judge(items, entries, before)
	return nil
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
		reading, err := in.archive.refresh(w, s, it)
		if err != nil {
			return err
		}
		identity, err := saidBy(row)
		if err != nil {
			return err
		}
		if len(strands) == 1 || readingKey(it.hash, identity.identity()) == s.key || slices.ContainsFunc(s.rows, func(c storage.Capture) bool { return compareCaptures(c, row) == 0 }) {
			var f facts
			if err := json.Unmarshal(reading.Facts, &f); err != nil {
				return err
			}
			res.reading, res.print, res.Statements = s.key, f.Print, f.Count
		}
	}
	if old := readingKey(it.hash, ""); !live[old] {
		return w.DeleteReading(old)
	}
	return nil
}

// refresh returns the reading of a strand, making it where it is missing or was
// made from other rules or statements of the user.
func (a *Archive) refresh(w storage.Writer, s *strand, it *item) (*storage.Reading, error) {
	old, err := w.Reading(s.key)
	if err == nil {
		var f facts
		if err := json.Unmarshal(old.Facts, &f); err == nil && f.Inputs == a.inputs(s) {
			return old, nil
		}
	} else if !errors.Is(err, storage.ErrNotFound) {
		return nil, err
	}
	fresh := it.reading
	if fresh == nil || fresh.Key != s.key || it.inputs != a.inputs(s) {
		if fresh, err = a.read(s, it.input.Data); err != nil {
			return nil, err
		}
	}
	return fresh, w.PutReading(fresh, terms(fresh.Release))
}

// prints returns the text fingerprint of every reading.
func prints(r storage.Reader) (map[storage.ReadingKey]string, error) {
	out := map[storage.ReadingKey]string{}
	for e, err := range r.Entries("") {
		if err != nil {
			return nil, err
		}
		for _, v := range e.Versions {
			for _, s := range v.Sightings {
				out[s.Reading] = v.Fingerprint
			}
		}
	}
	return out, nil
}

// judge says what became of the items, given the fingerprints kept before.
func (in *ingestion) judge(items []*item, entries []*storage.Entry, before map[storage.ReadingKey]string) {
	in.final = entries
	of := byReading(entries)
	had := map[*storage.Entry]map[string]bool{}
	for _, e := range entries {
		had[e] = map[string]bool{}
	}
	for key, print := range before {
		if e := of[key]; e != nil {
			had[e][print] = true
		}
	}
	for _, it := range items {
		res := &in.report.Results[it.result]
		e := of[res.reading]
		if e == nil {
			in.fail(it.result, errors.New("the document was stored but is in no release"))
			continue
		}
		switch {
		case len(had[e]) == 0:
			res.Status = New
		case !had[e][res.print]:
			res.Status = Revised
		default:
			res.Status = Unchanged
		}
		had[e][res.print] = true
	}
}

func byReading(entries []*storage.Entry) map[storage.ReadingKey]*storage.Entry {
	of := map[storage.ReadingKey]*storage.Entry{}
	for _, e := range entries {
		for _, v := range e.Versions {
			for _, s := range v.Sightings {
				of[s.Reading] = e
			}
		}
	}
	return of
}

// finish names the releases as they are called after the last batch: ids depend
// on all captures, so a later input can change those of earlier ones.
func (in *ingestion) finish() *IngestReport {
	of := byReading(in.final)
	for i := range in.report.Results {
		res := &in.report.Results[i]
		if e := of[res.reading]; e != nil && res.Status != Failed {
			res.Release, res.Series, res.Held, res.Published, res.Title = e.ID, e.Head.Series, e.Head.Held, e.Head.Published, e.Head.Title
			for _, v := range e.Versions {
				if v.Fingerprint == res.print {
					res.Version = v.Number
				}
			}
		}
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

// recatalogue makes the catalogue agree with the captures and readings, writing
// only the entries that differ.
func (a *Archive) recatalogue(w storage.Writer) ([]*storage.Entry, error) {
	entries, err := wanted(w)
	if err != nil {
		return nil, err
	}
	stale := map[string]string{}
	for e, err := range w.Entries("") {
		if err != nil {
			return nil, err
		}
		b, err := json.Marshal(e)
		if err != nil {
			return nil, err
		}
		stale[e.ID] = string(b)
	}
	var changed []*storage.Entry
	for _, e := range entries {
		b, err := json.Marshal(e)
		if err != nil {
			return nil, err
		}
		if stale[e.ID] != string(b) {
			changed = append(changed, e)
		}
		delete(stale, e.ID)
	}
	for id := range stale {
		if err := w.DeleteEntry(id); err != nil {
			return nil, err
		}
	}
	for _, e := range changed {
		if err := w.PutEntry(e); err != nil {
			return nil, err
		}
	}
	return entries, nil
}

// wanted is the catalogue as it ought to be.
func wanted(r storage.Reader) ([]*storage.Entry, error) {
	captures, err := collect(r.Captures())
	if err != nil {
		return nil, err
	}
	readings := map[storage.ReadingKey]*storage.Reading{}
	for reading, err := range r.Readings() {
		if err != nil {
			return nil, err
		}
		readings[reading.Key] = reading
	}
	return catalogue(captures, readings)
}

func collect[T any](seq iter.Seq2[T, error]) ([]T, error) {
	var out []T
	for v, err := range seq {
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}
