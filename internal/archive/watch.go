package archive

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"readout/internal/ask/news"
	"readout/storage"
)

// Watch is a filter for news that a user keeps under a name.
type Watch struct {
	Name   string      `json:"name"`
	Filter news.Filter `json:"filter"`
}

// kindWatches is the kind under which all watches are kept, with no series: they are
// a person's decisions like those about topics.
const kindWatches = "watches"

// Watches returns the watches in order of name.
func (a *Archive) Watches(ctx context.Context) ([]Watch, error) {
	out := []Watch{}
	err := a.view(ctx, func(r storage.Reader) (err error) {
		out, err = watches(r)
		return err
	})
	return out, err
}

func watches(r storage.Reader) ([]Watch, error) {
	out := []Watch{}
	b, err := r.Curation("", kindWatches)
	if errors.Is(err, storage.ErrNotFound) {
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(b, &out); err != nil {
		return nil, fmt.Errorf("%w: watches: %v", storage.ErrDamaged, err)
	}
	return out, nil
}

// SetWatch keeps a watch; one of the same name is replaced.
func (a *Archive) SetWatch(ctx context.Context, w Watch) error {
	return a.changeWatches(ctx, func(ws []Watch) []Watch {
		ws = slices.DeleteFunc(ws, func(x Watch) bool { return x.Name == w.Name })
		return append(ws, w)
	})
}

// RemoveWatch forgets the watch of that name; to forget one that is not there does
// nothing.
func (a *Archive) RemoveWatch(ctx context.Context, name string) error {
	return a.changeWatches(ctx, func(ws []Watch) []Watch {
		return slices.DeleteFunc(ws, func(x Watch) bool { return x.Name == name })
	})
}

func (a *Archive) changeWatches(ctx context.Context, change func([]Watch) []Watch) error {
	return a.db.Update(ctx, func(w storage.Writer) error {
		ws, err := watches(w)
		if err != nil {
			return err
		}
		ws = change(ws)
		slices.SortFunc(ws, func(x, y Watch) int {
			if x.Name < y.Name {
				return -1
			}
			return 1
		})
		var value []byte
		if len(ws) > 0 {
			if value, err = json.Marshal(ws); err != nil {
				return err
			}
		}
		return w.SetCuration(storage.Curation{Kind: kindWatches, Value: value})
	})
}
