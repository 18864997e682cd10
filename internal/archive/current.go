package archive

import (
	"context"
	"errors"
	"slices"

	"readout/storage"
)

// current is a store that is brought over from an older format when it is first asked.
type current struct{ *storage.DB }

func (c current) View(ctx context.Context, fn func(storage.Reader) error) error {
	return c.ready(ctx, func() error { return c.DB.View(ctx, fn) })
}

func (c current) Update(ctx context.Context, fn func(storage.Writer) error) error {
	return c.ready(ctx, func() error { return c.DB.Update(ctx, fn) })
}

// ready runs fn, and once more where the store had to be brought over first.
func (c current) ready(ctx context.Context, fn func() error) error {
	err := fn()
	if !errors.Is(err, storage.ErrOutdated) {
		return err
	}
	if err := c.DB.Upgrade(ctx, rederive); err != nil {
		return err
	}
	return fn()
}

// rederive makes what is derived of a store of an older format again: the readings as
// they were read, and the catalogue.
func rederive(old storage.Old, put func(func(storage.Writer) error) error) error {
	var batch []*storage.Reading
	flush := func() error {
		return put(func(w storage.Writer) error {
			var hashes []storage.Hash
			for _, r := range batch {
				if err := w.PutReading(r, terms(r.Release)); err != nil {
					return err
				}
				hashes = append(hashes, r.Key.SHA256())
			}
			return recatalogue(w, slices.Compact(hashes))
		})
	}
	for r, err := range old.Readings() {
		if err != nil {
			return err
		}
		if batch = append(batch, r); len(batch) == batchCount {
			if err := flush(); err != nil {
				return err
			}
			batch = nil
		}
	}
	return flush()
}
