package archive

import (
	"context"
	"errors"
	"slices"
	"strings"

	"readout/storage"
	"readout/timeline"
)

// Withdrawn says what a withdrawal did.
type Withdrawn struct {
	Release string
	Bytes   []storage.Hash // that were deleted, in order
	Others  []string       // releases that had some of the same bytes
}

// Withdraw deletes the captured bytes of a release, or of the one version that ref names,
// and all that was read from them, and keeps the tombstone: what the log commits to of
// their captures, when they were withdrawn, and why. The file is then written anew, so that
// its free pages do not hold them either.
func (a *Archive) Withdraw(ctx context.Context, ref Ref, reason string) (*Withdrawn, error) {
	if strings.TrimSpace(reason) == "" {
		return nil, errors.New("a withdrawal needs a reason")
	}
	out := &Withdrawn{}
	series := map[timeline.SeriesID]bool{}
	err := a.db.Update(ctx, func(w storage.Writer) error {
		e, err := resolve(w, ref.ID)
		if err != nil {
			return err
		}
		versions := e.Versions
		if ref.Version > 0 || !ref.Date.IsZero() {
			v, err := versionOf(e, ref)
			if err != nil {
				return err
			}
			versions = []storage.Version{*v}
		}
		out.Release = e.ID
		out.Bytes = bytesOf(versions)
		for _, h := range out.Bytes {
			if err := a.withdrawBytes(w, h, e.ID, reason, out, series); err != nil {
				return err
			}
		}
		return errors.Join(recatalogue(w, out.Bytes), growTree(w))
	})
	if err != nil {
		return nil, err
	}
	if _, err := a.refreshViews(ctx, ingestWait, sortedKeys(series)); err != nil {
		return out, err
	}
	if _, _, err := a.Compact(ctx); err != nil {
		return out, err
	}
	return out, nil
}

// bytesOf are the hashes of all bytes in which some versions were seen, in order.
func bytesOf(versions []storage.Version) []storage.Hash {
	var out []storage.Hash
	for _, v := range versions {
		for _, s := range v.Sightings {
			out = append(out, s.Reading.SHA256())
		}
	}
	slices.SortFunc(out, func(a, b storage.Hash) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(out)
}

// withdrawBytes deletes some bytes and what was read from them. It notes the other releases
// that had them, and the series of all.
func (a *Archive) withdrawBytes(w storage.Writer, h storage.Hash, release, reason string, out *Withdrawn,
	series map[timeline.SeriesID]bool) error {
	strands, err := strandsAt(w, h)
	if err != nil {
		return err
	}
	found := finder{r: w}
	for _, s := range strands {
		e, err := found.release(s.key)
		if err != nil {
			return err
		}
		if e != nil {
			series[e.Head.Series] = true
			if e.ID != release && !slices.Contains(out.Others, e.ID) {
				out.Others = append(out.Others, e.ID)
			}
		}
		if err := w.DeleteReading(s.key); err != nil {
			return err
		}
	}
	_, err = w.Withdraw(storage.Withdrawal{SHA256: h, WithdrawnAt: a.now(), Reason: reason, Release: release})
	return err
}

// withdrawAgain deletes bytes that another store withdrew.
func (a *Archive) withdrawAgain(w storage.Writer, gone storage.Withdrawal) error {
	strands, err := strandsAt(w, gone.SHA256)
	if err != nil {
		return err
	}
	for _, s := range strands {
		if err := w.DeleteReading(s.key); err != nil {
			return err
		}
	}
	if _, err := w.Withdraw(gone); err != nil {
		return err
	}
	return errors.Join(recatalogue(w, []storage.Hash{gone.SHA256}), growTree(w))
}

// withdrawn returns the error for a release that was withdrawn, nil for any other. Of
// several withdrawals under one id it tells of the last.
func withdrawn(r storage.Reader, id string) error {
	var last *storage.Withdrawal
	for w, err := range r.Withdrawals() {
		if err != nil {
			return err
		}
		if w.Release == id && (last == nil || w.WithdrawnAt.After(last.WithdrawnAt)) {
			last = w
		}
	}
	if last == nil {
		return nil
	}
	return &storage.WithdrawnError{Withdrawal: *last}
}
