package archive

import (
	"context"
	"errors"
	"slices"

	"readout/storage"
)

// Moment names a state of the store, for programs that keep what they derived from it.
// The zero value is before everything.
type Moment struct{ seq, writes uint64 }

// Fetches returns what was noted about fetching, by key.
func (a *Archive) Fetches(ctx context.Context) (map[string]storage.Fetch, error) {
	out, _, err := a.FetchesAfter(ctx, Moment{})
	return out, err
}

// FetchesAfter is [Archive.Fetches] for who has seen the notes of a moment before: it
// returns nil where nothing was written since, and the moment that the notes are of.
func (a *Archive) FetchesAfter(ctx context.Context, before Moment) (map[string]storage.Fetch, Moment, error) {
	var out map[string]storage.Fetch
	now := before
	err := a.view(ctx, func(r storage.Reader) error {
		if now = (Moment{r.Seq(), r.Writes()}); now == before {
			return nil
		}
		out = map[string]storage.Fetch{}
		for f, err := range r.Fetches() {
			if err != nil {
				return err
			}
			out[f.Key] = f
		}
		return nil
	})
	return out, now, err
}

// NoteFetches keeps notes about fetching, each in place of the one under its key.
func (a *Archive) NoteFetches(ctx context.Context, notes []storage.Fetch) error {
	if len(notes) == 0 {
		return nil
	}
	return a.db.Update(ctx, func(w storage.Writer) error {
		for _, f := range notes {
			if err := w.PutFetch(f); err != nil {
				return err
			}
		}
		return nil
	})
}

// ForgetFetches drops the notes under the given keys. It makes no store where none is.
func (a *Archive) ForgetFetches(ctx context.Context, keys []string) error {
	if len(keys) == 0 || errors.Is(a.Exists(), storage.ErrNoStore) {
		return nil
	}
	return a.db.Update(ctx, func(w storage.Writer) error {
		for _, key := range keys {
			if err := w.DeleteFetch(key); err != nil {
				return err
			}
		}
		return nil
	})
}

// FetchesSince returns the keys of the notes whose standing changed after the given
// number of the log, sorted. Where it stands now, [Archive.Fetches] says.
func (a *Archive) FetchesSince(ctx context.Context, seq uint64) ([]string, error) {
	var keys []string
	err := a.view(ctx, func(r storage.Reader) error {
		for e, err := range r.Log(seq) {
			if err != nil {
				return err
			}
			if e.Kind == storage.FetchChanged {
				keys = append(keys, e.Fetch)
			}
		}
		return nil
	})
	slices.Sort(keys)
	return slices.Compact(keys), err
}
