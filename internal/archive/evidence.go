package archive

import (
	"context"
	"fmt"

	"readout/internal/archive/proof"
	"readout/storage"
)

// Head returns the head of the log of captures: who keeps it can see later, by
// [Archive.Verify], whether anything was removed, replaced or put in between.
func (a *Archive) Head(ctx context.Context) (head proof.Head, err error) {
	err = a.view(ctx, func(r storage.Reader) error {
		log, _, err := captureLog(r, nil)
		if err != nil {
			return err
		}
		head, err = log.Head(log.Size())
		return err
	})
	return head, err
}

// captureLog reads the log of captures, and where in it the first capture stands that find,
// if any, reports true for; -1 for nowhere.
func captureLog(r storage.Reader, find func(storage.Capture) bool) (*proof.Log, int64, error) {
	log, at := &proof.Log{}, int64(-1)
	for e, err := range r.Log(0) {
		if err != nil {
			return nil, 0, err
		}
		if e.Kind != storage.CaptureAdded {
			continue
		}
		if at < 0 && find != nil && find(e.Capture) {
			at = log.Size()
		}
		if err := log.Add(e.Capture); err != nil {
			return nil, 0, err
		}
	}
	return log, at, nil
}

// Prove returns the bundle of a release, and of the statement of that number in it, 0 for
// none: the bytes it was read from, where the log has their capture, and what leads from
// there to the head.
func (a *Archive) Prove(ctx context.Context, ref Ref, statement int) (*proof.Bundle, error) {
	rel, err := a.Release(ctx, ref)
	if err != nil {
		return nil, err
	}
	if statement < 0 || statement > len(rel.Statements) {
		return nil, fmt.Errorf("%s has %d statements, no %d", rel.ID, len(rel.Statements), statement)
	}
	hash, err := storage.ParseHash(rel.SHA256)
	if err != nil {
		return nil, err
	}
	var b *proof.Bundle
	err = a.view(ctx, func(r storage.Reader) error {
		raw, err := r.Blob(hash)
		if err != nil {
			return err
		}
		var capture storage.Capture
		log, at, err := captureLog(r, func(c storage.Capture) bool { capture = c; return c.SHA256 == hash })
		if err != nil {
			return err
		}
		if at < 0 {
			return fmt.Errorf("%w: no event tells of the bytes of %s", storage.ErrDamaged, rel.ID)
		}
		b, err = log.Prove(capture, at, raw)
		return err
	})
	if err != nil {
		return nil, err
	}
	b.Release, b.Version = rel.ID, rel.Version
	if statement > 0 {
		s := rel.Statements[statement-1]
		b.Statement = &proof.Quote{ID: s.ID, Text: s.Text, Start: s.Start, End: s.End}
	}
	return b, nil
}

// Verify checks the store against itself: every captured byte has its hash, and every
// capture is in the log once; and, where earlier is not nil, that the log still begins with
// what that head commits to. It returns the head as it is now. What is wrong is an error.
func (a *Archive) Verify(ctx context.Context, earlier *proof.Head) (head proof.Head, err error) {
	err = a.view(ctx, func(r storage.Reader) error {
		log, _, err := captureLog(r, nil)
		if err != nil {
			return err
		}
		if head, err = log.Head(log.Size()); err != nil {
			return err
		}
		if err := wholeCaptures(r, log.Size()); err != nil {
			return err
		}
		if earlier != nil {
			return log.Begins(*earlier)
		}
		return nil
	})
	return head, err
}

// wholeCaptures reads all captured bytes and counts the captures.
func wholeCaptures(r storage.Reader, logged int64) error {
	var n int64
	var last storage.Hash
	for c, err := range r.Captures() {
		if err != nil {
			return err
		}
		if n++; n > 1 && c.SHA256 == last {
			continue
		}
		last = c.SHA256
		if _, err := r.Blob(c.SHA256); err != nil {
			return err
		}
	}
	if n != logged {
		return fmt.Errorf("%w: %d captures, %d in the log", storage.ErrDamaged, n, logged)
	}
	return nil
}
