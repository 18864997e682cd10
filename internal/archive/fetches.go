package archive

import (
	"context"
	"slices"

	"readout/storage"
)

// Fetches returns what was noted about fetching, by key.
func (a *Archive) Fetches(ctx context.Context) (map[string]storage.Fetch, error) {
	out := map[string]storage.Fetch{}
	err := a.view(ctx, func(r storage.Reader) error {
		for f, err := range r.Fetches() {
			if err != nil {
				return err
			}
			out[f.Key] = f
		}
		return nil
	})
	return out, err
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

// ForgetFetches drops the notes under the given keys.
func (a *Archive) ForgetFetches(ctx context.Context, keys []string) error {
	if len(keys) == 0 {
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
