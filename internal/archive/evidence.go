package archive

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"readout/internal/archive/proof"
	"readout/storage"
)

// SignedHead is the head of the log of captures: who keeps it can see later, by
// [Archive.Verify], whether anything was removed, replaced or put in between.
type SignedHead struct {
	proof.Head
	Text string // as it is written down, signed where the store has a key
	Key  string // the public half of the key, "" for none
}

// Head returns the head of the log as it stands; its text is "" where nothing is in it.
func (a *Archive) Head(ctx context.Context) (*SignedHead, error) {
	head := &SignedHead{}
	err := a.view(ctx, func(r storage.Reader) error {
		log, err := openLog(r, nil)
		if err != nil {
			return err
		}
		head.Head, err = log.Head(log.Size())
		return err
	})
	if err != nil || head.Size == 0 {
		return head, err
	}
	return a.sign(head.Head)
}

func (a *Archive) sign(h proof.Head) (*SignedHead, error) {
	head := &SignedHead{Head: h, Text: h.String()}
	key, err := a.signingKey()
	if err != nil || key == nil {
		return head, err
	}
	head.Key = key.Public()
	head.Text, err = key.Sign(h)
	return head, err
}

// signingKey returns the key of the store, nil where it has none.
func (a *Archive) signingKey() (*proof.Key, error) {
	key, err := proof.LoadKey(a.key)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return key, err
}

// makeKey makes the key of a store that has none yet, once there is a store.
func (a *Archive) makeKey() error {
	if a.Exists() != nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(a.key), 0o755); err != nil {
		return fmt.Errorf("make the key that signs heads: %w", err)
	}
	if err := proof.MakeKey(a.key); err != nil {
		return fmt.Errorf("make the key that signs heads: %w", err)
	}
	return nil
}

