package archive

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"
	"unicode"

	"readout/internal/ask"
	"readout/internal/document"
	"readout/internal/letters"
	"readout/storage"
	"readout/timeline"
)

// A batch is stored in one transaction; these bound how long others wait for it.
const (
	batchCount = 500
	batchBytes = 16 << 20
	// firstBatch of a new store is as much as the store needs to learn how such
	// documents are compressed.
	firstBatch = 200
)

// IngestOptions adjust [Archive.Ingest]; the zero value works.
type IngestOptions struct {
	DryRun   bool           // store nothing, report what would be stored
	Progress func(done int) // called after each batch with the inputs done so far
	// Refuse says why what was read is not to be kept, nil where it is. It is called for
	// bytes that bring something new, by several goroutines at once; nil refuses nothing.
	Refuse func(Input, *document.Document, *timeline.Release) error
	// Each is called with every result once what it says is durable, in order. A
	// release can be called otherwise when all inputs are in; nil for nobody.
	Each func(Result)
}

// Ingest takes in the inputs and reports on each, in their order. An input that
// cannot be read, or an error of the sequence, is a result with status Failed and
// does not stop the others; the error returned is that of the store or context.
// Documents are read in parallel, outside the lock of the store.
func (a *Archive) Ingest(ctx context.Context, inputs iter.Seq2[Input, error], o IngestOptions) (*IngestReport, error) {
	run := &ingestion{archive: a, db: a.db, now: a.now().UTC(), refuse: o.Refuse, report: &IngestReport{Results: []Result{}}}
	if o.DryRun {
		run.db = current{a.file.Rehearse()}
	}
	err := run.all(ctx, inputs, o)
	if err == nil && len(run.report.Results) > 0 {
		err = mergeIn(ctx, run.db)
	}
	report, err := run.finish(ctx, err)
	if err != nil || o.DryRun {
		return report, err
	}
	if err := errors.Join(a.makeKey(), a.viewSeries(ctx, report)); err != nil {
		return report, err
	}
	return report, a.tidyAfter(ctx, report.New+report.Revised)
}

// mergeIn keeps the search index in few pieces. Everything is kept already and can be
// found.
func mergeIn(ctx context.Context, db engine) error { return onlyDamage(db.Merge(ctx)) }

// tidyMost is how many versions a store has at most that is written anew while nobody
// else can use it.
const tidyMost = 100_000

// tidyAfter gives back the room that a store has too much of after it came to hold
// twice as much or more; written are the versions that were taken in.
func (a *Archive) tidyAfter(ctx context.Context, written int) error {
	n, err := a.counts(ctx)
	if err != nil || written < batchCount || 2*written < n.Versions || n.Versions > tidyMost {
		return err
	}
	return onlyDamage(a.db.Tidy(ctx))
}

// onlyDamage is the error of upkeep where it found the store damaged. What was taken in
// is kept whatever else keeps upkeep from being done, such as a full disk: then it is
// done another time.
func onlyDamage(err error) error {
	if errors.Is(err, storage.ErrDamaged) {
		return err
	}
	return nil
}

func (a *Archive) counts(ctx context.Context) (n storage.Counts, err error) {
	err = a.view(ctx, func(r storage.Reader) (err error) {
		n, err = r.Counts()
		return err
	})
	return n, err
}

// viewSeries makes the views of the series that were taken in, of those that
// are new to a good part. Where one release came to many, the next question does it.
func (a *Archive) viewSeries(ctx context.Context, report *IngestReport) error {
	came := map[timeline.SeriesID]int{}
	for _, r := range report.Results {
		if r.Status == New && r.Series != "" {
			came[r.Series]++
		}
	}
	var ids []timeline.SeriesID
	err := a.view(ctx, func(r storage.Reader) error {
		rows, err := rowsOf(r, sortedKeys(came))
		for _, row := range rows {
			if 8*came[row.ID] >= row.Releases {
				ids = append(ids, row.ID)
			}
		}
		return err
	})
	if err != nil || len(ids) == 0 {
		return err
	}
	_, err = a.refreshViews(ctx, ingestWait, ids)
	return err
}

// ingestion is one call of Ingest.
type ingestion struct {
	archive *Archive
	db      engine    // a rehearsal of the store's, where nothing is to be kept
	now     time.Time // the moment of ingestion, one for all batches
	refuse  func(Input, *document.Document, *timeline.Release) error
	report  *IngestReport
	read    []*item // that are read and not stored yet
	told    int     // results that tell has reported
}

