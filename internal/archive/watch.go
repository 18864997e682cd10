package archive

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"readout/internal/ask"
	"readout/storage"
)

// kindWatches is the kind under which all watches are kept, with no series: they are
// a person's decisions like those about topics.
const kindWatches = "watches"

// Watches returns the watches in order of name.
func (a *Archive) Watches(ctx context.Context) ([]ask.Watch, error) {
	out := []ask.Watch{}
	err := a.view(ctx, func(r storage.Reader) (err error) {
		out, err = watches(r)
		return err
	})
	return out, err
}

func watches(r storage.Reader) ([]ask.Watch, error) {
	out := []ask.Watch{}
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
func (a *Archive) SetWatch(ctx context.Context, w ask.Watch) error {
	return a.changeWatches(ctx, func(ws []ask.Watch) []ask.Watch {
		ws = slices.DeleteFunc(ws, func(x ask.Watch) bool { return x.Name == w.Name })
		return append(ws, w)
	})
}

// RemoveWatch forgets the watch of that name; to forget one that is not there does
// nothing.
func (a *Archive) RemoveWatch(ctx context.Context, name string) error {
	return a.changeWatches(ctx, func(ws []ask.Watch) []ask.Watch {
		return slices.DeleteFunc(ws, func(x ask.Watch) bool { return x.Name == name })
	})
}

func (a *Archive) changeWatches(ctx context.Context, change func([]ask.Watch) []ask.Watch) error {
	return a.db.Update(ctx, func(w storage.Writer) error {
		ws, err := watches(w)
		if err != nil {
			return err
		}
		ws = change(ws)
		slices.SortFunc(ws, func(x, y ask.Watch) int {
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