// Prove returns the bundle of a release, and of the statement of that number in it, 0 for
// none: the bytes it was read from, where the log has their capture, and what leads from
// there to the head. Of a release that was withdrawn it has no bytes.
func (a *Archive) Prove(ctx context.Context, ref Ref, statement int) (*proof.Bundle, error) {
	rel, err := a.Release(ctx, ref)
	var gone *storage.WithdrawnError
	if errors.As(err, &gone) {
		return a.bundle(ctx, gone.SHA256, &gone.Withdrawal)
	}
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
	b, err := a.bundle(ctx, hash, nil)
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

// bundle proves the first capture of some bytes, which may have been withdrawn.
func (a *Archive) bundle(ctx context.Context, hash storage.Hash, gone *storage.Withdrawal) (b *proof.Bundle, err error) {
	key, err := a.signingKey()
	if err != nil {
		return nil, err
	}
	err = a.view(ctx, func(r storage.Reader) error {
		var raw []byte
		if gone == nil {
			if raw, err = r.Blob(hash); err != nil {
				return err
			}
		}
		log, err := openLog(r, nil)
		if err != nil {
			return err
		}
		seq, capture, err := firstCapture(r, hash)
		if err != nil {
			return err
		}
		at, err := log.index(seq)
		if err == nil && at < 0 {
			err = fmt.Errorf("%w: no event tells of the bytes %s", storage.ErrDamaged, hash)
		}
		if err != nil {
			return err
		}
		b, err = log.Prove(capture, at, raw, key)
		return err
	})
	if err == nil && gone != nil {
		b.Release, b.Withdrawn = gone.Release, gone
	}
	return b, err
}

// firstCapture returns the first capture of some bytes in the log, and its event.
func firstCapture(r storage.Reader, hash storage.Hash) (uint64, storage.Capture, error) {
	from, err := r.Born(hash)
	if errors.Is(err, storage.ErrNotFound) {
		from, err = 1, nil // withdrawn: the log is gone through
	}
	if err != nil {
		return 0, storage.Capture{}, err
	}
	for e, err := range r.Log(from - 1) {
		if err != nil {
			return 0, storage.Capture{}, err
		}
		if e.Kind == storage.CaptureAdded && e.Capture.SHA256 == hash {
			return e.Seq, e.Capture, nil
		}
	}
	return 0, storage.Capture{}, fmt.Errorf("%w: no event tells of the bytes %s", storage.ErrDamaged, hash)
}

// Verification is what [Archive.Verify] found.
type Verification struct {
	Head      *SignedHead
	Withdrawn int // sequences of bytes
	// BackDated are the captures taken in since the earlier head that claim to have been
	// seen before others of their release which it commits to: they change what is said to
	// have stood there first.
	BackDated []BackDated
}

// BackDated is a capture that came in late and claims to be early.
type BackDated struct {
	Release string
	storage.Capture
}

// Verify checks the store against itself: every captured byte has its hash, every capture
// is in the log once, and the tree of the log is that of its records; and, where earlier is
// not nil, that the log still begins with what that head commits to. What is wrong is an
// error, but for captures that are back-dated.
func (a *Archive) Verify(ctx context.Context, earlier *proof.Head) (*Verification, error) {
	v := &Verification{}
	var head proof.Head
	err := a.view(ctx, func(r storage.Reader) error {
		log, late, err := rehash(r, earlier)
		if err != nil {
			return err
		}
		if head, err = log.Head(log.Size()); err != nil {
			return err
		}
		if v.Withdrawn, err = wholeCaptures(ctx, r); err != nil {
			return err
		}
		if earlier == nil {
			return nil
		}
		if err := log.Begins(*earlier); err != nil {
			return err
		}
		v.BackDated, err = late.backDated(r)
		return err
	})
	if err != nil {
		return nil, err
	}
	v.Head, err = a.sign(head)
	return v, err
}

// arrivals are the sights that a head commits to, and the captures since which may be
// back-dated.
type arrivals struct {
	early map[sight]bool
	late  []storage.Capture
}

// promptly is how long after it was seen a capture is taken in that nobody need look at.
const promptly = time.Hour

// add notes a capture; early ones are those that the head commits to.
func (s *arrivals) add(c storage.Capture, early bool) {
	switch {
	case !c.NotedAt.IsZero(): // says something about bytes, not when they were seen
	case early:
		s.early[sight{c.SHA256, c.CapturedAt.UTC()}] = true
	case c.Claimed || c.ReceivedAt.Sub(c.CapturedAt) > promptly:
		s.late = append(s.late, c)
	}
}

// backDated returns the late captures that stand before an early one in their release.
func (s *arrivals) backDated(r storage.Reader) ([]BackDated, error) {
	var out []BackDated
	for _, c := range s.late {
		strands, err := strandsAt(r, c.SHA256)
		if err != nil {
			return nil, err
		}
		found := finder{r: r}
		for _, k := range strands {
			e, err := found.release(k.key)
			if err != nil {
				return nil, err
			}
			if e != nil && s.before(e, c.CapturedAt) {
				out = append(out, BackDated{e.ID, c})
				break
			}
		}
	}
	return out, nil
}

// before reports whether the release was seen after a moment by a capture that is early.
func (s *arrivals) before(e *storage.Entry, at time.Time) bool {
	return slices.ContainsFunc(e.Versions, func(v storage.Version) bool {
		return slices.ContainsFunc(v.Sightings, func(x storage.Sighting) bool {
			return x.At.After(at) && s.early[sight{x.Reading.SHA256(), x.At.UTC()}]
		})
	})
}

// rehash makes the tree of the log anew, compares it with the one that is kept, and tells
// the captures that a head commits to from those since.
func rehash(r storage.Reader, earlier *proof.Head) (*proof.Log, *arrivals, error) {
	log, came := &proof.Log{}, &arrivals{early: map[sight]bool{}}
	for e, err := range r.Log(0) {
		if err != nil {
			return nil, nil, err
		}
		record, err := recordOf(r, e)
		if err == nil && record != nil {
			if e.Kind == storage.CaptureAdded && earlier != nil {
				came.add(e.Capture, log.Size() < earlier.Size)
			}
			_, err = log.Add(record)
		}
		if err != nil {
			return nil, nil, err
		}
	}
	found, err := treeFaults(r)
	if err == nil && len(found) > 0 {
		err = fmt.Errorf("%w: %s", storage.ErrDamaged, found[0])
	}
	return log, came, err
}

// wholeCaptures reads all captured bytes and sees that the log tells of every capture once.
// It returns how many sequences of bytes were withdrawn.
func wholeCaptures(ctx context.Context, r storage.Reader) (withdrawn int, err error) {
	logged := map[storage.Hash]int{}
	for e, err := range r.Log(0) {
		if err != nil {
			return 0, err
		}
		if e.Kind == storage.CaptureAdded {
			logged[e.Capture.SHA256]++
		}
	}
	for w, err := range r.Withdrawals() {
		if err != nil {
			return 0, err
		}
		delete(logged, w.SHA256)
		withdrawn++
	}
	for h, err := range r.Hashes(storage.Hash{}) {
		if err := errors.Join(err, ctx.Err()); err != nil {
			return 0, err
		}
		rows, err := collect(r.CapturesOf(h))
		if err != nil {
			return 0, err
		}
		if len(rows) != logged[h] {
			return 0, fmt.Errorf("%w: %d captures of the bytes %s, %d in the log", storage.ErrDamaged, len(rows), h, logged[h])
		}
		if _, err := r.Blob(h); err != nil {
			return 0, err
		}
		delete(logged, h)
	}
	for h := range logged {
		return 0, fmt.Errorf("%w: the log tells of the bytes %s, which are not kept", storage.ErrDamaged, h)
	}
	return withdrawn, nil
}