// item is an input on its way; result is its place in the report.
type item struct {
	input   Input
	hash    storage.Hash
	result  int
	reading *storage.Reading // as read outside the lock
	inputs  string           // what it was read with
	own     time.Time        // the capture time the document carries
	written bool             // something of it was written
}

func (in *ingestion) all(ctx context.Context, inputs iter.Seq2[Input, error], o IngestOptions) error {
	n, err := in.archive.counts(ctx)
	if err != nil {
		return err
	}
	most := batchCount
	if n.Captures == 0 {
		most = firstBatch
	}
	var batch []*item
	size := 0
	for input, err := range inputs {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		n := len(in.report.Results)
		in.report.Results = append(in.report.Results, Result{IngestResult: ask.IngestResult{Input: input.Name}})
		if err == nil {
			err = validID(input.Overrides.ID)
		}
		if err != nil {
			in.fail(n, err)
			continue
		}
		input.MediaType = letters.Clean(input.MediaType) // from mail, WARC and the web alike
		batch = append(batch, &item{input: input, hash: storage.HashOf(input.Data), result: n})
		if size += len(input.Data); len(batch) >= most || size >= batchBytes {
			if err := in.batch(ctx, batch, o); err != nil {
				return err
			}
			batch, size, most = nil, 0, batchCount
		}
	}
	if err := in.batch(ctx, batch, o); err != nil {
		return err
	}
	return in.batch(ctx, nil, o)
}

// batch reads some items while the ones read before are stored, and tells of these. All
// that takes long is done without holding the store: what is known of the items is looked
// up before the writer begins, which would let nobody in. Where the same bytes are on
// their way already it is waited for them, so that what becomes of an input never depends
// on who is faster.
func (in *ingestion) batch(ctx context.Context, items []*item, o IngestOptions) error {
	if in.shares(items) {
		if err := in.store(ctx); err != nil {
			return err
		}
	}
	known, err := in.lookUp(ctx, items)
	if err != nil {
		return err
	}
	stored := make(chan error, 1)
	go func() { stored <- in.store(ctx) }()
	in.readAll(items, known)
	if err := <-stored; err != nil {
		return err
	}
	in.read = items
	return in.tell(ctx, o)
}

// shares reports whether items bring bytes that were read and are not stored yet.
func (in *ingestion) shares(items []*item) bool {
	waiting := map[storage.Hash]bool{}
	for _, it := range in.read {
		waiting[it.hash] = true
	}
	return slices.ContainsFunc(items, func(it *item) bool { return waiting[it.hash] })
}

// store stores the items that have been read, of which none are left then.
func (in *ingestion) store(ctx context.Context) error {
	items := slices.DeleteFunc(in.read, func(it *item) bool { return in.report.Results[it.result].Status == Failed })
	in.read = nil
	if len(items) == 0 {
		return nil
	}
	return in.db.Update(ctx, func(w storage.Writer) error { return in.keep(w, items) })
}

// tell reports the results that have become durable since it was called last.
func (in *ingestion) tell(ctx context.Context, o IngestOptions) error {
	durable := len(in.report.Results)
	if len(in.read) > 0 {
		durable = in.read[0].result
	}
	if o.Progress != nil {
		o.Progress(durable)
	}
	if o.Each == nil || durable == in.told {
		return nil
	}
	fresh := slices.Clone(in.report.Results[in.told:durable])
	if err := in.nameAll(ctx, fresh); err != nil {
		return err
	}
	for _, res := range fresh {
		o.Each(res)
	}
	in.told = durable
	return nil
}

// validID reports an error for an id that could not be written in a reference.
func validID(id string) error {
	bad := func(r rune) bool { return r == '@' || r == '#' || unicode.IsSpace(r) || unicode.IsControl(r) }
	if strings.ContainsFunc(id, bad) {
		return fmt.Errorf("id %q: an id has no spaces, '@' or '#'", id)
	}
	return nil
}

// refused notes that an input is no release.
func (in *ingestion) refused(n int, err error) {
	in.fail(n, err)
	in.report.Results[n].Refused = true
}

func (in *ingestion) fail(n int, err error) {
	in.report.Results[n].Status, in.report.Results[n].Error = Failed, err.Error()
}
